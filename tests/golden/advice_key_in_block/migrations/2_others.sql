ALTER TABLE cards DROP CONSTRAINT cards_created_by_fk;
ALTER TABLE notes DROP CONSTRAINT notes_user_fk;
ALTER TABLE cards ALTER COLUMN created_by DROP NOT NULL;
DO $$ BEGIN
  ALTER TABLE cards ADD CONSTRAINT cards_created_by_fk FOREIGN KEY (created_by) REFERENCES users (id) ON DELETE SET NULL;
EXCEPTION WHEN duplicate_object THEN null;
END $$;
DO $$ BEGIN
  ALTER TABLE notes ADD CONSTRAINT notes_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
EXCEPTION WHEN duplicate_object THEN null;
END $$;
DO $$ BEGIN
  ALTER TABLE lists ADD CONSTRAINT lists_team_fk FOREIGN KEY (team) REFERENCES users (id);
EXCEPTION WHEN duplicate_object THEN null;
END $$;
