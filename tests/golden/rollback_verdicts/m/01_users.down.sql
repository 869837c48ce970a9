DROP VIEW mails;
DROP TABLE users;
DROP TYPE mood;
