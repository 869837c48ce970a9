ALTER TABLE "colors"
	ADD COLUMN "other_id" bigint,
	ADD CONSTRAINT other_fkey FOREIGN KEY ("other_id") REFERENCES "files" ("id") ON DELETE SET NULL,
	DROP CONSTRAINT "known",
	ADD CONSTRAINT known CHECK (state <> 'y' AND other_id IS NULL);
ALTER TABLE colors ADD COLUMN on_sync text
	-- rather than an enum
	CONSTRAINT on_sync_known CHECK (on_sync IN ('activate', 'replace'));
