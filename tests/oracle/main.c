#define _DEFAULT_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "compare.h"
#include "observe.h"
#include "predict.h"
#include "server.h"

/*
 * Compares what the library predicts for statements with what a server does: every form of forms.sql, and every
 * example of every rule. $ORACLE_DSN names a server to use; ARGUMENT: only cases whose name holds it, told in full.
 */

struct oracle {
	struct arena arena;             /* lists of exceptions */
	PGconn *connection;
	int version;
	bool locks_referenced;          /* what an object depends on is locked when it is made */
	const char *query;              /* the text of schema.sql */
	const char *only;
	struct str differences, failures;       /* the files of exceptions */
	struct map used;                /* lines of exceptions that were needed */
	unsigned cases, failed, statements, relations, excepted, refused;
};

/* One case under way. */
struct trial {
	struct oracle *oracle;
	struct arena arena;
	struct str name;
	bool unwatched;                 /* it is only run */
	struct buf trouble;
};

static struct str
read_file(struct arena *arena, const char *path)
{
	FILE *f = fopen(path, "r");
	struct buf b = BUF(arena);
	char piece[4096];
	size_t n;

	if (!f) {
		printf("Bail out! cannot read %s\n", path);
		exit(1);
	}
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_bytes(&b, piece, n);
	fclose(f);
	return buf_text(&b);
}

/* ---- exceptions: lines of "versions TAB case TAB key TAB reason"; versions: *, or a list like 15,17 ---- */

static bool
version_listed(struct str versions, int version)
{
	struct str one;
	int64_t n;

	while (str_cut(&versions, ',', &one))
		if (str_is(one, "*") || (str_to_int(one, &n) && n == version))
			return true;
	return false;
}

static bool
excepted(struct oracle *o, struct str lines, struct str name, struct str key)
{
	struct str line, versions, which, what;

	while (str_cut(&lines, '\n', &line)) {
		struct str rest = line;
		if (str_starts(line, "#") || !str_cut(&rest, '\t', &versions) || !str_cut(&rest, '\t', &which) || !str_cut(&rest, '\t', &what))
			continue;
		if (version_listed(versions, o->version) && str_glob(which, name) && str_glob(what, key)) {
			*map_at(&o->used, line) = o;
			return true;
		}
	}
	return false;
}

static unsigned
report_unused(struct oracle *o, struct str lines, const char *file)
{
	struct str line, versions, rest;
	unsigned n = 0;

	while (str_cut(&lines, '\n', &line)) {
		rest = line;
		if (line.n == 0 || str_starts(line, "#") || !str_cut(&rest, '\t', &versions) || !version_listed(versions, o->version) ||
		    map_has(&o->used, line))
			continue;
		printf("# %s: not needed: %.*s\n", file, STR_ARG(line));
		n++;
	}
	return n;
}

/* ---- comparing ---- */

static void differ(struct trial *t, const char *what, struct str relation, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static void
differ(struct trial *t, const char *what, struct str relation, const char *fmt, ...)
{
	struct str key = str_printf(&t->arena, "%.*s %s", STR_ARG(relation), what);
	va_list ap;

	if (excepted(t->oracle, t->oracle->differences, t->name, key)) {
		t->oracle->excepted++;
		return;
	}
	va_start(ap, fmt);
	struct str text = str_vprintf(&t->arena, fmt, ap);
	va_end(ap);
	buf_printf(&t->trouble, "#   %.*s: %.*s\n", STR_ARG(key), STR_ARG(text));
}

static const struct relation_effect *
find(const struct predicted *p, const struct seen *s)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->relations[i].name, s->name) && (p->relations[i].schema.n == 0 || str_eq(p->relations[i].schema, s->schema)))
			return &p->relations[i];
	return NULL;
}

static void
compare_bool(struct trial *t, const char *what, const struct seen *s, enum tri predicted, bool seen)
{
	if (predicted != UNKNOWN && (predicted == YES) != seen)
		differ(t, what, s->name, "predicted %s, seen %s", predicted == YES ? "yes" : "no", seen ? "yes" : "no");
}

static void
compare_seen(struct trial *t, const struct predicted *p, const struct seen *s)
{
	const struct relation_effect *e = find(p, s);
	bool is_index = s->kind == 'i' || s->kind == 'I';

	t->oracle->relations++;
	if (e == NULL) {
		if (!p->unknown)
			differ(t, "unseen", s->name, "%.*s was not predicted%s", STR_ARG(s->lock), s->created ? " (it is new)" : "");
		return;
	}
	if (!str_is(s->lock, lock_name(e->lock)) && !(s->created && e->lock == LOCK_NONE))
		differ(t, "lock", s->name, "predicted %s, seen %.*s", lock_name(e->lock), STR_ARG(s->lock));
	if (s->created)
		return;
	if (is_index) {
		compare_bool(t, "rebuild", s, tri_or(e->rebuild, e->rewrite), s->rewritten);
		return;
	}
	compare_bool(t, "rewrite", s, e->rewrite, s->rewritten);
	if (s->kind == 'r' || s->kind == 'm')
		compare_bool(t, "scan", s, e->rewrite == YES ? UNKNOWN : e->scan, s->scanned);
}

static void
compare(struct trial *t, const struct predicted *p, const struct observation *o)
{
	for (size_t i = 0; i < o->relations.n; i++)
		compare_seen(t, p, &o->relations.items[i]);
	for (size_t i = 0; i < p->n; i++) {
		bool found = p->relations[i].lock == LOCK_NONE || p->may_be_missing ||
		    (p->relations[i].lock == ACCESS_SHARE && !t->oracle->locks_referenced);
		for (size_t k = 0; k < o->relations.n; k++)
			found = found || find(p, &o->relations.items[k]) == &p->relations[i];
		if (!found)
			differ(t, "extra", p->relations[i].name, "predicted %s, not seen", lock_name(p->relations[i].lock));
	}
}

/* ---- running ---- */

/* Since the minor releases of August 2026 (effects_depend()). */
static bool
locks_referenced(int number)
{
	static const int since[] = { 140024, 150019, 160015, 170011, 180005 };
	int major = number / 10000;

	return major >= 14 && (major > 18 || number >= since[major - 14]);
}

/*
 * Transaction control would end the transaction that the observer needs; COPY waits for rows; VACUUM FULL of everything
 * locks the catalogs that the observer reads.
 */
static bool
is_run(struct str sql)
{
	static const char *const left_out[] = { "begin", "commit", "rollback", "start ", "end", "savepoint", "release", "prepare ",
		"copy ", "abort" };

	if (str_is(sql, "VACUUM FULL"))
		return false;
	for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
		if (str_starts_nocase(sql, left_out[i]))
			return false;
	return true;
}

static void
note_acceptance(struct trial *t, const struct predicted *p)
{
	struct str key = str_printf(&t->arena, "accepted: %.*s", STR_ARG(p->failure));

	if (p->failure.s != NULL && !excepted(t->oracle, t->oracle->failures, t->name, key))
		buf_printf(&t->trouble, "#   the server accepts what should fail: %.*s\n", STR_ARG(p->failure));
}

/* false: the case goes no further. */
static bool
note_refusal(struct trial *t, struct str statement, struct str error, const struct predicted *p)
{
	bool expected = p != NULL && (p->failure.s != NULL || p->needs > t->oracle->version);

	if (error.n == 0) {
		if (p != NULL)
			note_acceptance(t, p);
		return true;
	}
	t->oracle->refused++;
	if (!expected && !excepted(t->oracle, t->oracle->failures, t->name, error))
		buf_printf(&t->trouble, "#   the server refuses: %.*s\n#     %.*s\n", STR_ARG(error),
		    STR_ARG(str_slice(statement, 0, str_find_char(statement, '\n'))));
	return false;
}

static bool
run_step(struct trial *t, const struct step *step)
{
	struct observation o = { .arena = &t->arena };

	if (step->setup)
		return note_refusal(t, step->text, observe_prepare(&t->arena, t->oracle->connection, step->text), NULL);
	if (!is_run(step->predicted.text))
		return true;
	t->oracle->statements++;
	if (t->unwatched)
		return note_refusal(t, step->predicted.text, observe_prepare(&t->arena, t->oracle->connection, step->predicted.text),
		    &step->predicted);
	observe(t->oracle->connection, step->predicted.text, true, &o);
	if (!note_refusal(t, step->predicted.text, o.error, &step->predicted))
		return false;
	compare(t, &step->predicted, &o);
	return true;
}

static bool
open_trial(struct trial *t, struct oracle *o, struct str name)
{
	if (o->only != NULL && str_find(name, str_of(o->only)) == (size_t)-1)
		return false;
	*t = (struct trial){ .oracle = o, .name = name };
	arena_init(&t->arena, NULL, NULL);
	t->trouble = BUF(&t->arena);
	return true;
}

static void
close_trial(struct trial *t)
{
	struct oracle *o = t->oracle;

	o->cases++;
	o->failed += t->trouble.n > 0;
	printf("%s %u - %.*s\n%.*s", t->trouble.n > 0 ? "not ok" : "ok", o->cases, STR_ARG(t->name), STR_ARG(buf_text(&t->trouble)));
	fflush(stdout);
}

/* Whether all of it was run. */
static bool
run_steps(struct trial *t, const struct steps *steps)
{
	observe_clean(t->oracle->connection);
	for (size_t i = 0; i < steps->list.n; i++)
		if (!run_step(t, &steps->list.items[i]))
			return false;
	return true;
}

static void
run_case(struct oracle *o, struct str name, struct str text)
{
	struct trial t;
	struct steps steps;

	if (!open_trial(&t, o, name))
		return;
	predict(&t.arena, name, text, NULL, o->version, &steps);
	if (!steps.other_version) {
		run_steps(&t, &steps);
		close_trial(&t);
	}
	arena_free(&t.arena);
}

/* ---- advice ---- */

static struct map
read_schema(struct trial *t)
{
	PGconn *c = t->oracle->connection;

	if (PQtransactionStatus(c) != PQTRANS_IDLE)
		PQclear(PQexec(c, "COMMIT"));
	PQclear(PQexec(c, "RESET ALL"));
	return compare_read(&t->arena, c, t->oracle->query);
}

/* The schema after the statement itself, with what comes before it; false: the server refuses that. */
static bool
read_replaced(struct trial *t, struct str text, const struct advice *advice, struct map *schema)
{
	struct advice itself = { .text = advice->replaced.s != NULL ? advice->replaced : STR(""), .at = advice->at };
	struct trial scratch = *t;
	struct steps steps;
	bool done;

	scratch.trouble = BUF(&t->arena);
	predict(&t->arena, t->name, text, &itself, t->oracle->version, &steps);
	done = run_steps(&scratch, &steps);
	*schema = read_schema(t);
	return done;
}

static void
compare_results(struct trial *t, const struct map *advised, const struct map *replaced)
{
	struct mismatches list = { 0 };

	compare_read_maps(&t->arena, replaced, advised, &list);
	for (size_t i = 0; i < list.n; i++)
		differ(t, "result", list.items[i].path, "the statement leaves %.*s, the advice %.*s",
		    STR_ARG(list.items[i].server.s != NULL ? list.items[i].server : STR("nothing")),
		    STR_ARG(list.items[i].shadow.s != NULL ? list.items[i].shadow : STR("nothing")));
}

static void
run_advice(struct oracle *o, const struct rule *rule, struct str name, struct str text, const struct advice *advice)
{
	struct trial t;
	struct steps steps;
	struct map advised, replaced;

	if (!open_trial(&t, o, name))
		return;
	t.unwatched = true;
	predict(&t.arena, name, text, advice, o->version, &steps);
	if (!steps.other_version) {
		bool done = run_steps(&t, &steps);
		advised = read_schema(&t);
		if (done && rule->safe_same && read_replaced(&t, text, advice, &replaced))
			compare_results(&t, &advised, &replaced);
		close_trial(&t);
	}
	arena_free(&t.arena);
}

/* What the rule advises for its example, each piece of advice by itself. */
static void
run_advices(struct oracle *o, struct rules *rules, struct rule *rule, const struct example *example)
{
	struct arena arena;
	struct diags diags = { .arena = &arena };
	struct advices list = { 0 };

	arena_init(&arena, NULL, NULL);
	example_check(&arena, rules, rule, rule->path, example->text, NULL, &diags);
	example_advices(&arena, rule, example, &diags, &list);
	for (size_t i = 0; i < list.n; i++)
		run_advice(o, rule, str_printf(&o->arena, "%.*s: safe: %.*s", STR_ARG(rule->id), STR_ARG(example->name)), example->text,
		    &list.items[i]);
	arena_free(&arena);
}

/* ---- the cases ---- */

/* "-- since: 17", "-- until: 15": what the server must at least, at most, be. */
static bool
fits(struct str line, int version)
{
	int64_t n = 0;

	if (str_starts(line, "-- since: "))
		return str_to_int(str_slice(line, 10, line.n), &n) && version >= n;
	if (str_starts(line, "-- until: "))
		return str_to_int(str_slice(line, 10, line.n), &n) && version <= n;
	return true;
}

/* A block of forms.sql: "-- setup: NAME" and SQL, or "-- form: NAME", set-up, "-- statement", statement. */
struct block {
	struct str name;
	bool form, wanted;
	struct buf text;
};

/* Runs what has been read, or keeps it under its name for "-- given: NAME". */
static void
end_block(struct oracle *o, struct map *setups, struct block *b)
{
	struct str *text = NEW(&o->arena, struct str);

	*text = str_copy(&o->arena, buf_text(&b->text));
	if (!b->form)
		*map_at(setups, b->name) = text;
	else if (b->wanted)
		run_case(o, b->name, *text);
	*b = (struct block){ .text = BUF(&o->arena), .wanted = true };
}

static void
add_given(struct map *setups, struct block *b, struct str names)
{
	struct str name;

	while (str_cut(&names, ',', &name)) {
		const struct str *text = map_get(setups, str_trim(name));
		if (text == NULL) {
			printf("Bail out! no setup %.*s\n", STR_ARG(name));
			exit(1);
		}
		buf_str(&b->text, *text);
	}
}

static void
add_line(struct oracle *o, struct map *setups, struct block *b, struct str line)
{
	if (str_starts(line, "-- form: ")) {
		b->form = true;
		b->name = str_slice(line, 9, line.n);
		buf_c(&b->text, "-- given\n");
	} else if (str_starts(line, "-- setup: "))
		b->name = str_slice(line, 10, line.n);
	else if (str_starts(line, "-- given: "))
		add_given(setups, b, str_slice(line, 10, line.n));
	else if (str_is(line, "-- statement"))
		buf_c(&b->text, "-- migration (no transaction)\n");
	else {
		b->wanted = b->wanted && fits(line, o->version);
		buf_printf(&b->text, "%.*s\n", STR_ARG(line));
	}
}

static void
run_forms(struct oracle *o, struct str text)
{
	struct str line;
	struct map setups = MAP(&o->arena);
	struct block b = { .text = BUF(&o->arena), .wanted = true };

	while (str_cut(&text, '\n', &line)) {
		if (str_starts(line, "-- form: ") || str_starts(line, "-- setup: "))
			end_block(o, &setups, &b);
		add_line(o, &setups, &b, line);
	}
	end_block(o, &setups, &b);
}

static void
run_examples(struct oracle *o, const struct rule *rule, const struct example *list, size_t n, const char *sort)
{
	for (size_t i = 0; i < n; i++)
		run_case(o, str_printf(&o->arena, "%.*s: %s: %.*s", STR_ARG(rule->id), sort, STR_ARG(list[i].name)), list[i].text);
}

static void
run_rules(struct oracle *o)
{
	struct rules *rules = rules_new(&o->arena);

	rules_load_builtin(rules);
	rules_ready(rules);
	for (size_t i = 0; i < rules->list.n; i++) {
		run_examples(o, rules->list.items[i], rules->list.items[i]->bad, rules->list.items[i]->nbad, "bad");
		for (size_t k = 0; rules->list.items[i]->safe_checked && k < rules->list.items[i]->nbad; k++)
			run_advices(o, rules, rules->list.items[i], &rules->list.items[i]->bad[k]);
		run_examples(o, rules->list.items[i], rules->list.items[i]->good, rules->list.items[i]->ngood, "good");
		run_examples(o, rules->list.items[i], rules->list.items[i]->elsewhere, rules->list.items[i]->nelsewhere, "elsewhere");
	}
}

int
main(int argc, char **argv)
{
	struct oracle o = { .only = argc > 1 ? argv[1] : NULL };
	unsigned unused = 0;

	arena_init(&o.arena, NULL, NULL);
	o.used = MAP(&o.arena);
	server_start();
	o.connection = server_connect();
	o.version = PQserverVersion(o.connection) / 10000;
	o.locks_referenced = locks_referenced(PQserverVersion(o.connection));
	o.query = compare_query(&o.arena);
	o.differences = read_file(&o.arena, "tests/oracle/differences.tsv");
	o.failures = read_file(&o.arena, "tests/oracle/refused.tsv");
	run_forms(&o, read_file(&o.arena, "tests/oracle/forms.sql"));
	run_rules(&o);
	if (o.only == NULL) {
		unused = report_unused(&o, o.differences, "differences.tsv") + report_unused(&o, o.failures, "refused.tsv");
		printf("%s %u - every exception is needed\n", unused > 0 ? "not ok" : "ok", ++o.cases);
	}
	printf("# PostgreSQL %d: %u statements, %u relations compared, %u differences known, %u statements refused\n1..%u\n", o.version,
	    o.statements, o.relations, o.excepted, o.refused, o.cases);
	PQfinish(o.connection);
	server_stop();
	arena_free(&o.arena);
	return o.failed + unused > 0;
}
