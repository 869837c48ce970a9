--
-- Concurrently create index nm on field(s) b of model a
--
CREATE INDEX CONCURRENTLY "nm" ON "shop_a" ("b");
--
-- MIGRATION NOW PERFORMS OPERATION THAT CANNOT BE WRITTEN AS SQL:
-- Raw Python operation
--
