DELETE FROM cards a USING cards b WHERE a.id < b.id AND a.title = b.title;
UPDATE owners SET id = id WHERE id = 0;
UPDATE cards SET title = trim(title) WHERE title <> trim(title);
UPDATE cards SET place = 'here' WHERE place IS NULL;
ALTER TABLE cards ADD CONSTRAINT cards_title_key UNIQUE (title);
CREATE UNIQUE INDEX cards_title_once ON cards (lower(title)) WHERE title <> '';
CREATE INDEX cards_owner_idx ON cards (owner);
INSERT INTO owners VALUES (1);
ALTER TABLE cards ADD CONSTRAINT cards_pkey PRIMARY KEY (id);
