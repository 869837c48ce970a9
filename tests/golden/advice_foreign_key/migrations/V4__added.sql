ALTER TABLE songs ADD COLUMN album_id bigint;
UPDATE songs SET album_id = id;
ALTER TABLE songs ADD CONSTRAINT songs_album_fk FOREIGN KEY (album_id) REFERENCES singers;
