-- @forward
-- @notx
SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY users_name_idx ON @{app}.users (name);
