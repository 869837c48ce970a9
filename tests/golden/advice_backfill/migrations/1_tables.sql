CREATE TABLE orders (id bigint PRIMARY KEY, amount integer NOT NULL, paid boolean NOT NULL);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER z_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER paid_later AFTER UPDATE OF paid ON orders FOR EACH ROW EXECUTE FUNCTION touch();
