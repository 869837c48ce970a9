ALTER TABLE songs DROP CONSTRAINT songs_writer_id_fkey;
ALTER TABLE songs ADD CONSTRAINT songs_writer_id_fkey FOREIGN KEY (writer_id) REFERENCES singers ON DELETE CASCADE;
