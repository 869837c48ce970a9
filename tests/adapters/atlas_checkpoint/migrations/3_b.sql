-- atlas:checkpoint
CREATE TABLE b (id bigint PRIMARY KEY);
