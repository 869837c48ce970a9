ALTER TABLE "teams" ADD COLUMN "x" integer;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "x" integer;