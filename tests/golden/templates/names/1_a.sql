CREATE TABLE ${schema}.a (id bigint PRIMARY KEY, "${ column }" text);
