SET lock_timeout = '2s';
DROP VIEW titles, shelves;
DROP MATERIALIZED VIEW sizes;
ALTER TABLE books
  ALTER COLUMN title TYPE varchar(100),
  ALTER COLUMN price TYPE numeric(8,2),
  ALTER COLUMN pages TYPE bigint USING nullif(pages, '')::bigint;
CREATE VIEW titles AS SELECT id, title FROM books;
