DROP INDEX cards_place_idx;
CREATE INDEX cards_place_idx ON cards (place DESC);
