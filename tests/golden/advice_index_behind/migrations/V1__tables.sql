CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE cards (id bigint NOT NULL, owner bigint NOT NULL, title text NOT NULL, place text, old_place text);
CREATE INDEX cards_place_idx ON cards (place);
