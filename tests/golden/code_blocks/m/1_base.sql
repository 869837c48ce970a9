CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, m mood);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL);
CREATE INDEX posts_user_id_idx ON posts (user_id);
CREATE FUNCTION wipe(really boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF NOT really THEN
		RETURN;
	END IF;
	TRUNCATE posts;
END $$;
