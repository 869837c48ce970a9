CREATE TABLE edges (id bigint PRIMARY KEY, label text NOT NULL, gone bigint DEFAULT 0, CONSTRAINT edges_live UNIQUE (label, gone));
