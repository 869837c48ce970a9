-- dbopt-migrate: allow-file set-not-null-scan, drop-default-on-required-column because there are only a few users
BEGIN;
--
-- Raw SQL operation
--
UPDATE accounts_user SET email = lower(email) WHERE email <> lower(email); ANALYZE accounts_user;
--
-- Alter field email on user
--
ALTER TABLE "accounts_user" ALTER COLUMN "email" SET DEFAULT '';
UPDATE "accounts_user" SET "email" = '' WHERE "email" IS NULL; SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE "accounts_user" ALTER COLUMN "email" SET NOT NULL;
ALTER TABLE "accounts_user" ALTER COLUMN "email" DROP DEFAULT;
--
-- Create constraint one_email on model user
--
ALTER TABLE "accounts_user" ADD CONSTRAINT "one_email" UNIQUE ("email");
COMMIT;
