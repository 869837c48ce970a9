CREATE FUNCTION place_thing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.place = ST_SetSRID(NEW.place, %(SRID)s);
  RETURN NEW;
END $$;
