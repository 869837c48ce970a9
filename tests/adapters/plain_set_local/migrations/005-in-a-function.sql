CREATE FUNCTION local_time() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  SET LOCAL TimeZone = 'UTC';
  RETURN now()::text;
END $$;
