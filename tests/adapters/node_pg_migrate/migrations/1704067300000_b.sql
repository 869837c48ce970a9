-- up migration of b
CREATE TABLE b (id bigint PRIMARY KEY);
