SET lock_timeout = '2s';
CREATE TABLE older (id bigint PRIMARY KEY);
-- dbopt-migrate: allow drop-table because it was made a line above
SELECT clean();
SELECT clean();
