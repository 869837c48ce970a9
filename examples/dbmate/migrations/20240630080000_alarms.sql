-- migrate:up
CREATE TABLE alarms (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	sensor_id bigint NOT NULL REFERENCES sensors,
	raised_at timestamptz NOT NULL DEFAULT now()
);

-- migrate:down
DROP TABLE alarms;
