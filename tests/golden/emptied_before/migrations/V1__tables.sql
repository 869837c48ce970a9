CREATE TABLE marks (id bigint PRIMARY KEY, value text);
CREATE TABLE notes (id bigint PRIMARY KEY, value text);
