DO $$ BEGIN
  IF (SELECT max(n) > 3 FROM users) THEN
    ALTER TABLE users ADD COLUMN a int;
  ELSE
    ALTER TABLE users ALTER COLUMN n TYPE bigint;
  END IF;
  IF current_setting('server_version_num')::int > 120000 THEN
    ALTER TABLE users ALTER COLUMN email TYPE text;
  ELSE
    ALTER TABLE users ALTER COLUMN n TYPE text;
  END IF;
  IF current_setting('server_version_num')::int >= 150000 THEN
    ALTER TABLE users ALTER COLUMN n TYPE int;
  END IF;
END $$;
