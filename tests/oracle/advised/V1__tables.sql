CREATE TABLE files (id bigint PRIMARY KEY);
CREATE TABLE colors (id bigint PRIMARY KEY, state text, password varchar(40), CONSTRAINT known CHECK (state <> 'x'));
CREATE TABLE events (id bigint NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE ${schema}.things (id bigint PRIMARY KEY, name text);
