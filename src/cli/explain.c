#include "cli/book.h"
#include "cli/rule_words.h"
#include "cli/shared.h"
#include "output/layout.h"

enum { WIDTH = 90 };

extern const struct command command_explain;

static const struct option_spec options[] = {
	{ "markdown", 'm', NULL, "as Markdown; without a RULE, the book of all rules" },
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

/* ---- the parts ---- */

static void
row(struct table *t, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	table_cell(t, str_of(key));
	table_cell(t, value);
}

static void
head(struct buf *out, const struct rule *r)
{
	struct table t = { .arena = out->arena, .ncolumns = 2, .indent = 2 };

	buf_printf(out, "%.*s\n", STR_ARG(r->id));
	text_wrap(out, r->title, 0, WIDTH);
	buf_c(out, "\n\n");
	row(&t, "severity", rule_severity_words(out->arena, r));
	row(&t, "category", r->category);
	row(&t, "since", r->since);
	for (size_t i = 0; i < r->nkinds; i++)
		row(&t, i == 0 ? "operation" : "",
			str_printf(out->arena, "%s: %s", r->kinds[i]->name, r->kinds[i]->doc));
	if (r->nkinds == 0)
		row(&t, "operation", STR("any"));
	for (size_t i = 0; i < r->naliases; i++)
		row(&t, i == 0 ? "also" : "", r->aliases[i]);
	for (size_t i = 0; i < r->nnote_on; i++)
		row(&t, i == 0 ? "a note on" : "", r->note_on[i]);
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
	paragraph(out, "Says", template_shown(out->arena, r->message_text));
	rule_conditions(out, "Fires when", &r->when);
	rule_conditions(out, "Unless", &r->unless);
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
	bool markdown = args_has(args, "markdown");
	struct rule_name found = rules_lookup(rules, name, 0);

	if (!found.id.s && found.closest.s)
		return args_error(args, "there is no rule '%.*s'; did you mean '%.*s'?", STR_ARG(name),
			STR_ARG(found.closest));
	if (!found.id.s)
		return args_error(args, "there is no rule '%.*s': see `dbopt-migrate list rules`", STR_ARG(name));
	for (size_t i = 0; found.id.s; found = rules_lookup(rules, name, ++i)) {
		buf_c(out, out->n == 0 ? "" : markdown ? "\n" : "\n\n");
		(markdown ? book_rule : explain)(out, rules_find(rules, found.id));
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
	if (args.noperands == 0 && !args_has(&args, "markdown"))
		return args_error(&args, "which rule? See `dbopt-migrate list rules`");
	if (setup_rules(&setup, &args, STR(".")) != 0)
		return STATUS_TROUBLE;
	status = setup_complain(&setup);
	if (args.noperands == 0)
		book(&out, setup.rules);
	for (size_t i = 0; i < args.noperands; i++) {
		int one = explain_name(&out, &args, setup.rules, args.operands[i]);
		status = one > status ? one : status;
	}
	return cli_print(buf_text(&out), status);
}

const struct command command_explain = {
	.name = "explain",
	.usage = "[OPTION...] RULE... | --markdown",
	.summary = "Tell everything about a rule: when it fires, why, what to write instead, examples.",
	.details = "A RULE is the name in brackets of a finding, or another tool's name for it, such as "
		   "squawk:adding-not-nullable-field.",
	.options = options,
	.run = run,
};
