CREATE TABLE sessions (id bigint PRIMARY KEY, sub varchar(100));
CREATE UNIQUE INDEX sessions_sub ON sessions (sub);
CREATE TYPE flag AS ENUM ('ALL', 'NONE');
CREATE TABLE prefs (id bigint PRIMARY KEY, x flag, y flag);
