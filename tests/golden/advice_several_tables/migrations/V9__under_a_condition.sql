DO $$ BEGIN
  IF current_setting('app.many', true) = 'on' THEN
    ALTER TABLE doors DROP CONSTRAINT doors_room;
    ALTER TABLE locks DROP CONSTRAINT locks_room;
  END IF;
  ALTER TABLE rooms ADD COLUMN note text;
END $$;
