ALTER TABLE users ADD COLUMN name text;
CREATE OR REPLACE FUNCTION by_mail(m text) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT id FROM users WHERE email = m); END $$;
ALTER FUNCTION by_mail RENAME TO by_email;
ALTER TABLE users RENAME COLUMN mail TO email;
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.email := lower(NEW.email); RETURN NEW; END $$;
CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.email := lower(NEW.email); RETURN NEW; END $$;
