CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, site bigint NOT NULL, name text NOT NULL, CONSTRAINT users_email_key UNIQUE (email), CONSTRAINT users_name_key UNIQUE (name));
CREATE UNIQUE INDEX users_once ON users (site, name);
CREATE TABLE notes (site bigint, id bigint, CONSTRAINT notes_id_key UNIQUE (id));
CREATE UNIQUE INDEX notes_pkey ON notes (site);
CREATE TABLE groups (duos bigint CONSTRAINT groups_pkey PRIMARY KEY, id bigint NOT NULL);
CREATE TABLE pages (id bigint PRIMARY KEY, slug text NOT NULL, lang text NOT NULL, CONSTRAINT pages_slug_lang UNIQUE (slug, lang), CONSTRAINT pages_slug UNIQUE (slug));
CREATE TABLE seats (id bigint PRIMARY KEY, hall text NOT NULL, place text NOT NULL, CONSTRAINT seats_place UNIQUE (place));
