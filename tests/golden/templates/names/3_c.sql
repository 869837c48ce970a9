CREATE TABLE {{ schema }}.c (id bigint PRIMARY KEY);
CREATE TABLE {{schema}}.{{ table }} (id bigint PRIMARY KEY);
