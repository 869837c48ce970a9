ALTER TABLE task ALTER COLUMN status TYPE text, DROP CONSTRAINT task_once, DROP COLUMN key;
CREATE UNIQUE INDEX task_entity_idx ON task (entity, queue);
UPDATE task SET status = 'scheduled' WHERE status = 'pending';
DROP TYPE state;
