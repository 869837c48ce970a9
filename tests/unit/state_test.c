/* What statements leave behind: see dump_summary(). The first letter is pg_class.relkind, of a constraint pg_constraint.contype. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "dump.h"
#include "world.h"

#define T "create table t (id int primary key, a int, b text); "
#define P "create table p (id int, k date) partition by range (k); create table p1 partition of p for values from ('2020-01-01') to ('2021-01-01'); "

static const struct row {
	const char *sql, *want;
} rows[] = {
	{ "create table t (id serial primary key, a numeric(10, 2) not null default 0, b varchar(20)[] unique, c int generated always as identity)",
	    "r public.t(id int4!, a numeric(10,2)!=0, b varchar[](20), c int4! identity a) p:t_pkey(id) u:t_b_key(b)\n"
	    "S public.t_id_seq owned by t.id\n"
	    "S public.t_c_seq owned by t.c\n"
	    "i public.t_pkey on t (id) unique\n"
	    "i public.t_b_key on t (b) unique\n" },
	{ "create table t (a int, b int, c int generated always as (a + b) stored, constraint k check (a > 0), unique (a, b), foreign key (b) references t)",
	    "r public.t(a int4, b int4, c int4=a + b generated s) c:k(a) u:t_a_b_key(a,b) f:t_b_fkey(b)->t\n"
	    "i public.t_a_b_key on t (a,b) unique\n" },
	{ T "create index on t (a, lower(b)) where a > 0; create unique index on t (b); create index on t (a)",
	    "r public.t(id int4!, a int4, b text) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n"
	    "i public.t_a_lower_idx on t (a,lower(b)) partial\n"
	    "i public.t_b_idx on t (b) unique\n"
	    "i public.t_a_idx on t (a)\n" },
	{ T "alter table t rename to u; alter table u rename a to z; alter table u rename constraint t_pkey to k",
	    "r public.u(id int4!, z int4, b text) p:k(id)\n"
	    "i public.k on u (id) unique\n" },
	{ T "alter index t_pkey rename to k",
	    "r public.t(id int4!, a int4, b text) p:k(id)\n"
	    "i public.k on t (id) unique\n" },
	{ T "create index i on t (a, b); alter table t drop column a",
	    "r public.t(id int4!, b text) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n" },
	{ T "alter table t add constraint c check (a > 0 and b <> ''); alter table t drop column b",
	    "r public.t(id int4!, a int4) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n" },
	{ T "alter table t add constraint c check (a is not null) not valid, add foreign key (a) references t not valid; alter table t validate constraint c",
	    "r public.t(id int4!, a int4, b text) p:t_pkey(id) c:c(a) f:t_a_fkey(a)->t(id) not valid\n"
	    "i public.t_pkey on t (id) unique\n" },
	{ T "alter table t add column s serial, add d int default 5 not null, add e text collate \"C\"; alter table t drop column s",
	    "r public.t(id int4!, a int4, b text, d int4!=5, e text) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n" },
	{ T "create unique index u on t (a); alter table t add constraint k unique using index u",
	    "r public.t(id int4!, a int4, b text) p:t_pkey(id) u:k(a)\n"
	    "i public.t_pkey on t (id) unique\n"
	    "i public.k on t (a) unique\n" },
	{ T "alter table t drop constraint t_pkey",
	    "r public.t(id int4!, a int4, b text)\n" },
	{ T "alter table t drop constraint t_pkey, add primary key (a, b)",
	    "r public.t(id int4!, a int4!, b text!) p:t_pkey(a,b)\n"
	    "i public.t_pkey on t (a,b) unique\n" },
	{ T "drop table t",
	    "" },
	{ T "create view v as select * from t; drop table t cascade",
	    "" },
	{ T "create table r (id int references t on delete cascade); drop table t cascade",
	    "r public.r(id int4)\n" },
	{ T "create schema o; alter table t set schema o; create table t (x int)",
	    "r o.t(id int4!, a int4, b text) p:t_pkey(id)\n"
	    "i o.t_pkey on t (id) unique\n"
	    "r public.t(x int4)\n" },
	{ T "create table if not exists t (z int); alter table t add column if not exists a text; alter table if exists nope add z int",
	    "r public.t(id int4!, a int4, b text) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n"
	    "r public.nope(z int4) assumed\n" },
	{ T "alter table t set unlogged; create temporary table tmp (a int); create unlogged table un (like t including all)",
	    "r public.t(id int4!, a int4, b text) p:t_pkey(id) unlogged\n"
	    "i public.t_pkey on t (id) unique unlogged\n"
	    "r pg_temp.tmp(a int4) temporary\n"
	    "r public.un(id int4!, a int4, b text) p:un_pkey(id) unlogged\n"
	    "i public.un_pkey on un (id) unique unlogged\n" },
	{ T "create table c (z int) inherits (t); alter table t add column n int; alter table c no inherit t; alter table t drop column a",
	    "r public.t(id int4!, b text, n int4) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n"
	    "r public.c(id int4!, a int4, b text, z int4, n int4)\n" },
	{ P "alter table p add primary key (id, k); create index on p (id)",
	    "p public.p(id int4!, k date!) p:p_pkey(id,k)\n"
	    "r public.p1(id int4!, k date!) p:p1_pkey(id,k) part of p\n"
	    "I public.p_pkey on p (id,k) unique\n"
	    "i public.p1_pkey on p1 (id,k) unique\n"
	    "I public.p_id_idx on p (id)\n"
	    "i public.p1_id_idx on p1 (id)\n" },
	{ P "create index i on only p (id); create index i1 on p1 (id); alter index i attach partition i1",
	    "p public.p(id int4, k date)\n"
	    "r public.p1(id int4, k date) part of p\n"
	    "I public.i on p (id)\n"
	    "i public.i1 on p1 (id)\n" },
	{ P "create table p2 (id int, k date); alter table p attach partition p2 default; alter table p detach partition p1",
	    "p public.p(id int4, k date)\n"
	    "r public.p1(id int4, k date)\n"
	    "r public.p2(id int4, k date) part of p\n" },
	{ P "alter table p add column n text not null default ''; alter table p rename id to i; alter table p alter n drop not null",
	    "p public.p(i int4, k date, n text='')\n"
	    "r public.p1(i int4, k date, n text='') part of p\n" },
	{ P "drop table p",
	    "" },
	{ P "alter table p add constraint c check (id > 0); alter table p drop constraint c",
	    "p public.p(id int4, k date)\n"
	    "r public.p1(id int4, k date) part of p\n" },
	{ "create type e as enum ('a', 'c'); alter type e add value 'b' before 'c'; alter type e add value 'd'; alter type e rename value 'a' to 'z'; alter type e rename to f",
	    "type public.f 'z' 'b' 'c' 'd'\n" },
	{ "create domain d as int not null check (value > 0); alter domain d drop not null; create type c as (a int, b text); drop domain d",
	    "c public.c(a int4, b text)\n"
	    "type public.c\n" },
	{ "create sequence s; create table t (a int default nextval('s')); alter sequence s owned by t.a; drop table t",
	    "" },
	{ "create table t (id serial); alter table t rename to u; alter sequence t_id_seq rename to s",
	    "r public.u(id int4!)\n"
	    "S public.s owned by u.id\n" },
	{ "create table t (id serial); alter table t alter id drop default; alter table t alter id add generated always as identity",
	    "r public.t(id int4! identity a)\n"
	    "S public.t_id_seq owned by t.id\n"
	    "S public.t_id_seq1 owned by t.id\n" },
	{ "create table t (id int not null generated always as identity); alter table t alter id drop identity",
	    "r public.t(id int4!)\n" },
	{ T "create table u as select id, a as x, b || 'x' from t; create materialized view m as select * from u; create unique index on m (id)",
	    "r public.t(id int4!, a int4, b text) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n"
	    "r public.u(id int4, x int4, ?column? text)\n"
	    "m public.m(id int4, x int4, ?column? text)\n"
	    "i public.m_id_idx on m (id) unique\n" },
	{ T "select a, b into n from t",
	    "r public.t(id int4!, a int4, b text) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n"
	    "r public.n(a int4, b text)\n" },
	{ "alter table unknown add column x int; alter table other rename to new; drop table gone",
	    "r public.unknown(x int4) assumed\n"
	    "r public.new assumed\n" },
	{ "begin; " T "savepoint s; alter table t drop column a; drop table t; rollback to s; alter table t add c int; commit; begin; drop table t; rollback",
	    "r public.t(id int4!, a int4, b text, c int4) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n" },
	{ T "begin; alter table t rename a to z; alter table t rename z to y; rollback; alter table t rename a to w",
	    "r public.t(id int4!, w int4, b text) p:t_pkey(id)\n"
	    "i public.t_pkey on t (id) unique\n" },
	{ "create table \"T\" (\"A b\" int, constraint \"K\" unique (\"A b\")); alter table \"T\" rename \"A b\" to ab; alter table \"T\" rename to t",
	    "r public.t(ab int4) u:K(ab)\n"
	    "i public.K on t (ab) unique\n" },
	{ "create table averyveryveryverylongtablename_of_more_than_thirty (averyveryveryverylongcolumnname_of_more int unique, b int check (b > 0) check (b < 9))",
	    "r public.averyveryveryverylongtablename_of_more_than_thirty(averyveryveryverylongcolumnname_of_more int4, b int4) c:averyveryveryverylongtablename_of_more_than_thirty_b_check(b) c:averyveryveryverylongtablename_of_more_than_thirty_b_check1(b) u:averyveryveryverylongtablenam_averyveryveryverylongcolumnna_key(averyveryveryverylongcolumnname_of_more)\n"
	    "i public.averyveryveryverylongtablenam_averyveryveryverylongcolumnna_key on averyveryveryverylongtablename_of_more_than_thirty (averyveryveryverylongcolumnname_of_more) unique\n" },
	{ "create table t (a int, exclude using gist (a with =)); alter table t drop constraint t_a_excl",
	    "r public.t(a int4)\n" },
	{ "set search_path = o; create table t (a int); reset search_path; create table t (b int); alter table o.t add c int",
	    "r o.t(a int4, c int4)\n"
	    "r public.t(b int4)\n" },
	{ "create table a (id int primary key); create table b (a_id int references a); alter table a drop column id cascade",
	    "r public.a\n"
	    "r public.b(a_id int4)\n" },
	{ T "alter table t add column a2 int references t (id), add column a3 int check (a3 > 0) unique",
	    "r public.t(id int4!, a int4, b text, a2 int4, a3 int4) p:t_pkey(id) c:t_a3_check(a3) u:t_a3_key(a3) f:t_a2_fkey(a2)->t(id)\n"
	    "i public.t_pkey on t (id) unique\n"
	    "i public.t_a3_key on t (a3) unique\n" },
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct world w;
		world_init(&w);
		struct buf b = BUF(&w.arena);
		if (world_run(&w, rows[i].sql) != 0)
			fail_msg("does not parse: %s", rows[i].sql);
		dump_summary(&b, w.catalog);
		assert_string_equal(str_c(&w.arena, buf_text(&b)), rows[i].want);
		world_free(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}
