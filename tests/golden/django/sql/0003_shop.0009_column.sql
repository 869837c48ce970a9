BEGIN;
--
-- Add field b to a
--
ALTER TABLE "shop_a" ADD COLUMN "b" bigint NULL;
--
-- Raw Python operation
--
-- THIS OPERATION CANNOT BE WRITTEN AS SQL
COMMIT;
