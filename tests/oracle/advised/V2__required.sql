ALTER TABLE colors ADD COLUMN file_id bigint NOT NULL REFERENCES files (id) ON DELETE CASCADE;
ALTER TABLE colors ADD COLUMN token uuid DEFAULT gen_random_uuid() UNIQUE;
