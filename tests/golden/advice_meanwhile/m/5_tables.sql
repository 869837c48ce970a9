CREATE TABLE uploads (id bigint PRIMARY KEY, file bytea NOT NULL);
CREATE TABLE blobs (key text PRIMARY KEY, file bytea NOT NULL);
CREATE TABLE tenants (id bigint PRIMARY KEY, logo_id bigint REFERENCES uploads);
CREATE TABLE accounts (id bigint PRIMARY KEY, mail text NOT NULL);
CREATE TABLE people (id bigint PRIMARY KEY, mail text);
