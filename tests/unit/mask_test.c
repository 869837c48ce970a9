#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "adapter/adapter.h"

static const struct row {
	const char *text, *want;        /* want NULL: nothing is masked */
} rows[] = {
	{ "", NULL },
	{ "SELECT 1;\n", NULL },
	{ "SELECT a::int, b[1:2], :x FROM t;\n", NULL },
	/* backslashes that are not commands */
	{ "SELECT 'a\\b', E'it\\'s \\\\', \"c\\d\"; -- e\\f\n/* \\g /* \\q */ \\h */ SELECT 1;\n", NULL },
	{ "SELECT $$\n\\d $x$ \\. $$, $x$ \\$ $$ \\ $x$, a$b$c;\n", NULL },
	{ "SELECT 'C:\\', 1;\n", NULL },
	{ "SELECT e'\\\\', name'\\', 1;\n", NULL },
	{ "SELECT $1, '\\';", NULL },
	{ "SELECT 'never ends \\q\n", NULL },
	{ "SELECT $a$ never ends \\q\n", NULL },
	/* commands */
	{ "\\set ON_ERROR_STOP 1\nSELECT 1;\n", "                    \nSELECT 1;\n" },
	{ "\\restrict a9Bc\n\nSET x = 1;\n\\unrestrict a9Bc\n", "              \n\nSET x = 1;\n                \n" },
	{ "\\c registry;\r\nSELECT 1;\r\n", "            \r\nSELECT 1;\r\n" },
	{ "  \\i a.sql", "          " },
	{ "SELECT 1; \\echo 'it''s \\\\ done' \\\\ SELECT 2;", "SELECT 1;                          SELECT 2;" },
	{ "\\pset x \\t on\nSELECT 1;", "             \nSELECT 1;" },
	{ "\\! echo \\\\ SELECT 2;\nSELECT 1;", "                    \nSELECT 1;" },
	{ "\\set a `cat \\\\ x`\nSELECT 1;", "                 \nSELECT 1;" },
	{ "\\", " " },
	{ "SELECT 1\\;SELECT 2;", "SELECT 1 ;SELECT 2;" },
	/* commands that send the statement */
	{ "SELECT format('DROP TABLE %I', n)\nFROM t\n)\\gexec\nSELECT 1;",
	    "SELECT format('DROP TABLE %I', n)\nFROM t\n);     \nSELECT 1;" },
	{ "SELECT 1 AS a \\gset p_ \nSELECT 2 \\g\n\\gx\nSELECT 3 \\crosstabview\n\\gdesc\n",
	    "SELECT 1 AS a ;        \nSELECT 2 ; \n   \nSELECT 3 ;            \n      \n" },
	{ "SELECT 1 -- one\n\\g out.txt\n", "SELECT 1 -- one\n;         \n" },
	{ "SELECT broken\n, x \\r\nSELECT 1;", "             \n      \nSELECT 1;" },
	/* variables */
	{ "\\set s app\nCREATE TABLE :s.t (a text DEFAULT :'d', \":x\" int, b :\"ty\");\n",
	    "          \nCREATE TABLE  s.t (a text DEFAULT  'd', \":x\" int, b  \"ty\");\n" },
	{ "SELECT :s, a::int, arr[1:2], arr[:n], f(a := 1), ':s', $$:s$$, '[:alpha:]';\n\\q\n",
	    "SELECT  s, a::int, arr[1:2], arr[:n], f(a := 1), ':s', $$:s$$, '[:alpha:]';\n  \n" },
	{ "\\t\nSELECT :{?x}, :{?long_name}, : 'a', :'a, :\"b;\n",
	    "  \nSELECT TRUE , TRUE         , : 'a', :'a, :\"b;\n" },
	{ "\\t\nSELECT x[1;\nSELECT :s;", "  \nSELECT x[1;\nSELECT  s;" },
	/* rows */
	{ "COPY public.t (a, b) FROM stdin;\n1\tit's\n2\t\\N\n\\.\n\nSELECT 'x';\n",
	    "COPY public.t (a, b) FROM stdin;\n      \n    \n  \n\nSELECT 'x';\n" },
	{ "copy t from STDIN with (format csv); -- rows\r\n1,\"a\r\n\\.\r\nSELECT 1;",
	    "copy t from STDIN with (format csv); -- rows\r\n    \r\n  \r\nSELECT 1;" },
	{ "COPY t FROM stdin;\n\\.\nSELECT ':s', :s;\n", "COPY t FROM stdin;\n  \nSELECT ':s', :s;\n" },
	{ "COPY a FROM stdin; SELECT 1;\nit's\n\\.\nCOPY b FROM stdin \\g\n\\x\n\\.\nSELECT 2;",
	    "COPY a FROM stdin; SELECT 1;\n    \n  \nCOPY b FROM stdin ; \n  \n  \nSELECT 2;" },
	{ "\\copy t from stdin\n1;\n\\.\nSELECT 1;", "                  \n  \n  \nSELECT 1;" },
	{ "\\copy t from 'x.csv'\nSELECT 1;", "                    \nSELECT 1;" },
	{ "COPY t FROM stdin;\n1\t\\N\n", "COPY t FROM stdin;\n1\t  \n" },
	{ "COPY t FROM 'stdin';\nSELECT 1;\n\\.\n", "COPY t FROM 'stdin';\nSELECT 1;\n  \n" },
	{ "COPY (SELECT * FROM stdin) TO stdout;\nSELECT 1;\n\\.\n", "COPY (SELECT * FROM stdin) TO stdout;\nSELECT 1;\n  \n" },
	{ "SELECT * FROM stdin;\nSELECT 1;\n\\.\n", "SELECT * FROM stdin;\nSELECT 1;\n  \n" },
	{ "COPY t TO stdout;\nCOPY t FROM /* here */ stdin;\nx\n\\.\n", "COPY t TO stdout;\nCOPY t FROM /* here */ stdin;\n \n  \n" },
	/* pg_dump */
	{ "--\n-- PostgreSQL database dump\n--\n\n\\restrict K\n\nSET client_encoding = 'UTF8';\n"
	  "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $_$\nSELECT '\\d' || $1 $_$;\n"
	  "COPY t (a) FROM stdin;\n:x\\n$$\n\\.\n\nSELECT pg_catalog.setval('s', 1, false);\n\\unrestrict K\n",
	    "--\n-- PostgreSQL database dump\n--\n\n           \n\nSET client_encoding = 'UTF8';\n"
	    "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $_$\nSELECT '\\d' || $1 $_$;\n"
	    "COPY t (a) FROM stdin;\n      \n  \n\nSELECT pg_catalog.setval('s', 1, false);\n             \n" },
};

static void
masks(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a;
		struct str text = str_of(rows[i].text), want = rows[i].want != NULL ? str_of(rows[i].want) : text;
		arena_init(&a, NULL, NULL);
		struct source *source = source_new(&a, STR("x.sql"), text);
		mask_psql(&a, source, NULL);
		if (!str_eq(source->sql, want) || (rows[i].want == NULL && source->sql.s != text.s)) {
			printf("# row %zu\n# -%s\n# +%.*s\n", i, str_c(&a, want), STR_ARG(source->sql));
			wrong++;
		}
		assert_true(str_eq(source->text, text));
		assert_int_equal(source->sql.n, text.n);
		arena_free(&a);
	}
	assert_int_equal(wrong, 0);
}

static void
fills_bodies(void **state)
{
	static const char text[] = "CREATE FUNCTION :s.f() AS $$ a := b::s, (c):::s.t, :s.u, :other $$;";
	static const char want[] = "CREATE FUNCTION  s.f() AS $$ a := b::s, (c):: s.t,  s.u, :other $$;";

	(void)state;
	for (int bodies = 0; bodies < 2; bodies++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct source *source = source_new(&a, STR("x.sql"), str_of(text));
		mask_psql_script(&a, source, NULL, bodies);
		assert_int_equal(str_eq(source->sql, str_of(want)), bodies);
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(masks), cmocka_unit_test(fills_bodies) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
