CREATE TABLE halls (id bigint PRIMARY KEY, label text, opened integer);
