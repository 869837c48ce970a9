ALTER TABLE app.users ADD COLUMN mood text;
