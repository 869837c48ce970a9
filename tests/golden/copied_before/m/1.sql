CREATE TABLE members (id bigint PRIMARY KEY, nick text, age integer);
CREATE TABLE guests (id bigint PRIMARY KEY, nick text);
CREATE TABLE banned (id bigint PRIMARY KEY);
CREATE TABLE seen (id bigint PRIMARY KEY);
CREATE TABLE kept (id bigint PRIMARY KEY);
CREATE TABLE logs (id bigint PRIMARY KEY, at timestamptz, what text, who text);
