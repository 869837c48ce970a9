-- !Ups
CREATE FUNCTION one() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1;; END $$;
-- !Downs
DROP FUNCTION one();
