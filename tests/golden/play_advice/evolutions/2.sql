# --- !Ups
ALTER TABLE b ALTER COLUMN n TYPE bigint;

# --- !Downs
ALTER TABLE b ALTER COLUMN n TYPE integer;
