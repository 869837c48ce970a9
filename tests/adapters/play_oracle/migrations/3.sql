# --- !Ups
ALTER TABLE b ADD COLUMN c text;

# --- !Downs
ALTER TABLE b DROP COLUMN c;
