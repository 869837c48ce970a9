DROP INDEKS pages_idx;
DROP TABEL pages;
