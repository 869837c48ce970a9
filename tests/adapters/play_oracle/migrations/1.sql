# --- !Ups
CREATE TABLE b (id bigint PRIMARY KEY);

# --- !Downs
DROP TABLE b;
