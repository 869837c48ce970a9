-- migrate:up
CREATE TABLE readings_2025 (LIKE readings INCLUDING ALL);
ALTER TABLE readings ATTACH PARTITION readings_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

-- migrate:down
ALTER TABLE readings DETACH PARTITION readings_2025;
DROP TABLE readings_2025;
