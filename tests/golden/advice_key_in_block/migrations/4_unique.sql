ALTER TABLE cards DROP CONSTRAINT cards_once;
DO $$ BEGIN
  ALTER TABLE cards ADD CONSTRAINT cards_once UNIQUE (team, created_by);
EXCEPTION WHEN duplicate_object THEN null;
END $$;
