/* Effects of the smaller kinds of operations, as measured on PostgreSQL 18 (pg_locks, relfilenode, seq_scan). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "op/op.h"

#define T "create table t (id int primary key, a int, b int); "
#define TI T "create index ti on t (a); "
#define R "create table r (id int primary key, z int); create table t (id int primary key, a int references r (id), b int); " \
	"insert into r values (1, 1), (2, 2), (3, 3); insert into t values (1, 1, 1); "
#define P "create table p (id int primary key, a text) partition by range (id); " \
	"create table p1 partition of p for values from (0) to (10); create table p2 partition of p for values from (10) to (20); "
#define Q "create table q (id int); create table c (a int) inherits (q); "
#define V T "create view v as select * from t; "
#define M T "create materialized view v as select * from t; create unique index vi on v (id); "
#define F "create function f() returns trigger language plpgsql as 'begin return new; end'; "
#define D "create domain d as int; create table t (id int primary key, a d); "

/* Relations in order of name; "+": made by the statement; "?": not known; "*": more that cannot be seen. */
struct row {
	const char *setup, *statement, *expected;
};

static const struct row rows[] = {
	/* ALTER TABLE */
	{ T, "alter table t alter column a set statistics 100", "t ShareUpdateExclusiveLock" },
	{ P, "alter table p alter column a set statistics 100",
	    "p ShareUpdateExclusiveLock; p1 ShareUpdateExclusiveLock; p2 ShareUpdateExclusiveLock" },
	{ Q, "alter table q alter column id set statistics 100", "c ShareUpdateExclusiveLock; q ShareUpdateExclusiveLock" },
	{ Q, "alter table only q alter column id set statistics 100", "q ShareUpdateExclusiveLock" },
	{ P, "alter table p alter column a set (n_distinct = 5)", "p ShareUpdateExclusiveLock" },
	{ P, "alter table p alter column a set storage external", "p AccessExclusiveLock; p1 AccessExclusiveLock; p2 AccessExclusiveLock" },
	{ P, "alter table p alter column a set compression pglz", "p AccessExclusiveLock" },
	{ "create table t (id serial primary key, a int); create index ti on t (a); ", "alter table t owner to joe",
	    "t AccessExclusiveLock; t_id_seq AccessExclusiveLock; t_pkey AccessExclusiveLock; ti AccessExclusiveLock" },
	{ P, "alter table p owner to joe", "p AccessExclusiveLock; p_pkey AccessExclusiveLock" },
	{ TI, "alter table t cluster on ti", "t ShareUpdateExclusiveLock; ti ShareUpdateExclusiveLock" },
	{ TI, "alter table t set without cluster", "t ShareUpdateExclusiveLock" },
	{ "create unlogged table t (id serial primary key, a int); ", "alter table t set logged",
	    "t AccessExclusiveLock rewrite scan; t_id_seq AccessExclusiveLock rewrite; t_pkey AccessExclusiveLock rewrite" },
	{ TI, "alter table t set unlogged",
	    "t AccessExclusiveLock rewrite scan; t_pkey AccessExclusiveLock rewrite; ti AccessExclusiveLock rewrite" },
	{ TI, "alter table t set logged", "t AccessExclusiveLock" },
	{ "", "alter table t set logged", "t AccessExclusiveLock rewrite? scan?" },
	{ "create sequence s; ", "alter sequence s set unlogged", "s AccessExclusiveLock rewrite" },
	{ T, "alter table t set without oids", "t AccessExclusiveLock" },
	{ T, "alter table t set access method heap", "t AccessExclusiveLock" },
	{ T "create access method heap2 type table handler heap_tableam_handler; ", "alter table t set access method heap2", "t AccessExclusiveLock rewrite scan; t_pkey AccessExclusiveLock rewrite" },
	{ T, "alter table t set tablespace fast", "t AccessExclusiveLock rewrite" },
	{ T, "alter index t_pkey set tablespace fast", "t_pkey AccessExclusiveLock rewrite" },
	{ P, "alter table p set tablespace fast", "p AccessExclusiveLock" },
	{ M, "alter materialized view v set tablespace fast", "v AccessExclusiveLock rewrite" },
	{ T, "alter table t set (fillfactor = 70, autovacuum_enabled = off)", "t ShareUpdateExclusiveLock" },
	{ T, "alter table t set (toast.autovacuum_enabled = false)", "t ShareUpdateExclusiveLock" },
	{ T, "alter table t set (user_catalog_table = true)", "t AccessExclusiveLock" },
	{ T, "alter index t_pkey set (fillfactor = 80)", "t_pkey ShareUpdateExclusiveLock" },
	{ T, "alter index t_pkey set (deduplicate_items = off)", "t_pkey ShareUpdateExclusiveLock" },
	{ "create table t (a int[]); create index ti on t using gin (a); ", "alter index ti set (fastupdate = off)", "ti AccessExclusiveLock" },
	{ V, "alter view v set (security_invoker = true)", "v AccessExclusiveLock" },
	{ V, "alter view v reset (security_invoker)", "v AccessExclusiveLock" },
	{ T, "alter table t disable trigger all", "t ShareRowExclusiveLock" },
	{ P F "create trigger g before insert on p for each row execute function f(); ", "alter table p disable trigger g",
	    "p ShareRowExclusiveLock; p1 ShareRowExclusiveLock; p2 ShareRowExclusiveLock" },
	{ P F "create trigger g before insert on p for each row execute function f(); ", "alter table only p disable trigger g",
	    "p ShareRowExclusiveLock" },
	{ P, "alter table p disable trigger all", "p ShareRowExclusiveLock" },
	{ T "create rule ru as on insert to t do also notify x; ", "alter table t disable rule ru", "t AccessExclusiveLock" },
	{ "create table r (a int); create table t (a int); ", "alter table t inherit r",
	    "r ShareUpdateExclusiveLock; t AccessExclusiveLock" },
	{ Q, "alter table c no inherit q", "c AccessExclusiveLock; q AccessShareLock" },
	{ T, "alter table t replica identity full", "t AccessExclusiveLock" },
	{ T, "alter table t replica identity using index t_pkey", "t AccessExclusiveLock; t_pkey ShareLock" },
	{ T, "alter table t force row level security", "t AccessExclusiveLock" },
	{ P, "alter table p enable row level security", "p AccessExclusiveLock" },

	/* types */
	{ "create type e as enum ('a'); create table t (a e); ", "alter type e add value 'b'", "" },
	{ "create type e as enum ('a'); create table t (a e); ", "alter type e rename value 'a' to 'z'", "" },
	{ D, "alter domain d add constraint c check (value > 0)", "t ShareLock scan" },
	{ D, "alter domain d add constraint c check (value > 0) not valid", "" },
	{ D "alter domain d add constraint c check (value > 0) not valid; ", "alter domain d validate constraint c", "t ShareLock scan" },
	{ D "alter domain d add constraint c check (value > 0); ", "alter domain d validate constraint c", "t ShareLock scan" },
	{ D, "alter domain d set not null", "t ShareLock scan" },
	{ D, "alter domain d set default 5", "" },
	{ D, "alter domain d drop not null", "" },
	{ "create domain d as int; create domain d2 as d; create table t (a d2); ", "alter domain d add check (value > 0)",
	    "t ShareLock scan" },
	{ D "alter table t drop column a; ", "alter domain d add check (value > 0)", "" },
	{ "", "alter domain d add check (value > 0)", "*" },
	{ "", "create type ct as (a int)", "+ct AccessExclusiveLock" },

	/* TRUNCATE, LOCK */
	{ "create table t (id int); ", "truncate t", "t AccessExclusiveLock rewrite" },
	{ T, "truncate t", "t AccessExclusiveLock rewrite scan; t_pkey AccessExclusiveLock rewrite" },
	{ "create table t (id serial primary key); ", "truncate t restart identity",
	    "t AccessExclusiveLock rewrite scan; t_id_seq AccessExclusiveLock rewrite; t_pkey AccessExclusiveLock rewrite" },
	{ R "create table u (id int references t (id)); ", "truncate r cascade",
	    "r AccessExclusiveLock rewrite scan; r_pkey AccessExclusiveLock rewrite; t AccessExclusiveLock rewrite scan; "
	    "t_pkey AccessExclusiveLock rewrite; u AccessExclusiveLock rewrite" },
	{ Q, "truncate q", "c AccessExclusiveLock rewrite; q AccessExclusiveLock rewrite" },
	{ Q, "truncate only q", "q AccessExclusiveLock rewrite" },
	{ V, "lock table v", "t AccessExclusiveLock; v AccessExclusiveLock" },
	{ P, "lock table p in share mode", "p ShareLock; p1 ShareLock; p2 ShareLock" },

	/* rows */
	{ TI, "insert into t values (1, 1, 1)", "t RowExclusiveLock" },
	{ TI, "insert into t values (1, 1, 1) on conflict (id) do nothing",
	    "t RowExclusiveLock; t_pkey RowExclusiveLock; ti RowExclusiveLock" },
	{ T "create table u (id int primary key); ", "insert into t (id) select id from u",
	    "t RowExclusiveLock; u AccessShareLock scan; u_pkey AccessShareLock" },
	{ R, "insert into t values (2, 1)", "r RowShareLock; r_pkey RowShareLock; t RowExclusiveLock" },
	{ "create table t (id serial primary key, a int); ", "insert into t (a) values (1)", "t RowExclusiveLock; t_id_seq RowExclusiveLock" },
	{ R, "update t set b = 2", "t RowExclusiveLock scan; t_pkey RowExclusiveLock" },
	{ R, "update t set a = 2", "r RowShareLock; r_pkey RowShareLock; t RowExclusiveLock scan; t_pkey RowExclusiveLock" },
	{ R, "delete from r where z = 3", "r RowExclusiveLock scan; r_pkey RowExclusiveLock; t RowShareLock scan?; t_pkey RowShareLock" },
	{ R, "update r set z = 5", "r RowExclusiveLock scan; r_pkey RowExclusiveLock" },
	{ TI, "delete from t where b = 3", "t RowExclusiveLock scan; t_pkey RowExclusiveLock; ti RowExclusiveLock" },
	{ TI, "delete from t where a = 3", "t RowExclusiveLock scan?; t_pkey RowExclusiveLock; ti RowExclusiveLock" },
	{ T "create table u (id int); ", "update t set a = u.id from u where u.id = t.id",
	    "t RowExclusiveLock scan?; t_pkey RowExclusiveLock; u AccessShareLock scan?" },
	/* and the partition the row goes to, which is not followed */
	{ P, "insert into p values (2)", "p RowExclusiveLock" },
	{ P, "update p set a = 'x'", "p RowExclusiveLock; p1 RowExclusiveLock scan; p1_pkey RowExclusiveLock; "
	    "p2 RowExclusiveLock scan; p2_pkey RowExclusiveLock; p_pkey RowExclusiveLock" },
	{ T, "select * from t", "t AccessShareLock scan; t_pkey AccessShareLock" },
	{ T, "select count(*) from (select * from t for update) x", "t RowShareLock scan; t_pkey RowShareLock" },
	{ V, "select * from v", "t AccessShareLock scan?; t_pkey AccessShareLock; v AccessShareLock" },
	{ V, "insert into v values (1, 1, 1)", "t RowExclusiveLock; v RowExclusiveLock" },
	{ T, "with t as (select 1 as id) select * from t", "" },
	{ T, "with x as (select * from t), t as (select 1) select * from x, t", "t AccessShareLock scan; t_pkey AccessShareLock" },
	{ T "create table u (id int); ", "with x as (delete from t returning id) insert into u select id from x",
	    "t RowExclusiveLock scan; t_pkey RowExclusiveLock; u RowExclusiveLock" },
	{ "create sequence s; ", "select nextval('s')", "s RowExclusiveLock" },
	{ "", "select set_config('lock_timeout', '5s', false)", "" },
	{ "", "select do_everything()", "*" },
	{ T, "copy t from program 'true'", "t RowExclusiveLock" },
	{ T, "copy t to program 'true'", "t AccessShareLock scan" },
	{ "", "do $$ begin update t set a = 1; end $$", "" },

	/* maintenance */
	{ T, "analyze t", "t ShareUpdateExclusiveLock; t_pkey AccessShareLock" },
	{ P, "analyze p", "p ShareUpdateExclusiveLock; p1 ShareUpdateExclusiveLock; p1_pkey AccessShareLock; "
	    "p2 ShareUpdateExclusiveLock; p2_pkey AccessShareLock" },
	{ "", "vacuum", "*" },
	{ TI, "vacuum full t", "t AccessExclusiveLock rewrite scan; t_pkey AccessExclusiveLock rewrite; ti AccessExclusiveLock rewrite" },
	{ TI, "cluster t using ti", "t AccessExclusiveLock rewrite scan; t_pkey AccessExclusiveLock rewrite; ti AccessExclusiveLock rewrite" },
	{ M, "refresh materialized view v", "t AccessShareLock scan?; t_pkey AccessShareLock; v AccessExclusiveLock rewrite scan; "
	    "vi AccessExclusiveLock rewrite" },
	{ M, "refresh materialized view concurrently v", "t AccessShareLock scan?; t_pkey AccessShareLock; v ExclusiveLock scan; "
	    "vi RowExclusiveLock" },
	{ M, "refresh materialized view v with no data", "v AccessExclusiveLock rewrite scan; vi AccessExclusiveLock rewrite" },

	/* triggers, policies, rules, views */
	{ T F, "create trigger g before insert on t for each row execute function f()", "t ShareRowExclusiveLock" },
	{ T F "create table r (id int); ",
	    "create constraint trigger g after insert on t from r deferrable for each row execute function f()",
	    "r AccessShareLock; t ShareRowExclusiveLock" },
	{ P F, "create trigger g before insert on p for each row execute function f()",
	    "p ShareRowExclusiveLock; p1 ShareRowExclusiveLock; p2 ShareRowExclusiveLock" },
	{ P F, "create trigger g after insert on p for each statement execute function f()", "p ShareRowExclusiveLock" },
	{ T, "create policy po on t using (true)", "t AccessExclusiveLock" },
	{ T "create table u (x int); ", "create policy po on t using (id in (select x from u))", "t AccessExclusiveLock; u AccessShareLock" },
	{ T "create policy po on t using (true); ", "alter policy po on t using (false)", "t AccessExclusiveLock" },
	{ T "create table u (x int); ", "create rule ru as on insert to t do also insert into u values (1)",
	    "t AccessExclusiveLock; u RowExclusiveLock" },
	{ T, "create view v as select * from t", "+v AccessExclusiveLock; t AccessShareLock" },
	{ V, "create or replace view v as select id, a, b, 1 as n from t", "t AccessShareLock; v AccessExclusiveLock" },
	{ V, "create view w as select * from v", "+w AccessExclusiveLock; v AccessShareLock" },
	{ "", "create recursive view v (n) as select 1 union all select n + 1 from v where n < 5", "+v AccessExclusiveLock" },

	/* the rest */
	{ T, "create sequence s owned by t.id", "+s AccessExclusiveLock; t AccessShareLock" },
	{ T "create sequence s; ", "alter sequence s owned by t.id", "s ShareRowExclusiveLock; t AccessShareLock" },
	{ "create sequence s; ", "alter sequence s restart with 5", "s ShareRowExclusiveLock rewrite" },
	{ T, "create statistics st on id, a from t", "t ShareUpdateExclusiveLock" },
	{ T, "grant select on t to public", "t AccessShareLock" },
	{ T, "grant select on all tables in schema public to public", "" },
	{ T, "comment on table t is 'x'", "t ShareUpdateExclusiveLock" },
	{ T, "comment on column t.a is 'x'", "t ShareUpdateExclusiveLock" },
	{ T, "comment on index t_pkey is 'x'", "t_pkey ShareUpdateExclusiveLock" },
	{ T, "comment on constraint t_pkey on t is 'x'", "t AccessShareLock" },
	{ T "create table u (a int); ", "create publication pu for table t (id), u", "t ShareUpdateExclusiveLock; u ShareUpdateExclusiveLock" },
	{ P, "create publication pu for table p", "p ShareUpdateExclusiveLock" },
	{ T, "create publication pu for all tables", "" },
	{ T, "create function g() returns bigint language sql begin atomic; select count(*) from t; end", "t AccessShareLock" },
	{ "create type ct as (a int); ", "alter type ct owner to joe", "ct AccessExclusiveLock" },
	{ "", "create schema o create table x (a int) create view y as select 1 as a", "+x AccessExclusiveLock; +y AccessExclusiveLock" },
	{ "", "reassign owned by joe to jane", "*" },
	{ "", "create extension if not exists pgcrypto", "" },
};

/* ---- the smallest replay that will do ---- */

struct world {
	struct arena arena;
	struct catalog *catalog;
	struct session *session;
	struct diags diags;
	struct effects effects;
};

static void
run_op(struct world *w, struct op *op, struct effects *into)
{
	struct effects own = { .arena = &w->arena };
	struct facts f = { .op = op, .effects = &own, .catalog = w->catalog, .session = w->session, .pg_version = 18,
		.arena = &w->arena };

	op_bind(op, w->catalog);
	if (op->noop)
		return;
	op_effects(&f, &own);
	effects_merge(into, &own);
	op_apply(op, w->catalog, w->session);
}

/* Every statement is a transaction and, as far as births go, a migration of its own. */
static void
run_sql(struct world *w, const char *sql, struct effects *into)
{
	struct source *source = source_new(&w->arena, STR("test.sql"), str_of(sql));
	struct script script = { 0 };
	const struct statement *last = NULL;

	lower_source(&w->arena, source, (struct span){ 0, (uint32_t)strlen(sql) }, &w->diags, &script);
	if (script.parsed.broken > 0)
		fail_msg("does not parse: %s", sql);
	for (size_t i = 0; i < script.ops.n; i++) {
		if (script.ops.items[i]->statement != last) {
			w->catalog->now.statement++;
			w->catalog->now.transaction++;
			w->catalog->now.migration++;
		}
		last = script.ops.items[i]->statement;
		run_op(w, script.ops.items[i], into);
	}
}

static void
world_init(struct world *w)
{
	memset(w, 0, sizeof *w);
	arena_init(&w->arena, NULL, NULL);
	w->catalog = catalog_new(&w->arena, STR("public"));
	w->session = session_new(&w->arena, w->catalog);
	w->diags.arena = &w->arena;
	w->effects.arena = &w->arena;
}

static const char *
mark(enum tri t, const char *yes, const char *unknown)
{
	return t == YES ? yes : t == UNKNOWN ? unknown : "";
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *
words(struct world *w)
{
	size_t n = w->effects.list.n;
	const char **lines = NEW_ARRAY(&w->arena, const char *, n + 1);
	struct buf all = BUF(&w->arena);

	for (size_t i = 0; i < n; i++) {
		const struct relation_effect *e = &w->effects.list.items[i];
		lines[i] = str_c(&w->arena, str_printf(&w->arena, "%s%.*s %s%s%s", e->created ? "+" : "", STR_ARG(e->name), lock_name(e->lock),
		    mark(e->rewrite, " rewrite", " rewrite?"), mark(e->scan, " scan", " scan?")));
	}
	qsort(lines, n, sizeof *lines, by_text);
	if (w->effects.all_unknown)
		buf_c(&all, n > 0 ? "*; " : "*");
	for (size_t i = 0; i < n; i++)
		buf_printf(&all, "%s%s", i > 0 ? "; " : "", lines[i]);
	buf_char(&all, '\0');
	return buf_text(&all).s;
}

static void
test_effects(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct world w;
		struct effects ignored = { 0 };
		const char *got;
		world_init(&w);
		ignored.arena = &w.arena;
		run_sql(&w, rows[i].setup, &ignored);
		run_sql(&w, rows[i].statement, &w.effects);
		got = words(&w);
		if (strcmp(got, rows[i].expected) != 0) {
			print_error("%s\n  expected: %s\n  got:      %s\n", rows[i].statement, rows[i].expected, got);
			failed++;
		}
		arena_free(&w.arena);
	}
	assert_int_equal(failed, 0);
}

/* ---- facts ---- */

struct fact_row {
	const char *setup, *statement, *field, *expected;
};

static const struct fact_row fact_rows[] = {
	{ T, "update t set a = 1", "has_where", "false" },
	{ T, "update t set a = 1, b = 2 where id = 5 and lower(x) = 'y'", "where_columns", "id, x" },
	{ T, "update t set a = 1, b = 2 where id = 5", "set_columns", "a, b" },
	{ T, "update t set a = 1 where id = 5", "where_is_indexed", "true" },
	{ T, "update t set a = 1 where b = 5", "where_is_indexed", "false" },
	{ "", "update t set a = 1 where b = 5", "where_is_indexed", "unknown" },
	{ T, "delete from t x using u where x.id = u.id and u.z = 1", "where_columns", "id" },
	{ T, "insert into t values (1), (2), (3)", "values_rows", "3" },
	{ T, "insert into t values (1)", "columns_given", "false" },
	{ T, "insert into t select * from u", "from_select", "true" },
	{ T, "insert into t select 1, 2", "from_select", "false" },
	{ M, "refresh materialized view concurrently v", "has_usable_unique_index", "true" },
	{ T "create materialized view v as select * from t; create unique index vi on v (id) where a > 0; ",
	    "refresh materialized view concurrently v", "has_usable_unique_index", "false" },
	{ "", "refresh materialized view concurrently v", "has_usable_unique_index", "unknown" },
	{ "create type e as enum ('a', 'c'); ", "alter type e add value 'b' before 'c'", "value", "b" },
	{ "create type e as enum ('a', 'c'); ", "alter type e add value 'b' before 'c'", "type_is_new_in_transaction", "false" },
	{ V, "create or replace view v as select id, a from t", "keeps_columns", "false" },
	{ V, "create or replace view v as select id, a, b, 1 as n from t", "keeps_columns", "true" },
	{ V, "create or replace view v as select id, a, b, 1 as n from t", "columns", "id, a, b, n" },
	{ T, "create policy po on t using (tenant = current_setting('x'))", "functions", "current_setting" },
	{ T, "create policy po on t to public using (true)", "always_true", "true" },
	{ T, "grant all on t to public", "to_public", "true" },
	{ T, "alter table t set (autovacuum_enabled = false)", "disables_autovacuum", "true" },
	{ T, "alter table t disable trigger all", "stops_foreign_keys", "true" },
	{ "create function f(a int) returns int language sql as 'select 1'; ",
	    "create or replace function f(a int) returns int language sql as 'select 2'", "replaces", "true" },
	{ "create function f(a int) returns int language sql as 'select 1'; ",
	    "create or replace function f(a text) returns int language sql as 'select 2'", "overloads", "true" },
	{ "", "create function f() returns int language sql security definer as 'select 2'", "sets_search_path", "false" },
	{ "", "create function f() returns int language sql security definer set search_path = '' as 'select 2'", "sets_search_path", "true" },
	{ "", "alter role current_user set search_path = a, b", "new_value", "a, b" },
	{ "", "alter role all set lock_timeout = '5s'", "parameter", "lock_timeout" },
	{ "", "alter database d reset lock_timeout", "is_reset", "true" },
	{ "", "alter database d set lock_timeout = '5s'", "object_name", "d" },
	{ R, "truncate r cascade", "also_emptied", "t" },
	{ D, "alter domain d add check (value > 0)", "tables", "t" },
	{ "", "create role joe login password 'x'", "has_password", "true" },
};

static void
test_facts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof fact_rows / sizeof fact_rows[0]; i++) {
		const struct fact_row *row = &fact_rows[i];
		struct world w;
		struct script script = { 0 };
		struct facts f;
		struct source *source;
		const struct field *field;
		struct value v;
		world_init(&w);
		run_sql(&w, row->setup, &(struct effects){ .arena = &w.arena });
		w.catalog->now.transaction++;
		w.catalog->now.migration++;
		source = source_new(&w.arena, STR("test.sql"), str_of(row->statement));
		lower_source(&w.arena, source, (struct span){ 0, (uint32_t)strlen(row->statement) }, &w.diags, &script);
		assert_int_equal(script.ops.n, 1);
		f = (struct facts){ .op = script.ops.items[0], .effects = &w.effects, .catalog = w.catalog, .session = w.session,
			.pg_version = 18, .arena = &w.arena };
		op_bind(script.ops.items[0], w.catalog);
		op_effects(&f, &w.effects);
		field = field_find(script.ops.items[0]->kind, str_of(row->field));
		if (field == NULL)
			fail_msg("no field %s: %s", row->field, row->statement);
		v = field->get(&f);
		if (v.state == VALUE_UNKNOWN)
			assert_string_equal("unknown", row->expected);
		else
			assert_string_equal(str_c(&w.arena, value_words(&w.arena, v)), row->expected);
		arena_free(&w.arena);
	}
}

/* ---- what is left behind ---- */

static struct relation *
relation(struct world *w, const char *name)
{
	return catalog_find_relation(w->catalog, (struct name){ STR_NONE, str_of(name), { 0, 0 } });
}

static void
test_catalog(void **state)
{
	struct world w;
	struct typedef_ *t;
	size_t undo;

	(void)state;
	world_init(&w);
	run_sql(&w, T "create type e as enum ('a', 'c'); create sequence s; create schema o;", &w.effects);
	undo = catalog_mark(w.catalog);
	run_sql(&w, "alter type e add value 'b' before 'c'; alter type e rename value 'a' to 'z'; alter sequence s owned by t.a;"
	    "alter table t set unlogged; alter table t enable row level security; create policy po on t using (true);"
	    "create view v as select id, a as x from t; insert into t select g, g from generate_series(1, 10) g", &w.effects);
	t = catalog_find_type(w.catalog, STR_NONE, STR("e"));
	assert_int_equal(t->values.n, 3);
	assert_true(str_is(t->values.items[0].label, "z") && str_is(t->values.items[1].label, "b"));
	assert_ptr_equal(relation(&w, "s")->owner, relation(&w, "t"));
	assert_int_equal(relation(&w, "t")->persistence, 'u');
	assert_int_equal(relation(&w, "t")->row_security, YES);
	assert_int_equal(relation(&w, "t")->filled, YES);
	assert_int_equal(relation(&w, "t")->policies.n, 1);
	assert_int_equal(relation(&w, "t")->dependents.n, 1);
	assert_non_null(catalog_find_column(relation(&w, "v"), STR("x")));
	catalog_undo(w.catalog, undo);
	assert_int_equal(t->values.n, 2);
	assert_true(str_is(t->values.items[0].label, "a"));
	assert_null(relation(&w, "v"));
	assert_null(relation(&w, "s")->owner);
	assert_int_equal(relation(&w, "t")->persistence, 'p');
	assert_int_equal(relation(&w, "t")->row_security, NO);
	assert_int_equal(relation(&w, "t")->filled, NO);
	assert_int_equal(relation(&w, "t")->policies.n + relation(&w, "t")->dependents.n, 0);
	arena_free(&w.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_effects),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_catalog),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
