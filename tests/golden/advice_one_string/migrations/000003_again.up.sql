CREATE INDEX CONCURRENTLY IF NOT EXISTS users_team_idx ON users (team);
