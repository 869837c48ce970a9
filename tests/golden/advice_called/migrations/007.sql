-- +migrate Up
CREATE TABLE run5 (id bigint PRIMARY KEY, workflow_id bigint NOT NULL, other_id bigint);
SELECT fk('fk5', 'run5', 'workflow', 'workflow_id');
CREATE TABLE other5 (id bigint PRIMARY KEY);
INSERT INTO other5 SELECT generate_series(1,1000000);
