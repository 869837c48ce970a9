ALTER TABLE public.users ENABLE ALWAYS TRIGGER users_touch;
