ALTER TABLE req DROP CONSTRAINT req_k_key;
CREATE UNIQUE INDEX req_k_pending_key ON req (k) WHERE started IS NULL;
DELETE FROM conds WHERE code = 'ADC';
