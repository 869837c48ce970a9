CREATE TABLE users (id bigint PRIMARY KEY, state text NOT NULL, kind text, note text, mark text, tag text, label text);
