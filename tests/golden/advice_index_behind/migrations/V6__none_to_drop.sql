DROP INDEX IF EXISTS cards_none_idx;
CREATE INDEX cards_none_idx ON cards (owner, place);
