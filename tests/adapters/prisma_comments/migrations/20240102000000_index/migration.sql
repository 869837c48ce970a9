-- OUTSIDE
CREATE INDEX CONCURRENTLY users_email_idx ON /* SCHEMA */.users (email);
-- OUTSIDE
CREATE INDEX CONCURRENTLY users_both_idx ON /* SCHEMA */.users (id, email);
