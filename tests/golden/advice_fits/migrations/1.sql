CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE pages (id bigint PRIMARY KEY, chapter integer, mood text, former text, price numeric(10, 2), code text);
