ALTER TABLE notes DROP CONSTRAINT notes_charge_fk;
