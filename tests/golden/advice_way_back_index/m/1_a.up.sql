CREATE TABLE pins (id bigint PRIMARY KEY, data_id bigint NOT NULL, space text NOT NULL);
CREATE UNIQUE INDEX pins_data ON pins (data_id);
CREATE TABLE data (id bigint PRIMARY KEY, hash text NOT NULL);
CREATE UNIQUE INDEX data_id ON data (hash);
CREATE TABLE old_pins (id bigint PRIMARY KEY, data_id bigint NOT NULL);
