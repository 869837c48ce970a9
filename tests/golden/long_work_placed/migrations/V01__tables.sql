CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, kind text CONSTRAINT users_kind CHECK (kind IN ('a', 'b')));
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint, title text, old_title text, rank integer);
CREATE INDEX posts_title_idx ON posts (title);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER posts_noted BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION note();
