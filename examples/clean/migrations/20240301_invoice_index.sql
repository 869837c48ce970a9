-- Alone in its file, outside a transaction.  A timeout would leave an invalid index.
SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY invoices_user_id_idx ON invoices (user_id);
