--! Hash: sha1:02f2af632917dd9ab6ba273a75df08457e8e4361
--! Previous: sha1:4f45642ec931df92e13364b7a3d95eb876d756b7

CREATE TABLE b (id int);