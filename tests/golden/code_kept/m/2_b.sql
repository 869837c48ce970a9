SET lock_timeout = '1s';
CREATE FUNCTION wipe() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM inner_one(); DELETE FROM posts; END $$;
SELECT wipe();
CREATE FUNCTION wipe2() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM posts; END $$;
SELECT wipe2();
DROP FUNCTION wipe2();
DO $$ BEGIN PERFORM wipe(); UPDATE posts SET n = n + 1; END $$;
CREATE FUNCTION pg_temp.wipe3() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM posts; END $$;
SELECT pg_temp.wipe3();
