DO $$ BEGIN
  ALTER TABLE users ADD COLUMN left_at timestamptz;
  ALTER TABLE posts ADD COLUMN left_at timestamptz;
END $$;
