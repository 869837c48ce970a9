CREATE TABLE users (id bigint PRIMARY KEY, email varchar(100) NOT NULL, gone boolean);
CREATE UNIQUE INDEX users_lower ON users (lower(email));
CREATE UNIQUE INDEX users_there ON users (email) WHERE NOT gone;
CREATE INDEX users_email ON users (email DESC, id) INCLUDE (gone) WITH (fillfactor = 70);
