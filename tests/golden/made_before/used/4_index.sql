SET lock_timeout = '2s';
ALTER TABLE users ADD CONSTRAINT users_team_fk FOREIGN KEY (team_id) REFERENCES teams;
CREATE INDEX users_team ON users (team_id);
ALTER TABLE users DROP COLUMN nick;
