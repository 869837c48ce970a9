DROP TABLE IF EXISTS posts;
CREATE TABLE posts (
  id bigint PRIMARY KEY,
  user_id text CONSTRAINT posts_user REFERENCES users,
  team_id int CONSTRAINT posts_team REFERENCES teams,
  note_id bigint CONSTRAINT posts_note REFERENCES notes
);
