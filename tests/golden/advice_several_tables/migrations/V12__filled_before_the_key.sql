ALTER TABLE teams ADD COLUMN note_id bigint;
UPDATE teams SET note_id = id;
ALTER TABLE marks ADD COLUMN note_id bigint;
UPDATE marks SET note_id = id;
ALTER TABLE teams ADD CONSTRAINT teams_note FOREIGN KEY (note_id) REFERENCES notes (id);
ALTER TABLE marks ADD CONSTRAINT marks_note FOREIGN KEY (note_id) REFERENCES notes (id);
