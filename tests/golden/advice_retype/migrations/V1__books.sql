CREATE TABLE books (id bigint PRIMARY KEY, title varchar(200), price numeric(10,2), pages text, shelf text);
CREATE VIEW titles AS SELECT id, title FROM books;
CREATE VIEW shelves AS SELECT id, shelf FROM books;
CREATE MATERIALIZED VIEW sizes AS SELECT id, pages FROM books;
