-- migrate:up
ALTER TABLE sensors ALTER COLUMN place SET NOT NULL, ALTER COLUMN place SET DEFAULT 'unknown';
ALTER TABLE alarms ALTER COLUMN raised_at TYPE timestamp;

-- migrate:down
ALTER TABLE alarms ALTER COLUMN raised_at TYPE timestamptz;
ALTER TABLE sensors ALTER COLUMN place DROP DEFAULT, ALTER COLUMN place DROP NOT NULL;
