--! Previous: sha1:e67bed12fe669ec53fd3c1790e2c295e6f3d21d5
--! Hash: sha1:ca18a49081f596f2b2869174afc9947d4a836b40
--! AllowInvalidHash

CREATE TABLE e (id bigint);
