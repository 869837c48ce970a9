CREATE TABLE users (id int PRIMARY KEY, name text CONSTRAINT users_named CHECK (name <> ''));
CREATE TABLE teams (id int PRIMARY KEY, name text);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id int CONSTRAINT posts_user REFERENCES users, team_id int CONSTRAINT posts_team REFERENCES teams, title text);
CREATE TABLE notes (id bigint PRIMARY KEY, note text);
