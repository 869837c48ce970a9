ALTER TABLE "näive <&> tables"
	ALTER COLUMN email SET NOT NULL;
-- dbopt-migrate: allow no-such-rule because it is gone
DROP TABLE elsewhere;
