CREATE TABLE things (id bigint PRIMARY KEY, place geometry(Point, %(SRID)s), depth numeric(6,3));
