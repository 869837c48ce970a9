CREATE TYPE cohort AS ENUM ('a');
CREATE TABLE prospects (id bigint PRIMARY KEY, cohort cohort);
CREATE TABLE entity (uuid uuid PRIMARY KEY);
CREATE TABLE history (origin bigint, authority bigint, authority_new uuid);
