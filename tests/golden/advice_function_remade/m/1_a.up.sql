CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE diary (id bigint PRIMARY KEY, mood mood NOT NULL, amount integer NOT NULL);
CREATE FUNCTION by_mood(m mood) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM diary WHERE mood = m';
CREATE FUNCTION by_amount(m integer) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM diary WHERE amount = m';
