ALTER TABLE cards DROP COLUMN category;
CREATE TABLE tiles (id bigint PRIMARY KEY REFERENCES cards (id), category text NOT NULL, area int CHECK (area * 2 > 0));
ALTER TABLE tiles ADD COLUMN parent_id bigint REFERENCES cards (id);
ALTER TABLE cards DROP COLUMN parent_id;
CREATE TABLE copies (LIKE cards);
