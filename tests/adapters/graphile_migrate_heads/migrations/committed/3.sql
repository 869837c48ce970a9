--! Previous: sha1:02f2af632917dd9ab6ba273a75df08457e8e4361
--! Hash: sha1:7e4bf593d35ddacd6713c8c8e6369077d727fd52

CREATE TABLE c (id bigint);
