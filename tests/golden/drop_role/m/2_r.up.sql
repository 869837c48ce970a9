create role x nologin;
create role y;
grant usage on schema s to x;
