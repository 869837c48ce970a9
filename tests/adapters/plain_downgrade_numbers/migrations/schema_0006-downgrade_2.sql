CREATE TABLE plan_downgrade_2 (id bigint PRIMARY KEY);
