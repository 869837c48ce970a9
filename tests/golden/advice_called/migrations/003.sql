-- +migrate Up
CREATE TABLE run2 (id bigint PRIMARY KEY, workflow_id bigint NOT NULL);
ALTER TABLE run2 ADD CONSTRAINT fk_r2 FOREIGN KEY (workflow_id) REFERENCES workflow (id);
CREATE TABLE other2 (id bigint PRIMARY KEY);
INSERT INTO other2 SELECT generate_series(1,1000000);
