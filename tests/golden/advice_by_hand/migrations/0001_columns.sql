ALTER TABLE "users" ADD COLUMN "teamId" bigint;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_team_fk" FOREIGN KEY ("teamId") REFERENCES "Payments" ("id");--> statement-breakpoint
CREATE INDEX "users_team_id_email_idx" ON "users" ("teamId", "email");--> statement-breakpoint
CREATE INDEX "users_email_idx" ON "users" ("email");
