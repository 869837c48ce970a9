ALTER TABLE accounts ADD COLUMN own text;
CREATE INDEX CONCURRENTLY accounts_own ON accounts (own);
