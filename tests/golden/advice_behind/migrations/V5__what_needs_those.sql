CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE admins (id bigint PRIMARY KEY, team_id bigint NOT NULL);
CREATE TABLE keys (id bigint PRIMARY KEY, admin_id bigint REFERENCES admins (id), body text, team_id bigint, size int);
CREATE VIEW bodies AS SELECT body FROM keys;
CREATE TABLE pages (id bigint PRIMARY KEY);
CREATE TABLE pages_words (page_id bigint REFERENCES pages (id), note_id bigint);
CREATE TABLE notes (id bigint PRIMARY KEY);
