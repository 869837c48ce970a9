CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE countries (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE users (id uuid PRIMARY KEY, tenant_id bigint NOT NULL REFERENCES tenants (id), email text NOT NULL,
	UNIQUE (tenant_id, email));
CREATE TABLE projects (id uuid PRIMARY KEY, tenant_id bigint NOT NULL REFERENCES tenants (id), slug text NOT NULL);
CREATE UNIQUE INDEX projects_slug_key ON projects (tenant_id, lower(slug));
CREATE TABLE tasks (id uuid PRIMARY KEY, tenant_id bigint NOT NULL REFERENCES tenants (id),
	project_id uuid NOT NULL REFERENCES projects (id), number integer NOT NULL, UNIQUE (project_id, number));
CREATE TABLE comments (id uuid PRIMARY KEY, tenant_id bigint NOT NULL REFERENCES tenants (id),
	task_id uuid NOT NULL REFERENCES tasks (id), body text NOT NULL);
CREATE TABLE files (id uuid PRIMARY KEY, tenant_id bigint NOT NULL REFERENCES tenants (id), country text REFERENCES countries (code),
	size bigint NOT NULL);
CREATE INDEX files_size_idx ON files (tenant_id, size);
