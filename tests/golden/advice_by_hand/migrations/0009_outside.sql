CREATE INDEX "points_sensor_idx" ON "points" ("at");--> statement-breakpoint
ALTER TABLE "days" DETACH PARTITION "days_1";--> statement-breakpoint
VACUUM "users";--> statement-breakpoint
CREATE DATABASE reports;
