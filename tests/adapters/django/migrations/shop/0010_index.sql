--
-- Concurrently create index nm on field(s) name of model a
--
CREATE INDEX CONCURRENTLY "nm" ON "shop_a" ("id");
--
-- MIGRATION NOW PERFORMS OPERATION THAT CANNOT BE WRITTEN AS SQL:
-- Raw Python operation
--
