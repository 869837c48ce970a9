ALTER TABLE "owner" RENAME TO "person";--> statement-breakpoint
ALTER TABLE "flat" DROP CONSTRAINT "flat_owner";--> statement-breakpoint
ALTER TABLE "flat" ADD CONSTRAINT "flat_person" FOREIGN KEY ("owner_id") REFERENCES "person" ("id");
