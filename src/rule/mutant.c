#include "rule/mutant.h"

#include <string.h>

#include "base/buf.h"

struct maker {
	struct arena *arena;
	struct rule *rule;
	struct mutants *list;
	const char *where;              /* "when" */
};

/* ---- words ---- */

static void
put_operands(struct buf *b, const struct cond *c)
{
	for (size_t i = 0; i < c->noperands; i++) {
		const struct operand *o = &c->operands[i];
		buf_c(b, i > 0 ? ", " : "");
		if (o->param != NULL)
			buf_printf(b, "$%.*s", STR_ARG(o->param->name));
		else
			buf_str(b, value_words(b->arena, o->value));
	}
}

static void
put_cond(struct buf *b, const struct cond *c)
{
	static const char *const compares[] = { ":", " <", " <=", " >=", " >", " has", " matches" };
	static const char *const heads[] = { "all", "any", "not" };

	if (c->kind == COND_TEST) {
		buf_printf(b, "%.*s%s ", STR_ARG(c->field.name), compares[c->cmp]);
		put_operands(b, c);
		return;
	}
	if (c->nkids == 1 && c->kind == COND_ALL) {
		put_cond(b, c->kids);
		return;
	}
	buf_printf(b, "%s(", heads[c->kind]);
	for (size_t i = 0; i < c->nkids; i++) {
		buf_c(b, i > 0 ? "; " : "");
		put_cond(b, &c->kids[i]);
	}
	buf_char(b, ')');
}

static struct str
words(const struct maker *m, const char *what, const struct cond *c, const char *after)
{
	struct buf b = BUF(m->arena);

	buf_printf(&b, "%s: %s", m->where, what);
	put_cond(&b, c);
	buf_c(&b, after);
	return buf_text(&b);
}

/* ---- mistakes ---- */

static struct mutant *
add(const struct maker *m, struct cond *at, struct str said)
{
	struct mutant *mutant = vec_push(m->arena, m->list);

	*mutant = (struct mutant){ m->rule, at, *at, m->rule->kinds, m->rule->nkinds, said };
	return mutant;
}

/* A list without one of its elements. */
static void *
without(struct arena *a, const void *list, size_t n, size_t size, size_t i)
{
	char *copy = arena_alloc(a, n * size);
	const char *from = list;

	memcpy(copy, from, i * size);
	memcpy(copy + i * size, from + (i + 1) * size, (n - i - 1) * size);
	return copy;
}

static void
drop_kid(const struct maker *m, struct cond *c, size_t i)
{
	struct mutant *mutant = add(m, c, words(m, "without ", &c->kids[i], ""));

	mutant->with.kids = without(m->arena, c->kids, c->nkids, sizeof(*c->kids), i);
	mutant->with.nkids--;
}

static void
drop_operand(const struct maker *m, struct cond *c, size_t i)
{
	struct cond only = *c;
	struct mutant *mutant;

	only.operands = &c->operands[i];
	only.noperands = 1;
	mutant = add(m, c, words(m, "without the value of ", &only, ""));
	mutant->with.operands = without(m->arena, c->operands, c->noperands, sizeof(*c->operands), i);
	mutant->with.noperands--;
}

static void
negate(const struct maker *m, struct cond *c)
{
	struct mutant *mutant = add(m, c, words(m, "not ", c, ""));
	struct cond *kid = NEW(m->arena, struct cond);

	*kid = *c;
	mutant->with = (struct cond){ .kind = COND_NOT, .kids = kid, .nkids = 1 };
}

static void
move_border(const struct maker *m, struct cond *c)
{
	static const enum cmp other[] = { CMP_EQ, CMP_LE, CMP_LT, CMP_GT, CMP_GE };

	if (c->cmp != CMP_EQ && c->cmp <= CMP_GT)
		add(m, c, words(m, "", c, ", at its border"))->with.cmp = other[c->cmp];
}

static void
of_test(const struct maker *m, struct cond *c)
{
	negate(m, c);
	move_border(m, c);
	for (size_t i = 0; c->noperands > 1 && i < c->noperands; i++)
		drop_operand(m, c, i);
}

/* The only kid of all, any or not goes with them. */
static void
of_cond(const struct maker *m, struct cond *c, bool top)
{
	if (c->kind == COND_TEST) {
		of_test(m, c);
		return;
	}
	for (size_t i = 0; i < c->nkids; i++) {
		if (top || c->nkids > 1)
			drop_kid(m, c, i);
		of_cond(m, &c->kids[i], false);
	}
}

static void
drop_kind(const struct maker *m, size_t i)
{
	struct rule *r = m->rule;
	struct mutant *mutant = add(m, &r->when, str_printf(m->arena, "op: without %s", r->kinds[i]->name));

	mutant->kinds = without(m->arena, r->kinds, r->nkinds, sizeof(const struct op_kind *), i);
	mutant->nkinds--;
}

void
mutants_of(struct arena *arena, struct rule *rule, struct mutants *list)
{
	struct maker m = { arena, rule, list, "when" };

	for (size_t i = 0; rule->nkinds > 1 && i < rule->nkinds; i++)
		drop_kind(&m, i);
	of_cond(&m, &rule->when, true);
	m.where = "unless";
	of_cond(&m, &rule->unless, true);
}

void
mutant_swap(struct mutant *m)
{
	struct cond cond = *m->at;
	const struct op_kind **kinds = m->rule->kinds;
	size_t nkinds = m->rule->nkinds;

	*m->at = m->with;
	m->with = cond;
	m->rule->kinds = m->kinds;
	m->rule->nkinds = m->nkinds;
	m->kinds = kinds;
	m->nkinds = nkinds;
}
