SET lock_timeout = '5s';
ALTER TABLE words ADD COLUMN uses integer, ADD COLUMN spelling text;
DO $$ BEGIN
	UPDATE words SET spelling = lower(word);
END $$;
UPDATE words SET uses = uses + 1, language = lower(language);
UPDATE words SET word = spelling, spelling = NULL;
