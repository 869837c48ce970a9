#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "fake.h"
#include "rule/rule.h"

/*
 * Conditions in a shorthand: "is_yes=true", "size<7"; & all, | any, ! not, all prefix:
 * "&(is_yes=true,!(is_no=true))". Operands of a test are separated by "/".
 */
static struct arena arena;

static void
parse_test(struct str text, struct cond *c)
{
	const struct op_kind *kinds[] = { &fake_kind };
	size_t at = 0;
	struct str piece;

	while (at < text.n && text.s[at] != '=' && text.s[at] != '<' && text.s[at] != '>')
		at++;
	c->kind = COND_TEST;
	c->cmp = text.s[at] == '=' ? CMP_EQ : text.s[at] == '<' ? CMP_LT : CMP_GT;
	assert_int_equal(field_resolve(&arena, str_slice(text, 0, at), kinds, 1, true, &c->field, NULL), 0);
	text = str_slice(text, at + 1, text.n);
	c->operands = NEW_ARRAY(&arena, struct operand, 4);
	while (str_cut(&text, '/', &piece))
		assert_int_equal(value_parse(&arena, c->field.name, c->field.type, piece,
		    &c->operands[c->noperands++].value, NULL), 0);
}

static void parse(struct str *rest, struct cond *c);

static void
parse_kids(struct str *rest, struct cond *c)
{
	c->kids = NEW_ARRAY(&arena, struct cond, 4);
	while (rest->s[0] != ')') {
		*rest = str_slice(*rest, 1, rest->n);
		parse(rest, &c->kids[c->nkids++]);
	}
	*rest = str_slice(*rest, 1, rest->n);
}

static void
parse(struct str *rest, struct cond *c)
{
	size_t n = 0;

	c->kind = rest->s[0] == '|' ? COND_ANY : rest->s[0] == '!' ? COND_NOT : COND_ALL;
	if (str_find_char(STR("&|!"), rest->s[0]) != (size_t)-1) {
		*rest = str_slice(*rest, 1, rest->n);
		parse_kids(rest, c);
		return;
	}
	while (n < rest->n && rest->s[n] != ',' && rest->s[n] != ')')
		n++;
	parse_test(str_slice(*rest, 0, n), c);
	*rest = str_slice(*rest, n, rest->n);
}

static const struct row {
	const char *when, *unless;      /* NULL: none */
	const char *want;               /* "yes", "no", "unknown" and the fields that are */
} rows[] = {
	{ NULL, NULL, "yes" },
	{ "is_yes=true", NULL, "yes" },
	{ "is_yes=false", NULL, "no" },
	{ "is_no=false", NULL, "yes" },
	{ "is_dark=true", NULL, "unknown is_dark" },
	{ "is_dark=false", NULL, "unknown is_dark" },
	{ "is_gone=true", NULL, "no" },
	{ "is_gone=false", NULL, "no" },
	{ "!(is_gone=true)", NULL, "yes" },
	{ "!(is_dark=true)", NULL, "unknown is_dark" },
	{ "!(is_yes=true)", NULL, "no" },
	{ "size=5", NULL, "yes" },
	{ "size=4", NULL, "no" },
	{ "size=4/5", NULL, "yes" },
	{ "size<5", NULL, "no" },
	{ "size<6", NULL, "yes" },
	{ "size>4", NULL, "yes" },
	{ "size>5", NULL, "no" },
	{ "dark_size<5", NULL, "unknown dark_size" },
	{ "gone_size<5", NULL, "no" },
	{ "mode=SHARE", NULL, "yes" },
	{ "mode=ShareLock", NULL, "yes" },
	{ "mode>ROW SHARE", NULL, "yes" },
	{ "mode>SHARE", NULL, "no" },
	{ "word=users", NULL, "yes" },
	{ "word=user", NULL, "no" },
	{ "word=a/b/users", NULL, "yes" },
	{ "&(is_yes=true,is_dark=true)", NULL, "unknown is_dark" },
	{ "&(is_no=true,is_dark=true)", NULL, "no" },
	{ "&(is_dark=true,dark_size<5,is_dark=false)", NULL, "unknown is_dark dark_size" },
	{ "|(is_yes=true,is_dark=true)", NULL, "yes" },
	{ "|(is_no=true,is_dark=true)", NULL, "unknown is_dark" },
	/* What is unknown inside a part that is decided did not matter. */
	{ "&(is_dark=true,|(is_yes=true,dark_size<5))", NULL, "unknown is_dark" },
	{ "is_yes=true", "is_yes=true", "no" },
	{ "is_yes=true", "is_no=true", "yes" },
	{ "is_yes=true", "is_dark=true", "yes" },
	{ "is_yes=true", "is_gone=true", "yes" },
	{ "is_yes=true", "!(is_gone=true)", "no" },
	{ "is_dark=true", "is_dark=true", "unknown is_dark" },
	{ "is_dark=true", "is_yes=true", "no" },
};

static struct cond
cond_of(const char *text)
{
	struct str rest = str_of(text);
	struct cond c = { .kind = COND_ALL };

	if (text != NULL)
		parse(&rest, &c);
	return c;
}

/* What read_conds() gives for a map of one. */
static struct cond
all_of(const char *text)
{
	struct cond c = { .kind = COND_ALL };

	if (text != NULL) {
		c.kids = NEW(&arena, struct cond);
		c.kids[0] = cond_of(text);
		c.nkids = 1;
	}
	return c;
}

static void
verdicts(void **state)
{
	static const char *const words[] = { "unknown", "no", "yes" };

	(void)state;
	arena_init(&arena, NULL, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rule rule = { .when = all_of(rows[i].when), .unless = all_of(rows[i].unless) };
		struct facts f = fake_facts(&arena);
		struct verdict v;
		struct buf got = BUF(&arena);
		cond_verdict(&rule, &f, &v);
		buf_c(&got, words[v.fires]);
		for (size_t k = 0; k < v.unknown.n; k++)
			buf_printf(&got, " %.*s", STR_ARG(v.unknown.items[k]->name));
		if (!str_is(buf_text(&got), rows[i].want))
			fail_msg("when %s unless %s: %.*s", rows[i].when, rows[i].unless, STR_ARG(buf_text(&got)));
	}
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(verdicts) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
