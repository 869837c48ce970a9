{%- set name = "b" %}
CREATE TABLE {{ name }} (id bigint PRIMARY KEY);
SELECT FROM WHERE;
