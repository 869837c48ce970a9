SET LOCAL lock_timeout = '3s';
ALTER TYPE message_state RENAME VALUE 'read' TO 'seen';
ALTER TABLE messages ADD COLUMN key uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX messages_key_idx ON messages (key);
