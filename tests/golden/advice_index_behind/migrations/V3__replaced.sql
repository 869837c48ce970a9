DROP INDEX cards_place_idx;
ALTER TABLE cards DROP COLUMN place;
ALTER TABLE cards RENAME COLUMN old_place TO place;
CREATE INDEX cards_place_idx ON cards (place);
