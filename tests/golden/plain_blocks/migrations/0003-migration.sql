begin
  if exists (select from orders) then
    raise exception $$not empty$$;
  end if;
  alter table orders add column paid boolean;
end
