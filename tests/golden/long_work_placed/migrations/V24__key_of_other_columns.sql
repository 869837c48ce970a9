ALTER TABLE users ADD COLUMN met date;
UPDATE users SET kind = 'b' WHERE id < 1000;
ALTER TABLE posts ADD CONSTRAINT posts_of_users FOREIGN KEY (id) REFERENCES users (id);
