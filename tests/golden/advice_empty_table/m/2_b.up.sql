TRUNCATE sessions;
ALTER TABLE users ADD COLUMN name text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN user_id bigint NOT NULL REFERENCES users;
ALTER TABLE sessions ADD CONSTRAINT sessions_token_key UNIQUE (token);
INSERT INTO sessions VALUES (1, 'a', 1);
