CREATE TABLE builds (id bigint PRIMARY KEY, place int NOT NULL UNIQUE, state text);
CREATE TABLE counts (n bigint);
CREATE FUNCTION count_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE counts SET n = n + 1; RETURN NEW; END $$;
CREATE TRIGGER counted AFTER INSERT ON builds FOR EACH ROW EXECUTE FUNCTION count_one();
