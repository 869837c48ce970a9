CREATE TABLE tenants (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL
);

CREATE TABLE projects (
	tenant_id bigint NOT NULL REFERENCES tenants,
	id bigint GENERATED ALWAYS AS IDENTITY,
	name text NOT NULL,
	PRIMARY KEY (tenant_id, id),
	UNIQUE (id)
);
