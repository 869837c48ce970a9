ALTER TABLE run DROP CONSTRAINT run_once, DROP COLUMN key;
ALTER TABLE run ADD COLUMN key text;
CREATE UNIQUE INDEX run_entity_idx ON run (entity, queue);
