DO $$ BEGIN EXECUTE 'ALTER TABLE users ADD COLUMN ' || current_setting('x'); END $$;
