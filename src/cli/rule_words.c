#include "cli/rule_words.h"

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
	static const char *const words[] = { "is", "<", "<=", ">=", ">", "has", "matches" };

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

	if (c->kind != COND_TEST && c->kind != COND_NOT && c->nkids == 1) {
		cond_words(out, &c->kids[0], indent);
		return;
	}
	buf_repeat(out, ' ', indent);
	if (c->kind == COND_TEST) {
		test_words(out, c);
		return;
	}
	buf_c(out, heads[c->kind]);
	for (size_t i = 0; i < c->nkids; i++)
		cond_words(out, &c->kids[i], indent + 2);
}

void
rule_conditions(struct buf *out, const char *title, const struct cond *c)
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

struct str
rule_severity_words(struct arena *arena, const struct rule *r)
{
	const char *shipped = severity_name(r->severity);

	if (!r->enabled && r->effective == SEVERITY_OFF)
		return str_printf(arena, "%s, but off unless configured", shipped);
	if (r->effective != r->severity)
		return str_printf(arena, "%s (%s as shipped)", severity_name(r->effective), shipped);
	return str_of(shipped);
}
