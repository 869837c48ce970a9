CREATE UNLOGGED TABLE IF NOT EXISTS public.orders (id bigint PRIMARY KEY, user_id bigint) WITH FOO;
CREATE INDEX orders_user_id ON orders (user_id);
CREATE INDEX visits_user_id ON visits (user_id);
