# --- !Ups
CREATE TABLE a (
  "ID" number (10, 0) NOT NULL,
  "NAME" nvarchar2 (100)
);

# --- !Downs
DROP TABLE a;
