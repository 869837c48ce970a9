revoke usage on schema s from x;
drop role if exists x, y;
