DO $$ BEGIN
  ALTER TABLE users ADD COLUMN born date;
  PERFORM greet(id) FROM users;
END $$;
ALTER TABLE posts ADD COLUMN written date;
