ALTER TABLE "Payments" RENAME TO "payments";--> statement-breakpoint
ALTER TABLE "payments" RENAME COLUMN "UserId" TO "user_id";--> statement-breakpoint
CREATE INDEX "payments_amount_idx" ON "payments" ("amount");
--> statement-breakpoint
DROP INDEX "users_email_idx";--> statement-breakpoint
CREATE INDEX "users_by_email" ON "users" ("email");
