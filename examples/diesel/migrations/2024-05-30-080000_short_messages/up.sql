SET LOCAL lock_timeout = '3s';
ALTER TABLE messages ADD CONSTRAINT messages_body_check CHECK (length(body) <= 4000) NOT VALID;
ALTER TABLE messages VALIDATE CONSTRAINT messages_body_check;
