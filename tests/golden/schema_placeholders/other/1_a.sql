CREATE TABLE ${a}.person (id bigint PRIMARY KEY);
CREATE TABLE ${b}.person (id bigint PRIMARY KEY);
CREATE TABLE app.place (id bigint PRIMARY KEY);
