CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
CREATE TABLE notes (id bigint PRIMARY KEY, note text);
CREATE TABLE marks (id bigint PRIMARY KEY, mark text);
CREATE TABLE old_notes (id bigint PRIMARY KEY, note text);
