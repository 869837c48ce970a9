CREATE TABLE users_kept AS SELECT id, u.email AS address FROM users u;
INSERT INTO old_notes SELECT * FROM notes;
CREATE TABLE marks_gone AS SELECT * FROM marks;
DROP TABLE users;
DROP TABLE notes;
DROP TABLE marks;
DROP TABLE marks_gone;
