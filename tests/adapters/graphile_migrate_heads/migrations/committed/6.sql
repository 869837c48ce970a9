--! Previous: sha1:ca18a49081f596f2b2869174afc9947d4a836b40
--! Hash: sha1:3f79b74487b04108d38b8a56d0a5f8104a67c072
--! AllowInvalidHash

CREATE TABLE f (id int);
