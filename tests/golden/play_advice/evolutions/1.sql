# --- !Ups
CREATE TABLE b (id bigint PRIMARY KEY, n integer);

# --- !Downs
DROP TABLE b;
