ALTER TABLE cases DROP COLUMN external_id;
ALTER TABLE cases ADD COLUMN external_id bigserial;
