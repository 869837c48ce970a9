#include <stdio.h>
#include <stdlib.h>

#include "check/example.h"
#include "cli/args.h"
#include "rule/mutant.h"

extern const struct command command_test;

static const struct option_spec options[] = {
	{ "mutate", 'm', NULL, "test the examples: one must fail for each condition that is left out of a rule" },
	{ 0 },
};

struct tester {
	struct arena *arena;            /* of the whole run */
	struct rules *rules;
	bool mutate;
	size_t results, failed;
	size_t rules_tested;
	size_t reported, missing, validated, noisy, invalid;
	size_t mutants, unnoticed;
};

/* One example being run, in an arena that is freed after it. */
struct trial {
	struct tester *tester;
	struct rule *rule;
	const struct example *example;
	struct arena arena;
	struct diags diags;
};

static void
result(struct tester *t, bool ok, struct str path, const char *what, struct str name)
{
	t->failed += !ok;
	printf("%s %zu - %.*s: %s%s%.*s\n", ok ? "ok" : "not ok", ++t->results, STR_ARG(path), what, name.n > 0 ? ": " : "",
	    STR_ARG(name));
}

static void
show(const struct diag *d)
{
	struct position p;

	if (d->nlabels == 0) {
		printf("# %.*s\n", STR_ARG(d->message));
		return;
	}
	p = source_position(d->labels[0].at.source, d->labels[0].at.span.off);
	printf("#   %.*s:%u:%u: %s%s[%.*s]: %.*s\n", STR_ARG(d->labels[0].at.source->path), p.line, p.column,
	    d->possible ? "possible " : "", severity_name(d->severity), STR_ARG(d->rule), STR_ARG(d->message));
}

static void
show_all(const struct diags *diags, enum severity from)
{
	for (size_t i = 0; i < diags->list.n; i++)
		if (diags->list.items[i]->severity >= from)
			show(diags->list.items[i]);
}

/* ---- examples ---- */

static void
run_trial(struct trial *t, const char *what, const struct advice *advice)
{
	struct str path = str_printf(&t->arena, "%.*s: %s: %.*s", STR_ARG(t->rule->path), what, STR_ARG(t->example->name));

	t->diags = (struct diags){ .arena = &t->arena };
	example_check(&t->arena, t->tester->rules, t->rule, path, t->example->text, advice, &t->diags);
}

static bool
is_silent(const struct diags *diags, enum severity from)
{
	for (size_t i = 0; i < diags->list.n; i++)
		if (diags->list.items[i]->severity >= from || diags->list.items[i]->unchecked)
			return false;
	return true;
}

/* What is possible only depends on things that the example leaves out. */
static bool
is_safe(const struct diags *diags)
{
	for (size_t i = 0; i < diags->list.n; i++) {
		const struct diag *d = diags->list.items[i];
		if ((d->severity >= SEVERITY_WARNING && !d->possible) || d->unchecked)
			return false;
	}
	return true;
}

/* "<table.rows>": a field without a value where there should be words. */
static bool
has_hole(struct str text)
{
	size_t at;

	while ((at = str_find_char(text, '<')) != (size_t)-1) {
		size_t n = 0;
		text = str_slice(text, at + 1, text.n);
		while (n < text.n && ((text.s[n] >= 'a' && text.s[n] <= 'z') || text.s[n] == '_' || text.s[n] == '.'))
			n++;
		if (n > 0 && n < text.n && text.s[n] == '>')
			return true;
	}
	return false;
}

/* The message and the labels of what the rule finds. */
static bool
is_filled(const struct trial *t)
{
	for (size_t i = 0; i < t->diags.list.n; i++) {
		const struct diag *d = t->diags.list.items[i];
		bool hole = has_hole(d->message);
		for (size_t k = 0; k < d->nlabels; k++)
			hole = hole || has_hole(d->labels[k].text);
		if (hole)
			return false;
	}
	return true;
}

static bool
fired(const struct trial *t)
{
	for (size_t i = 0; i < t->diags.list.n; i++)
		if (str_eq(t->diags.list.items[i]->rule, t->rule->id))
			return true;
	return false;
}

static bool
points_at(const struct diag *d, const struct caret *want)
{
	struct position have;

	if (d->nlabels == 0 || d->possible != want->possible)
		return false;
	have = source_position(d->labels[0].at.source, d->labels[0].at.span.off);
	return have.line == want->at.line && have.column == want->at.column;
}

static bool
hit(const struct trial *t, const struct caret *caret)
{
	for (size_t i = 0; i < t->diags.list.n; i++)
		if (str_eq(t->diags.list.items[i]->rule, t->rule->id) && points_at(t->diags.list.items[i], caret))
			return true;
	return false;
}

static size_t
findings(const struct trial *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->diags.list.n; i++)
		n += str_eq(t->diags.list.items[i]->rule, t->rule->id);
	return n;
}

/* Where there are carets there is one for each finding. */
static bool
has_too_many(struct trial *t)
{
	struct carets carets = { 0 };

	example_carets(&t->arena, t->example->text, &carets);
	return carets.n > 0 && findings(t) > carets.n;
}

/* The first caret that no finding of the rule points at; line 0: there is none. */
static struct caret
missed_caret(struct trial *t)
{
	struct carets carets = { 0 };

	example_carets(&t->arena, t->example->text, &carets);
	for (size_t i = 0; i < carets.n; i++)
		if (!hit(t, &carets.items[i]))
			return carets.items[i];
	return (struct caret){ .possible = false };
}

static void
open_trial(struct trial *t, struct tester *tester, struct rule *rule, const struct example *example)
{
	*t = (struct trial){ .tester = tester, .rule = rule, .example = example };
	arena_init(&t->arena, NULL, NULL);
}

static void
check_safe(struct tester *tester, struct rule *rule, const struct example *example, const struct advice *advice)
{
	struct str safe = advice->text;
	struct trial t;
	bool ok;

	open_trial(&t, tester, rule, example);
	run_trial(&t, "bad", advice);
	ok = is_safe(&t.diags);
	result(tester, ok, rule->path, "safe", example->name);
	*(ok ? &tester->validated : &tester->noisy) += 1;
	if (!ok) {
		printf("# noisy: the safe alternative does not pass:\n");
		show_all(&t.diags, SEVERITY_WARNING);
		for (struct str line; str_cut(&safe, '\n', &line);)
			printf("#   | %.*s\n", STR_ARG(line));
	}
	arena_free(&t.arena);
}

static void
check_advice(struct trial *t)
{
	struct advices list = { 0 };

	example_advices(&t->arena, t->rule, t->example, &t->diags, &list);
	for (size_t i = 0; i < list.n; i++)
		check_safe(t->tester, t->rule, t->example, &list.items[i]);
}

static void
explain_failure(const struct trial *t, struct caret caret)
{
	if (!is_filled(t))
		printf("# missing: a field of the message or of a label has no value; found:\n");
	else if (fired(t) && caret.at.line == 0)
		printf("# noisy: %.*s finds more than there are carets; found:\n", STR_ARG(t->rule->id));
	else if (caret.at.line > 0)
		printf("# missing: no %s finding of %.*s at %u:%u, where the caret is; found:\n",
		    caret.possible ? "possible" : "certain", STR_ARG(t->rule->id), caret.at.line, caret.at.column);
	else
		printf("# missing: %.*s finds nothing; found:\n", STR_ARG(t->rule->id));
	show_all(&t->diags, SEVERITY_OFF);
}

static void
check_bad(struct tester *tester, struct rule *rule, const struct example *example)
{
	struct caret caret;
	struct trial t;
	bool ok;

	open_trial(&t, tester, rule, example);
	run_trial(&t, "bad", NULL);
	caret = fired(&t) ? missed_caret(&t) : (struct caret){ .possible = false };
	ok = fired(&t) && caret.at.line == 0 && !has_too_many(&t) && is_filled(&t);
	result(tester, ok, rule->path, "bad", example->name);
	if (!ok)
		explain_failure(&t, caret);
	*(ok ? &tester->reported : &tester->missing) += 1;
	if (rule->safe != NULL && rule->safe_checked)
		check_advice(&t);
	arena_free(&t.arena);
}

static void
check_good(struct tester *tester, struct rule *rule, const struct example *example)
{
	struct trial t;
	bool ok;

	open_trial(&t, tester, rule, example);
	run_trial(&t, "good", NULL);
	ok = is_silent(&t.diags, SEVERITY_INFO);
	result(tester, ok, rule->path, "good", example->name);
	*(ok ? &tester->validated : &tester->noisy) += 1;
	if (!ok) {
		printf("# noisy: a good example is silent under every rule; found:\n");
		show_all(&t.diags, SEVERITY_OFF);
	}
	arena_free(&t.arena);
}

/* Another rule speaks, and this one does not. */
static void
check_elsewhere(struct tester *tester, struct rule *rule, const struct example *example)
{
	struct trial t;
	bool ok;

	open_trial(&t, tester, rule, example);
	run_trial(&t, "elsewhere", NULL);
	ok = !fired(&t) && !is_silent(&t.diags, SEVERITY_INFO);
	result(tester, ok, rule->path, "elsewhere", example->name);
	*(ok ? &tester->validated : fired(&t) ? &tester->noisy : &tester->missing) += 1;
	if (!ok) {
		printf(fired(&t) ? "# noisy: here other rules speak, and not this one; found:\n" :
				   "# missing: no rule speaks, so it is a good example\n");
		show_all(&t.diags, SEVERITY_OFF);
	}
	arena_free(&t.arena);
}

/* ---- mistakes in the conditions ---- */

static bool
example_fails(struct tester *tester, struct rule *rule, const struct example *example, bool bad)
{
	struct trial t;
	bool fails;

	open_trial(&t, tester, rule, example);
	run_trial(&t, "example", NULL);
	fails = bad ? !fired(&t) || missed_caret(&t).at.line > 0 || has_too_many(&t) : fired(&t);
	arena_free(&t.arena);
	return fails;
}

static bool
any_fails(struct tester *t, struct rule *rule)
{
	for (size_t i = 0; i < rule->nbad; i++)
		if (example_fails(t, rule, &rule->bad[i], true))
			return true;
	for (size_t i = 0; i < rule->ngood; i++)
		if (example_fails(t, rule, &rule->good[i], false))
			return true;
	for (size_t i = 0; i < rule->nelsewhere; i++)
		if (example_fails(t, rule, &rule->elsewhere[i], false))
			return true;
	return false;
}

static void
mutate_rule(struct tester *t, struct rule *rule)
{
	struct mutants list = { 0 };

	if (any_fails(t, rule)) {
		result(t, false, rule->path, "an example fails as it is", STR_NONE);
		return;
	}
	mutants_of(t->arena, rule, &list);
	for (size_t i = 0; i < list.n; i++) {
		struct mutant *m = &list.items[i];
		mutant_swap(m);
		bool noticed = any_fails(t, rule);
		mutant_swap(m);
		result(t, noticed, rule->path, noticed ? "an example fails" : "no example notices", m->words);
		t->mutants++;
		t->unnoticed += !noticed;
	}
}

/* ---- rules ---- */

static void
check_complete(struct tester *t, const struct rule *rule)
{
	if (rule->nbad > 0 && rule->ngood > 0)
		return;
	result(t, false, rule->path, "has examples", STR_NONE);
	printf("# missing: a rule needs at least one bad and one good example\n");
	t->missing++;
}

static void
check_rule(struct tester *t, struct rule *rule)
{
	t->rules_tested++;
	if (t->mutate) {
		mutate_rule(t, rule);
		return;
	}
	result(t, true, rule->path, "loads", STR_NONE);
	check_complete(t, rule);
	for (size_t i = 0; i < rule->nbad; i++)
		check_bad(t, rule, &rule->bad[i]);
	for (size_t i = 0; i < rule->ngood; i++)
		check_good(t, rule, &rule->good[i]);
	for (size_t i = 0; i < rule->nelsewhere; i++)
		check_elsewhere(t, rule, &rule->elsewhere[i]);
}

static struct str
file_of(const struct diag *d)
{
	return d->nlabels > 0 ? d->labels[0].at.source->path : STR("rules");
}

/* One result for each file that does not load, with its mistakes. */
static void
report_invalid(struct tester *t, const struct diags *diags)
{
	struct str last = STR_NONE;

	for (size_t i = 0; i < diags->list.n; i++) {
		struct str file = file_of(diags->list.items[i]);
		if (!str_eq(file, last)) {
			result(t, false, file, "loads", STR_NONE);
			t->invalid++;
		}
		show(diags->list.items[i]);
		last = file;
	}
}

static int
compare_paths(const void *a, const void *b)
{
	return str_cmp((*(struct rule *const *)a)->path, (*(struct rule *const *)b)->path);
}

static void
check_rules(struct tester *t)
{
	struct rule_list list = { 0 };

	for (size_t i = 0; i < t->rules->list.n; i++)
		if (!t->rules->list.items[i]->builtin)
			*vec_push(t->arena, &list) = t->rules->list.items[i];
	if (list.n > 1)
		qsort(list.items, list.n, sizeof(list.items[0]), compare_paths);
	for (size_t i = 0; i < list.n; i++)
		check_rule(t, list.items[i]);
}

static void
sum_up(const struct tester *t)
{
	const char *plural = t->rules_tested == 1 ? "" : "s";

	if (t->mutate)
		printf("# %zu rule%s: %zu mistakes made, %zu unnoticed, %zu invalid\n", t->rules_tested, plural, t->mutants, t->unnoticed,
		    t->invalid);
	else
		printf("# %zu rule%s: %zu reported, %zu missing, %zu validated, %zu noisy, %zu invalid\n", t->rules_tested, plural,
		    t->reported, t->missing, t->validated, t->noisy, t->invalid);
}

static int
finish(const struct tester *t)
{
	if (t->rules_tested == 0 && t->invalid == 0)
		printf("# there are no rules (*.yaml) here\n");
	printf("1..%zu\n", t->results);
	sum_up(t);
	return cli_print(STR_NONE, t->failed == 0 && t->rules_tested > 0 ? STATUS_CLEAN : STATUS_FINDINGS);
}

static int
run(struct arena *arena, int argc, char **argv)
{
	struct args args;
	struct tester t = { .arena = arena };
	struct diags diags = { .arena = arena };
	int status;

	if (!args_parse(arena, &command_test, argc, argv, &args, &status))
		return status;
	if (args.noperands == 0)
		return args_error(&args, "which rules? Name a directory, or files");
	t.mutate = args_has(&args, "mutate");
	t.rules = rules_new(arena);
	rules_load_builtin(t.rules);
	for (size_t i = 0; i < args.noperands; i++)
		rules_load_dir(t.rules, args.operands[i], &diags);
	report_invalid(&t, &diags);
	check_rules(&t);
	return finish(&t);
}

const struct command command_test = {
	.name = "test",
	.usage = "[OPTION...] DIR|FILE...",
	.summary = "Test rules with their own examples.",
	.details = "Prints TAP. Every bad example must be reported by its rule, at the caret if it has one; every good example "
		   "must be silent under all rules; the safe alternative that a bad example gets must pass the checker "
		   "itself. In an example under elsewhere its rule must be silent and another one must not be. A rule needs at least "
		   "one bad and one good example.\n\n"
		   "With --mutate the examples themselves are tested: one mistake after the other is made in each rule (a condition "
		   "is left out or turned round, a branch or a value left out, a border moved), and some example of the rule must "
		   "fail for it.\n\n"
		   "Exit status: 0 all is well, 1 something failed, 2 wrong usage.",
	.options = options,
	.run = run,
};
