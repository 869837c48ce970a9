CREATE FUNCTION add_drop_column(tablename varchar, colname varchar, coltype varchar, addcolumn boolean DEFAULT true) RETURNS varchar LANGUAGE plpgsql AS $$
DECLARE
  col_name varchar;
BEGIN
  EXECUTE 'SELECT column_name FROM information_schema.columns WHERE table_name = ' || quote_literal(tablename) || ' AND column_name = ' || quote_literal(colname) INTO col_name;
  IF (col_name IS NULL AND addcolumn) THEN
    EXECUTE 'ALTER TABLE IF EXISTS ' || tablename || ' ADD COLUMN ' || colname || ' ' || coltype;
  ELSEIF (col_name IS NOT NULL AND NOT addcolumn) THEN
    EXECUTE 'ALTER TABLE IF EXISTS ' || tablename || ' DROP COLUMN ' || colname;
  END IF;
  RETURN col_name;
END $$;
SELECT add_drop_column('likes', 'liked', 'integer NOT NULL DEFAULT -1');
UPDATE likes SET liked = user_id;
