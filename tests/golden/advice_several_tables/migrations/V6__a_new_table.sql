CREATE TABLE marks (id bigint PRIMARY KEY, user_id text REFERENCES users, team_id int REFERENCES teams);
ALTER TABLE notes ADD COLUMN mark_id bigint REFERENCES marks;
