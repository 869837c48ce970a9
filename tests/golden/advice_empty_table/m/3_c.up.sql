TRUNCATE sessions;
ALTER TABLE sessions ADD COLUMN note text, ADD COLUMN seen timestamptz NOT NULL DEFAULT now();
ALTER TABLE users ADD CHECK (email <> '');
