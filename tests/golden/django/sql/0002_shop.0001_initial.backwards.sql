BEGIN;
--
-- Create model A
--
DROP TABLE "shop_a" CASCADE;
COMMIT;
