#define _DEFAULT_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "check/check.h"
#include "compare.h"
#include "grammar.h"
#include "server.h"

/*
 * random [OPTION...]: makes random histories of DDL, runs them on a server and over the shadow catalog, and compares:
 * what each holds afterwards; and what the shadow says will fail with what the server refuses. What differs is cut down
 * to the statements that are needed. Prints TAP; exit status 1 when anything differs.
 */

VEC_TYPE(texts, struct str);

/* Histories in one pair of databases: the dead rows of a catalog slow down each next one. */
enum { FRESH = 25 };

struct campaign {
	struct arena arena;             /* of the whole run */
	struct comparison_at at;
	struct str excepted;            /* lines of "GLOB TAB reason": paths of differences, or messages of the server */
	struct str told;
	uint64_t seed;
	unsigned steps, histories, minutes, every, max_failures;
	unsigned done, statements, accepted, missed, failures, forgiven;
	struct map misses;              /* outline of a refusal that was not foreseen -> struct miss */
	bool list_misses, verbose;
};

struct miss {
	unsigned n;
	uint64_t seed;
	struct str statement, message;  /* the shortest one */
};

/* ---- the shadow ---- */

struct look {
	size_t last;                    /* ordinal of the migration that is asked about */
	struct arena *arena;
	struct str failure;             /* why it fails, for sure; STR_NONE: it may work */
	void (*see)(void *arg, const struct catalog *);
	void *arg;
};

/* What rules of their own say about statements that fail. */
static const struct {
	const char *kind, *field;       /* false: it fails */
} said[] = { { "alter_column_type", "castable" }, { "add_unique", "index_usable" }, { "add_primary_key", "index_usable" },
	{ "add_foreign_key", "not_valid_usable" } };

static bool
is_said(const struct facts *f)
{
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		const struct field *field = strcmp(f->op->kind->name, said[i].kind) == 0 ? field_find(f->op->kind, str_of(said[i].field)) : NULL;
		struct value v = field == NULL ? value_absent() : field->get(f);
		if (v.state == VALUE_KNOWN && !v.yes)
			return true;
	}
	return false;
}

static void
see_op(void *arg, const struct facts *f)
{
	struct look *look = arg;

	if (f->unit->ordinal == look->last && f->op->failure.s != NULL && !f->op->noop && look->failure.s == NULL)
		look->failure = str_copy(look->arena, f->op->failure);
	else if (f->unit->ordinal == look->last && !f->op->noop && look->failure.s == NULL && is_said(f))
		look->failure = STR("a rule of its own says so");
}

static void
see_end(void *arg, const struct history *h, const struct catalog *c, const struct tenant_design *design)
{
	struct look *look = arg;

	(void)h;
	(void)design;
	if (look->see != NULL)
		look->see(look->arg, c);
}

/* Each statement is a migration of its own. */
static void
run_shadow(struct arena *arena, const struct campaign *p, const struct texts *list, struct look *look)
{
	struct config config;
	struct diags diags = { .arena = arena };
	struct history h = { .root = STR("random"), .config = &config, .adapter = adapter_find(STR("plain")), .listing = { .arena = arena } };
	struct run run = { .arena = arena, .config = &config, .diags = &diags, .forward_only = true,
		.visitor = { .arg = look, .op = see_op, .end = see_end } };

	config_init(&config);
	config.pg_version = p->at.version;
	config.starts_empty = true;
	for (size_t i = 0; i < list->n; i++) {
		struct migration m = { .version = str_printf(arena, "%zu", i + 1) };
		m.up.source = source_new(arena, str_printf(arena, "%zu.sql", i + 1), list->items[i]);
		m.up.span = span_of(0, list->items[i].n);
		m.up.tx = TX_NONE;
		*vec_push(arena, &h.migrations) = m;
		*vec_push(arena, &h.reported) = true;
	}
	look->last = list->n;
	look->arena = arena;
	replay(&run, &h);
}

/* ---- the server ---- */

struct answer {
	bool accepted;
	char code[6];
	struct str message;
};

static struct answer
ask_server(struct arena *arena, PGconn *c, struct str sql)
{
	struct answer answer = { .accepted = true, .message = STR_NONE };
	PGresult *r = PQexec(c, str_c(arena, sql));
	const char *code = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	if (PQresultStatus(r) == PGRES_FATAL_ERROR) {
		answer.accepted = false;
		snprintf(answer.code, sizeof answer.code, "%s", code ? code : "");
		answer.message = str_copy(arena, str_of(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY)));
	}
	PQclear(r);
	return answer;
}

/* A refusal for what the catalog holds, which the shadow could have foreseen. */
static bool
is_catalog_error(const char *code)
{
	static const char *const codes[] = { "42P07", "42701", "42710", "42P06", "42723", "42703", "42P01", "42704", "42883", "42804",
		"2BP01", "42830", "42P16", "42P17", "42809", "3F000", "42P10", "42611", "42846", "42803", "42P20" };

	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (strcmp(code, codes[i]) == 0)
			return true;
	return false;
}

/* ---- comparing ---- */

struct compared {
	struct campaign *campaign;
	struct arena *arena;
	bool round_trip;
	struct mismatches list;
};

static void
compare_end(void *arg, const struct catalog *c)
{
	struct compared *x = arg;
	struct comparison_at at = x->campaign->at;

	at.arena = x->arena;
	if (!x->round_trip)
		at.copy = NULL;
	compare_catalog(&at, c, &x->list);
}

static bool
is_excepted(const struct campaign *p, struct str path)
{
	struct str lines = p->excepted, line, glob;

	while (str_cut(&lines, '\n', &line))
		if (!str_starts(line, "#") && str_cut(&line, '\t', &glob) && str_glob(glob, path))
			return true;
	return false;
}

/* The path, what the server has there, or all of "PATH: SERVER, not SHADOW"; of the copy "PATH (made anew): SERVER, not COPY". */
static bool
is_known(const struct campaign *p, struct arena *arena, const struct mismatch *m)
{
	return is_excepted(p, m->path) || is_excepted(p, m->server) || is_excepted(p, str_printf(arena, "%.*s%s: %.*s, not %.*s",
	    STR_ARG(m->path), m->round_trip ? " (made anew)" : "", STR_ARG(m->server.s ? m->server : STR("nothing")), STR_ARG(m->shadow.s ? m->shadow : STR("nothing"))));
}

/* The first difference that is not known; NULL: none. */
static const struct mismatch *
first_difference(struct campaign *p, struct arena *arena, const struct texts *accepted, bool round_trip)
{
	struct compared x = { .campaign = p, .arena = arena, .round_trip = round_trip };
	struct look look = { .see = compare_end, .arg = &x };

	run_shadow(arena, p, accepted, &look);
	for (size_t i = 0; i < x.list.n; i++)
		if (!is_known(p, arena, &x.list.items[i]))
			return &x.list.items[i];
		else
			p->forgiven++;
	return NULL;
}

/* ---- cutting down ---- */

/* What a history has to show: a difference at that path, or a false alarm about its last statement. */
struct symptom {
	struct str path;                /* STR_NONE: a false alarm */
	bool round_trip;
};

static bool
has_false_alarm(struct campaign *p, struct arena *arena, const struct texts *list)
{
	struct look look = { .failure = STR_NONE };

	run_shadow(arena, p, list, &look);
	return look.failure.s != NULL;
}

/* Runs the history anew; what the server refuses is left out. */
static bool
shows(struct campaign *p, const struct texts *list, const struct symptom *symptom)
{
	struct arena arena;
	struct texts accepted = { 0 };
	const struct mismatch *m;
	bool shown, last = false;

	arena_init(&arena, NULL, NULL);
	compare_empty(p->at.server);
	for (size_t i = 0; i < list->n; i++) {
		last = ask_server(&arena, p->at.server, list->items[i]).accepted;
		if (last)
			*vec_push(&arena, &accepted) = list->items[i];
	}
	if (symptom->path.s == NULL) {
		shown = last && has_false_alarm(p, &arena, &accepted);
	} else {
		m = first_difference(p, &arena, &accepted, symptom->round_trip);
		shown = m != NULL && str_eq(m->path, symptom->path);
	}
	arena_free(&arena);
	return shown;
}

static struct texts
without(struct arena *arena, const struct texts *list, size_t from, size_t n)
{
	struct texts rest = { 0 };

	for (size_t i = 0; i < list->n; i++)
		if (i < from || i >= from + n)
			*vec_push(arena, &rest) = list->items[i];
	return rest;
}

static struct texts
cut_down(struct campaign *p, struct texts list, const struct symptom *symptom)
{
	size_t keep = symptom->path.s == NULL;

	for (size_t size = list.n / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
		for (size_t at = 0; at + size + keep <= list.n;) {
			struct texts rest = without(&p->arena, &list, at, size);
			if (shows(p, &rest, symptom))
				list = rest;
			else
				at += size;
		}
	return list;
}

static void
tell_history(const struct texts *list)
{
	for (size_t i = 0; i < list->n; i++)
		printf("#   %.*s;\n", STR_ARG(list->items[i]));
	fflush(stdout);
}

/* ---- one history ---- */

struct history_run {
	struct arena arena;
	struct texts accepted;
};

static void
tell_difference(struct campaign *p, const struct history_run *h, const struct mismatch *m)
{
	struct symptom symptom = { str_copy(&p->arena, m->path), m->round_trip };
	struct texts list = { 0 };

	p->failures++;
	printf("# seed %llu: %.*s%s\n#   server: %.*s\n#   %s: %.*s\n", (unsigned long long)p->seed, STR_ARG(m->path),
	    m->round_trip ? " (made anew)" : "", STR_ARG(m->server.s ? m->server : STR("not there")), m->round_trip ? "copy" : "shadow",
	    STR_ARG(m->shadow.s ? m->shadow : STR("not there")));
	for (size_t i = 0; i < h->accepted.n; i++)
		*vec_push(&p->arena, &list) = str_copy(&p->arena, h->accepted.items[i]);
	list = cut_down(p, list, &symptom);
	tell_history(&list);
}

static void
tell_false_alarm(struct campaign *p, const struct history_run *h, struct str failure)
{
	const struct symptom symptom = { STR_NONE, false };
	struct texts list = { 0 };

	p->failures++;
	printf("# seed %llu: said to fail, but it works: %.*s\n", (unsigned long long)p->seed, STR_ARG(failure));
	for (size_t i = 0; i < h->accepted.n; i++)
		*vec_push(&p->arena, &list) = str_copy(&p->arena, h->accepted.items[i]);
	list = cut_down(p, list, &symptom);
	tell_history(&list);
}

/* The code and the message without the names that stand in it. */
static struct str
outline(struct arena *arena, const struct answer *a)
{
	struct buf b = BUF(arena);
	bool quoted = false;

	buf_c(&b, a->code);
	buf_c(&b, " ");
	for (size_t i = 0; i < a->message.n; i++) {
		if (a->message.s[i] == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		buf_char(&b, a->message.s[i]);
	}
	return buf_text(&b);
}

static void
note_miss(struct campaign *p, struct str sql, const struct answer *a)
{
	struct str key = outline(&p->arena, a);
	struct miss *miss = map_get(&p->misses, key);

	if (is_excepted(p, a->message))
		return;
	if (miss == NULL)
		*map_at(&p->misses, key) = miss = NEW(&p->arena, struct miss);
	miss->n++;
	p->missed++;
	if (miss->statement.s != NULL && miss->statement.n <= sql.n)
		return;
	miss->seed = p->seed;
	miss->statement = str_copy(&p->arena, sql);
	miss->message = str_copy(&p->arena, a->message);
}

/* false: something differs. */
static bool
step(struct campaign *p, struct history_run *h, struct str sql)
{
	struct answer a = ask_server(&h->arena, p->at.server, sql);
	struct look look = { .failure = STR_NONE };

	p->statements++;
	*vec_push(&h->arena, &h->accepted) = sql;
	if (a.accepted || is_catalog_error(a.code))
		run_shadow(&h->arena, p, &h->accepted, &look);
	if (a.accepted) {
		p->accepted++;
		if (look.failure.s == NULL || is_excepted(p, look.failure))
			return true;
		tell_false_alarm(p, h, look.failure);
		return false;
	}
	h->accepted.n--;
	if (is_catalog_error(a.code) && look.failure.s == NULL)
		note_miss(p, sql, &a);
	return true;
}

static bool
compare_now(struct campaign *p, struct history_run *h, bool round_trip)
{
	const struct mismatch *m = first_difference(p, &h->arena, &h->accepted, round_trip);

	if (m != NULL)
		tell_difference(p, h, m);
	return m == NULL;
}

static bool
run_history(struct campaign *p)
{
	struct history_run h = { .accepted = { 0 } };
	struct things things;
	struct dice dice;
	bool good = true;

	arena_init(&h.arena, NULL, NULL);
	dice_seed(&dice, p->seed);
	compare_empty(p->at.server);
	for (unsigned i = 1; good && i <= p->steps; i++) {
		grammar_look(&h.arena, p->at.server, &things);
		struct str sql = grammar_statement(&h.arena, &dice, &things);
		if (p->verbose)
			printf("# %.*s\n", STR_ARG(sql));
		good = step(p, &h, sql);
		if (good && i % p->every == 0 && i < p->steps)
			good = compare_now(p, &h, false);
	}
	good = good && compare_now(p, &h, true);
	arena_free(&h.arena);
	return good;
}

/* ---- histories that differed once ---- */

/* A line of a told history: a statement that works, or behind "! " one that is foreseen to fail. */
static bool
step_told(struct campaign *p, struct history_run *h, struct str line)
{
	bool fails = str_starts(line, "! ");
	struct str sql = fails ? str_slice(line, 2, line.n) : line;
	unsigned accepted = p->accepted, missed = p->missed;
	bool good = step(p, h, sql);

	if (good && (fails != (p->accepted == accepted) || p->missed > missed)) {
		printf("# %s: %.*s\n", p->missed > missed ? "not foreseen" : fails ? "works" : "does not work", STR_ARG(sql));
		p->failures++;
		good = false;
	}
	return good;
}

/* Roles that may have a schema of their own name, unlike those that are there from the start; they stay. */
static void
make_roles(PGconn *c)
{
	PQclear(PQexec(c, "CREATE ROLE told_role"));
	PQclear(PQexec(c, "CREATE ROLE told_other"));
}

static bool
run_told(struct campaign *p, struct str lines)
{
	struct history_run h = { .accepted = { 0 } };
	struct str line;
	bool good = true;

	arena_init(&h.arena, NULL, NULL);
	compare_empty(p->at.server);
	make_roles(p->at.server);
	while (good && str_cut(&lines, '\n', &line))
		if (line.n > 0)
			good = step_told(p, &h, line);
	good = good && compare_now(p, &h, true);
	arena_free(&h.arena);
	return good;
}

/* "18: about": not before that version; "to 17: about": not after it. */
static bool
is_for_version(int version, struct str about)
{
	bool last = str_starts(about, "to ");
	int64_t named;

	if (last)
		about = str_slice(about, 3, about.n);
	if (about.n < 4 || about.s[2] != ':' || !str_to_int(str_slice(about, 0, 2), &named))
		return true;
	return last ? version <= named : version >= named;
}

/* Paragraphs: a comment that says what it is about, then one statement a line. */
static void
run_all_told(struct campaign *p, struct str text)
{
	while (text.n > 0) {
		size_t end = str_find(text, STR("\n\n"));
		struct str paragraph = str_slice(text, 0, end == (size_t)-1 ? text.n : end), about;
		text = end == (size_t)-1 ? STR("") : str_slice(text, end + 2, text.n);
		str_cut(&paragraph, '\n', &about);
		about = str_slice(about, 3, about.n);
		if (!is_for_version(p->at.version, about))
			continue;
		printf("%s %u - %.*s\n", run_told(p, paragraph) ? "ok" : "not ok", ++p->done, STR_ARG(about));
		fflush(stdout);
	}
}

/* ---- the command ---- */

static void
usage(FILE *out)
{
	fputs("usage: random [OPTION...]\n"
	      "  --seed N          of the first history (default 1); each next one is one more\n"
	      "  --histories N     how many (default 10)\n"
	      "  --minutes N       for that long, whatever the number\n"
	      "  --steps N         statements in each (default 40)\n"
	      "  --every N         compare after every N statements, too (default 10)\n"
	      "  --max-failures N  stop after so many (default 1)\n"
	      "  --told FILE       first runs these histories; without any other option tests/oracle/random.sql\n"
	      "  --except FILE     lines of GLOB TAB reason: paths and texts of differences that are known; default tests/oracle/random.tsv\n"
	      "  --misses          list what the server refuses and the shadow did not foresee\n"
	      "  --verbose         show every statement\n"
	      "The server is a throw-away one, or that of $ORACLE_DSN; two databases are made there, and dropped at the end.\n", out);
}

static struct str
read_text(struct arena *arena, const char *path)
{
	struct str text;
	struct err err;

	if (text_read(arena, str_of(path), &text, &err) != 0) {
		fprintf(stderr, "random: %.*s\n", STR_ARG(err.message));
		exit(2);
	}
	return text;
}

static unsigned
number(const char *text)
{
	return (unsigned)strtoul(text, NULL, 10);
}

static void
take_options(struct campaign *p, int argc, char **argv)
{
	static const struct option options[] = { { "seed", 1, NULL, 's' }, { "histories", 1, NULL, 'n' }, { "minutes", 1, NULL, 'm' },
		{ "steps", 1, NULL, 't' }, { "every", 1, NULL, 'e' }, { "max-failures", 1, NULL, 'f' }, { "except", 1, NULL, 'x' },
		{ "misses", 0, NULL, 'i' }, { "told", 1, NULL, 'o' }, { "verbose", 0, NULL, 'v' }, { "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 's': p->seed = strtoull(optarg, NULL, 10); break;
		case 'n': p->histories = number(optarg); break;
		case 'm': p->minutes = number(optarg); break;
		case 't': p->steps = number(optarg); break;
		case 'e': p->every = number(optarg); break;
		case 'f': p->max_failures = number(optarg); break;
		case 'x': p->excepted = read_text(&p->arena, optarg); break;
		case 'o': p->told = read_text(&p->arena, optarg); break;
		case 'i': p->list_misses = true; break;
		case 'v': p->verbose = true; break;
		default:
			usage(c == 'h' ? stdout : stderr);
			exit(c == 'h' ? 0 : 2);
		}
	}
	if (p->every == 0 || optind != argc) {
		usage(stderr);
		exit(2);
	}
}

static PGconn *
open_database(const char *name)
{
	PGconn *c;

	c = server_new_database(name);
	PQclear(PQexec(c, "SET client_min_messages = error; SET statement_timeout = '60s'; SET synchronous_commit = off"));
	return c;
}

static void
open_databases(struct campaign *p)
{
	p->at.server = open_database("random");
	p->at.copy = open_database("copy");
	PQclear(PQexec(p->at.copy, "SET check_function_bodies = off"));
}

static void
drop_databases(struct campaign *p)
{
	server_drop_database(p->at.server);
	server_drop_database(p->at.copy);
}

static void
run_campaign(struct campaign *p)
{
	time_t start = time(NULL);

	for (unsigned n = 0; p->failures < p->max_failures &&
	    (p->minutes > 0 ? time(NULL) - start < (time_t)p->minutes * 60 : n < p->histories); n++) {
		if (n > 0 && n % FRESH == 0) {
			drop_databases(p);
			open_databases(p);
		}
		bool good = run_history(p);
		p->done++;
		if (p->minutes == 0 || !good)
			printf("%s %u - random history, seed %llu\n", good ? "ok" : "not ok", p->done, (unsigned long long)p->seed);
		fflush(stdout);
		p->seed++;
	}
}

static void
report(const struct campaign *p)
{
	for (size_t i = 0; i < p->misses.n; i++) {
		const struct miss *miss = p->misses.entries[i].value;
		if (p->list_misses)
			printf("# not foreseen: %u of %.*s\n#   seed %llu: %.*s\n#   %.*s;\n", miss->n, STR_ARG(p->misses.entries[i].key),
			    (unsigned long long)miss->seed, STR_ARG(miss->message), STR_ARG(miss->statement));
	}
	printf("# PostgreSQL %d: %u histories, %u statements, %u accepted, %u refusals not foreseen, %u failures, %u known\n",
	    p->at.version, p->done, p->statements, p->accepted, p->missed, p->failures, p->forgiven);
	if (p->minutes == 0)
		printf("1..%u\n", p->done);
}

int
main(int argc, char **argv)
{
	struct campaign p = { .seed = 1, .steps = 40, .histories = 10, .every = 10, .max_failures = 1 };

	arena_init(&p.arena, NULL, NULL);
	p.misses = MAP(&p.arena);
	p.excepted = read_text(&p.arena, "tests/oracle/random.tsv");
	if (argc == 1)
		p.told = read_text(&p.arena, "tests/oracle/random.sql");
	take_options(&p, argc, argv);
	server_start();
	open_databases(&p);
	p.at.version = PQserverVersion(p.at.server) / 10000;
	p.at.query = compare_query(&p.arena);
	run_all_told(&p, p.told);
	run_campaign(&p);
	report(&p);
	drop_databases(&p);
	server_stop();
	arena_free(&p.arena);
	return p.failures > 0;
}
