CREATE TABLE shop.events_new (id bigint PRIMARY KEY, hash text);
INSERT INTO shop.events_new SELECT * FROM shop.events;
DROP TABLE shop.events;
CREATE INDEX events_hash ON shop.events_new (hash);
