-- dbopt-migrate: allow-file drop-table because version 1 is gone

DROP TABLE sessions;
DROP TABLE tokens;
