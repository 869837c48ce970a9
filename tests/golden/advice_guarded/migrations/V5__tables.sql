ALTER TABLE IF EXISTS notes ADD CONSTRAINT notes_short CHECK (length(body) < 100);
ALTER TABLE IF EXISTS users ADD CONSTRAINT users_grown CHECK (age > 0);
