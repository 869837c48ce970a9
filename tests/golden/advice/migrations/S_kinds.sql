CREATE TABLE kinds (id bigint PRIMARY KEY, name text, label text, shown boolean);
