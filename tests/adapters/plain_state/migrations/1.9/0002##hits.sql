CREATE TABLE public.hits (at timestamptz NOT NULL);
