#include "cli/args.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "output/layout.h"

enum { LONG = 256, WIDTH = 90 };

static const struct option_spec help_option = { "help", 'h', NULL, "print this and leave" };

static size_t
count_options(const struct command *c)
{
	size_t n = 0;

	while (c->options[n].name)
		n++;
	return n;
}

/* Option i of the command; --help follows the last. */
static const struct option_spec *
option_at(const struct command *c, size_t n, size_t i)
{
	return i < n ? &c->options[i] : &help_option;
}

struct str
args_suggestion(struct arena *arena, struct str word, const struct str *choices, size_t n)
{
	struct str closest = str_closest(word, choices, n);

	if (!closest.s)
		return STR("");
	return str_printf(arena, "; did you mean '%.*s'?", STR_ARG(closest));
}

int
args_error(const struct args *args, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct str message = str_vprintf(args->arena, fmt, ap);
	va_end(ap);
	message = utf8_printable(args->arena, message);
	fprintf(stderr, "dbopt-migrate %s: %.*s\n", args->command->name, STR_ARG(message));
	fprintf(stderr, "Try `dbopt-migrate %s --help`.\n", args->command->name);
	return STATUS_TROUBLE;
}

static struct option *
long_options(struct arena *arena, const struct command *c, size_t n)
{
	struct option *list = NEW_ARRAY(arena, struct option, n + 2);

	for (size_t i = 0; i <= n; i++) {
		const struct option_spec *o = option_at(c, n, i);
		list[i] = (struct option){ o->name, o->argument ? required_argument : no_argument, NULL, LONG + (int)i };
	}
	return list;
}

/* ":" first: getopt() tells a missing argument from an unknown option. */
static const char *
short_options(struct arena *arena, const struct command *c, size_t n)
{
	struct buf b = BUF(arena);

	buf_char(&b, ':');
	for (size_t i = 0; i <= n; i++) {
		const struct option_spec *o = option_at(c, n, i);
		if (o->letter) {
			buf_char(&b, o->letter);
			buf_c(&b, o->argument ? ":" : "");
		}
	}
	return str_c(arena, buf_text(&b));
}

/* What getopt_long() returned, as an option of ours; NULL: none. */
static const struct option_spec *
option_of(const struct command *c, size_t n, int code)
{
	for (size_t i = 0; i <= n; i++)
		if (code == LONG + (int)i || (code > 0 && code == option_at(c, n, i)->letter))
			return option_at(c, n, i);
	return NULL;
}

static int
ambiguous(const struct args *args, struct str name, const struct str *names, size_t n)
{
	struct buf meant = BUF(args->arena);

	for (size_t i = 0; i < n; i++)
		if (str_starts(names[i], str_c(args->arena, name)))
			buf_printf(&meant, "%s--%.*s", buf_text(&meant).n > 0 ? " or " : "", STR_ARG(names[i]));
	struct str text = buf_text(&meant);
	return args_error(args, "option --%.*s is ambiguous: %.*s", STR_ARG(name), STR_ARG(text));
}

static int
unknown_long(const struct args *args, size_t n, struct str word)
{
	struct str *names = NEW_ARRAY(args->arena, struct str, n + 1);
	struct str name = str_slice(word, 2, word.n);
	size_t equals = str_find_char(name, '='), starts = 0;

	name = str_slice(name, 0, equals < name.n ? equals : name.n);
	for (size_t i = 0; i <= n; i++) {
		names[i] = str_of(option_at(args->command, n, i)->name);
		starts += str_starts(names[i], str_c(args->arena, name));
	}
	if (starts > 1)
		return ambiguous(args, name, names, n + 1);
	struct str closest = str_closest(name, names, n + 1);
	if (!closest.s)
		return args_error(args, "unknown option --%.*s", STR_ARG(name));
	return args_error(args, "unknown option --%.*s; did you mean --%.*s?", STR_ARG(name), STR_ARG(closest));
}

/* After getopt_long() returned '?' or ':'; word is where it stopped. */
static int
wrong_option(const struct args *args, size_t n, int code, const char *word)
{
	const struct option_spec *o = option_of(args->command, n, optopt);

	if (code == ':' && o)
		return args_error(args, "option --%s needs an argument: %s", o->name, o->argument);
	if (o && optopt >= LONG)
		return args_error(args, "option --%s takes no argument", o->name);
	if (optopt > 0 && optopt < LONG)
		return args_error(args, "unknown option -%c", optopt);
	return unknown_long(args, n, str_of(word));
}

static void
take_operands(struct args *args, char **argv, size_t n)
{
	struct str *list = NEW_ARRAY(args->arena, struct str, n + 1);

	for (size_t i = 0; i < n; i++)
		list[i] = str_of(argv[i]);
	args->operands = list;
	args->noperands = n;
}

bool
args_parse(struct arena *arena, const struct command *c, int argc, char **argv, struct args *args, int *status)
{
	size_t n = count_options(c);
	struct option *longs = long_options(arena, c, n);
	const char *shorts = short_options(arena, c, n);
	struct buf help = BUF(arena);
	int code;

	*args = (struct args){ .arena = arena, .command = c };
	opterr = 0;
	optind = 0; /* glibc: forget what an earlier parse left */
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct option_spec *o = option_of(c, n, code);
		if (!o) {
			*status = wrong_option(args, n, code, argv[optind - 1]);
			return false;
		}
		if (o == &help_option) {
			args_help(&help, c);
			*status = cli_print(buf_text(&help), STATUS_CLEAN);
			return false;
		}
		*vec_push(arena, &args->options) = (struct given){ o, o->argument ? optarg : NULL };
	}
	take_operands(args, argv + optind, (size_t)(argc - optind));
	return true;
}

static const struct given *
find_given(const struct args *args, const char *option)
{
	for (size_t i = args->options.n; i-- > 0;)
		if (strcmp(args->options.items[i].option->name, option) == 0)
			return &args->options.items[i];
	return NULL;
}

struct str
args_value(const struct args *args, const char *option)
{
	const struct given *g = find_given(args, option);

	return g ? str_of(g->value) : STR_NONE;
}

bool
args_has(const struct args *args, const char *option)
{
	return find_given(args, option) != NULL;
}

int
args_choose(const struct args *args, const char *what, struct str value, const struct str *choices, size_t n)
{
	struct buf known = BUF(args->arena);

	for (size_t i = 0; i < n; i++) {
		if (str_eq(value, choices[i]))
			return (int)i;
		buf_c(&known, i > 0 ? ", " : "");
		buf_str(&known, choices[i]);
	}
	struct str meant = args_suggestion(args->arena, value, choices, n);
	if (meant.n == 0)
		meant = str_printf(args->arena, " (known: %.*s)", STR_ARG(buf_text(&known)));
	args_error(args, "unknown %s '%.*s'%.*s", what, STR_ARG(value), STR_ARG(meant));
	return -1;
}

int
args_choice(const struct args *args, const char *option, const struct str *choices, size_t n, int otherwise)
{
	struct str value = args_value(args, option);
	struct str what = str_printf(args->arena, "value of --%s", option);

	return value.s ? args_choose(args, str_c(args->arena, what), value, choices, n) : otherwise;
}

static struct str
option_words(struct arena *arena, const struct option_spec *o)
{
	struct buf b = BUF(arena);

	if (o->letter)
		buf_printf(&b, "-%c, ", o->letter);
	else
		buf_c(&b, "    ");
	buf_printf(&b, "--%s", o->name);
	if (o->argument)
		buf_printf(&b, " %s", o->argument);
	return buf_text(&b);
}

void
args_help(struct buf *out, const struct command *c)
{
	struct table options = { .arena = out->arena, .ncolumns = 2, .indent = 2 };
	size_t n = count_options(c);

	buf_printf(out, "usage: dbopt-migrate %s %s\n\n", c->name, c->usage);
	text_wrap(out, str_of(c->summary), 0, WIDTH);
	if (c->details) {
		buf_c(out, "\n\n");
		text_wrap(out, str_of(c->details), 0, WIDTH);
	}
	buf_c(out, "\n\nOptions:\n");
	for (size_t i = 0; i <= n; i++) {
		const struct option_spec *o = option_at(c, n, i);
		table_cell(&options, option_words(out->arena, o));
		table_cell(&options, str_of(o->doc));
	}
	table_write(out, &options, WIDTH);
}
