ALTER TABLE users DROP CONSTRAINT users_named;
ALTER TABLE teams ADD COLUMN colour text;
CREATE FUNCTION colour_of(team int) RETURNS text LANGUAGE sql STABLE AS 'SELECT colour FROM teams WHERE id = team';
ALTER TABLE users ADD CONSTRAINT users_named CHECK (colour_of(length(name)) <> 'red');
ALTER TABLE notes ADD COLUMN colour text;
