CREATE TABLE ${table} (id bigint PRIMARY KEY);
