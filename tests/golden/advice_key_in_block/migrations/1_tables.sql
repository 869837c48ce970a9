CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE cards (id bigint PRIMARY KEY, created_by bigint NOT NULL, team bigint NOT NULL, CONSTRAINT cards_created_by_fk FOREIGN KEY (created_by) REFERENCES users (id), CONSTRAINT cards_once UNIQUE (team));
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint NOT NULL, CONSTRAINT notes_user_fk FOREIGN KEY (user_id) REFERENCES users (id));
CREATE TABLE lists (id bigint PRIMARY KEY, user_id bigint NOT NULL, team bigint NOT NULL, CONSTRAINT lists_user_fk FOREIGN KEY (user_id) REFERENCES users (id));
CREATE INDEX notes_user_idx ON notes (user_id);
