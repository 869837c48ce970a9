CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text);
GRANT SELECT, INSERT ON users TO reporting;
GRANT SELECT (email) ON users TO mailer;
GRANT UPDATE (name) ON users TO mailer;
CREATE TABLE teams (id bigint PRIMARY KEY);
