Notes that are no SQL.
-- @forward
CREATE TABLE @{app}.users (id bigint PRIMARY KEY, name text);
