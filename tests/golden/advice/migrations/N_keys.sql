SET lock_timeout = '2s';
-- dbopt-migrate: allow create-index-blocks-writes because nobody writes to it
CREATE INDEX books_shelf_id_idx ON books (title, shelf_id);
