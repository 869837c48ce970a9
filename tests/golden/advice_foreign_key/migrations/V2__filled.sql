CREATE TABLE roles AS SELECT id AS song_id, singer_id FROM songs;
ALTER TABLE roles ADD CONSTRAINT roles_song_fk FOREIGN KEY (song_id) REFERENCES songs;
ALTER TABLE roles RENAME TO parts;
