SET lock_timeout = '2s';
ALTER TABLE ds ADD COLUMN shard text; UPDATE ds SET shard = 'primary'; ALTER TABLE ds ALTER COLUMN shard SET NOT NULL;
