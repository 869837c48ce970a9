CREATE TABLE authors (id bigint PRIMARY KEY);
CREATE TABLE templates (id bigint PRIMARY KEY, content text, author_id bigint NOT NULL REFERENCES authors);
CREATE TABLE notes (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors);
