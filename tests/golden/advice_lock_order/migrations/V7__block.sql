DO $$ BEGIN
  ALTER TABLE users ADD COLUMN born date;
  ALTER TABLE posts ADD COLUMN written date;
END $$;
