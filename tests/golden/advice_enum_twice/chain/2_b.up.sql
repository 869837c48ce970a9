CREATE TYPE mood_new AS ENUM ('good', 'mixed');
ALTER TABLE users ALTER COLUMN mood TYPE mood_new USING (CASE WHEN mood = 'bad' THEN 'mixed' ELSE mood::text END)::mood_new;
CREATE TYPE mood_newer AS ENUM ('good', 'mixed', 'fine');
ALTER TABLE users ALTER COLUMN mood TYPE mood_newer USING mood::text::mood_newer;
