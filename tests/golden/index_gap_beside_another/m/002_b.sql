-- stays
DROP INDEX CONCURRENTLY users_email_idx;
CREATE INDEX CONCURRENTLY users_email_idx ON users (email, name) INCLUDE (id);
-- covers some rows only
DROP INDEX CONCURRENTLY users_name_idx;
CREATE INDEX CONCURRENTLY users_name_idx ON users (name, email);
-- goes, too
DROP INDEX CONCURRENTLY users_kind_idx;
DROP INDEX CONCURRENTLY users_kind_name_idx;
CREATE INDEX CONCURRENTLY users_kind_idx ON users (kind, email);
