#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "catalog/tx.h"

static const struct place nowhere;

/* ---- setting_time(): what 15 and 18 make of SET lock_timeout = 'text' ---- */

static const struct time_row {
	const char *text;
	int64_t want;                   /* -1: an error */
} times[] = {
	{ "0", 0 }, { "5", 5 }, { "5s", 5000 }, { " 5s", 5000 }, { "5 s", 5000 }, { "5s ", 5000 }, { "5\ts\n", 5000 }, { "5ms", 5 },
	{ "1min", 60000 }, { "1 min", 60000 }, { "2h", 7200000 }, { "1d", 86400000 }, { "24d", 2073600000 }, { "25d", -1 },
	{ "1.5s", 1500 }, { "1.5", 2 }, { "2.5", 2 }, { "0.5", 0 }, { "0.4ms", 0 }, { "1.5ms", 2 }, { "2.5ms", 2 }, { "1500us", 2 },
	{ "2500us", 2 }, { "499us", 0 }, { "0.0005s", 0 }, { "0.0015s", 2 }, { "1.0005s", 1000 }, { "1e3", 1000 },
	{ "1e3s", 1000000 }, { "1E-3h", 0 }, { "0x10", 16 }, { "0x10s", 16000 }, { "0X1Fms", 31 }, { "010", 8 }, { "010s", 8000 },
	{ "08", -1 }, { "+5s", 5000 }, { "-0", 0 }, { "-1", -1 }, { "-1s", -1 }, { "-0.4", 0 }, { "-0.6", -1 }, { "- 5", -1 },
	{ "", -1 }, { " ", -1 }, { "s", -1 }, { "5S", -1 }, { "5 Min", -1 }, { "5m", -1 }, { "5sec", -1 }, { "5minutes", -1 },
	{ "5 5", -1 }, { "5s5", -1 }, { "5s x", -1 }, { "2147483647", 2147483647 }, { "2147483648", -1 },
	{ "2147483647.4", 2147483647 }, { "2147483647.5", -1 }, { "9223372036854775807", -1 }, { "99999999999999999999", -1 },
	{ "1e400", -1 }, { "nan", -1 }, { "inf", -1 }, { "infinity", -1 }, { ".5s", 500 }, { "5.", 5 }, { "5.s", 5000 },
	{ "1_000", -1 }, { "1,5s", -1 }, { "0.1min", 6000 }, { "0.00001h", 0 }, { "1.0001min", 60000 }, { "0.001min", 0 },
	{ "1e-400s", -1 }, { "3.6e6us", 3600 }, { "0o17", -1 }, { "0x1p3", -1 }, { "0x1.8", 2 }, { "default", -1 }, { "5s;", -1 },
	{ "1.4999999h", 5400000 }, { "35791min", 2147460000 }, { "35792min", -1 }, { "0x", -1 }, { "4294967296us", 4294967 },
	{ "0.5us", 0 }, { "596.523235h", 2147460000 }, { "5e", -1 },
};

static void
test_times(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		int64_t got = -1;
		bool good = setting_time(str_of(times[i].text), &got);
		if (good != (times[i].want >= 0) || got != times[i].want)
			fail_msg("'%s': %lld, not %lld", times[i].text, (long long)got, (long long)times[i].want);
	}
}

/* What 17 makes of SET check_function_bodies = 'text' */
static void
test_booleans(void **state)
{
	static const struct { const char *text; enum tri want; } booleans[] = { { "on", YES }, { "off", NO }, { "OFF", NO }, { "of", NO }, { "t", YES }, { "fal", NO },
		{ "Y", YES }, { "n", NO }, { "1", YES }, { "0", NO }, { "o", UNKNOWN }, { "onn", UNKNOWN }, { "maybe", UNKNOWN }, { "", UNKNOWN } };

	(void)state;
	for (size_t i = 0; i < sizeof booleans / sizeof *booleans; i++)
		if (setting_bool(str_of(booleans[i].text)) != booleans[i].want)
			fail_msg("'%s'", booleans[i].text);
}

/* ---- sessions ---- */

struct world {
	struct arena arena;
	struct catalog *catalog;
	struct session *session;
};

static struct world *
world_new(void)
{
	static struct world w;

	arena_init(&w.arena, NULL, NULL);
	w.catalog = catalog_new(&w.arena, STR("public"));
	w.session = session_new(&w.arena, w.catalog);
	w.session->defaults[SETTING_LOCK_TIMEOUT] = (struct setting){ .known = YES };
	return &w;
}

static struct relation *
make_table(struct world *w, struct str name)
{
	struct relation *r = catalog_add_relation(w->catalog, STR("public"), name, RELATION_TABLE);

	r->persistence = 'p';
	r->born = w->catalog->now;
	return r;
}

static bool
table_exists(struct world *w, const char *name)
{
	return catalog_find_relation(w->catalog, (struct name){ .name = str_of(name) }) != NULL;
}

static void
transaction_step(struct session *s, struct str verb, bool chain)
{
	if (str_is(verb, "begin"))
		session_begin(s, nowhere);
	else if (str_is(verb, "commit"))
		session_commit(s, chain, nowhere);
	else if (str_is(verb, "rollback"))
		session_rollback(s, chain, nowhere);
}

/* One statement: "set 5", "local 5", "default", "local default", "save a", "to a", "release a", "table t", "commit chain" ... */
static void
step(struct world *w, struct str text)
{
	struct session *s = w->session;
	struct str verb = STR_NONE, argument;

	str_cut(&text, ' ', &verb);
	argument = text;
	session_statement(s);
	transaction_step(s, verb, argument.n > 0);
	if (str_is(verb, "default") || str_is(argument, "default"))
		session_reset(s, SETTING_LOCK_TIMEOUT, str_is(verb, "local"), nowhere);
	else if (str_is(verb, "set") || str_is(verb, "local"))
		session_set(s, SETTING_LOCK_TIMEOUT, argument, str_is(verb, "local"), nowhere);
	else if (str_is(verb, "save"))
		session_savepoint(s, argument);
	else if (str_is(verb, "to"))
		session_rollback_to(s, argument);
	else if (str_is(verb, "release"))
		session_release(s, argument);
	else if (str_is(verb, "table"))
		make_table(w, argument);
}

static size_t
count(struct str script)
{
	struct str piece;
	size_t n = 0;

	while (str_cut(&script, ';', &piece))
		n++;
	return n;
}

/*
 * What lock_timeout is behind each statement, and which of the tables p, q, r there are at the end. Up to the last statement
 * checked by running random scripts of this kind, in each of the three ways, on 15 and 18.
 */
static const struct script_row {
	enum tx_mode mode;
	const char *script, *want;
} scripts[] = {
	{ TX_NONE, "set 1;local 2;default;set 3;local default", "1 1 0 3 3 |" },
	{ TX_NONE, "begin;set 1;commit;begin;set 2;rollback", "0 1 1 1 2 1 |" },
	{ TX_NONE, "begin;local 1;commit;begin;local 2;rollback", "0 1 0 0 2 0 |" },
	{ TX_NONE, "begin;set 1;local 2;commit", "0 1 2 1 |" },
	{ TX_NONE, "begin;local 1;set 2;commit", "0 1 2 2 |" },
	{ TX_NONE, "begin;local 1;set 2;local 3;set 4;local 5;commit", "0 1 2 3 4 5 4 |" },
	{ TX_NONE, "set 9;begin;set 1;local default;commit;default", "9 9 1 0 1 0 |" },
	{ TX_NONE, "set 9;begin;local 1;default;commit", "9 9 1 0 0 |" },
	{ TX_NONE, "begin;set 1;save a;set 2;to a;commit", "0 1 1 2 1 1 |" },
	{ TX_NONE, "begin;save a;set 2;release a;rollback", "0 0 2 2 0 |" },
	{ TX_NONE, "begin;save a;local 2;release a;commit", "0 0 2 2 0 |" },
	{ TX_NONE, "begin;set 1;save a;local 2;release a;commit", "0 1 1 2 2 1 |" },
	{ TX_NONE, "begin;local 1;save a;set 2;release a;commit", "0 1 1 2 2 2 |" },
	{ TX_NONE, "begin;save a;set 1;local 2;release a;commit", "0 0 1 2 2 1 |" },
	{ TX_NONE, "begin;save a;save b;set 1;release b;to a;commit", "0 0 0 1 1 0 0 |" },
	{ TX_NONE, "begin;save a;set 1;save a;set 2;to a;release a;to a;commit", "0 0 1 1 2 1 1 0 0 |" },
	{ TX_NONE, "begin;set 1;commit chain;local 2;rollback chain;local 3;commit", "0 1 1 2 1 3 1 |" },
	{ TX_NONE, "set 1s;set 1 s;set -1;set soon;set 0", "1000 1000 1000 1000 0 |" },
	{ TX_NONE, "table p;begin;table q;rollback;begin;table r;commit", "0 0 0 0 0 0 0 |pr" },
	{ TX_NONE, "begin;table p;save a;table q;to a;table r;commit", "0 0 0 0 0 0 0 |pr" },
	{ TX_NONE, "begin;table p;commit chain;table q;rollback", "0 0 0 0 0 |p" },
	{ TX_NONE, "table p;rollback;commit;to a;release a;save a;commit chain;rollback chain", "0 0 0 0 0 0 0 0 |p" },
	{ TX_WRAPPED, "table p;local 1;begin;set 2;commit;local 3;table q", "0 1 1 2 2 2 2 |pq" },
	{ TX_WRAPPED, "table p;rollback;table q;begin;table r;local 4", "0 0 0 0 0 4 |qr" },
	{ TX_WRAPPED, "save a;table p;to a;table q;rollback chain;table r", "0 0 0 0 0 0 |r" },
	{ TX_STRING, "local 1;table p", "1 1 |p" },
	{ TX_STRING, "local 1", "0 |" },
	{ TX_STRING, "set 1;local 2;table p;rollback;local 3;table q", "1 2 2 0 3 3 |q" },
	{ TX_STRING, "table p;begin;table q;rollback;table r", "0 0 0 0 0 |r" },
	{ TX_STRING, "local 1;commit;local 2;begin;local 3;commit;table p", "1 0 2 2 3 0 0 |p" },
};

static struct str
run_script(struct world *w, const struct script_row *row)
{
	struct buf b = BUF(&w->arena);
	struct str rest = str_of(row->script), piece;

	session_start(w->session, row->mode, count(rest));
	while (str_cut(&rest, ';', &piece)) {
		step(w, piece);
		buf_printf(&b, "%d ", (int)w->session->settings[SETTING_LOCK_TIMEOUT].value);
	}
	buf_char(&b, '|');
	for (const char *name = "p\0q\0r\0"; *name != '\0'; name += 2)
		if (table_exists(w, name))
			buf_c(&b, name);
	return buf_text(&b);
}

static void
test_scripts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		struct world *w = world_new();
		struct str got = run_script(w, &scripts[i]);
		if (!str_is(got, scripts[i].want))
			fail_msg("%s: %.*s, not %s", scripts[i].script, STR_ARG(got), scripts[i].want);
		arena_free(&w->arena);
	}
}

/*
 * Behind each statement: the ordinal of the transaction (BEGIN leaves one out) and n(o), y(es) or ? for open, with b(egin),
 * w(rapped), i(mplicit).
 */
static const struct block_row {
	enum tx_mode mode;
	const char *script, *want;
	bool left_open;
} blocks[] = {
	{ TX_NONE, "set 1;set 2;begin;set 3;commit;set 4", "1n 2n 4yb 4yb 4n 5n ", false },
	{ TX_NONE, "begin;begin;commit;commit", "2yb 2yb 2n 3n ", false },
	{ TX_NONE, "begin;commit chain;set 1", "2yb 3yb 3yb ", true },
	{ TX_WRAPPED, "set 1;begin;commit;set 2;begin", "1yw 1yw 1n 2n 4yb ", false },
	{ TX_WRAPPED, "rollback chain;set 1", "2yb 2yb ", false },
	{ TX_STRING, "set 1", "1n ", false },
	{ TX_STRING, "set 1;set 2", "1yi 1yi ", false },
	{ TX_STRING, "set 1;begin;set 2", "1yi 1yb 1yb ", true },
	{ TX_STRING, "set 1;commit;set 2;rollback;begin;commit", "1yi 1n 2yi 2n 3yb 3n ", false },
	{ TX_STRING, "save a;commit chain;set 1", "1yi 1yi 1yi ", false },
	{ TX_UNKNOWN, "set 1;set 2", "1? 1? ", false },
	{ TX_UNKNOWN, "set 1;begin;set 2;commit;set 3", "1? 2yb 2yb 2n 3n ", false },
	{ TX_UNKNOWN, "set 1;commit;set 2", "1? 1n 2n ", false },
	{ TX_UNKNOWN, "begin", "2yb ", true },
};

static void
put_block(struct buf *b, const struct session *s)
{
	buf_printf(b, "%u%c%s%s%s ", s->catalog->now.transaction, "?ny"[s->open],
	    s->explicit_block ? "b" : "", s->wrapped ? "w" : "", s->implicit ? "i" : "");
}

static void
test_blocks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		struct world *w = world_new();
		struct buf b = BUF(&w->arena);
		struct str rest = str_of(blocks[i].script), piece;
		bool left_open;

		session_start(w->session, blocks[i].mode, count(rest));
		while (str_cut(&rest, ';', &piece)) {
			step(w, piece);
			put_block(&b, w->session);
		}
		left_open = session_end(w->session);
		if (!str_is(buf_text(&b), blocks[i].want) || left_open != blocks[i].left_open)
			fail_msg("%s: %.*s, %d, not %s", blocks[i].script, STR_ARG(buf_text(&b)), left_open, blocks[i].want);
		assert_int_equal(w->session->open, NO);
		arena_free(&w->arena);
	}
}

/* ---- what is not known ---- */

static void
test_unknown_block(void **state)
{
	struct world *w = world_new();
	const struct setting *timeout = &w->session->settings[SETTING_LOCK_TIMEOUT];

	(void)state;
	session_start(w->session, TX_UNKNOWN, 5);
	step(w, STR("local 5"));
	assert_int_equal(timeout->known, UNKNOWN);
	assert_int_equal(timeout->value, 5);
	step(w, STR("set 6"));
	assert_int_equal(timeout->known, YES);
	step(w, STR("table p"));
	step(w, STR("rollback"));
	assert_int_equal(w->session->open, NO);
	assert_true(table_exists(w, "p"));
	session_start(w->session, TX_UNKNOWN, 1);
	assert_int_equal(timeout->value, 0);
	arena_free(&w->arena);
}

/* ---- search_path ---- */

static const struct path_row {
	const char *text, *want;
} paths[] = {
	{ "a", "a/" }, { "a, b", "a/b/" }, { "a,b ,\tc\n", "a/b/c/" }, { "", "" }, { "\"$user\", public", "public/" },
	{ "MyApp, \"MyApp\"", "myapp/MyApp/" }, { "\"a, b\", \"c\"\"d\"", "a, b/c\"d/" }, { "\"\"", "" }, { "\"open", "open/" },
	{ "pg_catalog, pg_temp", "pg_catalog/pg_temp/" }, { ",", "" }, { "a,", "a/" },
};

static struct str
path_words(struct world *w)
{
	struct buf b = BUF(&w->arena);

	for (size_t i = 0; i < w->catalog->search_path.n; i++)
		buf_printf(&b, "%.*s/", STR_ARG(w->catalog->search_path.items[i]));
	return buf_text(&b);
}

static void
test_paths(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct world *w = world_new();
		session_start(w->session, TX_NONE, 1);
		session_set(w->session, SETTING_SEARCH_PATH, str_of(paths[i].text), false, nowhere);
		if (!str_is(path_words(w), paths[i].want))
			fail_msg("%s: %.*s, not %s", paths[i].text, STR_ARG(path_words(w)), paths[i].want);
		arena_free(&w->arena);
	}
}

static void
test_path_in_transaction(void **state)
{
	struct world *w = world_new();
	struct session *s = w->session;

	(void)state;
	s->defaults[SETTING_SEARCH_PATH] = (struct setting){ .known = YES, .text = STR("app") };
	session_start(s, TX_NONE, 3);
	assert_true(str_is(path_words(w), "app/"));
	session_begin(s, nowhere);
	session_set(s, SETTING_SEARCH_PATH, STR("a"), false, nowhere);
	session_set(s, SETTING_SEARCH_PATH, STR("b"), true, nowhere);
	assert_true(str_is(path_words(w), "b/"));
	session_commit(s, true, nowhere);
	assert_true(str_is(path_words(w), "a/"));
	session_set(s, SETTING_SEARCH_PATH, STR("c"), false, nowhere);
	session_rollback(s, false, nowhere);
	assert_true(str_is(path_words(w), "a/"));
	session_reset(s, SETTING_SEARCH_PATH, false, nowhere);
	assert_true(str_is(path_words(w), "app/"));
	arena_free(&w->arena);
}

static void
test_path_of_later_sessions(void **state)
{
	struct world *w = world_new();
	struct session *s = w->session;
	struct source *file = source_new(&w->arena, STR("x.sql"), STR("alter database d set search_path = a"));
	size_t mark;

	(void)state;
	session_start(s, TX_NONE, 1);
	mark = catalog_mark(w->catalog);
	session_set_later(s, SETTING_SEARCH_PATH, STR("a"), OF_DATABASE, (struct place){ file, { 0, 5 } });
	assert_true(str_is(path_words(w), "public/"));
	session_reset(s, SETTING_SEARCH_PATH, false, nowhere);
	assert_true(str_is(path_words(w), "public/"));
	session_start(s, TX_NONE, 1);
	assert_true(str_is(path_words(w), "a/"));
	session_set_later(s, SETTING_SEARCH_PATH, STR_NONE, OF_DATABASE, (struct place){ file, { 0, 5 } });
	session_start(s, TX_NONE, 1);
	assert_true(str_is(path_words(w), "public/"));
	session_set_later(s, SETTING_SEARCH_PATH, STR("b"), OF_DATABASE, (struct place){ file, { 0, 5 } });
	catalog_undo(w->catalog, mark);
	session_start(s, TX_NONE, 1);
	assert_true(str_is(path_words(w), "public/"));
	session_set_later(s, SETTING_SEARCH_PATH, STR("role"), OF_ROLE, (struct place){ file, { 0, 5 } });
	session_set_later(s, SETTING_SEARCH_PATH, STR("a"), OF_DATABASE, (struct place){ file, { 0, 5 } });
	session_set_later(s, SETTING_SEARCH_PATH, STR_NONE, OF_ALL_ROLES, (struct place){ file, { 0, 5 } });
	session_start(s, TX_NONE, 1);
	assert_true(str_is(path_words(w), "role/"));
	s->defaults[SETTING_SEARCH_PATH] = (struct setting){ .known = YES, .text = STR("configured") };
	session_set_later(s, SETTING_SEARCH_PATH, STR("a"), OF_DATABASE, (struct place){ file, { 0, 5 } });
	session_start(s, TX_NONE, 1);
	assert_true(str_is(path_words(w), "configured/"));
	arena_free(&w->arena);
}

/* ---- locks ---- */

static enum lock
held(const struct session *s, const struct relation *r)
{
	const struct held_lock *h = session_holds(s, r);

	return h == NULL ? LOCK_NONE : h->lock;
}

static void
test_locks(void **state)
{
	struct world *w = world_new();
	struct session *s = w->session;
	struct relation *old = make_table(w, STR("p")), *other = make_table(w, STR("o")), *made;

	(void)state;
	session_start(s, TX_WRAPPED, 9);
	made = make_table(w, STR("q"));
	session_hold(s, made, ACCESS_EXCLUSIVE, nowhere, 1, false);
	session_hold(s, old, ROW_EXCLUSIVE, nowhere, 2, false);
	assert_int_equal(held(s, made), ACCESS_EXCLUSIVE);
	assert_int_equal(held(s, NULL), LOCK_NONE);
	session_savepoint(s, STR("a"));
	session_hold(s, old, SHARE, nowhere, 3, false);
	session_hold(s, old, ROW_SHARE, nowhere, 4, false);
	assert_int_equal(held(s, NULL), SHARE);
	assert_int_equal(session_holds(s, NULL)->statement, 3);
	session_rollback_to(s, STR("a"));
	assert_int_equal(held(s, old), ROW_EXCLUSIVE);
	session_hold(s, old, EXCLUSIVE, nowhere, 5, false);
	session_hold(s, old, ACCESS_EXCLUSIVE, nowhere, 6, false);
	session_release(s, STR("a"));
	assert_int_equal(held(s, NULL), ACCESS_EXCLUSIVE);
	assert_int_equal(session_holds(s, NULL)->statement, 6);
	assert_int_equal(session_holds(s, NULL)->barrier_statement, 5);
	s->only_if = STR("IF a");
	session_hold(s, made, ACCESS_EXCLUSIVE, nowhere, 6, false);
	assert_null(session_holds(s, made)->barrier_if.s);
	session_hold(s, other, SHARE, nowhere, 6, false);
	assert_true(str_is(session_holds(s, other)->barrier_if, "IF a"));
	s->only_if = STR_NONE;
	session_hold(s, other, ROW_SHARE, nowhere, 6, false);
	assert_true(str_is(session_holds(s, other)->barrier_if, "IF a"));
	session_hold(s, other, SHARE, nowhere, 6, false);
	assert_null(session_holds(s, other)->barrier_if.s);
	session_commit(s, false, nowhere);
	assert_null(session_holds(s, old));
	session_statement(s);
	session_hold(s, made, SHARE, nowhere, 7, false);
	assert_int_equal(held(s, NULL), SHARE);
	session_statement(s);
	assert_null(session_holds(s, NULL));
	arena_free(&w->arena);
}

static void
test_names(void **state)
{
	(void)state;
	for (int i = 0; i < SETTING_CUSTOM; i++)
		assert_int_equal(setting_find(str_of(setting_word((enum setting_name)i))), i);
	assert_int_equal(setting_find(STR("TimeZone")), SETTING_TIMEZONE);
	assert_int_equal(setting_find(STR("work_mem")), -1);
	for (int mode = TX_UNKNOWN; mode <= TX_STRING; mode++)
		assert_true(tx_mode_words((enum tx_mode)mode)[0] != '\0');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_booleans),
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_unknown_block),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_path_in_transaction), cmocka_unit_test(test_path_of_later_sessions),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("tx", tests, NULL, NULL);
}
