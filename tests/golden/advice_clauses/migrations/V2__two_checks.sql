ALTER TABLE users ADD CHECK (age >= 0), ADD CHECK (age < 200), ADD CHECK (kind <> old);
