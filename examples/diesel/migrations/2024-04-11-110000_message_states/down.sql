ALTER TABLE messages DROP COLUMN key;
ALTER TYPE message_state RENAME VALUE 'seen' TO 'read';
