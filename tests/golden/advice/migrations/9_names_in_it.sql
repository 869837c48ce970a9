SET lock_timeout = '5s';
CREATE INDEX IF NOT EXISTS visit_path_again ON crm."Visit" (path);
CREATE INDEX visit_path_at_idx ON crm."Visit" (path, at);
REINDEX INDEX crm.visit_path_idx;
REINDEX TABLE crm."Visit";
INSERT INTO crm."Visit" ("Id", path, at) VALUES (1, '/', now());
ALTER TYPE crm.state RENAME VALUE 'done' TO 'finished';
ALTER TABLE crm."Visit" ADD COLUMN position serial;
ALTER TABLE crm."Visit" SET SCHEMA public;
