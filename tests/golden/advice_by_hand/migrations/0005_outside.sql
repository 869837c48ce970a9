CREATE FUNCTION "folded"(text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = '' AS 'SELECT pg_catalog.lower($1)';--> statement-breakpoint
CREATE INDEX "users_folded_idx" ON "users" (folded("email"));--> statement-breakpoint
COMMIT;--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "users_kind_idx" ON "users" ("kind");
