-- @forward
CREATE INDEX CONCURRENTLY users_both_idx ON @{ app }.users (name, id);
