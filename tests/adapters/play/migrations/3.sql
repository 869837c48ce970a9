# A head, which is not read; not even this

# --- users !Ups
CREATE FUNCTION two() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 2; END $$;
-- --- !Downs
DROP FUNCTION two(); -- the body is gone; so is the function
