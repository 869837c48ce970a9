CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE visits (tenant bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (tenant, at);
CREATE TABLE halves (id bigint NOT NULL, at date NOT NULL) PARTITION BY HASH (id);
CREATE TABLE halves_1 PARTITION OF halves FOR VALUES WITH (MODULUS 2, REMAINDER 1) PARTITION BY RANGE (at);
CREATE TABLE years (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (date_part('year', at));
CREATE TABLE lost (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
ALTER TABLE lost DROP CONSTRAINT lost_pkey;
