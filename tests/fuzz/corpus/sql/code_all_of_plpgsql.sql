create function f() returns trigger language plpgsql as $$
#variable_conflict use_column
<<main>>
declare
  a int not null default 1; k2 constant int = 1; b users%rowtype; c users.id%type = 2; d cursor (k int) for select * from t where x = k;
  q refcursor; r record; h int; e alias for a; f text collate "C"; g int[] := array[1, 2];
begin
  b.x := 1; g[1] := 2; g[1:2] = '{1}'; main.a := 3; get diagnostics a = row_count; get stacked diagnostics f = message_text;
  open d(1); fetch next from d into b; move d; close d; open q for select 1; open q no scroll for execute 'select 1' using 1;
  assert a > 0, 'no';
  for r in d(1) loop null; end loop; for r in d(k := 1) loop null; end loop; for i in reverse 10..1 by 2 loop continue when i > 3; end loop;
  for r in execute 'select 1' using 1, 2 loop exit; end loop; for a, h in (select 1, 2) loop null; end loop;
  foreach a slice 1 in array g loop null; end loop; while true loop exit main when false; end loop;
  case when a = 1 then null; when a = 2 then null; else null; end case; case a when 1, 2 then null; end case;
  if a then null; elseif b then null; elsif (case when c then d end) then null; else null; end if;
  raise; raise notice '%', a; raise exception using errcode = 'unique_violation', message = 'x'; raise unique_violation; raise sqlstate '23505';
  perform 1; call p(1); execute 'x' into strict a, h using c; execute 'x' using c into a; null; return null;
  insert into t select 1 returning x into a; with w as (select 1) select * into b from w; select 1 into a; commit and chain; rollback;
  update t set x = case when a then b else c end where y in (select z from u); merge into t using u on true when matched then delete;
  create function g() returns int begin atomic select 1; return case when true then 1 end; end; import foreign schema x from server y into z;
  begin null; exception when unique_violation or sqlstate '23503' then null; when others then raise; end; a := 1e-3; a := b.c . d;
  declare x int; begin null; end; <<i>> begin null; end i; do 'begin null; end';
exception when others then return null;
end main;
$$;
SELECT f();
