SET lock_timeout = '2s';
ALTER TABLE charges ALTER COLUMN client_id DROP NOT NULL;
