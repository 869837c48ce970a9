-- !Ups
CREATE FUNCTION one() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1;; END $$;
-- !Downs
DROP FUNCTION one();
-- what ends here is a comment;
SELECT 2; -- and here;
