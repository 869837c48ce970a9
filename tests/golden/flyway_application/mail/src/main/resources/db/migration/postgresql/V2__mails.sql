CREATE TABLE mail.mails (id bigint PRIMARY KEY);
