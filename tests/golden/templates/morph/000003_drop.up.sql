ALTER TABLE prefix_notes DROP COLUMN kind; INSERT INTO prefix_notes (key) VALUES ('{{greeting}}');
