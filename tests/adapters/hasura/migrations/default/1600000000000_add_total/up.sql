ALTER TABLE public.orders ADD COLUMN total numeric;
