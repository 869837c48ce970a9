CREATE TABLE rollback_log (id bigint PRIMARY KEY);
