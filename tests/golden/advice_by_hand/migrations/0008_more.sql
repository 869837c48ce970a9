CREATE FUNCTION create_hypertable(text, text) RETURNS void LANGUAGE sql AS 'SELECT';--> statement-breakpoint
CREATE TABLE "points" ("at" timestamptz NOT NULL, "sensor" bigint NOT NULL, PRIMARY KEY ("sensor", "at"));--> statement-breakpoint
SELECT create_hypertable('points', 'at');--> statement-breakpoint
CREATE TABLE "days" ("at" date NOT NULL, "id" bigint, PRIMARY KEY ("at", "id")) PARTITION BY RANGE ("at");--> statement-breakpoint
CREATE TABLE "days_1" PARTITION OF "days" FOR VALUES FROM ('2026-01-01') TO ('2026-01-02');
