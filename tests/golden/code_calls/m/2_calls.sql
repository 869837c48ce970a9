SET lock_timeout = '2s';
SELECT wipe(true);
CREATE FUNCTION drop_it() RETURNS void LANGUAGE sql AS $$ DROP TABLE audit; $$;
SELECT drop_it();
SELECT drop_it();
CREATE PROCEDURE tidy_up() LANGUAGE plpgsql AS $$ BEGIN
	PERFORM drop_it();
	-- dbopt-migrate: allow drop-table because it is a copy
	DROP TABLE copy1;
	DROP TABLE copy2;
	COMMIT;
END $$;
CALL tidy_up();
CREATE FUNCTION atomic_one() RETURNS bigint BEGIN ATOMIC DELETE FROM users; RETURN 1; END;
SELECT atomic_one();
