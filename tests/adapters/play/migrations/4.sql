# --- !Ups
CREATE TABLE a ( -- this is cut;
  id bigint PRIMARY KEY);
# --- !Downs
DROP TABLE a;
/* and this; too */
