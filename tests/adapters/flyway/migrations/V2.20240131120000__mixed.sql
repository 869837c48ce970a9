ALTER TABLE accounts ADD COLUMN note text DEFAULT 'a;b';
CREATE INDEX CONCURRENTLY accounts_note ON accounts (note);
