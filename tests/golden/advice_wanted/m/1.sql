CREATE TABLE a (id bigint PRIMARY KEY, k text NOT NULL DEFAULT 'direct', x int, CHECK (k <> 'direct' OR x IS NOT NULL));
