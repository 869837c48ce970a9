ALTER TABLE apps DROP COLUMN label;
CREATE VIEW listing AS SELECT v.id, v.label FROM versions v JOIN apps a ON a.id = v.id;
CREATE VIEW whole AS SELECT * FROM apps;
