/* What runs inside DO blocks and functions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "check/example.h"
#include "op/code.h"

/* ---- what runs ---- */

static const struct row {
	const char *text;               /* as an example of a rule */
	const char *want;               /* for each operation in code: its kind, ? when possible, ! when it fails; where it stands */
} rows[] = {
	/* In order, exactly where they stand; comments and strings do not mislead. */
	{ "do $$\nbegin\n\t-- drop table a;\n\tdrop table a; perform 'drop table b';\n\tdrop table\n\tb;\nend $$;",
	    "drop_table 4:2 drop table a\n"
	    "select 4:16 perform 'drop table b'\n"
	    "drop_table 5:2 drop table\n\tb\n" },
	/* The target of INTO is no table that is made. */
	{ "do $$ declare n int; m int; begin select count(*) into strict n from a; insert into b values (1) returning x into n, m; end $$;",
	    "select 1:35 select count(*) into strict n from a\n"
	    "insert 1:73 insert into b values (1) returning x\n" },
	/* What is evaluated is read, too, when it may read or call something. */
	{ "do $$ declare n int := (select 1 from a); begin n := 3; n := (select 2 from b); end $$;",
	    "select 1:24 (select 1 from a)\n"
	    "select 1:62 (select 2 from b)\n" },
	/* The literal's quotes are doubled. */
	{ "do 'begin drop table \"it''s\"; drop table b; end';",
	    "drop_table 1:11 drop table \"it''s\"\n"
	    "drop_table 1:31 drop table b\n" },
	{ "do E'begin\\n drop table b; end';", "drop_table 1:4 E'begin\\n drop table b; end'\n" },
	/* Conditions that nobody knows. */
	{ "do $$ begin if f(1) then drop table a; elsif x then drop table b; else drop table c; end if; drop table d; end $$;",
	    "select 1:16 f(1)\n"
	    "drop_table? 1:26 drop table a\n"
	    "drop_table? 1:53 drop table b\n"
	    "drop_table? 1:72 drop table c\n"
	    "drop_table 1:94 drop table d\n" },
	{ "do $$ begin case x when 1, 2 then drop table a; else drop table b; end case; end $$;",
	    "drop_table? 1:35 drop table a\n"
	    "drop_table? 1:54 drop table b\n" },
	{ "do $$ begin case when true then drop table a; else drop table b; end case; end $$;",
	    "drop_table 1:33 drop table a\n" },
	/* Loops: none but LOOP itself is certain to run. */
	{ "do $$ begin for i in 1..3 loop drop table a; end loop; for r in select * from t loop drop table b; end loop;\n"
	    "while x loop drop table c; end loop; <<l>> loop drop table d; exit l; end loop l;\n"
	    "foreach x in array y loop drop table e; end loop; end $$;",
	    "drop_table? 1:32 drop table a\n"
	    "select 1:65 select * from t\n"
	    "drop_table? 1:86 drop table b\n"
	    "drop_table? 2:14 drop table c\n"
	    "drop_table 2:49 drop table d\n"
	    "drop_table? 3:27 drop table e\n" },
	/* RETURN ends it; under a condition it may have. */
	{ "do $$ begin return; drop table a; end $$;", "" },
	{ "do $$ begin if x then return; end if; drop table a; end $$;", "drop_table? 1:39 drop table a\n" },
	{ "do $$ begin if false then return; end if; drop table a; end $$;", "drop_table 1:43 drop table a\n" },
	/* So does an exception; one that may be raised leaves nothing behind. */
	{ "do $$ begin raise exception 'no'; drop table a; end $$; do $$ begin drop table b; end $$;",
	    "raise_exception! 1:13 raise exception 'no'\n"
	    "drop_table 1:69 drop table b\n" },
	{ "do $$ begin if x then raise 'no'; end if; raise notice 'yes'; drop table a; end $$;", "drop_table 1:63 drop table a\n" },
	{ "do $$ begin begin raise exception 'no'; exception when others then drop table a; end; drop table b; end $$;",
	    "drop_table 1:68 drop table a\n"
	    "drop_table 1:87 drop table b\n" },
	/* What would fail is left out where nobody knows that it runs: the end state is what counts. */
	{ "create table a (x int); do $$ begin if random() > 1 then create table a (x int); alter table a add x int, add y int; "
	    "alter table a add y int; end if; end $$;",
	    "select 1:40 random() > 1\n"
	    "add_column? 1:118 alter table a add y int\n" },
	{ "create table a (x int); do $$ begin create table a (x int); end $$;", "create_table! 1:37 create table a (x int)\n" },
	/* Handlers */
	{ "create table a (x int); do $$ begin create table b (x int); create table a (x int); drop table c;\n"
	    "exception when duplicate_table then drop table d; end $$; do $$ begin create table b (x int); end $$;",
	    "create_table 1:37 create table b (x int)\n"
	    "drop_table 2:37 drop table d\n"
	    "create_table 2:71 create table b (x int)\n" },
	{ "create table a (x int); do $$ begin create table a (x int); exception when duplicate_object then null; end $$;",
	    "create_table! 1:37 create table a (x int)\n" },
	{ "create table a (x int); do $$ begin alter table a add x int; exception when sqlstate '42701' then null; end $$;", "" },
	{ "do $$ begin drop table a; exception when undefined_table or others then drop table b; end $$; drop table b;",
	    "drop_table 1:13 drop table a\n"
	    "drop_table? 1:73 drop table b\n" },
	/* Transactions */
	{ "-- migration (no transaction)\ndo $$ begin commit; drop table a; end $$;",
	    "commit 2:13 commit\n"
	    "drop_table 2:21 drop table a\n" },
	{ "do $$ begin commit; end $$;", "commit! 1:13 commit\n" },
	{ "-- migration (no transaction)\ndo $$ begin begin commit; exception when unique_violation then null; end; end $$;", "commit! 2:19 commit\n" },
	{ "-- migration (no transaction)\ncreate function f() returns void language plpgsql as $$ begin rollback; end $$;\nselect f();",
	    "rollback! 2:63 rollback\n" },
	{ "-- migration (no transaction)\ncreate procedure p() language plpgsql as $$ begin rollback; end $$;\ncall p(); do $$ begin call p(); end $$;",
	    "rollback 2:51 rollback\n"
	    "call 3:23 call p()\n"
	    "rollback 2:51 rollback\n" },
	/* EXECUTE */
	{ "do $$ begin execute 'drop table a'; execute x; execute y; end $$;",
	    "drop_table 1:22 drop table a\n"
	    "unreadable_code 1:37 execute x\n" },
	{ "do $$ begin execute format('drop table %I', 'A') using 1; end $$;", "drop_table 1:29 drop table %I', 'A\n" },
	/* Functions */
	{ "create function f() returns void language plpgsql as $$ begin drop table a; perform g(); perform f(); end $$;\n"
	    "create function g() returns int language sql as 'drop table b; select 1';\n"
	    "select f();",
	    "drop_table 1:63 drop table a\n"
	    "select 1:77 perform g()\n"
	    "drop_table 2:50 drop table b\n"
	    "select 2:64 select 1\n"
	    "select 1:90 perform f()\n" },
	{ "create function f() returns int return (select count(*) from a);\nselect f();", "select 1:33 return (select count(*) from a)\n" },
	{ "create function f(a int) returns int language sql as 'select 1';\ncreate function f(a int, b int) returns int language sql as 'select 2';\n"
	    "select f(1); update t set a = f(1, 2);",
	    "select 1:55 select 1\n"
	    "select? 2:62 select 2\n" },
	{ "create function f() returns int language plpython3u as 'x';\nselect f();", "unreadable_code 2:1 select f()\n" },
	/* Not run at all */
	{ "create function f() returns void language plpgsql as $$ begin execute x; drop table a; end $$;", "" },
	/* Constant arguments take the place of the parameters. */
	{ "create function f(t text, c name default 'x', n int default 1) returns void language plpgsql as $$ begin\n"
	    "execute 'alter table ' || t || ' alter ' || c || ' set default ' || n; execute format('drop table %I', $1); end $$;\n"
	    "select f('a'), f(c => 'y', t => 'b'), f('c', 'z', 7);",
	    "set_default 2:10 alter table ' || t || ' alter ' || c || ' set default ' || n\n"
	    "drop_table 2:88 drop table %I', $1\n"
	    "set_default 2:10 alter table ' || t || ' alter ' || c || ' set default ' || n\n"
	    "drop_table 2:88 drop table %I', $1\n"
	    "set_default 2:10 alter table ' || t || ' alter ' || c || ' set default ' || n\n"
	    "drop_table 2:88 drop table %I', $1\n" },
	/* Not those that the body changes or hides, of other types, or of a call that nobody knows to run once. */
	{ "create function f(t text) returns void language plpgsql as $$ begin t := lower(t); execute 'drop table ' || t; end $$; select f('a');",
	    "select 1:74 lower(t)\n"
	    "unreadable_code 1:84 execute 'drop table ' || t\n" },
	{ "create function f(t text) returns void language plpgsql as $$ begin select 1, 'b' into n, t; execute 'drop table ' || t; end $$; select f('a');",
	    "select 1:69 select 1, 'b'\n"
	    "unreadable_code 1:94 execute 'drop table ' || t\n" },
	{ "create function f(t text) returns void language plpgsql as $$ declare t text; begin execute 'drop table ' || t; end $$; select f('a');",
	    "unreadable_code 1:85 execute 'drop table ' || t\n" },
	{ "create function f(t text) returns void language plpgsql as $$ begin for t in select 1 loop null; end loop; execute 'drop table ' || t; end $$; select f('a');",
	    "select 1:78 select 1\n"
	    "unreadable_code 1:108 execute 'drop table ' || t\n" },
	{ "create function f(t json) returns void language plpgsql as $$ begin execute 'drop table ' || t; end $$; select f('a');",
	    "unreadable_code 1:69 execute 'drop table ' || t\n" },
	{ "create function f(t text) returns void language plpgsql as $$ begin execute 'drop table ' || t; end $$;\n"
	    "select f('a') from b; select f('a') where x; select coalesce(f('a'), 1); select f('a' || 'b');",
	    "unreadable_code? 1:69 execute 'drop table ' || t\n"
	    "unreadable_code? 1:69 execute 'drop table ' || t\n"
	    "unreadable_code? 1:69 execute 'drop table ' || t\n"
	    "drop_table 1:78 drop table ' || t\n" },
	/* SELECT INTO assigns, too; a function that stands alone in FROM runs once. */
	{ "create function f(t text) returns void language plpgsql as $$ declare n text; begin\n"
	    "select lower(t) into n; select n || 'b' into n; execute 'drop table ' || n; end $$; select * from f('A'); select * from f(g('A')); select * from f('A') limit 0;",
	    "select 2:1 select lower(t)\n"
	    "select 2:25 select n || 'b'\n"
	    "drop_table 2:58 drop table ' || n\n"
	    "select 2:1 select lower(t)\n"
	    "select 2:25 select n || 'b'\n"
	    "unreadable_code 2:49 execute 'drop table ' || n\n"
	    "select 2:1 select lower(t)\n"
	    "select 2:25 select n || 'b'\n"
	    "unreadable_code 2:49 execute 'drop table ' || n\n" },
	{ "create function f(t text) returns void language plpgsql as $$ declare n text; m text; begin\n"
	    "select t, t into n, m; execute 'drop table ' || n; end $$; select f('a');",
	    "select 2:1 select t, t\n"
	    "unreadable_code 2:24 execute 'drop table ' || n\n" },
	{ "create function f(t text) returns void language plpgsql as $$ declare n text; begin\n"
	    "select t into n where t <> 'b'; execute 'drop table ' || n; end $$; select f('a');",
	    "select 2:1 select t into n where t <> 'b'\n"
	    "unreadable_code 2:33 execute 'drop table ' || n\n" },
	/* Conditions on them */
	{ "create table a (x int); create function f(t text) returns void language plpgsql as $$ begin\n"
	    "if exists (select from pg_tables where tablename = t) then execute 'drop table ' || t; end if; end $$; select f('a'); select f('b'); select f(b);",
	    "select 2:4 exists (select from pg_tables where tablename = t)\n"
	    "drop_table 2:69 drop table ' || t\n"
	    "select 2:4 exists (select from pg_tables where tablename = t)\n"
	    "drop_table? 2:69 drop table ' || t\n"
	    "select 2:4 exists (select from pg_tables where tablename = t)\n"
	    "unreadable_code? 2:60 execute 'drop table ' || t\n" },
	{ "create procedure f(t regclass) language plpgsql as $$ begin execute 'drop table ' || t; end $$; call f('a'); call f('A'); call f('\"B b\"');",
	    "drop_table 1:70 drop table ' || t\n"
	    "unreadable_code 1:61 execute 'drop table ' || t\n"
	    "drop_table 1:70 drop table ' || t\n" },
};

static void
put_place(struct buf *out, struct place at)
{
	struct place file = place_in_file(at);
	struct position p = source_position(file.source, file.span.off);

	buf_printf(out, " %u:%u %.*s\n", p.line, p.column, STR_ARG(source_text(file.source, file.span)));
}

static void
show_op(void *arg, const struct facts *f)
{
	struct buf *out = arg;

	if (f->inside == NULL)
		return;
	buf_printf(out, "%s%s%s", f->op->kind->name, f->inside->runs == YES ? "" : "?", f->op->failure.s == NULL ? "" : "!");
	put_place(out, (struct place){ f->op->statement->source, f->op->statement->span });
}

static struct str
replayed(struct arena *a, const char *text, struct diags *diags)
{
	struct config config;
	struct history history;
	struct buf out = BUF(a);
	struct run run = { .arena = a, .config = &config, .diags = diags, .visitor = { .arg = &out, .op = show_op } };

	example_history(a, STR("x.sql"), str_of(text), NULL, &config, &history, diags);
	replay(&run, &history);
	return buf_text(&out);
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct diags diags = { .arena = &a };
		struct str got = replayed(&a, rows[i].text, &diags);
		if (diags.list.n > 0 || !str_is(got, rows[i].want))
			print_message("%s\n", rows[i].text);
		assert_int_equal(diags.list.n, 0);
		assert_string_equal(str_c(&a, got), rows[i].want);
		arena_free(&a);
	}
}

/* ---- conditions ---- */

#define SETUP \
	"create table users (id int primary key, email text constraint given check (email <> ''));\n" \
	"create index users_email_idx on users (email);\n" \
	"create table gone (id int); drop table gone;\n" \
	"create view names as select email from users; create materialized view kept as select email from users;\n" \
	"create table logs (id int) partition by range (id); create sequence numbers;\n" \
	"create type mood as enum ('good', 'bad');\n" \
	"create type old_mood as enum ('good'); drop type old_mood;\n" \
	"create schema app; create extension hstore;\n" \
	"create function touch() returns trigger language plpgsql as 'begin return new; end';\n" \
	"create function away() returns int language sql as 'select 1'; drop function away();\n" \
	"create trigger users_touch before update on users for each row execute function touch();\n" \
	"create policy mine on users using (true);\n" \
	"alter table assumed add column x int;\n"

static const struct condition {
	const char *text;
	enum tri want;
} conditions[] = {
	{ "true", YES }, { "false", NO }, { "not false", YES }, { "x", UNKNOWN }, { "x and false", NO }, { "x or true", YES },
	{ "exists (select 1 from pg_tables where tablename = 'users')", YES },
	{ "exists (select 1 from pg_tables where tablename = 'gone')", NO },
	{ "exists (select 1 from pg_tables where tablename = 'never_seen')", UNKNOWN },
	{ "exists (select 1 from pg_tables where tablename = 'assumed')", UNKNOWN },
	{ "exists (select 1 from pg_tables where schemaname = 'public' and tablename = 'users')", YES },
	{ "exists (select 1 from pg_tables where tablename = 'users' and tableowner = 'me')", UNKNOWN },
	{ "exists (select 1 from pg_tables where tablename = 'gone' and tableowner = 'me')", NO },
	{ "exists (select 1 from pg_tables where tablename = 'users' or tablename = 'gone')", UNKNOWN },
	{ "exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = 'users' and n.nspname = 'public')", YES },
	{ "exists (select 1 from information_schema.tables where table_schema = current_schema() and table_name = 'users')", YES },
	{ "exists (select 1 from tables where table_name = 'users')", UNKNOWN },
	{ "exists (select 1 from my.pg_tables where tablename = 'users')", UNKNOWN },
	{ "exists (select 1 from information_schema.columns where table_name = 'users' and column_name = 'email')", YES },
	{ "exists (select 1 from information_schema.columns where table_name = 'users' and column_name = 'name')", NO },
	{ "exists (select 1 from information_schema.columns where table_name = 'assumed' and column_name = 'name')", UNKNOWN },
	{ "exists (select 1 from information_schema.columns where table_name = 'gone' and column_name = 'id')", NO },
	{ "exists (select 1 from pg_attribute where attrelid = 'users'::regclass and attname = 'email' and not attisdropped and attnum > 0)", YES },
	{ "exists (select 1 from pg_constraint where conname = 'given')", YES },
	{ "exists (select 1 from pg_constraint where conname = 'other')", UNKNOWN },
	{ "exists (select 1 from pg_constraint where conname = 'other' and conrelid = 'public.users'::regclass)", NO },
	{ "exists (select 1 from information_schema.table_constraints where constraint_name = 'given' and table_name = 'users')", YES },
	{ "exists (select 1 from pg_indexes where indexname = 'users_email_idx')", YES },
	{ "exists (select 1 from pg_indexes where tablename = 'users' and indexname = 'users_email_idx')", YES },
	{ "exists (select 1 from pg_indexes where tablename = 'logs' and indexname = 'users_email_idx')", NO },
	{ "exists (select 1 from pg_indexes where indexname = 'users')", NO },
	{ "exists (select 1 from pg_tables where tablename = 'logs')", YES },
	{ "exists (select 1 from pg_tables where tablename = 'names')", NO },
	{ "exists (select 1 from pg_tables where tablename = 'kept')", NO },
	{ "exists (select 1 from pg_views where viewname = 'names')", YES },
	{ "exists (select 1 from pg_views where viewname = 'kept')", NO },
	{ "exists (select 1 from pg_views where viewname = 'assumed')", UNKNOWN },
	{ "exists (select 1 from pg_matviews where matviewname = 'kept')", YES },
	{ "exists (select 1 from pg_matviews where matviewname = 'names')", NO },
	{ "exists (select 1 from pg_sequences where sequencename = 'numbers')", YES },
	{ "exists (select 1 from pg_sequences where sequencename = 'users')", NO },
	{ "exists (select 1 from information_schema.tables where table_name = 'names')", YES },
	{ "exists (select 1 from information_schema.tables where table_name = 'kept')", NO },
	{ "exists (select 1 from information_schema.tables where table_name = 'numbers')", NO },
	{ "exists (select 1 from information_schema.tables where table_name = 'names' and table_type = 'BASE TABLE')", NO },
	{ "exists (select 1 from information_schema.tables where table_name = 'logs' and table_type = 'BASE TABLE')", YES },
	{ "exists (select 1 from information_schema.tables where table_name = 'names' and table_type = 'VIEW')", YES },
	{ "exists (select 1 from information_schema.views where table_name = 'kept')", NO },
	{ "exists (select 1 from information_schema.columns where table_name = 'names' and column_name = 'email')", YES },
	{ "exists (select 1 from information_schema.columns where table_name = 'kept' and column_name = 'email')", NO },
	{ "exists (select 1 from pg_attribute where attrelid = 'kept'::regclass and attname = 'email')", YES },
	{ "exists (select 1 from pg_class where relname = 'kept')", YES },
	{ "exists (select 1 from pg_class where relname = 'kept' and relkind = 'm')", YES },
	{ "exists (select 1 from pg_class where relname = 'kept' and relkind = 'v')", NO },
	{ "exists (select 1 from pg_class where relname = 'logs' and relkind = 'r')", NO },
	{ "exists (select 1 from pg_class where relname = 'logs' and relkind in ('r', 'p'))", UNKNOWN },
	{ "exists (select 1 from pg_type where typname = 'mood')", YES },
	{ "exists (select 1 from pg_type where typname in ('mood'))", YES },
	{ "exists (select 1 from pg_type where typname in ('mood', 'x'))", UNKNOWN },
	{ "exists (select 1 from pg_type where typname = 'old_mood')", NO },
	{ "exists (select 1 from pg_enum where enumlabel = 'good' and enumtypid = 'mood'::regtype)", YES },
	{ "exists (select 1 from pg_enum where enumlabel = 'so-so' and enumtypid = (select oid from pg_type where typname = 'mood'))", NO },
	{ "exists (select 1 from pg_enum e join pg_type t on e.enumtypid = t.oid where t.typname = 'mood' and e.enumlabel = 'bad')", YES },
	{ "exists (select 1 from pg_namespace where nspname = 'app')", YES },
	{ "exists (select 1 from information_schema.schemata where schema_name = 'other')", UNKNOWN },
	{ "exists (select 1 from pg_extension where extname = 'hstore')", YES },
	{ "exists (select 1 from pg_extension where extname = 'citext')", UNKNOWN },
	{ "exists (select 1 from pg_proc where proname = 'touch')", YES },
	{ "exists (select 1 from pg_proc where proname = 'away')", NO },
	{ "exists (select 1 from pg_trigger where tgname = 'users_touch' and tgrelid = 'users'::regclass)", YES },
	{ "exists (select 1 from information_schema.triggers where trigger_name = 'x' and event_object_table = 'users')", NO },
	{ "exists (select 1 from pg_policies where policyname = 'mine' and tablename = 'users')", YES },
	{ "exists (select 1 from pg_policies where policyname = 'yours' and tablename = 'users')", NO },
	{ "exists (select 1 from pg_roles where rolname = 'x')", UNKNOWN },
	{ "exists (select 1 from users)", UNKNOWN },
	{ "exists (select 1 from pg_class, users where relname = 'gone')", UNKNOWN },
	{ "to_regclass('users') is not null", YES }, { "to_regclass('public.gone') is null", YES }, { "to_regclass('new') is null", UNKNOWN },
	{ "to_regtype('mood') is null", NO },
	{ "(select count(*) from pg_class where relname = 'gone') = 0", YES },
	{ "(select count(*) from pg_class where relname = 'users') > 0", YES },
	{ "(select count(*) from pg_class where relname = 'users') = 1", UNKNOWN },
};

static void
test_conditions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct diags diags = { .arena = &a };
		struct str text = str_printf(&a, SETUP "do $$ begin if %s then raise exception 'yes'; else raise exception 'no'; end if; end $$;",
		    conditions[i].text);
		struct str got = replayed(&a, str_c(&a, text), &diags);
		enum tri holds = str_find(got, STR("'yes'")) != (size_t)-1 ? YES : str_find(got, STR("'no'")) != (size_t)-1 ? NO : UNKNOWN;
		if (holds != conditions[i].want)
			print_message("%s\n", conditions[i].text);
		assert_int_equal(holds, conditions[i].want);
		arena_free(&a);
	}
}

/* ---- texts for EXECUTE ---- */

static const struct text {
	const char *expression;
	const char *want;               /* NULL: not constant */
} texts[] = {
	{ "'drop table a'", "drop table a" },
	{ "$x$drop table 'a'$x$", "drop table 'a'" },
	{ "'a ''b'' c'", "a 'b' c" },
	{ "E'a\\tb'", "a\tb" },
	{ "'a' || 'b' || 1", "ab1" },
	{ "'a'::text || ' b'", "a b" },
	{ "concat('a', 1, 'b')", "a1b" },
	{ "format('%s is %I and %L, 100%%', 'x', 'select', 'it''s')", "x is \"select\" and 'it''s', 100%" },
	{ "format('%2$s %1$s %s', 'a', 'b')", "b a b" },
	{ "format('%I', 'Mixed') || quote_literal('a\\b')", "\"Mixed\" E'a\\\\b'" },
	{ "format('%L', null)", "NULL" },
	{ "quote_ident('a b')", "\"a b\"" },
	{ "replace('a-b--c', '-', '+')", "a+b++c" },
	{ "replace('aXXb', 'X', '')", "ab" },
	{ "replace('abc', '', 'x')", "abc" },
	{ "replace('aaa', 'aa', 'b')", "ba" },
	{ "lower('Link_ID')", "link_id" },
	{ "upper('link')", "LINK" },
	{ "left('abcdef', 2)", "ab" },
	{ "left('abcdef', -2)", "abcd" },
	{ "left('ab', -5) || 'x'", "x" },
	{ "left('ab', 9)", "ab" },
	{ "right('abcdef', 2)", "ef" },
	{ "right('abcdef', -2)", "cdef" },
	{ "right('ab', -5) || 'x'", "x" },
	{ "right('ab', 9)", "ab" },
	{ "substring('abcdef' from 2 for 3)", "bcd" },
	{ "substring('abcdef', 2)", "bcdef" },
	{ "substr('abcdef', -1, 4)", "ab" },
	{ "substr('abcdef', 5, 9)", "ef" },
	{ "substr('abcdef', 9) || 'x'", "x" },
	{ "split_part('a.b.c', '.', 2)", "b" },
	{ "split_part('a.b.c', '.', 3)", "c" },
	{ "split_part('a.b.c', '.', 4) || 'x'", "x" },
	{ "split_part('abc', '.', 1)", "abc" },
	{ "split_part('a--b--c', '--', 2)", "b" },
	{ "trim('  a b ')", "a b" },
	{ "trim(both 'x' from 'xxaxx')", "a" },
	{ "ltrim('  a ') || '|'", "a |" },
	{ "rtrim('abxyx', 'xy')", "ab" },
	{ "concat_ws(', ', 'a', null, 'b', 1)", "a, b, 1" },
	{ "array_to_string(string_to_array('a,b,c', ','), ', ')", "a, b, c" },
	{ "array_to_string(array['a', 'b'], ';')", "a;b" },
	{ "array_to_string(array['a', null, 'b'], ';')", "a;b" },
	{ "'grant select on t to ' || current_user", "grant select on t to current_user" },
	{ "format('alter database %I set x = %L', current_database(), 'y')", "alter database current_database set x = 'y'" },
	{ "upper(current_user)", NULL }, { "current_database(1)", NULL }, { "'a' || current_schema", NULL }, { "'drop table ' || current_user", NULL },
	{ "concat_ws(null, 'a')", NULL }, { "replace('a', null, 'b')", NULL }, { "lower('\xc3\x84')", NULL }, { "substring('abc' from '2')", NULL },
	{ "split_part('a', '.', 0)", NULL }, { "substr('abc', 1, -1)", NULL }, { "lower(x)", NULL }, { "array_to_string(string_to_array(x, ','), ',')", NULL },
	{ "array_to_string(string_to_array('a', ''), ',')", NULL }, { "left('abc', 'x')", NULL },
	{ "'a' || null", NULL }, { "format('%I', null)", NULL }, { "format('%s')", NULL }, { "format('%-5s', 'a')", NULL },
	{ "x", NULL }, { "'a' || x", NULL }, { "f('a')", NULL }, { "format('%s', x)", NULL }, { "'5'::int", NULL },
};

static void
test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct source *body = source_new(&a, STR("x.sql"), str_of(texts[i].expression));
		struct str start, culprit;
		struct source *got = code_text(&a, body, (struct span){ 0, (uint32_t)body->text.n }, NULL, &start, &culprit);
		if ((got == NULL) != (texts[i].want == NULL))
			print_message("%s\n", texts[i].expression);
		assert_int_equal(got == NULL, texts[i].want == NULL);
		if (got != NULL)
			assert_string_equal(str_c(&a, got->text), texts[i].want);
		arena_free(&a);
	}
}

/* What an EXECUTE may touch of which only the beginning is known. */
static const struct begun {
	const char *expression;
	enum reach want;
} begun[] = {
	{ "'create trigger ' || x", REACH_TRIGGERS }, { "'CREATE  OR\n REPLACE trigger a on ' || x", REACH_TRIGGERS },
	{ "format('drop trigger %I on %I', x, y)", REACH_TRIGGERS }, { "'create trigger' || x", REACH_SCHEMA },
	{ "format('drop policy %I on ' || x, y)", REACH_POLICIES }, { "'alter policy a on ' || quote_ident(x)", REACH_POLICIES },
	{ "('insert into ' || x)::text", REACH_NOTHING }, { "'insert' || x", REACH_SCHEMA }, { "' grant select on ' || x", REACH_NOTHING },
	{ "'select max(a) from ' || x", REACH_NOTHING }, { "'select ' || x", REACH_SCHEMA }, { "'select f(' || x", REACH_SCHEMA },
	{ "format('%s into a', x)", REACH_SCHEMA }, { "x || 'insert into a '", REACH_SCHEMA }, { "x", REACH_SCHEMA }, { "'alter table ' || x", REACH_SCHEMA },
};

static void
test_reach(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof begun / sizeof *begun; i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct source *body = source_new(&a, STR("x.sql"), str_of(begun[i].expression));
		struct str start, culprit;
		assert_null(code_text(&a, body, (struct span){ 0, (uint32_t)body->text.n }, NULL, &start, &culprit));
		if (sql_reach(start) != begun[i].want)
			print_message("%s\n", begun[i].expression);
		assert_int_equal(sql_reach(start), begun[i].want);
		arena_free(&a);
	}
}

/* Every byte of what comes from a literal stands where the map says. */
static void
test_text_places(void **state)
{
	struct arena a;
	struct str start, culprit;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct source *body = source_new(&a, STR("x.sql"), STR("'a''b' || format($$c%Id$$, 'E') || 'f'"));
	struct source *got = code_text(&a, body, (struct span){ 0, (uint32_t)body->text.n }, NULL, &start, &culprit);
	assert_string_equal(str_c(&a, got->text), "a'bc\"E\"df");
	static const struct { uint32_t off, outer; } want[] = { { 0, 1 }, { 1, 2 }, { 2, 4 }, { 3, 19 }, { 4, 28 }, { 7, 22 }, { 8, 36 } };
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		assert_int_equal(place_in_file((struct place){ got, { want[i].off, 1 } }).span.off, want[i].outer);
	arena_free(&a);
}

/* ---- bodies that do not parse ---- */

static const struct broken {
	const char *text;
	const char *want;               /* line:column message; NULL: it is fine */
} bodies[] = {
	{ "do $$ begin alter table x ad y int; end $$;", "1:27 syntax error at or near \"ad\"" },
	{ "do $$ begin if x then null; end $$;", "1:32 syntax error at end of input" },
	{ "do $$ begin if then null; end if; end $$;", "1:16 syntax error at or near \"then\"" },
	{ "do $$ begin x := 1 +; end $$;", "1:20 syntax error at end of input" },
	{ "do $$ begin drop table a end $$;", "1:29 syntax error at end of input" },
	{ "do $$ begin null; $$;", "1:18 syntax error at end of input" },
	{ "do $$ begin null; end; x $$;", "1:24 syntax error at or near \"x\"" },
	{ "do $$ begin perform 'x; end $$;", "1:21 unterminated quoted string at or near \"'x; end \"" },
	{ "do '';", "1:1 syntax error at end of input" },
	{ "create function f() returns int language plpgsql as $$ begin return 1 1; end $$;", "1:71 syntax error at or near \"1\"" },
	{ "create function f() returns int language sql as 'selec 1';", "1:50 syntax error at or near \"selec\"" },
	{ "create function f() returns int language sql as '';", NULL },
	{ "create function f() returns int language c as 'a.so', 'b';", NULL },
	{ "create function f() returns trigger language plpgsql as $$\n#variable_conflict use_column\n<<main>>\ndeclare\n"
	    "  a int not null default 1; k2 constant int = 1; b users%rowtype; c users.id%type = 2; d cursor (k int) for select * from t where x = k;\n"
	    "  q refcursor; r record; h int; e alias for a; f text collate \"C\"; g int[] := array[1, 2];\n"
	    "begin\n"
	    "  b.x := 1; g[1] := 2; g[1:2] = '{1}'; main.a := 3; get diagnostics a = row_count; get stacked diagnostics f = message_text;\n"
	    "  open d(1); fetch next from d into b; move d; close d; open q for select 1; open q no scroll for execute 'select 1' using 1;\n"
	    "  assert a > 0, 'no';\n"
	    "  for r in d(1) loop null; end loop; for r in d(k := 1) loop null; end loop; for i in reverse 10..1 by 2 loop continue when i > 3; end loop;\n"
	    "  for r in execute 'select 1' using 1, 2 loop exit; end loop; for a, h in (select 1, 2) loop null; end loop;\n"
	    "  foreach a slice 1 in array g loop null; end loop; while true loop exit main when false; end loop;\n"
	    "  case when a = 1 then null; when a = 2 then null; else null; end case; case a when 1, 2 then null; end case;\n"
	    "  if a then null; elseif b then null; elsif (case when c then d end) then null; else null; end if;\n"
	    "  raise; raise notice '%', a; raise exception using errcode = 'unique_violation', message = 'x'; raise unique_violation; raise sqlstate '23505';\n"
	    "  perform 1; call p(1); execute 'x' into strict a, h using c; execute 'x' using c into a; null; return null;\n"
	    "  insert into t select 1 returning x into a; with w as (select 1) select * into b from w; select 1 into a; commit and chain; rollback;\n"
	    "  update t set x = case when a then b else c end where y in (select z from u); merge into t using u on true when matched then delete;\n"
	    "  create function g() returns int begin atomic select 1; return case when true then 1 end; end; import foreign schema x from server y into z;\n"
	    "  begin null; exception when unique_violation or sqlstate '23503' then null; when others then raise; end; a := 1e-3; a := b.c . d;\n"
	    "  declare x int; begin null; end; <<i>> begin null; end i; do 'begin null; end';\n"
	    "exception when others then return null;\n"
	    "end main;\n$$;", NULL },
};

/* ---- texts that are known in parts ---- */

static const struct outline {
	const char *expression;
	enum reach makes;
} outlines[] = {
	{ "x", REACH_SCHEMA }, { "'create ' || x", REACH_SCHEMA }, { "'create' || x", REACH_SCHEMA }, { "'create index ' || x || ' on t (a)'", REACH_INDEXES },
	{ "'create unique index i on ' || t", REACH_INDEXES }, { "format('alter table %I add primary key (%I)', a, b)", REACH_SCHEMA },
	{ "'alter table ' || x", REACH_SCHEMA }, { "format('%s index i on t (a)', x)", REACH_SCHEMA }, { "'insert into t values (1); ' || x", REACH_SCHEMA },
	{ "'do ' || quote_literal(x)", REACH_SCHEMA }, { "coalesce(x, 'drop')", REACH_SCHEMA }, { "'select f(' || x || ')'", REACH_SCHEMA },
	{ "'alter table ' || x || ' drop column a, add unique (b)'", REACH_SCHEMA }, { "'alter table ' || x || ' alter a set not null, enable row level security'", REACH_SCHEMA },
	{ "'alter ' || x", REACH_SCHEMA }, { "'create cast (a as ' || x", REACH_SCHEMA }, { "'with w as (select 1) select f(' || x || ')'", REACH_SCHEMA },
	{ "'select count(*) from ' || t", REACH_NOTHING }, { "'insert into ' || t || ' values (1)'", REACH_NOTHING }, { "format('update %I set a = 1', t)", REACH_NOTHING },
	{ "'drop index ' || i || ';'", REACH_NOTHING }, { "concat('grant select on ', t, ' to u')", REACH_NOTHING },
	{ "'with w as (select a from ' || t || ') delete from t using w'", REACH_NOTHING }, { "'create table ' || x || ' (a int)'", REACH_NOTHING },
	{ "'create or replace function ' || f || '() returns int'", REACH_NOTHING }, { "' create trigger g before insert on ' || t", REACH_TRIGGERS },
	{ "'create or replace view ' || v", REACH_PARTS }, { "'create statistics ' || x", REACH_PARTS }, { "'create policy p on ' || t", REACH_POLICIES },
	{ "'alter policy p on ' || t", REACH_POLICIES }, { "'create or ' || x", REACH_PARTS },
	{ "format('alter table %I drop constraint %I', t, c)", REACH_NOTHING }, { "'alter table ' || t || ' alter column ' || a || ' drop default'", REACH_NOTHING },
	{ "'alter table ' || t || ' alter a set not null'", REACH_PARTS }, { "'alter table ' || t || ' force row level security'", REACH_POLICIES },
	{ "'alter view ' || v || ' set (security_invoker)'", REACH_PARTS }, { "'alter sequence ' || x || ' restart'", REACH_NOTHING },
	{ "'TRUNCATE ' || a || NULL", REACH_NOTHING }, { "(select 'grant all on ' || string_agg(x, ',') from y)", REACH_NOTHING },
	{ "format('alter table %I alter column %I add generated by default as identity (start with %s);', t, c, n)", REACH_PARTS },
	{ "'alter table t add column if not exists ' || c || ' integer'", REACH_PARTS }, { "'alter table ' || t || ' add column a ' || x", REACH_SCHEMA },
	{ "'alter table ' || t || ' add column a integer unique'", REACH_SCHEMA }, { "'alter table t add column a int, add ' || x", REACH_SCHEMA },
	{ "(select 'grant all on t to u' union select x from y)", REACH_SCHEMA }, { "array(select 'grant all on t to u')", REACH_SCHEMA },
};

static void
test_outlines(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	for (size_t i = 0; i < sizeof outlines / sizeof *outlines; i++) {
		struct source *body = source_new(&a, STR("x.sql"), str_of(outlines[i].expression));
		struct str outline = code_outline(&a, body, (struct span){ 0, (uint32_t)body->text.n }, NULL);
		if (code_makes(outline) != outlines[i].makes)
			fail_msg("%s makes %d", outlines[i].expression, code_makes(outline));
	}
	arena_free(&a);
}

static void
test_bodies(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct diags diags = { .arena = &a };
		struct str got = STR("");
		(void)replayed(&a, bodies[i].text, &diags);
		if (diags.list.n > 0) {
			struct place at = diags.list.items[0]->labels[0].at;
			struct position p = source_position(at.source, at.span.off);
			got = str_printf(&a, "%u:%u %.*s", p.line, p.column, STR_ARG(diags.list.items[0]->message));
		}
		assert_string_equal(str_c(&a, got), bodies[i].want == NULL ? "" : bodies[i].want);
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_texts), cmocka_unit_test(test_reach),
		cmocka_unit_test(test_text_places),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_outlines),
	};

	return cmocka_run_group_tests_name("code", tests, NULL, NULL);
}
