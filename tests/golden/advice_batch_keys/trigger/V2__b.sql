ALTER TABLE stamps ADD COLUMN state text;
UPDATE stamps SET state = 'current' WHERE worker IN (SELECT max(worker) FROM stamps);
ALTER TABLE stamps ALTER COLUMN state SET NOT NULL;
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.worker <> '' THEN
    new.state = 'current';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON stamps FOR EACH ROW EXECUTE FUNCTION stamp();
