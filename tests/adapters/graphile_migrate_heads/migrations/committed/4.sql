--! Previous: sha1:7e4bf593d35ddacd6713c8c8e6369077d727fd52
--! Hash: sha1:e67bed12fe669ec53fd3c1790e2c295e6f3d21d5

CREATE TABLE d (id int);
