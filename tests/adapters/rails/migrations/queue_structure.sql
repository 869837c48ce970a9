--
-- PostgreSQL database dump
--

CREATE TABLE public.schema_migrations (
    version character varying NOT NULL
);
