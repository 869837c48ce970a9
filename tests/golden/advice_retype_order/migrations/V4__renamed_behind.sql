ALTER TABLE sessions ALTER COLUMN sub TYPE uuid USING sub::uuid;
ALTER TABLE sessions RENAME COLUMN sub TO ident;
DROP INDEX sessions_sub;
CREATE UNIQUE INDEX sessions_ident ON sessions (ident);
COMMENT ON COLUMN sessions.ident IS 'of the provider';
