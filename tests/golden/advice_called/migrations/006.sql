-- +migrate Up
-- +migrate StatementBegin
CREATE FUNCTION fk(name text, child text, parent text, col text) RETURNS void AS $$
declare n int;
begin
  select count(*) into n from information_schema.table_constraints where constraint_name = lower(name);
  if n = 0 then
    execute 'alter table "' || child || '" ADD CONSTRAINT ' || name || ' FOREIGN KEY(' || col || ') REFERENCES "' || parent || '"(id)';
  end if;
end;
$$ LANGUAGE plpgsql;
-- +migrate StatementEnd
