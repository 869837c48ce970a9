ALTER TABLE users ADD COLUMN state text;
CREATE TABLE other (id bigint PRIMARY KEY);
CREATE TABLE gone (id bigint PRIMARY KEY);
