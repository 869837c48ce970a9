CREATE FUNCTION settings() RETURNS TABLE (name text, json jsonb) LANGUAGE sql AS 'SELECT NULL::text, NULL::jsonb';
CREATE FUNCTION merge_action(json integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE notes (json jsonb, system_user text);
CREATE FUNCTION broken() RETURNS TABLE (json jsonb LANGUAGE sql AS 'SELECT NULL';
CREATE TABLE fine (json json, json_value text);
