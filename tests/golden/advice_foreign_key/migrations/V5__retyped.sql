ALTER TABLE songs ALTER COLUMN singer_id TYPE numeric;
ALTER TABLE songs ADD CONSTRAINT songs_singer_fk FOREIGN KEY (singer_id) REFERENCES singers;
