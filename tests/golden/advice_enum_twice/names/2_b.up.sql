ALTER TYPE mood RENAME TO old_type;
CREATE TYPE mood AS ENUM ('good', 'mixed', 'bad');
ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood;
DROP TABLE diary;
DROP TYPE old_type;
ALTER TYPE size RENAME TO old_type;
CREATE TYPE size AS ENUM ('s', 'm', 'l');
ALTER TABLE shirts ALTER COLUMN size TYPE size USING size::text::size;
DROP TYPE old_type;
