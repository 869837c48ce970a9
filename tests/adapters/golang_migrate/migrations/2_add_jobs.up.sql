CREATE TABLE app.jobs (id bigint PRIMARY KEY);
