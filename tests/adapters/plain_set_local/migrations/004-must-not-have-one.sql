SET LOCAL lock_timeout = '2s';
CREATE INDEX CONCURRENTLY shops_town_idx ON shops (town);
