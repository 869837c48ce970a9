SET lock_timeout = '2s';
ALTER TABLE books ADD CONSTRAINT books_shelf_fk FOREIGN KEY (shelf_id) REFERENCES shelves;
