CREATE TABLE mails (id bigint PRIMARY KEY);
