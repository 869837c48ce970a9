ALTER TABLE pages DROP CONSTRAINT pages_slug_lang, DROP CONSTRAINT pages_slug, ADD COLUMN site bigint NOT NULL DEFAULT 1,
  ADD CONSTRAINT pages_slug_lang UNIQUE (site, slug, lang),
  ADD CONSTRAINT pages_slug UNIQUE (site, slug);
ALTER TABLE seats DROP CONSTRAINT seats_place, ADD CONSTRAINT seats_once UNIQUE (hall, place);
ALTER TABLE seats ADD CONSTRAINT seats_place CHECK (place <> '');
