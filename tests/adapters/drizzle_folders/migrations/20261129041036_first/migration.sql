CREATE TABLE "teams" (
	"id" integer PRIMARY KEY,
	"name" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" integer PRIMARY KEY
);
