#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "rule/rule.h"

/* A rule of seven lines, to which a row adds more, from line 8 on. */
#define HEAD \
	"id: test-rule\n" \
	"title: A rule\n" \
	"since: 0.1.0\n" \
	"severity: error\n" \
	"op: set_not_null\n" \
	"message: |\n" \
	"  On {table}\n"

static const struct row {
	const char *text;
	const char *want;               /* the first mistake; NULL: none */
} rows[] = {
	{ HEAD, NULL },
	{ HEAD "when: { scans: true }\n", NULL },
	{ HEAD "when: [ { scans: true }, { not: { is_proven: true } } ]\n", NULL },
	{ HEAD "when: { any: [ { scans: true }, { lock: ACCESS EXCLUSIVE } ] }\n", NULL },
	{ HEAD "when: { lock: [ SHARE, AccessExclusiveLock ] }\n", NULL },
	{ HEAD "when: { lock: { ge: SHARE, lt: $top } }\nparams: { top: EXCLUSIVE }\n", NULL },
	{ HEAD "labels:\n- { at: keyword, text: 'under {lock}' }\n- { at: table.created }\n", NULL },
	{ HEAD "safe: x\nsafe_checked: false\nsafe_note: a setting of the server\n", NULL },
	{ HEAD "enabled: false\naliases: [ 'squawk:x' ]\nreferences: [ 'https://x' ]\ncategory: own\n", NULL },
	{ HEAD "bad: { a: SELECT 1 }\ngood:\n  b: |\n    SELECT 2\nelsewhere: { c: SELECT 3 }\n", NULL },

	{ HEAD "note_on: [ other-rule ]\nnote: it holds {lock}\n", NULL },

	{ HEAD "note_on: [ other-rule ]\n", "8:10: 'note_on' and 'note' belong together" },
	{ HEAD "note: x\n", "8:7: 'note_on' and 'note' belong together" },
	{ "", "1:1: a rule file is empty" },
	{ "a", "1:1: a rule is a map of keys, not a text" },
	{ "id: test-rule\n", "1:1: 'title' is missing" },
	{ HEAD "severty: x\n", "8:1: unknown key 'severty'; did you mean 'severity'?" },
	{ HEAD "zzzzzzzz: x\n", "8:1: unknown key 'zzzzzzzz'" },
	{ HEAD "since: x\n", "8:1: 'since' is given twice" },
	{ HEAD "why: [ x ]\n", "8:6: 'why' must be a text, not a list" },
	{ HEAD "why: ''\n", "8:6: 'why' is empty" },
	{ HEAD "when:\n", "8:6: 'when' must be a map, not a text" },
	{ HEAD "when: {}\n", "8:7: 'when' is empty" },
	{ HEAD "when: { any: { scans: true } }\n", "8:14: 'any' must be a list, not a map" },
	{ HEAD "when: { scan: true }\n", "8:9: unknown field 'scan' of set_not_null; did you mean 'scans'?" },
	{ HEAD "when: { is_provne: true }\n", "8:9: unknown field 'is_provne' of set_not_null; did you mean 'is_proven'?" },
	{ HEAD "when: { scans: yes }\n", "8:16: 'scans' is a yes/no field: write true or false, not 'yes'" },
	{ HEAD "when: { scans: [] }\n", "8:16: 'scans' is empty" },
	{ HEAD "when: { scans: [ true, maybe ] }\n",
	    "8:24: 'scans' is a yes/no field: write true or false, not 'maybe'" },
	{ HEAD "when: { scans: { lt: true } }\n", "8:18: 'scans' has no order" },
	{ HEAD "when: { lock: { has: SHARE } }\n", "8:17: 'lock' is no text" },
	{ HEAD "when: { table: { matches: 'a(' } }\n", "8:27: 'a(' is no regular expression: Unmatched ( or \\(" },
	{ HEAD "when: { table: { matches: [ a, '(' ] } }\n", "8:32: '(' is no regular expression: Unmatched ( or \\(" },
	{ HEAD "when: { table: { matches: $p } }\nparams: { p: '*' }\n", "8:27: '*' is no regular expression: Invalid preceding regular expression" },
	{ HEAD "when: { lock: { less: SHARE } }\n", "8:17: unknown comparison 'less'" },
	{ HEAD "when: { lock: SHRAE }\n", "8:15: unknown lock mode 'SHRAE'; did you mean 'SHARE'?" },
	{ HEAD "when: { lock: $tpo }\nparams: { top: SHARE }\n", "8:15: unknown parameter 'tpo'; did you mean 'top'?" },
	{ HEAD "params: { top: SHARE }\n", "8:11: parameter 'top' is not used" },
	{ HEAD "when: { lock: $top }\nparams: { top: 5 }\n", "9:16: unknown lock mode '5'" },
	{ HEAD "when: { lock: $top, scans: $top }\nparams: { top: SHARE }\n",
	    "8:28: $top is compared with fields of different types" },
	{ HEAD "why: the {tabel}\n", "8:10: unknown field 'tabel' of set_not_null; did you mean 'table'?" },
	{ HEAD "safe: |\n  SELECT 1;\n  SELECT {colum};\n",
	    "10:10: unknown field 'colum' of set_not_null; did you mean 'column'?" },
	{ HEAD "labels: [ { at: keywrd } ]\n", "8:17: unknown place 'keywrd'; did you mean 'keyword'?" },
	{ HEAD "labels: [ { text: x } ]\n", "8:11: a label needs 'at'" },
	{ HEAD "labels: [ { at: keyword, txt: x } ]\n", "8:26: unknown key 'txt'; did you mean 'text'?" },
	{ HEAD "enabled: maybe\n", "8:10: 'enabled' is true or false, not 'maybe'" },
	{ HEAD "safe: x\nsafe_result: sam\n", "9:14: unknown result 'sam'; did you mean 'same'?" },
	{ HEAD "safe_checked: false\n", "8:15: 'safe_checked: false' needs a 'safe_note' that says why" },
	{ HEAD "bad: { a: [ x ] }\n", "8:11: 'a' must be a text, not a list" },
	{ "id: other\ntitle: x\nseverity: error\nop: any\nmessage: x\n",
	    "1:5: the id is 'other', but the file is named 'test-rule'" },
	{ "id: Test Rule\n", "1:5: an id is made of a-z, 0-9 and '-', unlike 'Test Rule'" },
	{ "id: test-rule\ntitle: x\nseverity: eror\nop: any\nmessage: x\n",
	    "3:11: unknown severity 'eror'; did you mean 'error'?" },
	{ "id: test-rule\ntitle: x\nseverity: off\nop: any\nmessage: x\n",
	    "3:11: a rule has a severity: say 'enabled: false' to ship it switched off" },
	{ "id: test-rule\ntitle: x\nseverity: info\nop: set_not_nul\nmessage: '{x}'\n",
	    "4:5: unknown operation 'set_not_nul'; did you mean 'set_not_null'?" },
	{ "id: test-rule\ntitle: x\nseverity: info\nop: [ set_not_null, add_colum ]\nmessage: x\n",
	    "4:21: unknown operation 'add_colum'; did you mean 'add_column'?" },
	{ "id: test-rule\ntitle: x\nseverity: info\nop: any\nmessage: x\nwhen: { is_proven: true }\n",
	    "6:9: unknown field 'is_proven' of any" },
	{ "id: test-rule\ntitle: x\nseverity: info\nop: [ set_not_null, drop_not_null ]\nmessage: x\nwhen: { is_proven: true }\n",
	    "6:9: unknown field 'is_proven' of drop_not_null" },
};

static const char *
first_mistake(struct arena *a, const struct diags *diags)
{
	const struct diag *d;
	struct position p;

	if (diags->list.n == 0)
		return "none";
	d = diags->list.items[0];
	assert_true(str_is(d->rule, "invalid-rule"));
	p = source_position(d->labels[0].at.source, d->labels[0].at.span.off);
	return str_c(a, str_printf(a, "%u:%u: %.*s", p.line, p.column, STR_ARG(d->message)));
}

static void
mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a;
		struct diags diags = { .arena = &a };
		arena_init(&a, NULL, NULL);
		const struct rule *rule = rule_parse(&a, source_new(&a, STR("rules/x/test-rule.yaml"), str_of(rows[i].text)), &diags);
		assert_string_equal(first_mistake(&a, &diags), rows[i].want != NULL ? rows[i].want : "none");
		assert_true((rule != NULL) == (rows[i].want == NULL));
		arena_free(&a);
	}
}

static struct rule *
load(struct arena *a, struct rules *rules, const char *path, const char *text)
{
	struct diags diags = { .arena = a };
	struct rule *rule = rule_parse(a, source_new(a, str_of(path), str_of(text)), &diags);

	assert_string_equal(first_mistake(a, &diags), "none");
	if (rules != NULL)
		assert_int_equal(rules_add(rules, rule), 0);
	return rule;
}

static void
what_is_read(void **state)
{
	struct arena a;
	struct rule *r;

	(void)state;
	arena_init(&a, NULL, NULL);
	r = load(&a, NULL, "test-rule.yaml", HEAD "enabled: false\nparams: { top: SHARE }\nunless: { lock: $top }\n"
	    "why: |\n  Because.\nbad: { a: x }\ngood:\n  b: |\n    y\n    z\n");
	assert_string_equal(str_c(&a, r->title), "A rule");
	assert_int_equal(r->severity, SEVERITY_ERROR);
	assert_int_equal(r->effective, SEVERITY_OFF);
	assert_int_equal(r->nkinds, 1);
	assert_int_equal(r->params[0].value.lock, SHARE);
	assert_int_equal(r->when.nkids, 0);
	assert_int_equal(r->unless.nkids, 1);
	assert_string_equal(str_c(&a, r->why), "Because.");
	assert_int_equal(r->bad[0].line, 13);
	assert_int_equal(r->good[0].line, 16);
	assert_string_equal(str_c(&a, r->good[0].text), "y\nz\n");
	arena_free(&a);
}

static void
registry(void **state)
{
	struct arena a;
	struct rules *rules;
	struct rule *r;
	struct err err;

	(void)state;
	arena_init(&a, NULL, NULL);
	rules = rules_new(&a);
	r = load(&a, rules, "rules/x/test-rule.yaml", HEAD "aliases: [ 'squawk:x' ]\nparams: { top: SHARE }\nwhen: { lock: $top }\n");
	r->builtin = true;
	assert_ptr_equal(rules_find(rules, STR("test-rule")), r);
	assert_null(rules_find(rules, STR("other")));
	assert_string_equal(str_c(&a, rules_lookup(rules, STR("squawk:x"), 0).id), "test-rule");
	assert_null(rules_lookup(rules, STR("squawk:x"), 1).id.s);
	assert_string_equal(str_c(&a, rules_lookup(rules, STR("test-rul"), 0).closest), "test-rule");
	assert_int_equal(rules_set_severity(rules, STR("test-rule"), STR("off"), &err), 0);
	assert_int_equal(rules_set_severity(rules, STR("test-rule"), STR("eror"), &err), -1);
	assert_int_equal(rules_set_severity(rules, STR("tst-rule"), STR("info"), &err), -1);
	assert_string_equal(str_c(&a, err.message), "unknown rule 'tst-rule'; did you mean 'test-rule'?");
	assert_int_equal(rules_set_param(rules, STR("test-rule"), STR("top"), STR("EXCLUSIVE"), &err), 0);
	assert_int_equal(r->params[0].value.lock, EXCLUSIVE);
	assert_int_equal(rules_set_param(rules, STR("test-rule"), STR("top"), STR("x"), &err), -1);
	assert_int_equal(rules_set_param(rules, STR("test-rule"), STR("tip"), STR("x"), &err), -1);
	assert_string_equal(str_c(&a, err.message), "rule test-rule has no parameter 'tip'; did you mean 'top'?");
	rules_reset(rules);
	assert_int_equal(r->effective, SEVERITY_ERROR);
	assert_int_equal(r->params[0].value.lock, SHARE);
	arena_free(&a);
}

static void
same_id(void **state)
{
	struct arena a;
	struct rules *rules;
	struct diags diags = { .arena = &a };

	(void)state;
	arena_init(&a, NULL, NULL);
	rules = rules_new(&a);
	load(&a, rules, "rules/x/test-rule.yaml", HEAD "aliases: [ y ]\n")->builtin = true;
	/* From elsewhere it is refused; the same file as in the sources replaces what is compiled in. */
	assert_int_equal(rules_add(rules, rule_parse(&a, source_new(&a, STR("own/test-rule.yaml"), STR(HEAD)), &diags)), -1);
	load(&a, rules, "../rules/x/test-rule.yaml", HEAD);
	assert_int_equal(rules->list.n, 1);
	assert_false(rules_find(rules, STR("test-rule"))->builtin);
	assert_null(rules_lookup(rules, STR("y"), 0).id.s);
	arena_free(&a);
}

static void
notes_are_on_rules(void **state)
{
	struct arena a;
	struct rules *rules;

	(void)state;
	arena_init(&a, NULL, NULL);
	rules = rules_new(&a);
	rules_load_builtin(rules);
	for (size_t i = 0; i < rules->list.n; i++)
		for (size_t k = 0; k < rules->list.items[i]->nnote_on; k++)
			assert_non_null(rules_find(rules, rules->list.items[i]->note_on[k]));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(mistakes), cmocka_unit_test(what_is_read),
		cmocka_unit_test(registry), cmocka_unit_test(same_id), cmocka_unit_test(notes_are_on_rules) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
