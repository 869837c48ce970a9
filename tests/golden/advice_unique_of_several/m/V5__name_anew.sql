ALTER TABLE ran DROP CONSTRAINT ran_once;
CREATE UNIQUE INDEX ran_entity_idx ON ran (entity, queue);
ALTER TABLE ran ADD CONSTRAINT ran_once CHECK (queue <> '');
