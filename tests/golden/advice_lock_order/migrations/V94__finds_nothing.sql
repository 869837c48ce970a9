ALTER TABLE plans DROP COLUMN frequency;
ALTER TABLE payments DROP COLUMN due;
DROP INDEX IF EXISTS payments_due;
DROP INDEX IF EXISTS plans_frequency;
DROP INDEX payments_tries;
ALTER TABLE refunds DROP CONSTRAINT refunds_payment;
