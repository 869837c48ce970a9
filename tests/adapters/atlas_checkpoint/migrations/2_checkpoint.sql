-- atlas:checkpoint v1

CREATE TABLE zero (id bigint PRIMARY KEY);
CREATE TABLE a (id bigint PRIMARY KEY);
