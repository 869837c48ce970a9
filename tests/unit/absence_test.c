#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "check/example.h"
#include "op/absence.h"

/*
 * Every rule that asks whether something is missing is only possible behind code that cannot be read. Each bad example of such a rule runs with a statement
 * that nobody can read behind what is given, of a rule about the end of the history behind all of it.
 */

static const char unread[] = "\nDO $$ BEGIN EXECUTE current_setting('app.code'); END $$;\n";

static bool
asks(const struct cond *c, const char *kind, const char *field)
{
	bool found = c->kind == COND_TEST && str_is(c->field.name, field);

	if (found)
		for (size_t i = 0; i < c->field.nown; i++)
			if (str_is(str_of(c->field.own[i].kind->name), kind))
				return true;
	for (size_t i = 0; i < c->nkids; i++)
		if (asks(&c->kids[i], kind, field))
			return true;
	return false;
}

/* The list has the fact that it depends on for each kind it is of. */
static bool
needs_absence(const struct rule *rule)
{
	const char *kind, *field;

	for (size_t i = 0; absence_nth(i, &kind, &field); i++)
		if (asks(&rule->when, kind, field))
			return true;
	return false;
}

static bool
is_about_end(const struct rule *rule)
{
	return rule->nkinds > 0 && str_starts(str_of(rule->kinds[0]->name), "final_");
}

static struct str
with_unread(struct arena *a, const struct rule *rule, struct str text)
{
	size_t migration = str_find(text, STR("\n-- migration"));

	if (is_about_end(rule))
		return str_printf(a, "%.*s\n-- next migration%s", STR_ARG(text), unread);
	if (migration == (size_t)-1)
		return STR_NONE;
	return str_printf(a, "%.*s%s%.*s", (int)migration, text.s, unread, STR_ARG(str_slice(text, migration + 1, text.n)));
}

static void
assert_possible(struct arena *a, struct rules *rules, struct rule *rule, const struct example *example)
{
	struct str text = str_starts(example->text, "-- file:") ? STR_NONE : with_unread(a, rule, example->text);
	struct diags diags = { .arena = a };

	if (text.s == NULL)
		return;
	example_check(a, rules, rule, STR("x.sql"), text, NULL, &diags);
	rules_reset(rules);
	for (size_t i = 0; i < diags.list.n; i++)
		if (str_eq(diags.list.items[i]->rule, rule->id) && !diags.list.items[i]->possible)
			fail_msg("%.*s is certain behind code that was not read: %.*s", STR_ARG(rule->id), STR_ARG(example->name));
}

static void
rules_on_what_is_missing(void **state)
{
	struct arena a = { 0 };
	struct rules *rules = rules_new(&a);
	size_t n = 0;

	(void)state;
	rules_load_builtin(rules);
	rules_ready(rules);
	for (size_t i = 0; i < rules->list.n; i++) {
		struct rule *rule = rules->list.items[i];
		if (!needs_absence(rule))
			continue;
		n++;
		for (size_t j = 0; j < rule->nbad; j++)
			assert_possible(&a, rules, rule, &rule->bad[j]);
	}
	assert_true(n > 20);
	arena_free(&a);
}

/* ---- code of which it is known what it makes ---- */

static const char history[] = "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n"
    "CREATE VIEW emails AS SELECT email FROM users;\n";

static const struct {
	const char *code;
	bool may_set;                   /* NOT NULL on users.email */
} made[] = {
	{ "DO $$ BEGIN EXECUTE current_setting('app.code'); END $$", true },
	{ "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ALTER COLUMN email SET NOT NULL', current_setting('app.t')); END $$", true },
	{ "SELECT arrange(now())", true },
	{ "DO $$ BEGIN IF current_setting('a.b') = 'c' THEN CREATE TYPE colour AS ENUM ('red'); END IF; END $$", false },
	{ "DO $$ BEGIN IF to_regclass('public.i_gone') IS NOT NULL THEN REINDEX INDEX i_gone; END IF; END $$", false },
	{ "DO $$ BEGIN IF current_setting('a.b') = 'c' THEN DROP VIEW emails CASCADE; END IF; END $$", false },
	{ "DO $$ BEGIN IF current_setting('a.b') = 'c' THEN CREATE EXTENSION hstore; GRANT SELECT ON emails TO public; END IF; END $$", false },
	{ "DO $$ BEGIN EXECUTE format('ALTER TABLE users DROP CONSTRAINT %I', current_setting('app.t')); END $$", false },
	{ "DO $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', current_setting('app.t')); END $$", false },
	{ "DO $$ BEGIN EXECUTE format('CREATE INDEX ON %I (a)', current_setting('app.t')); END $$", false },
	{ "SELECT pgmq.create('jobs')", false },
	{ "SELECT cron.schedule('clean', '0 0 * * *', 'SELECT 1')", false },
};

static void
what_is_known_of_code(void **state)
{
	struct arena a = { 0 };
	struct rules *rules = rules_new(&a);

	(void)state;
	rules_load_builtin(rules);
	rules_ready(rules);
	for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
		struct str text = str_printf(&a, "-- given\n%s%s;\n-- migration\nALTER TABLE users ALTER COLUMN email SET NOT NULL;\n", history, made[i].code);
		struct diags diags = { .arena = &a };
		size_t n = 0;
		example_check(&a, rules, rules_find(rules, STR("set-not-null-scan")), STR("x.sql"), text, NULL, &diags);
		rules_reset(rules);
		for (size_t j = 0; j < diags.list.n; j++)
			if (str_is(diags.list.items[j]->rule, "set-not-null-scan") && ++n > 0 && diags.list.items[j]->possible != made[i].may_set)
				fail_msg("%s: %s", made[i].may_set ? "certain" : "possible", made[i].code);
		if (n != 1)
			fail_msg("%zu findings: %s", n, made[i].code);
	}
	arena_free(&a);
}

/* A fact that no rule asks for is one that has another name by now. */
static void
every_fact_is_asked(void **state)
{
	struct arena a = { 0 };
	struct rules *rules = rules_new(&a);
	const char *kind, *field;

	(void)state;
	rules_load_builtin(rules);
	rules_ready(rules);
	for (size_t i = 0; absence_nth(i, &kind, &field); i++) {
		bool asked = false;
		for (size_t j = 0; j < rules->list.n && !asked; j++)
			asked = asks(&rules->list.items[j]->when, kind, field);
		if (!asked)
			fail_msg("no rule of %s asks for %s", kind, field);
	}
	arena_free(&a);
}

static bool
is_listed(const char *kind, struct str name)
{
	const char *of, *field;

	for (size_t i = 0; absence_nth(i, &of, &field); i++)
		if (str_is(name, field) && str_is(str_of(kind), of))
			return true;
	return false;
}

/* By its name it tells what the catalog has; what a statement says itself is certain. */
static bool
tells_of_catalog(struct str name)
{
	static const char *const of_statement[] = { "has_where", "has_join", "has_unit", "exists_already", "if_exists" };

	for (size_t i = 0; i < sizeof of_statement / sizeof of_statement[0]; i++)
		if (str_is(name, of_statement[i]))
			return false;
	return str_starts(name, "has_") || str_ends(name, "_exists") || str_ends(name, "indexed") || str_starts(name, "lacks_");
}

static void
look_for_unlisted(const struct rule *rule, const struct cond *c)
{
	bool lacks = str_starts(c->field.name, "lacks_");

	if (c->kind == COND_TEST && c->field.type == FIELD_BOOL && c->noperands == 1 && c->operands[0].value.yes == lacks && tells_of_catalog(c->field.name))
		for (size_t i = 0; i < c->field.nown; i++)
			if (!is_listed(c->field.own[i].kind->name, c->field.name))
				fail_msg("%.*s: %s.%.*s is not in op/absence.c", STR_ARG(rule->id), c->field.own[i].kind->name, STR_ARG(c->field.name));
	for (size_t i = 0; i < c->nkids; i++)
		look_for_unlisted(rule, &c->kids[i]);
}

static void
rules_ask_for_listed_facts(void **state)
{
	struct arena a = { 0 };
	struct rules *rules = rules_new(&a);

	(void)state;
	rules_load_builtin(rules);
	rules_ready(rules);
	for (size_t i = 0; i < rules->list.n; i++)
		look_for_unlisted(rules->list.items[i], &rules->list.items[i]->when);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rules_on_what_is_missing), cmocka_unit_test(what_is_known_of_code), cmocka_unit_test(every_fact_is_asked),
		cmocka_unit_test(rules_ask_for_listed_facts) };

	return cmocka_run_group_tests_name("absence", tests, NULL, NULL);
}
