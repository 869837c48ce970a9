--
-- Concurrently create index nm on field(s) b of model a
--
CREATE INDEX CONCURRENTLY "nm" ON "shop_a" ("b");
--
-- Raw Python operation
--
-- THIS OPERATION CANNOT BE WRITTEN AS SQL
