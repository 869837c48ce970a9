#define _DEFAULT_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "check/check.h"
#include "op/rollback.h"
#include "compare.h"
#include "play.h"
#include "server.h"
#include "told.h"

/*
 * undo [OPTION...] DIR: runs the migrations below DIR on a throw-away server (or the one that $ORACLE_DSN names). After each
 * it runs the way back, in a transaction that is taken back or in a copy of the database, compares the schema with the one
 * before the migration, and tells what the checker says otherwise. Exit status: 0 nothing, 1 something.
 */

enum disagreement {
	FALSE_ALARM,                    /* said to differ, and does not */
	MISSED,                         /* differs, and that is not said */
	INEXACT,                        /* differs in another way */
	FAILS,                          /* the way back fails, and that is not said */
	WORKS,                          /* said to fail, and does not */
	DISAGREEMENTS
};

static const char *const words[DISAGREEMENTS] = { "false alarm", "missed", "inexact", "fails", "works" };

struct undoing {
	struct arena arena;             /* of the whole run */
	struct arena scratch;           /* of one migration */
	struct player player;
	const char *query;
	const struct config *config;
	struct map before;              /* on the server; of one migration */
	bool begun;                     /* the migration */
	unsigned refused;               /* of the statements, before the migration */
	const struct diags *diags;
	const struct rollback *last;    /* of the migration before it */
	bool shifted;                   /* what is said of each is held against the next, for tests of the tool */
	unsigned every, ways, compared, incomparable, agreed, alike, found[DISAGREEMENTS];
};

/* What the way back did on the server. */
struct outcome {
	struct map after;
	struct str failure;             /* the server's message; STR_NONE: none */
	struct place at;                /* the statement; none: at COMMIT */
};

/* ---- forward ---- */

static bool
is_chosen(const struct undoing *p)
{
	return p->ways % p->every == 0;
}

static struct map
read_schema(struct undoing *p, PGconn *c)
{
	struct map schema;

	PQclear(PQexec(c, "SET search_path = \"$user\", public"));
	schema = compare_read(&p->scratch, c, p->query);
	PQclear(PQexec(c, "RESET search_path"));
	return schema;
}

static void
begin(struct undoing *p)
{
	if (p->begun)
		return;
	p->begun = true;
	arena_init(&p->scratch, NULL, NULL);
	p->refused = p->player.refused;
	if (is_chosen(p))
		p->before = read_schema(p, p->player.server);
}

static void
run_statement(void *arg, const struct facts *f, const struct statement *s)
{
	struct undoing *p = arg;
	struct str message;

	begin(p);
	message = play_statement(&p->scratch, &p->player, f->unit->tx, s->source, s->span);
	if (message.s != NULL)
		play_tell_refusal(s->source, s->span, message);
}

/* Its session is not the one of the next migration. */
static bool
changes_defaults(const struct migration *m)
{
	struct str text = source_text(m->up.source, m->up.span);

	for (size_t i = 0; i < text.n; i++)
		if (str_starts_nocase(str_slice(text, i, text.n), "alter database") || str_starts_nocase(str_slice(text, i, text.n), "alter role"))
			return true;
	return false;
}

static void
after_migration(void *arg, const struct migration *m, const struct catalog *c)
{
	struct undoing *p = arg;
	struct str message;

	(void)c;
	begin(p);
	message = play_end(&p->scratch, &p->player);
	if (message.s != NULL)
		play_tell_refusal(m->up.source, m->up.span, message);
	p->player.refused += message.s != NULL;
	if (changes_defaults(m))
		server_connect_again(&p->player.server);
}

/* ---- back ---- */

struct range {
	size_t from, to;
};

static void
play_script(struct undoing *p, struct player *player, const struct migration *m, const struct script *script, struct range part, struct outcome *o)
{
	for (size_t i = part.from; i < part.to && o->failure.s == NULL; i++) {
		struct span span = script->parsed.spans.items[i];
		o->failure = play_statement(&p->scratch, player, m->down.tx, m->down.source, span);
		if (o->failure.s != NULL)
			o->at = (struct place){ m->down.source, span };
	}
}

static bool
is_kind_at(const struct script *script, size_t statement, const char *kind)
{
	struct span span = script->parsed.spans.items[statement];

	for (size_t i = 0; i < script->ops.n; i++)
		if (script->ops.items[i]->statement->span.off == span.off)
			return str_is(str_of(script->ops.items[i]->kind->name), kind);
	return false;
}

/* What a transaction of the runner holds, or one of the file's own around all; false: neither. */
static bool
in_one_transaction(const struct migration *m, const struct script *script, struct range *part)
{
	size_t n = script->parsed.spans.n;
	bool own = n >= 2 && is_kind_at(script, 0, "begin") && is_kind_at(script, n - 1, "commit");

	*part = own ? (struct range){ 1, n - 1 } : (struct range){ 0, n };
	for (size_t i = part->from; i < part->to; i++)
		if (is_kind_at(script, i, "begin") || is_kind_at(script, i, "commit") || is_kind_at(script, i, "rollback"))
			return false;
	return own || m->down.tx == TX_WRAPPED || n == 0 || (m->down.tx == TX_STRING && n > 1);
}

/* What would be told at COMMIT is told now. */
static void
play_in_transaction(struct undoing *p, struct migration m, const struct script *script, struct range part, struct outcome *o)
{
	struct player player = { .server = p->player.server };
	PGresult *r;

	m.down.tx = TX_WRAPPED;
	play_script(p, &player, &m, script, part, o);
	if (o->failure.s == NULL && part.from < part.to) {
		r = PQexec(player.server, "SET CONSTRAINTS ALL IMMEDIATE");
		if (PQresultStatus(r) != PGRES_COMMAND_OK)
			o->failure = str_copy(&p->scratch, str_of(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY)));
		PQclear(r);
	}
	if (o->failure.s == NULL) {
		PQclear(PQexec(player.server, "RESET ALL"));
		o->after = read_schema(p, player.server);
	}
	play_take_back(&player);
}

static void
play_in_copy(struct undoing *p, const struct migration *m, const struct script *script, struct outcome *o)
{
	struct player player = { .server = server_copy_database(&p->player.server, "undone") };
	struct str message;

	play_script(p, &player, m, script, (struct range){ 0, script->parsed.spans.n }, o);
	message = play_end(&p->scratch, &player);
	if (o->failure.s == NULL)
		o->failure = message;
	if (o->failure.s == NULL)
		o->after = read_schema(p, player.server);
	server_drop_database(player.server);
}

static void
play_back(struct undoing *p, const struct migration *m, struct outcome *o)
{
	struct diags unheard = { .arena = &p->scratch };
	struct script script = { 0 };
	struct range part;

	lower_source(&p->scratch, m->down.source, m->down.span, &unheard, &script);
	if (in_one_transaction(m, &script, &part))
		play_in_transaction(p, *m, &script, part, o);
	else
		play_in_copy(p, m, &script, o);
}

/* ---- telling ---- */

static void
tell(struct undoing *p, const struct migration *m, const struct rollback *r, enum disagreement what, struct str text)
{
	struct position at = source_position(m->down.source, source_head(m->down.source, m->down.span).off);

	p->found[what]++;
	p->alike = false;
	printf("%.*s:%u: %s%s: %.*s\n", STR_ARG(m->down.source->path), at.line, words[what], r->opaque ? " (possible)" : "", STR_ARG(text));
}

static struct str
value(struct str json)
{
	return json.s != NULL ? json : STR("nothing");
}

static void
tell_mismatch(struct undoing *p, const struct migration *m, const struct rollback *r, enum disagreement what, struct str thing, const struct mismatch *x)
{
	tell(p, m, r, what, str_printf(&p->scratch, "%.*s%s%.*s\n  before: %.*s\n  after: %.*s", STR_ARG(thing), str_eq(thing, x->path) ? "" : ": ",
	    STR_ARG(str_eq(thing, x->path) ? STR("") : x->path), STR_ARG(value(x->server)), STR_ARG(value(x->shadow))));
}

static struct str
said(struct undoing *p, const struct difference *d)
{
	return str_printf(&p->scratch, "%.*s %.*s\n  expected: %.*s\n  actual: %.*s", STR_ARG(d->kind), STR_ARG(d->object),
	    STR_ARG(value(d->expected)), STR_ARG(value(d->actual)));
}

/* Each thing once. */
static void
tell_missed(struct undoing *p, const struct migration *m, const struct rollback *r, const struct told_at *at, const struct mismatches *list)
{
	struct map told = MAP(&p->scratch);

	for (size_t i = 0; i < list->n; i++) {
		const struct mismatch *x = &list->items[i];
		struct str thing = told_thing(at, x);
		bool known = told_never(at, x) || map_has(&told, thing);
		for (size_t k = 0; !known && k < r->differences.n; k++)
			known = told_by(at, x, &r->differences.items[k]);
		for (size_t k = 0; !known && k < r->order.n; k++)
			known = told_by(at, x, &r->order.items[k]);
		if (known)
			continue;
		*map_at(&told, thing) = p;
		tell_mismatch(p, m, r, MISSED, thing, x);
	}
}

static void
check_difference(struct undoing *p, const struct migration *m, const struct rollback *r, const struct told_at *at, const struct mismatches *list,
    const struct difference *d)
{
	const struct mismatch *other = NULL;

	for (size_t i = 0; i < list->n; i++) {
		if (!told_by(at, &list->items[i], d))
			continue;
		if (told_exactly(&list->items[i], d))
			return;
		other = &list->items[i];
	}
	if (other != NULL)
		tell_mismatch(p, m, r, INEXACT, said(p, d), other);
	else if (told_is_seen(d))
		tell(p, m, r, FALSE_ALARM, said(p, d));
}

static void
compare_schemas(struct undoing *p, const struct migration *m, const struct rollback *r, const struct outcome *o)
{
	struct told_at at = { &p->scratch, p->config->schema, &p->before, &o->after };
	struct mismatches list = { 0 };

	compare_read_maps(&p->scratch, &p->before, &o->after, &list);
	tell_missed(p, m, r, &at, &list);
	for (size_t i = 0; i < r->differences.n; i++)
		check_difference(p, m, r, &at, &list, &r->differences.items[i]);
	for (size_t i = 0; i < r->order.n; i++)
		check_difference(p, m, r, &at, &list, &r->order.items[i]);
}

/* ---- failures ---- */

static struct str
placed(struct undoing *p, struct place at, struct str what)
{
	if (at.source == NULL)
		return str_printf(&p->scratch, "at the end: %.*s", STR_ARG(what));
	return str_printf(&p->scratch, "line %u: %.*s", source_position(at.source, at.span.off).line, STR_ARG(what));
}

static bool
is_within(struct place inner, struct place outer)
{
	return outer.source == NULL || (inner.span.off >= outer.span.off && inner.span.off < outer.span.off + outer.span.len);
}

static bool
speaks_of_failure(const struct diag *d)
{
	return str_find(d->message, STR("fails")) != (size_t)-1 || str_find(d->message, STR("cannot run")) != (size_t)-1 || d->unchecked ||
	    d->severity == SEVERITY_ERROR;
}

/* By a rule of its own. */
static bool
is_told(const struct undoing *p, struct place at)
{
	for (size_t i = 0; i < p->diags->list.n; i++) {
		const struct diag *d = p->diags->list.items[i];
		if (speaks_of_failure(d) && d->nlabels > 0 && d->labels[0].at.source == at.source && is_within(d->labels[0].at, at))
			return true;
	}
	return false;
}

static void
compare_failures(struct undoing *p, const struct migration *m, const struct rollback *r, const struct outcome *o)
{
	const struct loss *first = r->failures.n > 0 ? &r->failures.items[0] : NULL;

	if (o->failure.s == NULL && r->refused)
		tell(p, m, r, WORKS, STR("it is said to raise an exception"));
	else if (o->failure.s == NULL)
		tell(p, m, r, WORKS, placed(p, first->place, first->reason));
	else if (o->at.source != NULL && is_told(p, o->at))
		return;
	else if (first == NULL && !r->refused)
		tell(p, m, r, FAILS, placed(p, o->at, o->failure));
	else if (first != NULL && !is_within(first->place, o->at))
		tell(p, m, r, INEXACT, str_printf(&p->scratch, "fails on %.*s\n  server: %.*s", STR_ARG(placed(p, first->place, first->reason)),
		    STR_ARG(placed(p, o->at, o->failure))));
}

static void
compare_back(struct undoing *p, const struct migration *m, const struct rollback *r)
{
	struct outcome o = { .failure = STR_NONE };

	play_back(p, m, &o);
	p->compared++;
	p->alike = true;
	if (o.failure.s != NULL || r->failures.n > 0 || r->refused)
		compare_failures(p, m, r, &o);
	else
		compare_schemas(p, m, r, &o);
	p->agreed += p->alike;
	fflush(stdout);
}

static void
after_back(void *arg, const struct migration *m, const struct rollback *r)
{
	struct undoing *p = arg;
	const struct rollback *said = p->shifted && p->last != NULL ? p->last : r;

	if (m->down.source != NULL && is_chosen(p)) {
		if (p->player.refused > p->refused)
			p->incomparable++;
		else
			compare_back(p, m, said);
	}
	p->last = r;
	p->ways += m->down.source != NULL;
	p->begun = false;
	arena_free(&p->scratch);
}

/* ---- the command ---- */

static void
usage(FILE *out)
{
	fputs("usage: undo [--framework NAME] [--every N] [--shifted] DIR\n"
	      "  --framework NAME  how the files are laid out; default: as found\n"
	      "  --every N         look at one in N of the ways back (default 1)\n"
	      "  --shifted         hold what is said of each way back against the next, which should find much\n"
	      "The server is a throw-away one, or that of $ORACLE_DSN; databases are made there, and dropped at the end.\n", out);
}

static void
take_options(struct undoing *p, struct config *config, int argc, char **argv)
{
	static const struct option options[] = { { "framework", 1, NULL, 'f' }, { "every", 1, NULL, 'e' }, { "shifted", 0, NULL, 's' }, { "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'f')
			config->framework = str_of(optarg);
		else if (c == 'e')
			p->every = (unsigned)strtoul(optarg, NULL, 10);
		else if (c == 's')
			p->shifted = true;
		else {
			usage(c == 'h' ? stdout : stderr);
			exit(c == 'h' ? 0 : 2);
		}
	}
	if (p->every == 0 || optind + 1 != argc) {
		usage(stderr);
		exit(2);
	}
}

static unsigned
report(const struct undoing *p, int version)
{
	unsigned all = 0;

	printf("PostgreSQL %d: %u ways back, %u compared, %u as said, %u of what the server refuses", version, p->ways, p->compared, p->agreed, p->incomparable);
	for (size_t i = 0; i < DISAGREEMENTS; i++) {
		printf("; %s: %u", words[i], p->found[i]);
		all += p->found[i];
	}
	printf("\n");
	return all;
}

/* In a database of its own; what it has set for the role is for no other. */
static void
play_history(struct undoing *p, struct run *run, struct history *history)
{
	p->player.server = play_database("undo");
	replay(run, history);
	play_forget_role(p->player.server);
	server_drop_database(p->player.server);
}

static int
server_version(void)
{
	PGconn *c = server_connect();
	int version = PQserverVersion(c) / 10000;

	PQfinish(c);
	return version;
}

static struct rules *
all_rules(struct arena *arena, const struct config *config, struct diags *diags)
{
	struct rules *rules = rules_new(arena);

	rules_load_builtin(rules);
	config_apply_rules(config, rules, diags);
	return rules;
}

int
main(int argc, char **argv)
{
	struct undoing p = { .every = 1, .player.go_on = true };
	struct config config;
	struct diags diags = { .arena = &p.arena };
	struct run run = { .arena = &p.arena, .config = &config, .diags = &diags,
		.visitor = { .arg = &p, .statement = run_statement, .migration = after_migration, .rollback = after_back } };
	struct history *list;
	struct err err = { STR("") };
	struct str path;
	size_t n;

	arena_init(&p.arena, NULL, NULL);
	config_init(&config);
	take_options(&p, &config, argc, argv);
	p.config = &config;
	p.diags = &diags;
	path = str_of(argv[optind]);
	if (history_open(&p.arena, &config, &path, 1, NULL, &diags, &list, &n, &err) != 0) {
		fprintf(stderr, "undo: %.*s\n", STR_ARG(err.message));
		return 2;
	}
	server_start();
	p.query = compare_query(&p.arena);
	config.pg_version = server_version();
	config.starts_empty = true;
	run.rules = all_rules(&p.arena, &config, &diags);
	for (size_t i = 0; i < n; i++)
		play_history(&p, &run, &list[i]);
	server_stop();
	n = report(&p, config.pg_version);
	arena_free(&p.arena);
	return n > 0;
}
