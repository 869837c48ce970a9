BEGIN;
ALTER TABLE events ADD CONSTRAINT events_user_id_fkey FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE events ALTER COLUMN user_id SET NOT NULL, ALTER COLUMN id TYPE numeric;
COMMIT;
CREATE INDEX CONCURRENTLY ON events_2024 (user_id);
ALTER TABLE billing.invoices ADD COLUMN note text;
SELECT audit.begin();
DROP TABLE users CASCADE;
