CREATE TABLE "notes" ("id" bigint PRIMARY KEY, "user_id" bigint NOT NULL REFERENCES "users" ("id"));--> statement-breakpoint
CREATE TABLE "copies" ("id" bigint PRIMARY KEY, "user_id" bigint NOT NULL);--> statement-breakpoint
INSERT INTO "copies" SELECT "id", "id" FROM "users";--> statement-breakpoint
ALTER TABLE "copies" ADD CONSTRAINT "copies_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id");--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id");
--> statement-breakpoint
DROP INDEX "users_by_email", "payments_amount_idx";
