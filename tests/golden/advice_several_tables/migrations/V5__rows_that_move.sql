ALTER TABLE users ADD COLUMN note text;
UPDATE users u SET note = n.note FROM notes n WHERE n.id = u.id::bigint;
TRUNCATE notes;
ALTER TABLE teams ADD COLUMN note text;
