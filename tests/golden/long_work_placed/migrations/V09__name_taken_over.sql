ALTER TABLE posts RENAME TO posts_old;
CREATE TABLE posts (id bigint PRIMARY KEY, title text);
INSERT INTO posts SELECT id, title FROM posts_old;
DROP TABLE posts_old;
