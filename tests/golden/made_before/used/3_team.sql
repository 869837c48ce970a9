SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN team_id bigint NOT NULL;
INSERT INTO users (id, team_id) SELECT id, id FROM teams;
