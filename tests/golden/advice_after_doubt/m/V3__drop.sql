drop table c;
drop table b;
drop table a;
