SET lock_timeout = '2s';
ALTER TABLE a ADD COLUMN inv int, DROP CONSTRAINT a_pk; UPDATE a SET inv = goal_id;
ALTER TABLE a ALTER COLUMN inv SET NOT NULL, ADD CONSTRAINT a_pk PRIMARY KEY (analysis_id, inv);
