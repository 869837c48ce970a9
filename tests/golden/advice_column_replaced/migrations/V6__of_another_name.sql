ALTER TABLE users ADD COLUMN note text;
COMMENT ON TABLE users IS 'state and note are columns of it';
ALTER TABLE users ALTER COLUMN mark SET DEFAULT 0;
