CREATE UNIQUE INDEX cards_owner_title ON cards (owner, title);
CREATE TABLE loans (id bigint PRIMARY KEY, owner bigint NOT NULL, title text NOT NULL, FOREIGN KEY (owner, title) REFERENCES cards (owner, title));
INSERT INTO cards (id, owner, title) VALUES (7, 1, 'seven') ON CONFLICT (owner, title) DO NOTHING;
