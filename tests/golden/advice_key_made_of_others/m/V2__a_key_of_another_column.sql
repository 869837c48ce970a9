ALTER TABLE joined RENAME COLUMN a TO asset_id;
ALTER TABLE joined DROP CONSTRAINT joined_pkey;
ALTER TABLE joined ADD COLUMN id text;
UPDATE joined SET id = gen_random_uuid()::text WHERE id IS NULL;
ALTER TABLE joined ADD CONSTRAINT joined_id_pkey PRIMARY KEY (id);
