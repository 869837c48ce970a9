SET lock_timeout = '2s';
DO $$
DECLARE
	n bigint;
BEGIN
	-- DROP TABLE posts is not done here
	ALTER TABLE users ALTER COLUMN email TYPE int USING 1;
	PERFORM count(*) FROM posts;
	SELECT count(*) INTO STRICT n FROM posts;
	DROP TABLE posts;
END $$;
