ALTER TABLE shirts ALTER COLUMN s TYPE varchar(3) USING s::text::varchar(3);
DROP TYPE size;
ALTER TYPE flag RENAME TO size;
CREATE TABLE hats (id bigint PRIMARY KEY, s size);
