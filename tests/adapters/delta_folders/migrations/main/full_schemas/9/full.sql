CREATE TABLE old (id bigint UNSIGNED);
