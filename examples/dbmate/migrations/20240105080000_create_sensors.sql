-- migrate:up
CREATE TABLE sensors (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL,
	place text
);

CREATE TABLE readings (
	sensor_id bigint NOT NULL REFERENCES sensors,
	taken_at timestamptz NOT NULL,
	value double precision NOT NULL,
	PRIMARY KEY (sensor_id, taken_at)
) PARTITION BY RANGE (taken_at);
CREATE TABLE readings_2024 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- migrate:down
DROP TABLE readings;
DROP TABLE sensors;
