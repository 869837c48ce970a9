#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/yaml.h"

static const struct row {
	const char *text;
	const char *want;               /* the tree as show() writes it, or "line:column: message" */
} rows[] = {
	{ "", "" },
	{ "# nothing\n", "" },
	{ "---\n", "" },
	{ "a: 1\nb: [x, 'y z']\n", "1:1 {1:1 a=1:4 '1' 2:1 b=2:4 [2:5 'x' 2:8 'y z']}" },
	{ "a:\n  b: { c: d }\n", "1:1 {1:1 a=2:3 {2:3 b=2:6 {2:8 c=2:11 'd'}}}" },
	{ "- a\n- - b\n", "1:1 [1:3 'a' 2:3 [2:5 'b']]" },
	{ "a: |\n  x\n   y\n", "1:1 {1:1 a=1:4 'x\n y\n'}" },
	{ "\xEF\xBB\xBF" "a: b", "1:1 {1:1 a=1:4 'b'}" },
	{ "\xC3\xA9\xE2\x82\xAC: b\nc: d", "1:1 {1:1 \xC3\xA9\xE2\x82\xAC=1:5 'b' 2:1 c=2:4 'd'}" },
	{ "a: b\r\nc: d\r\n", "1:1 {1:1 a=1:4 'b' 2:1 c=2:4 'd'}" },
	{ "a: yes\nb: ~", "1:1 {1:1 a=1:4 'yes' 2:1 b=2:4 '~'}" },
	{ "a: 1\nb: 2\na: 3\n", "3:1: 'a' is given twice" },
	{ "a: { x: 1, x: 2 }", "1:12: 'x' is given twice" },
	{ "a: &x 1\n", "1:4: anchors are not supported" },
	{ "&x a: 1\n", "1:1: anchors are not supported" },
	{ "a: *x\n", "1:4: aliases are not supported" },
	{ "a: !!str 1\n", "1:4: tags are not supported" },
	{ "a: !x [1]\n", "1:4: tags are not supported" },
	{ "[a]: b\n", "1:1: a key must be a text" },
	{ "a: 1\n---\nb: 2\n", "2:1: a second document is not supported" },
	{ "a: [1\n", "1:6: not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'" },
	{ "a: b: c\n", "1:5: not valid YAML: mapping values are not allowed in this context" },
	{ "a: \xFF\n", "1:4: not valid YAML: invalid leading UTF-8 octet" },
	{ "a: 'x", "1:5: not valid YAML: while scanning a quoted scalar, found unexpected end of stream" },
	{ "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "1:34: nested deeper than 32" },
};

/* What other programs write. */
static const struct row lenient_rows[] = {
	{ "a: &x 1\nb: *x\n", "1:1 {1:1 a=1:4 '1' 2:1 b=1:4 '1'}" },
	{ "- &x { k: v }\n- *x\n- n: *x\n", "1:1 [1:3 {1:8 k=1:11 'v'} 1:3 {1:8 k=1:11 'v'} 3:3 {3:3 n=1:3 {1:8 k=1:11 'v'}}]" },
	{ "a: *x\n", "1:4: there is no such anchor before" },
	{ "a: &x [*x]\n", "1:8: there is no such anchor before" },
	{ "a:\nb: 2\na: 3\n", "1:1 {3:1 a=3:4 '3' 2:1 b=2:4 '2'}" },
	{ "a: !!str 1\n", "1:4: tags are not supported" },
};

static void
put_place(struct buf *b, struct place at)
{
	struct position p = source_position(at.source, at.span.off);

	buf_printf(b, "%u:%u ", p.line, p.column);
}

static void
show(struct buf *b, const struct yaml *node)
{
	put_place(b, node->at);
	if (node->kind == YAML_TEXT) {
		buf_printf(b, "'%.*s'", STR_ARG(node->text));
		return;
	}
	buf_char(b, node->kind == YAML_LIST ? '[' : '{');
	for (size_t i = 0; i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		if (i > 0)
			buf_char(b, ' ');
		if (node->kind == YAML_MAP) {
			put_place(b, item->key_at);
			buf_printf(b, "%.*s=", STR_ARG(item->key));
		}
		show(b, item);
	}
	buf_char(b, node->kind == YAML_LIST ? ']' : '}');
}

static void
show_mistake(struct buf *b, const struct diag *d)
{
	struct position p = source_position(d->labels[0].at.source, d->labels[0].at.span.off);

	buf_printf(b, "%u:%u: %.*s", p.line, p.column, STR_ARG(d->message));
}

static void
check_rows(const struct row *list, size_t n, bool lenient)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct diags diags = { .arena = &a };
		struct yaml_file f = { .arena = &a, .source = source_new(&a, STR("x"), str_of(list[i].text)),
			.diags = &diags, .rule = STR("invalid"), .lenient = lenient };
		struct buf got = BUF(&a);
		struct yaml *root = yaml_read(&f);
		assert_int_equal(f.mistakes, diags.list.n);
		if (diags.list.n > 0) {
			assert_null(root);
			assert_true(diags.list.items[0]->unchecked);
			show_mistake(&got, diags.list.items[0]);
		} else if (root != NULL)
			show(&got, root);
		assert_string_equal(str_c(&a, buf_text(&got)), list[i].want);
		arena_free(&a);
	}
}

static void
trees(void **state)
{
	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]), false);
}

static void
lenient_trees(void **state)
{
	(void)state;
	check_rows(lenient_rows, sizeof(lenient_rows) / sizeof(lenient_rows[0]), true);
}

/* Each alias stands for ten times what the one before it does. */
static void
refuses_aliases_of_aliases(void **state)
{
	static const char text[] = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
	    "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
	    "f: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
	const struct row row = { text, "6:8: aliases stand for too much" };

	(void)state;
	check_rows(&row, 1, true);
}

static void
block_text_lines(void **state)
{
	struct arena a;
	struct diags diags = { 0 };
	struct yaml_file f = { .arena = &a, .diags = &diags };
	struct yaml *root;

	(void)state;
	arena_init(&a, NULL, NULL);
	diags.arena = &a;
	f.source = source_new(&a, STR("x"), STR("a: b\nc: |\n  text\nd: >\n  more\n"));
	root = yaml_read(&f);
	assert_int_equal(yaml_get(root, "a")->line, 1);
	assert_int_equal(yaml_get(root, "c")->line, 3);
	assert_int_equal(yaml_get(root, "d")->line, 5);
	assert_null(yaml_get(root, "e"));
	arena_free(&a);
}

static void
refuses_what_is_too_large(void **state)
{
	struct arena a;
	struct diags diags = { .arena = &a };
	struct yaml_file f = { .arena = &a, .diags = &diags };
	struct buf big = BUF(&a);

	(void)state;
	arena_init(&a, NULL, NULL);
	buf_repeat(&big, '#', (1 << 20) + 1);
	f.source = source_new(&a, STR("x"), buf_text(&big));
	assert_null(yaml_read(&f));
	assert_string_equal(str_c(&a, diags.list.items[0]->message), "larger than 1 MiB");
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(trees), cmocka_unit_test(lenient_trees), cmocka_unit_test(refuses_aliases_of_aliases), cmocka_unit_test(block_text_lines),
		cmocka_unit_test(refuses_what_is_too_large) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
