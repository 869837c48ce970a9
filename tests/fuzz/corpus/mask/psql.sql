\restrict k
\set s app
CREATE TABLE :s.t (a text DEFAULT :'d', b int[] DEFAULT ARRAY[1, 2]);
COPY :s.t (a) FROM stdin;
it's\n$$
\.
SELECT E'\'', $x$ \g $x$, /* /* */ */ b[1:2]::text, :{?s} \gset p_
SELECT 1 \\ SELECT 2 \g
\copy t from stdin
1
\.
\unrestrict k
