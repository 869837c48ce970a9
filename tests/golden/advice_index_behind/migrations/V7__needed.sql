ALTER TABLE cards ADD COLUMN code text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX cards_code ON cards (code) WHERE code <> '';
COMMENT ON INDEX cards_code IS 'of the house';
CREATE INDEX cards_sides ON cards (owner, code);
ALTER INDEX cards_sides RENAME TO cards_owner_code;
COMMENT ON COLUMN cards.code IS 'none: empty';
