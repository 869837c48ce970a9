CREATE INDEX CONCURRENTLY ON "{{.Schema}}".orders (id);
