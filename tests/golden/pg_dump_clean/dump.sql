SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);

ALTER TABLE IF EXISTS ONLY public.posts DROP CONSTRAINT IF EXISTS posts_user_id_fkey;
DROP INDEX IF EXISTS public.posts_user_id_idx;
CREATE OR REPLACE VIEW public.totals AS
SELECT
    NULL::bigint AS user_id,
    NULL::bigint AS posts;
DROP VIEW IF EXISTS public.totals;
DROP TABLE IF EXISTS public.posts;
DROP TABLE IF EXISTS public.users;
--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id bigint NOT NULL
);
CREATE TABLE public.posts (
    id bigint NOT NULL,
    user_id bigint NOT NULL
);
CREATE VIEW public.totals AS
 SELECT user_id, count(*) AS posts FROM public.posts GROUP BY user_id;
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
