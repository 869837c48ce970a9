CREATE OR REPLACE VIEW public.open_orders AS SELECT id FROM public.orders;
