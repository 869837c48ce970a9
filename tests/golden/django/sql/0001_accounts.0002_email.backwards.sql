BEGIN;
--
-- Create constraint one_email on model user
--
ALTER TABLE "accounts_user" DROP CONSTRAINT "one_email";
--
-- Alter field email on user
--
ALTER TABLE "accounts_user" ALTER COLUMN "email" DROP NOT NULL;
--
-- Raw SQL operation
--
-- (no-op)
COMMIT;
