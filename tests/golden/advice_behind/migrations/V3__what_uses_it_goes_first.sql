CREATE FUNCTION next_code() RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE SEQUENCE turns;
CREATE TYPE shape AS ENUM ('round');
CREATE DOMAIN weight AS int CHECK (VALUE > 0);
CREATE TABLE games (id bigint PRIMARY KEY, code text DEFAULT next_code(), turn bigint DEFAULT nextval('turns'), shapes shape[], weight weight, note text);
CREATE TABLE plays (id bigint PRIMARY KEY, weight weight);
CREATE TRIGGER touched BEFORE UPDATE ON plays FOR EACH ROW EXECUTE FUNCTION touch();
