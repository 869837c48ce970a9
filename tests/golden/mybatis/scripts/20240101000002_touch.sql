-- // touch
-- @DELIMITER |
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.email := lower(NEW.email);
  RETURN NEW;
END $$
|
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch() | what stands here is not read
-- @DELIMITER ;
// the last one
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

--//@UNDO
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
DROP TRIGGER touch ON users;
DROP FUNCTION touch();
