# Users schema

# --- !Ups

CREATE TABLE users (id bigint PRIMARY KEY);

# --- !Downs

DROP TABLE users;
