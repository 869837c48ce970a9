DROP TABEL books;
