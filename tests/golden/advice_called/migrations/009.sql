-- +migrate Up notransaction
CREATE TABLE run7 (id bigint PRIMARY KEY, workflow_id bigint NOT NULL, other_id bigint);
SELECT fk('fk7', 'run7', 'workflow', 'workflow_id');
CREATE TABLE other7 (id bigint PRIMARY KEY);
