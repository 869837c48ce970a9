ALTER TABLE users ADD COLUMN seen_at timestamptz;
DO $$ BEGIN
  ALTER TABLE posts ADD COLUMN seen_at timestamptz;
END $$;
ALTER TABLE posts ADD COLUMN seen_by text;
