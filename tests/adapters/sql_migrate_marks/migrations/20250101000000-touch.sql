-- +migrate Up
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.changed := now();
	RETURN NEW;
END;
$$;

-- +migrate Down
DROP FUNCTION touch();
