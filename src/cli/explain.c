#include "cli/shared.h"
#include "output/layout.h"

enum { WIDTH = 90 };

extern const struct command command_explain;

static const struct option_spec options[] = {
	RULE_OPTIONS,
	{ 0 },
};

static void
paragraph(struct buf *out, const char *title, struct str text)
{
	if (text.n == 0)
		return;
	buf_printf(out, "\n%s\n  ", title);
	text_wrap(out, utf8_printable(out->arena, text), 2, WIDTH);
	buf_char(out, '\n');
}

static void
code(struct buf *out, struct str text, size_t indent)
{
	buf_repeat(out, ' ', indent);
	text_indent(out, utf8_printable(out->arena, str_trim(text)), indent);
	buf_char(out, '\n');
}

/* ---- conditions, in words ---- */

static void
operand_words(struct buf *out, const struct operand *o)
{
	struct value value = o->param ? o->param->value : o->value;

	buf_str(out, value_words(out->arena, value));
	if (o->param)
		buf_printf(out, " (%.*s)", STR_ARG(o->param->name));
}

static void
test_words(struct buf *out, const struct cond *c)
{
	static const char *const words[] = { "is", "<", "<=", ">=", ">" };

	buf_printf(out, "%.*s %s ", STR_ARG(c->field.name), words[c->cmp]);
	for (size_t i = 0; i < c->noperands; i++) {
		buf_c(out, i == 0 ? "" : i + 1 == c->noperands ? " or " : ", ");
		operand_words(out, &c->operands[i]);
	}
	buf_char(out, '\n');
}

static void
cond_words(struct buf *out, const struct cond *c, size_t indent)
{
	static const char *const heads[] = { "all of:\n", "any of:\n", "not:\n" };

	buf_repeat(out, ' ', indent);
	if (c->kind == COND_TEST) {
		test_words(out, c);
		return;
	}
	buf_c(out, heads[c->kind]);
	for (size_t i = 0; i < c->nkids; i++)
		cond_words(out, &c->kids[i], indent + 2);
}

/* The conditions of a rule: what must all hold needs no head. */
static void
conditions(struct buf *out, const char *title, const struct cond *c)
{
	bool all = c->kind == COND_ALL;

	if (all && c->nkids == 0)
		return;
	buf_printf(out, "\n%s\n", title);
	for (size_t i = 0; all && i < c->nkids; i++)
		cond_words(out, &c->kids[i], 2);
	if (!all)
		cond_words(out, c, 2);
}

/* ---- the parts ---- */

static void
row(struct table *t, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	table_cell(t, str_of(key));
	table_cell(t, value);
}

static struct str
severity_words(struct arena *arena, const struct rule *r)
{
	const char *shipped = severity_name(r->severity);

	if (!r->enabled && r->effective == SEVERITY_OFF)
		return str_printf(arena, "%s, but off unless configured", shipped);
	if (r->effective != r->severity)
		return str_printf(arena, "%s (%s as shipped)", severity_name(r->effective), shipped);
	return str_of(shipped);
}

static void
head(struct buf *out, const struct rule *r)
{
	struct table t = { .arena = out->arena, .ncolumns = 2, .indent = 2 };

	buf_printf(out, "%.*s\n", STR_ARG(r->id));
	text_wrap(out, r->title, 0, WIDTH);
	buf_c(out, "\n\n");
	row(&t, "severity", severity_words(out->arena, r));
	row(&t, "category", r->category);
	row(&t, "since", r->since);
	for (size_t i = 0; i < r->nkinds; i++)
		row(&t, i == 0 ? "operation" : "",
			str_printf(out->arena, "%s: %s", r->kinds[i]->name, r->kinds[i]->doc));
	if (r->nkinds == 0)
		row(&t, "operation", STR("any"));
	for (size_t i = 0; i < r->naliases; i++)
		row(&t, i == 0 ? "also" : "", r->aliases[i]);
	table_write(out, &t, 0);
}

static void
examples(struct buf *out, const char *title, const struct example *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "\n%s: %.*s\n", title, STR_ARG(list[i].name));
		code(out, list[i].text, 4);
	}
}

static void
explain(struct buf *out, const struct rule *r)
{
	head(out, r);
	conditions(out, "Fires when", &r->when);
	conditions(out, "Unless", &r->unless);
	paragraph(out, "Why", r->why);
	if (r->safe_text.n > 0) {
		buf_c(out, "\nSafe alternative\n");
		code(out, r->safe_text, 4);
		if (r->safe_same)
			buf_c(out, "  It ends in the same schema.\n");
	}
	paragraph(out, "Trade-offs", r->tradeoffs);
	paragraph(out, "No problem when", r->ignore_when);
	examples(out, "Bad", r->bad, r->nbad);
	examples(out, "Good", r->good, r->ngood);
	examples(out, "Left to other rules", r->elsewhere, r->nelsewhere);
	if (r->nreferences > 0)
		buf_c(out, "\nReferences\n");
	for (size_t i = 0; i < r->nreferences; i++)
		buf_printf(out, "  %.*s\n", STR_ARG(r->references[i]));
	buf_printf(out, "\nTo allow it for one statement\n    -- dbopt-migrate: allow %.*s because REASON\n", STR_ARG(r->id));
}

static int
explain_name(struct buf *out, const struct args *args, struct rules *rules, struct str name)
{
	struct rule_name found = rules_lookup(rules, name, 0);

	if (!found.id.s && found.closest.s)
		return args_error(args, "there is no rule '%.*s'; did you mean '%.*s'?", STR_ARG(name),
			STR_ARG(found.closest));
	if (!found.id.s)
		return args_error(args, "there is no rule '%.*s': see `dbopt-migrate list rules`", STR_ARG(name));
	for (size_t i = 0; found.id.s; found = rules_lookup(rules, name, ++i)) {
		buf_c(out, out->n > 0 ? "\n\n" : "");
		explain(out, rules_find(rules, found.id));
	}
	return STATUS_CLEAN;
}

static int
run(struct arena *arena, int argc, char **argv)
{
	struct args args;
	struct setup setup;
	struct buf out = BUF(arena);
	int status;

	if (!args_parse(arena, &command_explain, argc, argv, &args, &status))
		return status;
	if (args.noperands == 0)
		return args_error(&args, "which rule? See `dbopt-migrate list rules`");
	if (setup_rules(&setup, &args, STR(".")) != 0)
		return STATUS_TROUBLE;
	status = setup_complain(&setup);
	for (size_t i = 0; i < args.noperands; i++) {
		int one = explain_name(&out, &args, setup.rules, args.operands[i]);
		status = one > status ? one : status;
	}
	return cli_print(buf_text(&out), status);
}

const struct command command_explain = {
	.name = "explain",
	.usage = "[OPTION...] RULE...",
	.summary = "Tell everything about a rule: when it fires, why, what to write instead, examples.",
	.details = "A RULE is the name in brackets of a finding, or another tool's name for it, such as "
		   "squawk:adding-not-nullable-field.",
	.options = options,
	.run = run,
};
