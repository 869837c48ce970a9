ALTER TABLE notes ADD CONSTRAINT notes_charge_fk FOREIGN KEY (charge_id) REFERENCES notes;
