ALTER TABLE users ALTER COLUMN nick TYPE varchar(50);
ALTER TABLE posts DROP CONSTRAINT posts_user_id_fkey;
ALTER TABLE posts ALTER COLUMN user_id TYPE text;
ALTER TABLE posts ALTER COLUMN title TYPE varchar(80);
ALTER TABLE users ALTER COLUMN id TYPE text;
ALTER TABLE posts ADD CONSTRAINT posts_user FOREIGN KEY (user_id) REFERENCES users (id);
