SET statement_timeout = 0;
SET client_encoding = 'UTF8';
CREATE TABLE public.users (id bigint NOT NULL, name text);
CREATE VIEW public.names AS SELECT users.name FROM public.users;
SET search_path TO "$user", public;

INSERT INTO "schema_migrations" (version) VALUES
('20240102000000'),
('20240101000000');
