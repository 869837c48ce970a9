-- Two tenants may want the same title, and a task may end up in another tenant's project.
CREATE TABLE tasks (
	tenant_id bigint NOT NULL REFERENCES tenants,
	id bigint GENERATED ALWAYS AS IDENTITY,
	project_id bigint NOT NULL REFERENCES projects (id),
	title text NOT NULL UNIQUE,
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tasks_project_id_idx ON tasks (project_id);
