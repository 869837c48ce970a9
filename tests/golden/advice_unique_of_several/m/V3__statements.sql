ALTER TABLE job DROP CONSTRAINT job_once;
ALTER TABLE job DROP COLUMN key;
CREATE UNIQUE INDEX job_entity_idx ON job (entity, queue);
