select 1 as q;
