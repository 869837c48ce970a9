SELECT add_key();
DO $$
BEGIN
	ALTER TABLE users ADD COLUMN name text;
	IF f() THEN
		UPDATE users SET name = email;
	END IF;
END $$;
