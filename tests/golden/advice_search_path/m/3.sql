CREATE INDEX users_back ON app.users USING gin (name ext.gin_trgm_ops);
