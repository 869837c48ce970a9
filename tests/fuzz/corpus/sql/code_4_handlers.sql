SET lock_timeout = '2s';
CREATE TABLE tags (id bigint PRIMARY KEY);
DO $$ BEGIN
	CREATE TABLE tags (id bigint PRIMARY KEY);
EXCEPTION WHEN duplicate_table THEN NULL; END $$;
DO $$ BEGIN
	CREATE TYPE mood AS ENUM ('good');
EXCEPTION WHEN duplicate_object THEN
	DROP TYPE mood CASCADE;
END $$;
DO $$ BEGIN
	CREATE TABLE tags (id bigint PRIMARY KEY);
EXCEPTION WHEN unique_violation THEN
	DROP TABLE tags;
END $$;
