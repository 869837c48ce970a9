#include <regex.h>

#include "rule/rule.h"

static enum tri
compare_order(enum cmp cmp, int64_t a, int64_t b)
{
	switch (cmp) {
	case CMP_EQ: return tri_of(a == b);
	case CMP_LT: return tri_of(a < b);
	case CMP_LE: return tri_of(a <= b);
	case CMP_GE: return tri_of(a >= b);
	case CMP_GT: return tri_of(a > b);
	case CMP_HAS:
	case CMP_MATCHES: break;
	}
	return UNKNOWN;
}

static bool
list_has(struct str list, struct str want)
{
	struct str one;

	while (str_cut(&list, ',', &one))
		if (str_eq(str_trim(one), want))
			return true;
	return false;
}

static bool
compile(struct arena *a, struct str pattern, regex_t *re, struct err *err)
{
	char why[200];
	int code = regcomp(re, str_c(a, pattern), REG_EXTENDED | REG_NOSUB);

	if (code == 0)
		return true;
	regerror(code, re, why, sizeof why);
	err_set(err, a, "'%.*s' is no regular expression: %s", STR_ARG(pattern), why);
	return false;
}

bool
pattern_check(struct arena *a, struct str pattern, struct err *err)
{
	regex_t re;

	if (!compile(a, pattern, &re, err))
		return false;
	regfree(&re);
	return true;
}

static enum tri
matches(struct arena *a, struct str text, struct str pattern)
{
	struct err err;
	regex_t re;
	bool found;

	if (!compile(a, pattern, &re, &err))
		return UNKNOWN;
	found = regexec(&re, str_c(a, text), 0, NULL, 0) == 0;
	regfree(&re);
	return tri_of(found);
}

static enum tri
compare_text(struct arena *a, enum cmp cmp, struct str have, struct str want)
{
	if (cmp == CMP_HAS)
		return tri_of(list_has(have, want));
	return cmp == CMP_MATCHES ? matches(a, have, want) : tri_of(str_eq(have, want));
}

static enum tri
compare(struct arena *a, enum cmp cmp, enum field_type type, const struct value *have, const struct value *want)
{
	switch (type) {
	case FIELD_BOOL: return tri_of(have->yes == want->yes);
	case FIELD_TEXT: return compare_text(a, cmp, have->text, want->text);
	case FIELD_NUMBER: return compare_order(cmp, have->number, want->number);
	case FIELD_LOCK: return compare_order(cmp, (int64_t)have->lock, (int64_t)want->lock);
	}
	return UNKNOWN;
}

static enum tri
test(const struct cond *c, const struct facts *f)
{
	struct value have = field_value(&c->field, f);

	if (have.state == VALUE_UNKNOWN)
		return UNKNOWN;
	if (have.state == VALUE_ABSENT)
		return NO;
	for (size_t i = 0; i < c->noperands; i++) {
		const struct operand *o = &c->operands[i];
		if (compare(f->arena, c->cmp, c->field.type, &have, o->param != NULL ? &o->param->value : &o->value) == YES)
			return absence_judge(f, c->field.name, have).state == VALUE_UNKNOWN ? UNKNOWN : YES;
	}
	return NO;
}

static enum tri
eval(const struct cond *c, const struct facts *f)
{
	enum tri all = YES, any = NO;

	switch (c->kind) {
	case COND_TEST:
		return test(c, f);
	case COND_NOT:
		return tri_not(eval(c->kids, f));
	case COND_ALL:
		for (size_t i = 0; i < c->nkids && all != NO; i++)
			all = tri_and(all, eval(&c->kids[i], f));
		return all;
	case COND_ANY:
		for (size_t i = 0; i < c->nkids && any != YES; i++)
			any = tri_or(any, eval(&c->kids[i], f));
		return any;
	}
	return UNKNOWN;
}

static bool
listed(const struct verdict *v, struct str name)
{
	for (size_t i = 0; i < v->unknown.n; i++)
		if (str_eq(v->unknown.items[i]->name, name))
			return true;
	return false;
}

/* The tests that are unknown inside conditions that are unknown: those that are decided did not need them. */
static void
collect(const struct cond *c, const struct facts *f, struct verdict *v)
{
	if (eval(c, f) != UNKNOWN)
		return;
	if (c->kind == COND_TEST && !listed(v, c->field.name))
		*vec_push(f->arena, &v->unknown) = &c->field;
	for (size_t i = 0; i < c->nkids; i++)
		collect(&c->kids[i], f, v);
}

void
cond_verdict(const struct rule *rule, const struct facts *f, struct verdict *v)
{
	*v = (struct verdict){ .fires = eval(&rule->when, f) };
	if (v->fires != NO && rule->unless.nkids > 0 && eval(&rule->unless, f) == YES)
		v->fires = NO;
	if (v->fires == UNKNOWN)
		collect(&rule->when, f, v);
}

static const struct field_ref *
find_field(const struct cond *c, size_t *nth)
{
	const struct field_ref *found = NULL;

	if (c->kind == COND_TEST)
		return (*nth)-- == 0 ? &c->field : NULL;
	for (size_t i = 0; found == NULL && i < c->nkids; i++)
		found = find_field(&c->kids[i], nth);
	return found;
}

const struct field_ref *
cond_field(const struct cond *c, size_t nth)
{
	return find_field(c, &nth);
}
