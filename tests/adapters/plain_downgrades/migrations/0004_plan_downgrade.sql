CREATE TABLE plan_downgrade (id bigint PRIMARY KEY);
