SELECT 1;

-- dbopt-migrate: allow drop-table because nothing reads it since May
DROP TABLE sessions;
DROP TABLE tokens; -- dbopt-migrate: allow drop-table because it is empty
DROP TABLE
	/* dbopt-migrate: allow drop-table because it was a test */
	experiments;
