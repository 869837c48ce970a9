BEGIN;
--
-- Create model User
--
CREATE TABLE "accounts_user" ("id" bigserial NOT NULL PRIMARY KEY);
COMMIT;
