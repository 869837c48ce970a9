CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE diary (id bigint PRIMARY KEY, mood mood NOT NULL, second mood);
CREATE TABLE users (id bigint PRIMARY KEY, mood mood);
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TABLE shirts (id bigint PRIMARY KEY, size size);
