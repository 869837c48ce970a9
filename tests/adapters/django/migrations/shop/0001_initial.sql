BEGIN;
--
-- Create model A
--
CREATE TABLE "shop_a" ("id" bigserial NOT NULL PRIMARY KEY);
COMMIT;
