ALTER TABLE users RENAME TO old_users;
ALTER TABLE posts RENAME TO old_posts;
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY);
