BEGIN;
--
-- Raw Python operation
--
-- THIS OPERATION CANNOT BE WRITTEN AS SQL
--
-- Add field b to a
--
ALTER TABLE "shop_a" DROP COLUMN "b" CASCADE;
COMMIT;
