CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
CREATE VIEW emails AS SELECT email FROM users;
CREATE VIEW short_emails AS SELECT email FROM emails WHERE length(email) < 10;
CREATE VIEW long_emails AS SELECT email FROM emails WHERE length(email) > 100;
