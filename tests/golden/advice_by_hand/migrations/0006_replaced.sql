CREATE TABLE "owner" ("id" bigint PRIMARY KEY);--> statement-breakpoint
CREATE TABLE "flat" ("id" bigint PRIMARY KEY, "owner_id" bigint CONSTRAINT "flat_owner" REFERENCES "owner" ("id"));
