-- orders
begin
  create table orders (id bigint primary key);
  grant select on orders to $user_prefix$_web;
end
