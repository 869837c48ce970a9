ALTER TABLE songs DROP CONSTRAINT songs_writer_id_fkey;
ALTER TABLE songs RENAME TO pieces;
ALTER TABLE pieces ADD CONSTRAINT pieces_writer_fk FOREIGN KEY (writer_id) REFERENCES singers;
