CREATE TABLE orgs (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE plans (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE notes (id uuid PRIMARY KEY, org_id uuid NOT NULL REFERENCES orgs (id), body text NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
CREATE POLICY notes_read ON notes FOR SELECT USING (length(body) > 0);
CREATE POLICY notes_org ON notes AS RESTRICTIVE USING (org_id = current_setting('app.org')::uuid)
	WITH CHECK (org_id = current_setting('app.org')::uuid);
CREATE TABLE tags (id uuid PRIMARY KEY, org_id uuid NOT NULL REFERENCES orgs (id));
ALTER TABLE tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE tags FORCE ROW LEVEL SECURITY;
CREATE POLICY tags_org ON tags USING (org_id = current_setting('app.org')::uuid)
	WITH CHECK (org_id = current_setting('app.org')::uuid);
