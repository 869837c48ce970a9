SET lock_timeout = '2s';
ALTER TABLE records ALTER COLUMN code TYPE text COLLATE "und-x-icu";
ALTER TABLE records ALTER COLUMN code TYPE text;
ALTER TABLE records ALTER COLUMN body TYPE jsonb USING body::jsonb;
ALTER TABLE records ALTER COLUMN date TYPE date USING coalesce(date::date, code::date);
ALTER TABLE records ADD COLUMN title text COLLATE "C" NOT NULL;
