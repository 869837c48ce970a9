SET lock_timeout = '2s';
ALTER TABLE keys ADD COLUMN created_at timestamptz DEFAULT clock_timestamp();
ALTER TABLE words ADD COLUMN id bigserial;
ALTER TABLE keys ADD COLUMN length integer GENERATED ALWAYS AS (length(hash)) STORED;
UPDATE words SET language = 'en', word = lower(word);
UPDATE keys SET kind = 'sha1' WHERE size = 20;
DELETE FROM records WHERE id = 1 OR body = 'gone';
