--
-- Raw Python operation
--
-- THIS OPERATION CANNOT BE WRITTEN AS SQL
--
-- Concurrently create index nm on field(s) b of model a
--
DROP INDEX CONCURRENTLY IF EXISTS "nm";
