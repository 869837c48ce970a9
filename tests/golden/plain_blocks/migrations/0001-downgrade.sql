begin
  revoke select on orders from $user_prefix$_web;
  drop table orders;
end
