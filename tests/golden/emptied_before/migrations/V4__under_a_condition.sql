DO $$ BEGIN IF current_database() = 'test' THEN DELETE FROM notes; END IF; END $$;
ALTER TABLE notes ADD COLUMN writer bigint NOT NULL;
