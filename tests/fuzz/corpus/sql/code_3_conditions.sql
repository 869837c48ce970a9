SET lock_timeout = '2s';
DO $$ BEGIN
	IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
		CREATE TYPE mood AS ENUM ('good', 'bad');
	END IF;
	IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'email') THEN
		ALTER TABLE users DROP COLUMN email;
	ELSE
		DROP TABLE users;
	END IF;
	IF to_regclass('public.gone') IS NOT NULL THEN
		DROP TABLE gone;
	END IF;
	IF (SELECT count(*) FROM users) > 10 THEN
		ALTER TABLE users ADD COLUMN id bigint;
		ALTER TABLE users ADD COLUMN big boolean;
	END IF;
	DROP TABLE users;
END $$;
