CREATE UNIQUE INDEX cards_id_title ON cards (id, title);
INSERT INTO cards (id, owner, title) VALUES (8, 1, 'eight') ON CONFLICT (id) DO NOTHING;
ALTER TABLE cards ADD CONSTRAINT cards_id_title UNIQUE USING INDEX cards_id_title;
CREATE INDEX cards_owner_place ON cards (owner, place);
INSERT INTO cards (id, owner, title) VALUES (9, 1, 'nine') ON CONFLICT DO NOTHING;
