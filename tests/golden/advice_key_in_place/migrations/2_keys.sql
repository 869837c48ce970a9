DROP INDEX users_once;
ALTER TABLE users ADD CONSTRAINT users_once UNIQUE (site, id);
ALTER TABLE users DROP CONSTRAINT users_email_key, DROP CONSTRAINT users_name_key, ADD CONSTRAINT users_site_email_key UNIQUE (site, email),
  ADD CONSTRAINT users_email_name_key UNIQUE (email, name);
DROP INDEX notes_pkey;
ALTER TABLE notes DROP CONSTRAINT notes_id_key;
ALTER TABLE notes ADD PRIMARY KEY (site, id);
