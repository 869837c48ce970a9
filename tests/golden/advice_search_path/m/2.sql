SELECT pg_catalog.set_config('search_path', 'app, ext', false);
CREATE INDEX users_email_trgm ON users USING gin (email gin_trgm_ops);
CREATE INDEX users_norm ON users (norm(email));
CREATE INDEX users_mood ON users (id) WHERE mood = 'a'::mood;
CREATE INDEX users_lower ON users (lower(email)) WHERE name::text <> '';
DROP INDEX users_norm;
