-- +migrate Up
CREATE TABLE run6 (id bigint PRIMARY KEY, workflow_id bigint NOT NULL, other_id bigint);
SELECT fk('fk6', 'run6', 'workflow', 'workflow_id');
SELECT fk('fk62', 'run6', 'other', 'other_id');
