DO $$ BEGIN
  IF to_regclass('public.pa') IS NULL THEN DROP TABLE nn; END IF;
END $$;
