SET lock_timeout = '2s';

-- dbopt-migrate: allow drop-table because the whole block is reviewed
DO $$
BEGIN
	DROP TABLE a;
	DROP TABLE b;
END $$;

DO $$
BEGIN
	-- dbopt-migrate: allow drop-table because c is a copy

	DROP TABLE c;
	DROP TABLE d;   -- dbopt-migrate: allow drop-table because d is, too
	DROP TABLE e;
	-- dbopt-migrate: allow drop-table because the branch is dead
	IF now() < '2020-01-01' THEN
		DROP TABLE f;
	ELSE
		/* dbopt-migrate: allow drop-column because it drops none */
		DROP TABLE g;
	END IF;
	IF now() > '2020-01-01' THEN
		-- dbopt-migrate: allow drop-table
		DROP TABLE h;
		-- squawk-ignore ban-drop-table
		DROP TABLE i;
	END IF;
END $$;
