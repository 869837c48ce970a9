CREATE TABLE "Member" ("userId" bigint NOT NULL, "teamId" bigint NOT NULL);
CREATE TABLE keys (hash text NOT NULL, kind text NOT NULL, size integer NOT NULL, PRIMARY KEY (hash, kind));
CREATE TABLE words (word text NOT NULL, language text NOT NULL);
CREATE TABLE records (id bigint PRIMARY KEY, body text NOT NULL, date text NOT NULL, code text COLLATE "C");
CREATE INDEX records_date_code_idx ON records (date, code);
CREATE SCHEMA "App";
CREATE TABLE verification_tokens_of_identities (id bigint PRIMARY KEY, verification_flow_of_the_self_service bigint);
