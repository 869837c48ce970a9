/* What rules see of transactions, timeouts and births while a history runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "check/example.h"

#define BIRTH "table.is_new table.is_new_in_migration table.is_new_in_transaction"
#define ROWS "table.is_empty table.is_small table.may_be_large"
#define TX "tx.open tx.is_explicit tx.is_wrapped tx.holds tx.held_table"
#define LONG "is_long tx.earlier_long_work"
#define EXISTS "exists"
#define BESIDE "index_beside adds"
#define TIME "session.lock_timeout session.lock_timeout_set session.statement_timeout"

static const struct row {
	const char *text;               /* as an example of a rule */
	const char *fields;             /* separated by spaces */
	const char *want;               /* for each reported operation that has the fields: its kind and their values */
} rows[] = {
	{ "create table t (a int);\n"
	    "-- next migration\n"
	    "alter table t add b int;\n", BIRTH,
	    "create_table - - -\n"
	    "end_of_migration - - -\n"
	    "add_column false false false\n"
	    "end_of_migration - - -\n"
	    "final_table false false false\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "alter table t add b int; create table u (a int); alter table u add b int;\n", BIRTH,
	    "add_column false false false\n"
	    "create_table - - -\n"
	    "add_column true true true\n"
	    "end_of_migration - - -\n"
	    "final_table true true true\n" },
	{ "-- migration (no transaction)\n"
	    "create table t (a int); alter table t add b int; begin; create table u (a int); alter table u add b int; commit; alter table u add c int;", BIRTH,
	    "create_table - - -\n"
	    "add_column true true false\n"
	    "begin - - -\n"
	    "create_table - - -\n"
	    "add_column true true true\n"
	    "commit - - -\n"
	    "add_column true true false\n"
	    "end_of_migration - - -\n"
	    "final_table true true false\n"
	    "final_table true true false\n" },
	{ "-- migration (one string)\n"
	    "create table t (a int); alter table t add b int; commit; alter table t add c int;", BIRTH,
	    "create_table - - -\n"
	    "add_column true true true\n"
	    "commit - - -\n"
	    "add_column true true false\n"
	    "end_of_migration - - -\n"
	    "final_table true true false\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "truncate t; alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "add_column true true false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "truncate t; insert into t values (1); alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "insert true true false\n"
	    "add_column false true false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "truncate t; copy t from stdin; alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "copy true true false\n"
	    "add_column false false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration (no transaction)\n"
	    "truncate t; alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "add_column ? true false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration (no transaction)\n"
	    "begin; truncate t; rollback; alter table t add b int;", ROWS,
	    "begin - - -\n"
	    "truncate false false true\n"
	    "rollback - - -\n"
	    "add_column false false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "truncate t;\n"
	    "-- next migration\n"
	    "alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "end_of_migration - - -\n"
	    "add_column false false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "truncate t; select refill(); alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "select - - -\n"
	    "add_column ? ? ?\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "create table u (a int);\n"
	    "create trigger g after insert on u execute function refill();\n"
	    "-- migration\n"
	    "truncate t; delete from u where a = 1; alter table t add b int; insert into u values (1); alter table t add c int;", ROWS,
	    "truncate false false true\n"
	    "delete false false true\n"
	    "add_column true true false\n"
	    "insert false false true\n"
	    "add_column ? ? ?\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "do $$ begin if current_user = 'a' then truncate t; end if; end $$; alter table t add b int;", ROWS,
	    "do_block - - -\n"
	    "truncate false false true\n"
	    "add_column ? ? ?\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int primary key); create table u (a int references t);\n"
	    "-- migration\n"
	    "truncate t cascade; alter table u add b int;", ROWS,
	    "truncate false false true\n"
	    "add_column true true false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int) partition by list (a); create table u partition of t for values in (1);\n"
	    "-- migration\n"
	    "truncate t; insert into u values (1); alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "insert true true false\n"
	    "add_column false true false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int); create table u () inherits (t);\n"
	    "-- migration\n"
	    "truncate only t; alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "add_column false false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "create view v as select * from t;\n"
	    "-- migration\n"
	    "truncate t; insert into v values (1); alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "insert false false true\n"
	    "add_column false true false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "delete from t; alter table t add b int;", ROWS,
	    "delete false false true\n"
	    "add_column ? false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "delete from t where true; delete from t where a = 1; delete from t where false; alter table t add b int;", ROWS,
	    "delete false false true\n"
	    "delete ? false true\n"
	    "delete ? false true\n"
	    "add_column ? false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "delete from t where false; alter table t add b int;", ROWS,
	    "delete false false true\n"
	    "add_column false false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "lock table t in share mode; delete from t; alter table t add b int;", ROWS,
	    "lock_table false false true\n"
	    "delete false false true\n"
	    "add_column true false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "lock table t; with d as (delete from t returning a) insert into t select a from d; alter table t add b int;", ROWS,
	    "lock_table false false true\n"
	    "delete false false true\n"
	    "insert true false true\n"
	    "add_column false false true\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration (one string)\n"
	    "truncate t; commit; alter table t add b int;", ROWS,
	    "truncate false false true\n"
	    "commit - - -\n"
	    "add_column ? true false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int, b int);\n"
	    "-- migration\n"
	    "alter table t alter a drop not null; alter table t alter b drop not null; alter table t drop b; alter table t rename a to c; alter table t drop c;",
	    "column.dropped_later",
	    "drop_not_null false\n"
	    "drop_not_null true\n"
	    "drop_column false\n"
	    "rename_column false\n"
	    "drop_column false\n"
	    "end_of_migration -\n" },
	{ "-- given\n"
	    "create table t (a int, b int);\n"
	    "-- migration\n"
	    "alter table t drop a; drop table if exists public.t; create table t (a int); alter table t add b int;", "table.dropped_later",
	    "drop_column true\n"
	    "drop_table false\n"
	    "create_table -\n"
	    "add_column false\n"
	    "end_of_migration -\n"
	    "final_table false\n" },
	{ "-- given\n"
	    "create table t (a int, b int);\n"
	    "-- migration\n"
	    "alter table t drop a; drop table s.t; drop table u;", "table.dropped_later",
	    "drop_column false\n"
	    "drop_table false\n"
	    "drop_table false\n"
	    "end_of_migration -\n" },
	{ "-- given\n"
	    "create table t (a int, b int);\n"
	    "-- migration (no transaction)\n"
	    "alter table t drop a; begin; alter table t drop b; commit; drop table t;", "table.dropped_later",
	    "drop_column false\n"
	    "begin -\n"
	    "drop_column false\n"
	    "commit -\n"
	    "drop_table false\n"
	    "end_of_migration -\n" },
	{ "-- given\n"
	    "create table t (a int, b int);\n"
	    "-- migration\n"
	    "alter table t drop a; savepoint s; drop table t; rollback to s;", "table.dropped_later",
	    "drop_column false\n"
	    "savepoint -\n"
	    "drop_table false\n"
	    "rollback_to_savepoint -\n"
	    "end_of_migration -\n" },
	{ "alter table t add b int; alter table t add c int;", BIRTH,
	    "add_column false false false\n"
	    "add_column false false false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "drop table t; create table t (a int); alter table t add b int;", BIRTH,
	    "drop_table false false false\n"
	    "create_table - - -\n"
	    "add_column true true true\n"
	    "end_of_migration - - -\n"
	    "final_table true true true\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration (no transaction)\n"
	    "begin; drop table t; create table t (a int); rollback; alter table t add b int;", BIRTH,
	    "begin - - -\n"
	    "drop_table false false false\n"
	    "create_table - - -\n"
	    "rollback - - -\n"
	    "add_column false false false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "alter table t rename to u; alter table u add b int;", BIRTH,
	    "rename_table false false false\n"
	    "add_column false false false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "savepoint s; create table u (a int); rollback to s; alter table u add b int;", BIRTH,
	    "savepoint - - -\n"
	    "create_table - - -\n"
	    "rollback_to_savepoint - - -\n"
	    "add_column false false false\n"
	    "end_of_migration - - -\n" },
	{ "-- given\n"
	    "create table t (a int); create table u (a int);\n"
	    "-- migration\n"
	    "alter table t add b int; create index on u (a); select 1;", TX,
	    "add_column true false true none -\n"
	    "create_index true false true ACCESS EXCLUSIVE t\n"
	    "select true false true ACCESS EXCLUSIVE t\n"
	    "end_of_migration true false true ACCESS EXCLUSIVE t\n" },
	{ "-- given\n"
	    "create table t (a int); create table u (a int);\n"
	    "-- migration (no transaction)\n"
	    "alter table t add b int; create index on u (a); begin; alter table t add c int; select 1; commit; select 2;", TX,
	    "add_column false false false none -\n"
	    "create_index false false false none -\n"
	    "begin false false false none -\n"
	    "add_column true true false none -\n"
	    "select true true false ACCESS EXCLUSIVE t\n"
	    "commit true true false ACCESS EXCLUSIVE t\n"
	    "select false false false none -\n"
	    "end_of_migration false false false none -\n" },
	{ "-- given\n"
	    "create table t (a int); create table u (a int);\n"
	    "-- migration\n"
	    "alter table t add b int; commit; select 1; begin; select 2;", TX,
	    "add_column true false true none -\n"
	    "commit true false true ACCESS EXCLUSIVE t\n"
	    "select false false false none -\n"
	    "begin false false false none -\n"
	    "select true true false none -\n"
	    "end_of_migration true true false none -\n" },
	{ "-- given\n"
	    "create table t (a int); create table u (a int);\n"
	    "-- migration (one string)\n"
	    "alter table t add b int; select 1;", TX,
	    "add_column true false false none -\n"
	    "select true false false ACCESS EXCLUSIVE t\n"
	    "end_of_migration true false false ACCESS EXCLUSIVE t\n" },
	{ "-- given\n"
	    "create table t (a int); create table u (a int);\n"
	    "-- migration\n"
	    "savepoint s; alter table t add b int; select 1; rollback to s; select 2;", TX,
	    "savepoint true false true none -\n"
	    "add_column true false true none -\n"
	    "select true false true ACCESS EXCLUSIVE t\n"
	    "rollback_to_savepoint true false true ACCESS EXCLUSIVE t\n"
	    "select true false true none -\n"
	    "end_of_migration true false true none -\n" },
	{ "create table t (a int); alter table t add b int; select 1;", TX,
	    "create_table true false true none -\n"
	    "add_column true false true none -\n"
	    "select true false true none -\n"
	    "end_of_migration true false true none -\n"
	    "final_table false false false none -\n" },
	{ "-- config: { session: { lock_timeout: 0, statement_timeout: 1min } }\n"
	    "select 1; set lock_timeout = '2s'; select 2; reset lock_timeout; select 3;", TIME,
	    "select 0 false 60000\n"
	    "set_parameter 0 false 60000\n"
	    "select 2000 true 60000\n"
	    "set_parameter 2000 true 60000\n"
	    "select 0 false 60000\n"
	    "end_of_migration 0 false 60000\n" },
	{ "set local lock_timeout = '1s'; select 1; commit; select 2;\n"
	    "-- next migration\n"
	    "select 3;", TIME,
	    "set_parameter 5000 false ?\n"
	    "select 1000 true ?\n"
	    "commit 1000 true ?\n"
	    "select 5000 false ?\n"
	    "end_of_migration 5000 false ?\n"
	    "select 5000 false ?\n"
	    "end_of_migration 5000 false ?\n" },
	{ "-- migration (no transaction)\n"
	    "set local lock_timeout = '1s'; select 1; set lock_timeout to 3000; select 2; begin; set local lock_timeout = '7s'; select 3; rollback; select 4; set lock_timeout = 'nonsense'; select 5;", TIME,
	    "set_parameter 5000 false ?\n"
	    "select 5000 false ?\n"
	    "set_parameter 5000 false ?\n"
	    "select 3000 true ?\n"
	    "begin 3000 true ?\n"
	    "set_parameter 3000 true ?\n"
	    "select 7000 true ?\n"
	    "rollback 7000 true ?\n"
	    "select 3000 true ?\n"
	    "set_parameter 3000 true ?\n"
	    "select 3000 true ?\n"
	    "end_of_migration 3000 true ?\n" },
	{ "-- migration (no transaction)\n"
	    "begin; set lock_timeout = '2s'; rollback; select 1; begin; set lock_timeout = '3s'; commit; select 2;\n"
	    "-- next migration\n"
	    "select 3;", TIME,
	    "begin 5000 false ?\n"
	    "set_parameter 5000 false ?\n"
	    "rollback 2000 true ?\n"
	    "select 5000 false ?\n"
	    "begin 5000 false ?\n"
	    "set_parameter 5000 false ?\n"
	    "commit 3000 true ?\n"
	    "select 3000 true ?\n"
	    "end_of_migration 3000 true ?\n"
	    "select 5000 false ?\n"
	    "end_of_migration 5000 false ?\n" },
	{ "select set_config('lock_timeout', '9s', false); select 1; select set_config('statement_timeout', '8s', true); select 2;", TIME,
	    "set_config 5000 false ?\n"
	    "select 9000 true ?\n"
	    "set_config 9000 true ?\n"
	    "select 9000 true 8000\n"
	    "end_of_migration 9000 true 8000\n" },
	{ "-- given\n"
	    "create table t (a int);\n"
	    "-- migration\n"
	    "drop table if exists t; drop table if exists t; create table t (a int); create table if not exists t (a int, b int check (b > 0));", BIRTH,
	    "drop_table false false false\n"
	    "drop_table - - - noop\n"
	    "create_table - - -\n"
	    "create_table true true true noop\nif_not_exists true true true\n"
	    "end_of_migration - - -\n"
	    "final_table true true true\n" },
	/* What IF EXISTS names may be missing until a statement without it works on it; what is gone is. */
	{ "drop table if exists t; drop table if exists t; drop table u; alter table v add a int; drop table if exists v;", EXISTS,
	    "drop_table ?\n"
	    "drop_table true noop\n"
	    "drop_table true\n"
	    "add_column true\n"
	    "drop_table true\n"
	    "end_of_migration true\n" },
	{ "alter table if exists t add a int, drop column b; alter table if exists t drop column if exists a;\n"
	    "select * from t; drop table if exists t; alter table if exists t drop column a;", EXISTS,
	    "drop_column ?\n"
	    "add_column ?\n"
	    "drop_column ?\n"
	    "select true\n"
	    "drop_table true\n"
	    "drop_column true noop\n"
	    "end_of_migration true\n" },
	{ "alter table if exists t add constraint k unique (a); alter table if exists s.u add constraint l unique (a); alter table s.u add b int;", EXISTS,
	    "add_unique ?\n"
	    "add_unique ?\n"
	    "add_column true\n"
	    "end_of_migration true\n"
	    "final_constraint ?\n"
	    "final_constraint true\n" },
	{ "alter table t drop column if exists a, drop constraint if exists c; alter table t alter b set default 1, drop column if exists b;", EXISTS,
	    "drop_column ?\n"
	    "drop_constraint ?\n"
	    "drop_column ?\n"
	    "set_default true\n"
	    "end_of_migration true\n" },
	{ "-- given\n"
	    "create table t (a int); create function f(int) returns int language sql as 'select 1'; create schema s; create type e as enum ();\n"
	    "-- migration\n"
	    "alter table t drop column if exists b; drop trigger if exists x on t; drop policy if exists x on t; drop rule if exists x on t;\n"
	    "drop function if exists f(int); drop function if exists f(int); drop function if exists f(text); drop function if exists f;\n"
	    "drop schema if exists s; drop schema if exists s; drop type if exists e; drop type if exists e;", EXISTS,
	    "drop_column true noop\n"
	    "drop_trigger true noop\n"
	    "drop_policy true noop\n"
	    "drop_rule true noop\n"
	    "drop_function true\n"
	    "drop_function true noop\n"
	    "drop_function ?\n"
	    "drop_function true noop\n"
	    "drop_schema true\n"
	    "drop_schema true noop\n"
	    "drop_type true\n"
	    "drop_type true noop\n"
	    "end_of_migration true\n" },
	{ "-- given\n"
	    "create table w (a int); drop table w;\n"
	    "-- migration\n"
	    "drop type if exists w;", EXISTS,
	    "drop_type true noop\n"
	    "end_of_migration true\n" },
	{ "drop index if exists i; drop view if exists v; drop type if exists e; drop function if exists f; drop schema if exists s;\n"
	    "drop schema if exists public; drop extension if exists x; drop extension if exists plpgsql; drop aggregate if exists a(int);\n"
	    "drop trigger if exists x on t; drop rule if exists x on u; drop database if exists d; drop publication if exists p;", EXISTS,
	    "drop_index ?\n"
	    "drop_view ?\n"
	    "drop_type ?\n"
	    "drop_function ?\n"
	    "drop_schema ?\n"
	    "drop_schema true\n"
	    "drop_extension ?\n"
	    "drop_extension true\n"
	    "drop_aggregate ?\n"
	    "drop_trigger ?\n"
	    "drop_rule ?\n"
	    "drop_database ?\n"
	    "drop_object ?\n"
	    "end_of_migration true\n" },
	{ "create extension x; create publication p; drop extension if exists x; drop extension if exists x; drop publication if exists p;\n"
	    "do $$ begin if to_regclass('t') is not null then alter table t add a int; end if; end $$; drop table if exists t;", EXISTS,
	    "create_extension true\n"
	    "create_publication true\n"
	    "drop_extension true\n"
	    "drop_extension true noop\n"
	    "drop_object true\n"
	    "do_block true\n"
	    "select true\n"
	    "add_column true\n"
	    "drop_table ?\n"
	    "end_of_migration true\n" },
	/* Done under the strongest lock of the clauses that come first, whatever the order they were written in. */
	{ "-- given\n"
	    "create table p (a int primary key); create table q (a int primary key); create table t (a int constraint k references p);\n"
	    "-- migration\n"
	    "alter table t add constraint k foreign key (a) references p, drop constraint k; alter table t drop constraint k, add constraint k foreign key (a) references q;\n"
	    "alter table t add constraint l foreign key (a) references p;", "lock references.lock adds stopped_work",
	    "drop_constraint ACCESS EXCLUSIVE ACCESS EXCLUSIVE - -\n"
	    "add_foreign_key ACCESS EXCLUSIVE ACCESS EXCLUSIVE drop constraint k, ADD reads and writes of t and p\n"
	    "drop_constraint ACCESS EXCLUSIVE ACCESS EXCLUSIVE - -\n"
	    "add_foreign_key ACCESS EXCLUSIVE SHARE ROW EXCLUSIVE drop constraint k, ADD reads and writes of t and writes to q\n"
	    "add_foreign_key SHARE ROW EXCLUSIVE SHARE ROW EXCLUSIVE ADD writes to t and p\n"
	    "end_of_migration none none - -\n"
	    "final_foreign_key none none - -\n"
	    "final_constraint none none - -\n"
	    "final_foreign_key none none - -\n"
	    "final_constraint none none - -\n" },
	/* Each table once, and not those that go themselves or are locked already. */
	{ "-- given\n"
	    "create table p (a int primary key); create table q (a int primary key);\n"
	    "create table t (a int constraint k references p constraint l references p, b int references q references p, c int references q);\n"
	    "-- migration\n"
	    "alter table t drop column a; alter table t drop column b; drop table t; drop table q;", "references locks_referenced",
	    "drop_column p true\n"
	    "drop_column - false\n"
	    "drop_table - false\n"
	    "drop_table - false\n"
	    "end_of_migration - -\n" },
	/* One that may have been long counts for what may be, one that was for all. */
	{ "-- given\n"
	    "create table t (a int); create index i on t (a);\n"
	    "-- migration\n"
	    "alter table t add b int; update t set b = 1 where a = 1; delete from t where a = 2; delete from t; delete from t where a = 3;\n"
	    "-- next migration\n"
	    "alter table t add c int; delete from t where a = 4;", LONG,
	    "add_column false 0\n"
	    "update ? 0\n"
	    "delete ? 1\n"
	    "delete true 0\n"
	    "delete false 1\n"
	    "end_of_migration false 1\n"
	    "add_column false 0\n"
	    "delete ? 0\n"
	    "end_of_migration false 0\n" },
	/* Code that nobody could read may have indexed what was there. */
	{ "-- given\n"
	    "create table t (a int); do $$ begin execute 'insert ' || x; end $$; create table v (a int);\n"
	    "do $$ begin execute x; end $$; create table u (a int);\n"
	    "-- migration\n"
	    "delete from t where a = 1; delete from u where a = 1; delete from v where a = 1;", "where_is_indexed",
	    "delete ?\n"
	    "delete false\n"
	    "delete ?\n"
	    "end_of_migration -\n" },
	{ "-- given\n"
	    "create table t (a int); do $$ begin execute 'insert ' || x; end $$;\n"
	    "-- migration\n"
	    "delete from t where a = 1;", "where_is_indexed",
	    "delete false\n"
	    "end_of_migration -\n" },
	/* A key's index has the key's name; what another constraint is called is free. */
	{ "-- given\n"
	    "create table t (a int, b int, constraint t_u unique (a), constraint t_c check (a > 0));\n"
	    "-- migration\n"
	    "alter table t drop constraint t_u; alter table t drop constraint if exists t_c; alter table u drop constraint u_u;\n"
	    "create index t_u on t (b); create index t_c on t (b); create index u_u on u (b);", "statement_beside",
	    "drop_constraint -\n"
	    "drop_constraint -\n"
	    "drop_constraint -\n"
	    "create_index CREATE INDEX CONCURRENTLY t_u_new ON t (b)\n"
	    "create_index CREATE INDEX CONCURRENTLY t_c ON t (b)\n"
	    "create_index CREATE INDEX CONCURRENTLY u_u_new ON u (b)\n"
	    "end_of_migration -\n" },
	/* What only an empty table takes makes it small, but not known to be empty: the same is asked of the next column. */
	{ "-- given\n"
	    "create table t (a int); create table u (a int) partition by list (a); create table u1 partition of u default;\n"
	    "-- migration\n"
	    "insert into t select 1; alter table t add b int not null, add c int not null default 1, add d int not null;\n"
	    "alter table t add e int; insert into t select * from t; alter table t add f int; alter table u add b int not null; alter table u add c int;\n"
	    "-- next migration\n"
	    "alter table t add g int not null default 1; alter table t add h int; alter table u add d int;", ROWS,
	    "insert false false true\n"
	    "add_column false false true\n"
	    "add_column false true false\n"
	    "add_column false true false\n"
	    "add_column false true false\n"
	    "insert false true false\n"
	    "add_column false false true\n"
	    "add_column false false true\n"
	    "add_column false true false\n"
	    "end_of_migration - - -\n"
	    "add_column false false true\n"
	    "add_column false false true\n"
	    "add_column false false true\n"
	    "end_of_migration - - -\n" },
	/* A name that is free before the file runs, and what has to go in the same statement. */
	{ "-- given\n"
	    "create table t (a int primary key, b int not null constraint k unique, c int); create table old (a int primary key); drop table old;\n"
	    "-- migration\n"
	    "alter table t drop constraint t_pkey, drop column c, add primary key (a, b);", BESIDE,
	    "drop_constraint - -\n"
	    "drop_column - -\n"
	    "add_primary_key t_pkey_new drop constraint t_pkey, ADD\n"
	    "end_of_migration - -\n"
	    "final_constraint - -\n" },
	{ "-- given\n"
	    "create table t (a int primary key, b int not null constraint k unique, c int constraint k_new unique);\n"
	    "-- migration\n"
	    "alter table t drop column b cascade, add constraint k unique (a, c), drop constraint k_new;\n"
	    "alter table t drop constraint t_pkey; alter table t add primary key (a); alter table t add constraint l unique (a);", BESIDE,
	    "drop_column - -\n"
	    "drop_constraint - -\n"
	    "add_unique k_new1 drop column b cascade, drop constraint k_new, ADD\n"
	    "drop_constraint - -\n"
	    "add_primary_key t_pkey_new ADD\n"
	    "add_unique l ADD\n"
	    "end_of_migration - -\n"
	    "final_constraint - -\n"
	    "final_constraint - -\n"
	    "final_constraint - -\n" },
	{ "-- given\n"
	    "create table t (a int constraint one primary key); alter table t drop constraint one;\n"
	    "-- migration\n"
	    "alter table t add constraint one primary key (a); alter table u drop constraint if exists u_pkey, drop constraint v, add primary key (a);", BESIDE,
	    "add_primary_key one ADD\n"
	    "drop_constraint - -\n"
	    "drop_constraint - -\n"
	    "add_primary_key u_pkey_new drop constraint if exists u_pkey, ADD\n"
	    "end_of_migration - -\n"
	    "final_constraint - -\n"
	    "final_constraint - -\n" },
	{ "-- given\n"
	    "create table t (a int primary key, b int not null, c int, d int not null default 1, e int not null generated always as identity, f int not null);\n"
	    "create unique index i on t (f); alter table t replica identity using index i; create schema s; create table s.\"T\" (a int, constraint k primary key (a));\n"
	    "-- migration\n"
	    "alter table t drop b, drop c, drop d, drop e, drop f, drop a; alter table s.\"T\" drop a; alter table u drop a;", "makes_optional",
	    "drop_column ALTER TABLE t ALTER COLUMN b DROP NOT NULL;\n"
	    "drop_column -- nothing is needed, it accepts NULL\n"
	    "drop_column -- nothing is needed, it gets a value by itself\n"
	    "drop_column -- nothing is needed, it gets a value by itself\n"
	    "drop_column -- it is in the replica identity, so the table needs another one first\n"
	    "ALTER TABLE t REPLICA IDENTITY USING INDEX ...;\n"
	    "ALTER TABLE t ALTER COLUMN f DROP NOT NULL;\n"
	    "drop_column -- it is in the primary key, so the table needs another one first\n"
	    "CREATE UNIQUE INDEX CONCURRENTLY t_new_pkey ON t (...);\n"
	    "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_new_pkey, ALTER COLUMN a DROP NOT NULL;\n"
	    "drop_column -- it is in the primary key, so the table needs another one first\n"
	    "CREATE UNIQUE INDEX CONCURRENTLY \"T_new_pkey\" ON s.\"T\" (...);\n"
	    "ALTER TABLE s.\"T\" DROP CONSTRAINT k, ADD CONSTRAINT k PRIMARY KEY USING INDEX \"T_new_pkey\", ALTER COLUMN a DROP NOT NULL;\n"
	    "drop_column -- if it is NOT NULL without a default\n"
	    "ALTER TABLE u ALTER COLUMN a DROP NOT NULL;\n"
	    "end_of_migration -\n" },
};

struct seen {
	struct buf *out;
	const char *fields;
};

static void
show_op(void *arg, const struct facts *f)
{
	struct str kind = str_of(f->op->kind->name);
	struct seen *seen = arg;
	struct str fields = str_of(seen->fields), name;

	/* What rules on the end state look at besides is not of interest here. */
	if (str_starts(kind, "final_column") || str_starts(kind, "final_index") || str_starts(kind, "final_policy"))
		return;
	buf_c(seen->out, f->op->kind->name);
	while (str_cut(&fields, ' ', &name)) {
		const struct field *field = field_find(f->op->kind, name);
		struct value v = field == NULL ? value_absent() : field->get(f);
		struct str words = v.state == VALUE_KNOWN ? value_words(f->arena, v) : v.state == VALUE_ABSENT ? STR("-") : STR("?");
		buf_printf(seen->out, " %.*s", STR_ARG(words));
	}
	buf_c(seen->out, f->op->noop ? " noop\n" : "\n");
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct diags diags = { .arena = &a };
		struct config config;
		struct history history;
		struct buf out = BUF(&a);
		struct seen seen = { &out, rows[i].fields };
		struct run run = { .arena = &a, .config = &config, .diags = &diags, .visitor = { .arg = &seen, .op = show_op } };
		example_history(&a, STR("x.sql"), str_of(rows[i].text), NULL, &config, &history, &diags);
		replay(&run, &history);
		assert_int_equal(diags.list.n, 0);
		assert_string_equal(str_c(&a, buf_text(&out)), rows[i].want);
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}
