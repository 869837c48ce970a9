CREATE TABLE d (id bigint PRIMARY KEY);
{{ columns }}
