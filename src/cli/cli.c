#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/args.h"
#include "output/layout.h"
#include "sql/parse.h"

extern const struct command *const command_registry[];

const char *
cli_version(void)
{
	return "0.1.0";
}

const struct command *const *
cli_commands(size_t *n)
{
	for (*n = 0; command_registry[*n]; ++*n)
		;
	return command_registry;
}

int
cli_trouble(const char *fmt, ...)
{
	va_list ap;

	fputs("dbopt-migrate: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return STATUS_TROUBLE;
}

int
cli_print(struct str text, int status)
{
	errno = 0;
	if (text.n > 0)
		fwrite(text.s, 1, text.n, stdout);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	if (errno == EPIPE)
		return status;
	return cli_trouble("cannot write to standard output: %s", strerror(errno));
}

static const struct command *
find_command(struct str name)
{
	for (size_t i = 0; command_registry[i]; i++)
		if (str_is(name, command_registry[i]->name))
			return command_registry[i];
	return NULL;
}

static void
write_commands(struct buf *out)
{
	struct table t = { .arena = out->arena, .ncolumns = 2, .indent = 2 };

	buf_c(out, "Commands:\n");
	for (size_t i = 0; command_registry[i]; i++) {
		table_cell(&t, str_of(command_registry[i]->name));
		table_cell(&t, str_of(command_registry[i]->summary));
	}
	table_write(out, &t, 0);
}

static void
write_usage(struct buf *out)
{
	buf_c(out, "usage: dbopt-migrate COMMAND [OPTION...] [ARGUMENT...]\n\n");
	write_commands(out);
	buf_c(out, "\n`dbopt-migrate COMMAND --help` tells more.\n");
}

static void
write_help(struct buf *out)
{
	struct table t = { .arena = out->arena, .ncolumns = 2, .indent = 2 };

	buf_c(out, "Says what a PostgreSQL migration will do to a running system, before it runs: which locks it\n"
		"takes, what it rewrites, what it loses, and what to write instead.\n\n");
	write_usage(out);
	buf_c(out, "\nOptions:\n");
	table_cell(&t, STR("-h, --help"));
	table_cell(&t, STR("print this and leave"));
	table_cell(&t, STR("    --version"));
	table_cell(&t, STR("print the version and leave"));
	table_write(out, &t, 0);
	buf_c(out, "\nExit status: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage or something could not\n"
		"be checked, 3 out of memory.\n");
}

static int
unknown_command(struct arena *arena, struct str name)
{
	size_t n;
	const struct command *const *commands = cli_commands(&n);
	struct str *names = NEW_ARRAY(arena, struct str, n);
	const struct str options[] = { STR("--help"), STR("--version") };
	bool option = str_starts(name, "-");

	for (size_t i = 0; i < n; i++)
		names[i] = str_of(commands[i]->name);
	struct str meant = option ? args_suggestion(arena, name, options, 2) : args_suggestion(arena, name, names, n);
	name = utf8_printable(arena, name);
	cli_trouble("unknown %s '%.*s'%.*s", option ? "option" : "command", STR_ARG(name), STR_ARG(meant));
	fputs("Try `dbopt-migrate --help`.\n", stderr);
	return STATUS_TROUBLE;
}

static int
help(struct arena *arena, struct str topic)
{
	const struct command *command = topic.s ? find_command(topic) : NULL;
	struct buf out = BUF(arena);

	if (topic.s && !command)
		return unknown_command(arena, topic);
	if (command)
		args_help(&out, command);
	else
		write_help(&out);
	return cli_print(buf_text(&out), STATUS_CLEAN);
}

static int
version(struct arena *arena)
{
	return cli_print(
		str_printf(arena, "dbopt-migrate %s (PostgreSQL %s parser)\n", cli_version(), sql_parser_version()),
		STATUS_CLEAN);
}

static int
dispatch(struct arena *arena, int argc, char **argv)
{
	struct str name = argc > 1 ? str_of(argv[1]) : STR_NONE;
	struct buf usage = BUF(arena);

	if (!name.s) {
		write_usage(&usage);
		fprintf(stderr, "%.*s", STR_ARG(buf_text(&usage)));
		return STATUS_TROUBLE;
	}
	if (str_is(name, "--help") || str_is(name, "-h") || str_is(name, "help"))
		return help(arena, argc > 2 ? str_of(argv[2]) : STR_NONE);
	if (str_is(name, "--version") || str_is(name, "-V"))
		return version(arena);
	const struct command *command = find_command(name);
	if (!command)
		return unknown_command(arena, name);
	return command->run(arena, argc - 1, argv + 1);
}

/* Without a handler the arena itself reports that memory ran out, and leaves with status 3. */
int
cli_main(int argc, char **argv)
{
	struct arena arena;

	arena_init(&arena, NULL, NULL);
	int status = dispatch(&arena, argc, argv);
	arena_free(&arena);
	sql_parse_exit();
	return status;
}
