CREATE TABLE users (id bigint PRIMARY KEY);
CREATE FUNCTION create_index_if_not_exists(t_name text, i_name text, index_sql text, unq boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  full_index_name varchar;
  unq_value varchar;
BEGIN
  full_index_name = 'idx_' || t_name || '_' || i_name;
  unq_value = '';
  IF unq THEN
    unq_value = 'UNIQUE ';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.relname = full_index_name) THEN
    EXECUTE 'CREATE ' || unq_value || 'INDEX ' || full_index_name || ' ON ' || t_name || ' ' || index_sql;
  END IF;
END $$;
