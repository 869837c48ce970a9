-- +migrate Up
CREATE TABLE run (id bigint PRIMARY KEY, workflow_id bigint NOT NULL);
SELECT create_foreign_key();
CREATE TABLE other (id bigint PRIMARY KEY);
INSERT INTO other SELECT generate_series(1,1000000);
