#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "compare.h"
#include "play.h"
#include "prove.h"
#include "server.h"
#include "text/stand_in.h"

/*
 * advice [OPTION...] DIR...: checks the migrations below each DIR, puts each advice in the place of the statement it is about,
 * and checks that history, too. Tells what is found in an advice, and which later statements fail since it stands
 * there. No server is needed; with --server the advice is run on one instead (see prove.h). Exit status: 0 nothing, 1 something, 2 trouble.
 */

struct advising {
	struct arena arena;             /* of the whole run */
	struct config config;
	struct rules *rules;
	bool server, examples;
	struct proving proving;
	enum severity least;            /* of a finding that is told */
	unsigned advices, failed, per_rule;
	struct map told;                /* rule of the advice, rule of the finding -> struct count */
	struct map failures;            /* messages of statement-fails in the history as it is */
};

struct count { unsigned n; };

static unsigned
count(struct advising *p, struct map *map, struct str key)
{
	void **slot = map_at(map, key);

	if (*slot == NULL)
		*slot = NEW(&p->arena, struct count);
	return ++((struct count *)*slot)->n;
}

static const struct source *
file_of(const struct source *source)
{
	while (source->outer != NULL)
		source = source->outer;
	return source;
}

/* Where the statement of the finding begins in what runs of a migration; one about no statement is as at its end. false: not there. */
static bool
find_in(const struct part *up, const struct diag *d, size_t *at)
{
	size_t end = up->span.off + up->span.len;

	if (up->source == NULL || file_of(up->source) != file_of(d->labels[0].at.source))
		return false;
	*at = end;
	if (d->statement.n == 0)
		return up->source != d->labels[0].at.source || (d->labels[0].at.span.off >= up->span.off && d->labels[0].at.span.off < end);
	if (d->statement.s < up->source->text.s || d->statement.s >= up->source->text.s + up->source->text.n)
		return false;
	*at = (size_t)(d->statement.s - up->source->text.s);
	return *at >= up->span.off && *at < end;
}

/* Finds the migration whose way forward the statement of the finding is in. */
static bool
find_trial(const struct history *h, const struct diag *d, struct trial *t)
{
	if (d->nlabels == 0 || d->labels[0].at.source == NULL || d->safe.n == 0)
		return false;
	*t = (struct trial){ .of = h, .about = d };
	for (t->index = 0; t->index < h->migrations.n; t->index++)
		if (find_in(&h->migrations.items[t->index].up, d, &t->from)) {
			t->to = t->from + d->statement.n;
			return true;
		}
	return false;
}

static void
add(struct arena *a, struct history *h, const struct migration *m, size_t from, size_t to, bool reported)
{
	struct migration *copy = vec_push(a, &h->migrations);

	*copy = *m;
	copy->up.span = span_of(from, to);
	copy->down = (struct part){ NULL };
	*vec_push(a, &h->reported) = reported;
}

static void
add_whole(struct arena *a, struct history *h, const struct migration *m, bool reported)
{
	add(a, h, m, m->up.span.off, m->up.span.off + m->up.span.len, reported);
}

/* advice: NULL, the statement is only left out. */
static struct history
without_statement(struct arena *a, const struct history *of, const struct trial *t, const struct str *advice)
{
	struct history h = *of;
	const struct part *up = &of->migrations.items[t->index].up;
	size_t end = up->span.off + up->span.len;

	memset(&h.migrations, 0, sizeof h.migrations);
	memset(&h.reported, 0, sizeof h.reported);
	memset(&h.notes, 0, sizeof h.notes);
	for (size_t i = 0; i < t->index; i++)
		add_whole(a, &h, &of->migrations.items[i], false);
	add(a, &h, &of->migrations.items[t->index], up->span.off, t->from, false);
	if (advice != NULL)
		example_append(a, &h, STR("advice"), *advice);
	add(a, &h, &of->migrations.items[t->index], t->to, end, true);
	for (size_t i = t->index + 1; i < of->migrations.n; i++)
		add_whole(a, &h, &of->migrations.items[i], true);
	return h;
}

static void
tell(struct advising *p, const struct diag *about, const char *what, struct str key, struct str words)
{
	const struct label *label = &about->labels[0];

	p->failed++;
	if (count(p, &p->told, str_printf(&p->arena, "%.*s %s %.*s", STR_ARG(about->rule), what, STR_ARG(key))) > p->per_rule)
		return;
	printf("%.*s at %.*s:%u: %s %.*s\n", STR_ARG(about->rule), STR_ARG(label->at.source->path),
	    source_position(label->at.source, label->at.span.off).line, what, STR_ARG(words));
	for (struct str text = about->safe, line; str_cut(&text, '\n', &line);)
		printf("    | %.*s\n", STR_ARG(line));
	fflush(stdout);
}

static void
tell_finding(struct advising *p, const struct diag *about, const struct diag *found, const char *what)
{
	tell(p, about, what, found->rule, str_printf(&p->arena, "%.*s%s: %.*s", STR_ARG(found->rule), found->possible ? " (possible)" : "",
	    STR_ARG(found->message)));
}

static void
tell_server(void *arg, const struct diag *about, const char *what, struct str found)
{
	tell(arg, about, what, STR(""), found);
}

static void
check_without(struct arena *a, const struct advising *p, const struct trial *t, const struct str *advice, struct diags *diags)
{
	struct run run = { .arena = a, .config = t->of->config, .rules = p->rules, .diags = diags, .forward_only = true };
	struct history h = without_statement(a, t->of, t, advice), *list[] = { &h };

	check_histories(&run, list, 1);
}

static bool
in_advice(const struct diag *d)
{
	return d->nlabels > 0 && d->labels[0].at.source != NULL && str_is(d->labels[0].at.source->path, "advice");
}

/* What fails when the statement is only left out. */
static struct map
failures_without(struct arena *a, const struct advising *p, const struct trial *t)
{
	struct diags diags = { .arena = a };
	struct map failures = MAP(a);

	check_without(a, p, t, NULL, &diags);
	for (size_t i = 0; i < diags.list.n; i++)
		if (str_is(diags.list.items[i]->rule, "statement-fails"))
			*map_at(&failures, diags.list.items[i]->message) = diags.list.items[i];
	return failures;
}

static void
try(struct advising *p, const struct trial *t, const struct diag *d)
{
	struct arena a;
	struct diags diags = { .arena = &a };
	struct map expected;

	arena_init(&a, NULL, NULL);
	check_without(&a, p, t, &d->safe, &diags);
	expected = failures_without(&a, p, t);
	for (size_t i = 0; i < diags.list.n; i++) {
		const struct diag *found = diags.list.items[i];
		if (in_advice(found) && found->severity >= p->least && !map_has(&t->known, found->rule))
			tell_finding(p, d, found, "gets");
		else if (!in_advice(found) && str_is(found->rule, "statement-fails") && !map_has(&p->failures, found->message) &&
		    !map_has(&expected, found->message))
			tell_finding(p, d, found, "breaks");
	}
	arena_free(&a);
	p->advices++;
}

/* The rules with findings about the same statement: the last step of an advice may well be that statement. */
static struct map
rules_about(struct advising *p, const struct diags *diags, const struct diag *d)
{
	struct map rules = MAP(&p->arena);

	for (size_t i = 0; i < diags->list.n; i++)
		if (diags->list.items[i]->statement.s == d->statement.s)
			*map_at(&rules, diags->list.items[i]->rule) = p;
	return rules;
}

/* One about no statement is of the end of the history, if a server looks. */
static bool
find_proof(const struct history *h, const struct diag *d, struct trial *t)
{
	if (!find_trial(h, d, t))
		return false;
	if (d->statement.n == 0) {
		const struct part *up = &vec_last(&h->migrations)->up;
		t->index = h->migrations.n - 1;
		t->from = t->to = up->span.off + up->span.len;
	}
	return true;
}

static void
prove(struct advising *p, const struct history *h, const struct diags *diags)
{
	struct trials trials = { 0 };
	struct trial t;

	for (size_t i = 0; i < diags->list.n; i++)
		if (find_proof(h, diags->list.items[i], &t))
			*vec_push(&p->arena, &trials) = t;
	p->advices += (unsigned)trials.n;
	prove_history(&p->proving, h, &trials);
}

/* What the server gets of a file where a semicolon that ends no statement is written twice. */
static struct str
without_doubles(struct arena *arena, struct str text)
{
	struct buf b = BUF(arena);

	for (size_t i = 0; i < text.n; i++)
		if (i == 0 || text.s[i] != ';' || text.s[i - 1] != ';')
			buf_char(&b, text.s[i]);
	return buf_text(&b);
}

static void
check_history(struct advising *p, struct history *h)
{
	struct diags diags = { .arena = &p->arena };
	struct run run = { .arena = &p->arena, .config = h->config, .rules = p->rules, .diags = &diags, .forward_only = true };
	struct trial t;

	for (size_t i = 0; i < h->reported.n; i++)
		h->reported.items[i] = true;
	check_histories(&run, &h, 1);
	for (size_t i = 0; i < diags.list.n; i++)
		diags.list.items[i]->safe = stand_ins_hide(&p->arena, &h->stand_ins, diags.list.items[i]->safe);
	for (size_t i = 0; h->adapter->doubles && i < diags.list.n; i++)
		diags.list.items[i]->safe = without_doubles(&p->arena, diags.list.items[i]->safe);
	if (p->server) {
		prove(p, h, &diags);
		return;
	}
	for (size_t i = 0; i < diags.list.n; i++)
		if (str_is(diags.list.items[i]->rule, "statement-fails"))
			*map_at(&p->failures, diags.list.items[i]->message) = p;
	for (size_t i = 0; i < diags.list.n; i++)
		if (find_trial(h, diags.list.items[i], &t)) {
			t.known = rules_about(p, &diags, diags.list.items[i]);
			try(p, &t, diags.list.items[i]);
		}
}

/* It says which server it is for, and that is another one. */
static bool
is_for_another_server(const struct advising *p, struct str text, const struct config *config)
{
	struct str line = str_slice(text, 0, str_find_char(text, '\n'));

	return str_starts(line, "-- config:") && str_find(line, STR("pg_version")) != (size_t)-1 && config->pg_version != p->config.pg_version;
}

static bool
is_in_words(struct str advice)
{
	struct str line;

	while (str_cut(&advice, '\n', &line))
		if (str_trim(line).n > 0 && !str_starts(str_trim(line), "--"))
			return false;
	return true;
}

static void
prove_example(struct advising *p, struct rule *rule, const struct example *example)
{
	struct str path = str_printf(&p->arena, "%.*s: %.*s", STR_ARG(rule->path), STR_ARG(example->name));
	struct diags all = { .arena = &p->arena }, own = { .arena = &p->arena };
	struct config config;
	struct history h, *list[] = { &h };
	struct run run = { .arena = &p->arena, .config = &config, .rules = p->rules, .diags = &all, .forward_only = true };

	example_history(&p->arena, path, example->text, NULL, &config, &h, &all);
	if (is_for_another_server(p, example->text, &config))
		return;
	config.pg_version = p->config.pg_version;
	rules_reset(p->rules);
	rule->effective = rule->severity;
	config_apply_rules(&config, p->rules, &all);
	rules_ready(p->rules);
	check_histories(&run, list, 1);
	for (size_t i = 0; i < all.list.n; i++)
		if (str_eq(all.list.items[i]->rule, rule->id) && !is_in_words(all.list.items[i]->safe))
			*vec_push(&p->arena, &own.list) = all.list.items[i];
	if (own.list.n > 0)
		prove(p, &h, &own);
}

/* What the examples oracle does not run. */
static void
prove_examples(struct advising *p)
{
	p->proving.stage = play_database("examples");
	for (size_t i = 0; i < p->rules->list.n; i++) {
		struct rule *rule = p->rules->list.items[i];
		for (size_t k = 0; !rule->safe_checked && k < rule->nbad; k++)
			prove_example(p, rule, &rule->bad[k]);
	}
	server_drop_database(p->proving.stage);
	p->proving.stage = NULL;
}

static void
usage(FILE *out)
{
	fputs("usage: advice [--least SEVERITY] [--per-rule N] DIR...\n"
	      "  --least SEVERITY  of what is told of an advice itself: info, warning (default), error\n"
	      "  --per-rule N      tell so many of each pair of rules (default 3)\n"
	      "  --framework NAME  how the files are laid out; default: as found\n"
	      "  --server          run the advice on a throw-away server, or that of $ORACLE_DSN, instead of checking it\n"
	      "  --examples        the same, and of the rules' bad examples where\n"
	      "                    advice does not take the statement's place, and is more than words\n", out);
}

static void
take_options(struct advising *p, int argc, char **argv)
{
	static const struct option options[] = { { "least", 1, NULL, 'l' }, { "per-rule", 1, NULL, 'n' },
		{ "framework", 1, NULL, 'f' }, { "server", 0, NULL, 's' }, { "examples", 0, NULL, 'e' },
		{ "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'l' && severity_parse(str_of(optarg), &p->least))
			continue;
		if (c == 's' || c == 'e') {
			p->server = true;
			p->examples = p->examples || c == 'e';
		}
		else if (c == 'f')
			p->config.framework = str_of(optarg);
		else if (c == 'n')
			p->per_rule = (unsigned)strtoul(optarg, NULL, 10);
		else {
			usage(c == 'h' ? stdout : stderr);
			exit(c == 'h' ? 0 : 2);
		}
	}
	if (optind >= argc && !p->examples) {
		usage(stderr);
		exit(2);
	}
}

static void
open_server(struct advising *p)
{
	PGconn *c;

	server_start();
	c = server_connect();
	p->config.pg_version = PQserverVersion(c) / 10000;
	PQfinish(c);
	p->proving = (struct proving){ .arena = &p->arena, .rules = p->rules, .query = compare_query(&p->arena), .arg = p, .tell = tell_server };
}

static bool
check_directory(struct advising *p, struct str path)
{
	struct diags diags = { .arena = &p->arena };
	struct history *list;
	struct err err = { STR("") };
	size_t n;

	if (history_open(&p->arena, &p->config, &path, 1, NULL, &diags, &list, &n, &err) != 0) {
		fprintf(stderr, "advice: %.*s\n", STR_ARG(err.message));
		return false;
	}
	for (size_t i = 0; i < n; i++)
		check_history(p, &list[i]);
	return true;
}

int
main(int argc, char **argv)
{
	struct advising p = { .least = SEVERITY_WARNING, .per_rule = 3 };
	struct diags diags = { .arena = &p.arena };

	arena_init(&p.arena, NULL, NULL);
	config_init(&p.config);
	take_options(&p, argc, argv);
	p.told = MAP(&p.arena);
	p.failures = MAP(&p.arena);
	p.rules = rules_new(&p.arena);
	rules_load_builtin(p.rules);
	config_apply_rules(&p.config, p.rules, &diags);
	rules_ready(p.rules);
	if (p.server)
		open_server(&p);
	for (int i = optind; i < argc; i++)
		if (!check_directory(&p, str_of(argv[i])))
			return 2;
	if (p.examples)
		prove_examples(&p);
	if (p.server)
		printf("PostgreSQL %d: %u advices: %u proved, %u only right behind the first step, %u accepted, %u to be filled in, %u in words, %u about what the server refuses, %u failed\n",
		    p.config.pg_version, p.advices, p.proving.proved, p.proving.only_behind, p.proving.accepted, p.proving.incomplete,
		    p.proving.in_words, p.proving.unproved, p.failed);
	else
		printf("%u advices, %u findings about them\n", p.advices, p.failed);
	server_stop();
	arena_free(&p.arena);
	return p.failed > 0;
}
