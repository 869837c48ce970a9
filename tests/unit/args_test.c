#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/args.h"

static const struct option_spec options[] = {
	{ "format", 'f', "NAME", "how to print" },
	{ "fail-on", 0, "SEVERITY", "when to fail, said at such length that it cannot be shown on one line of a terminal" },
	{ "quiet", 'q', NULL, "less" },
	{ 0 },
};

static const struct command command = {
	.name = "test", .usage = "[OPTION...] [PATH...]", .summary = "Tries things.", .options = options
};

enum { MOST = 6 };

struct parse_case {
	const char *argv[MOST];         /* behind the command's name */
	int status;                     /* -1: well-formed */
	const char *said;               /* format, quiet, operands; or the message */
};

static const struct parse_case cases[] = {
	{ { 0 }, -1, "-/0/" },
	{ { "a", "b" }, -1, "-/0/a b " },
	{ { "-f", "json", "a" }, -1, "json/0/a " },
	{ { "-fjson", "-q" }, -1, "json/1/" },
	{ { "a", "--format=json", "-q", "b" }, -1, "json/1/a b " },
	{ { "--form", "json", "--format", "human" }, -1, "human/0/" },
	{ { "--", "-q", "--x" }, -1, "-/0/-q --x " },
	{ { "-" }, -1, "-/0/- " },
	{ { "--fromat", "json" }, 2, "unknown option --fromat; did you mean --format?" },
	{ { "--zzzzzzz" }, 2, "unknown option --zzzzzzz" },
	{ { "--f" }, 2, "option --f is ambiguous: --format or --fail-on" },
	{ { "-x" }, 2, "unknown option -x" },
	{ { "-qx" }, 2, "unknown option -x" },
	{ { "--quiet=yes" }, 2, "option --quiet takes no argument" },
	{ { "-f" }, 2, "option --format needs an argument: NAME" },
	{ { "--format" }, 2, "option --format needs an argument: NAME" },
};

/* What fn() wrote to standard error. */
static struct str
said_to_stderr(struct arena *arena, void (*fn)(void *), void *arg)
{
	FILE *f = tmpfile();
	char *text = arena_alloc(arena, 4096);
	int saved = dup(STDERR_FILENO);

	assert_non_null(f);
	fflush(stderr);
	dup2(fileno(f), STDERR_FILENO);
	fn(arg);
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(f);
	size_t n = fread(text, 1, 4095, f);
	fclose(f);
	return (struct str){ text, n };
}

struct attempt {
	struct arena *arena;
	const struct parse_case *c;
	struct args args;
	int status;
};

static void
parse(void *arg)
{
	struct attempt *a = arg;
	char **argv = NEW_ARRAY(a->arena, char *, MOST + 2);
	int argc = 1;

	argv[0] = str_c(a->arena, STR("test"));
	for (; argc <= MOST && a->c->argv[argc - 1]; argc++)
		argv[argc] = str_c(a->arena, str_of(a->c->argv[argc - 1]));
	if (args_parse(a->arena, &command, argc, argv, &a->args, &a->status))
		a->status = -1;
}

static struct str
summary(const struct args *args)
{
	struct buf b = BUF(args->arena);
	struct str format = args_value(args, "format");

	buf_str(&b, format.s ? format : STR("-"));
	buf_printf(&b, "/%d/", args_has(args, "quiet"));
	for (size_t i = 0; i < args->noperands; i++)
		buf_printf(&b, "%.*s ", STR_ARG(args->operands[i]));
	return buf_text(&b);
}

static void
test_parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena arena;
		arena_init(&arena, NULL, NULL);
		struct attempt a = { .arena = &arena, .c = &cases[i] };
		struct str said = said_to_stderr(&arena, parse, &a);
		struct str want = str_of(cases[i].said);
		assert_int_equal(a.status, cases[i].status);
		if (a.status == -1)
			said = summary(&a.args);
		else
			want = str_printf(&arena, "dbopt-migrate test: %s\nTry `dbopt-migrate test --help`.\n", cases[i].said);
		assert_string_equal(str_c(&arena, said), str_c(&arena, want));
		arena_free(&arena);
	}
}

static const struct {
	const char *value;              /* NULL: not given */
	int choice;
	const char *said;
} choices[] = {
	{ NULL, 7, "" },
	{ "json", 1, "" },
	{ "jsno", -1, "dbopt-migrate test: unknown value of --format 'jsno'; did you mean 'json'?\n" },
	{ "q", -1, "dbopt-migrate test: unknown value of --format 'q' (known: human, json)\n" },
};

struct choosing {
	struct args *args;
	int choice;
};

static void
choose(void *arg)
{
	static const struct str known[] = { { "human", 5 }, { "json", 4 } };
	struct choosing *c = arg;

	c->choice = args_choice(c->args, "format", known, 2, 7);
}

static void
test_choice(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		struct arena arena;
		arena_init(&arena, NULL, NULL);
		struct args args = { .arena = &arena, .command = &command };
		struct choosing c = { .args = &args };
		if (choices[i].value)
			*vec_push(&arena, &args.options) = (struct given){ &options[0], choices[i].value };
		struct str said = said_to_stderr(&arena, choose, &c);
		assert_int_equal(c.choice, choices[i].choice);
		assert_true(str_starts(said, choices[i].said));
		assert_int_equal(said.n == 0, choices[i].choice >= 0);
		arena_free(&arena);
	}
}

static void
test_help(void **state)
{
	struct arena arena;
	struct buf out = BUF(&arena);

	(void)state;
	arena_init(&arena, NULL, NULL);
	args_help(&out, &command);
	assert_string_equal(str_c(&arena, buf_text(&out)),
		"usage: dbopt-migrate test [OPTION...] [PATH...]\n"
		"\n"
		"Tries things.\n"
		"\n"
		"Options:\n"
		"  -f, --format NAME       how to print\n"
		"      --fail-on SEVERITY  when to fail, said at such length that it cannot be shown on one\n"
		"                          line of a terminal\n"
		"  -q, --quiet             less\n"
		"  -h, --help              print this and leave\n");
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_choice),
		cmocka_unit_test(test_help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
