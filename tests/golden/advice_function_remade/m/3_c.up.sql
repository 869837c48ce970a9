ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('bad', 'good');
ALTER TABLE diary ALTER COLUMN mood TYPE mood USING mood::text::mood;
CREATE OR REPLACE FUNCTION by_mood(m mood) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM diary WHERE mood = m';
DROP FUNCTION by_mood(mood_old);
DROP TYPE mood_old;
