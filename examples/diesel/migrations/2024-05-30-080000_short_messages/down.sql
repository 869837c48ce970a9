ALTER TABLE messages DROP CONSTRAINT messages_body_check;
