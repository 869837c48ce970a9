BEGIN;
--
-- Create model User
--
DROP TABLE "accounts_user" CASCADE;
COMMIT;
