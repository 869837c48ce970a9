#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "check/baseline.h"
#include "cli/shared.h"

extern const struct command command_check;

static const struct option_spec options[] = {
	{ "format", 'f', "NAME", "how to print what is found: see `dbopt-migrate list formats` (default human)" },
	{ "output", 'o', "FORMAT=FILE",
		"also write it to FILE (not -), in that format (repeatable); FILE is replaced as a whole, or left as it was" },
	{ "fail-on", 'F', "SEVERITY",
		"exit with 1 from this severity on: error, warning, info or never (default error)" },
	RULE_OPTIONS,
	HISTORY_OPTIONS,
	CHANGE_OPTIONS,
	{ "baseline", 'b', "FILE", "leave out what `dbopt-migrate baseline` has written there (instead of as configured)" },
	{ "color", 0, "WHEN", "always, never, or auto: when it is a terminal and NO_COLOR is not set" },
	{ "quiet", 'q', NULL, "print findings only, no closing line" },
	{ "verbose", 'v', NULL, "print why and the trade-offs in full, and which framework was found by what" },
	{ 0 },
};

/* One --output. */
struct copy {
	const struct output *output;
	const char *file;
};

struct request {
	const struct output *output;
	VEC(struct copy) copies;
	int fail_on;                    /* -1: as configured */
	bool color, quiet, verbose;
};

/* The format of that name; NULL after telling that there is none. */
static const struct output *
choose_output(const struct args *args, struct str name)
{
	size_t n;
	const struct output *const *all = outputs(&n);
	struct str *names = NEW_ARRAY(args->arena, struct str, n);

	for (size_t i = 0; i < n; i++)
		names[i] = str_of(all[i]->name);
	int i = args_choose(args, "format", name, names, n);
	return i < 0 ? NULL : all[i];
}

static bool
is_taken(const struct request *r, const char *file)
{
	for (size_t i = 0; i < r->copies.n; i++)
		if (strcmp(r->copies.items[i].file, file) == 0)
			return true;
	return false;
}

static int
read_copies(const struct args *args, struct request *r)
{
	for (size_t i = 0; i < args->options.n; i++) {
		const struct given *g = &args->options.items[i];
		if (strcmp(g->option->name, "output") != 0)
			continue;
		struct str file = str_of(g->value), format;
		if (!str_cut(&file, '=', &format) || file.n == 0)
			return args_error(args, "--output takes FORMAT=FILE, not '%s'", g->value);
		if (str_is(file, "-"))
			return args_error(args, "--output writes files; for the screen, use --format %.*s", STR_ARG(format));
		struct copy copy = { choose_output(args, format), str_c(args->arena, file) };
		if (!copy.output)
			return STATUS_TROUBLE;
		if (is_taken(r, copy.file))
			return args_error(args, "two --output go to %s", copy.file);
		*vec_push(args->arena, &r->copies) = copy;
	}
	return 0;
}

static bool
terminal(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static int
read_request(const struct args *args, struct request *r)
{
	static const struct str severities[] = { { "never", 5 }, { "info", 4 }, { "warning", 7 }, { "error", 5 } };
	static const struct str colors[] = { { "never", 5 }, { "always", 6 }, { "auto", 4 } };
	struct str format = args_value(args, "format");
	int color = args_choice(args, "color", colors, 3, 2);

	if (color < 0)
		return STATUS_TROUBLE;
	r->fail_on = -1;
	if (args_has(args, "fail-on")) {
		r->fail_on = args_choice(args, "fail-on", severities, 4, -1);
		if (r->fail_on < 0)
			return STATUS_TROUBLE;
	}
	r->output = choose_output(args, format.s ? format : STR("human"));
	if (!r->output)
		return STATUS_TROUBLE;
	r->color = color == 1 || (color == 2 && terminal());
	r->quiet = args_has(args, "quiet");
	r->verbose = args_has(args, "verbose");
	return read_copies(args, r);
}

static int
findings_status(const struct setup *s, const struct request *r)
{
	int fail_on = r->fail_on >= 0 ? r->fail_on
	    : s->config.fail_on_set   ? (int)s->config.fail_on
				      : (int)SEVERITY_ERROR;

	if (setup_trouble(s))
		return STATUS_TROUBLE;
	for (size_t i = 0; i < s->diags.list.n; i++)
		if (fail_on != SEVERITY_OFF && (int)s->diags.list.items[i]->severity >= fail_on)
			return STATUS_FINDINGS;
	return STATUS_CLEAN;
}

static int
write_report(const struct setup *s, const struct request *r, struct tally tally)
{
	struct report report = setup_report(s, tally);
	struct buf out = BUF(s->arena);
	int status = findings_status(s, r);

	report.change = s->change != NULL;
	report.quiet = r->quiet;
	report.verbose = r->verbose;
	for (size_t i = 0; i < r->copies.n; i++) {
		struct buf copy = BUF(s->arena);
		r->copies.items[i].output->write(&copy, &report);
		if (cli_write(s->arena, r->copies.items[i].file, buf_text(&copy)) != STATUS_CLEAN)
			status = STATUS_TROUBLE;
	}
	report.color = r->color;
	r->output->write(&out, &report);
	return cli_print(buf_text(&out), status);
}

/* Whether all the findings that there can be have been looked for. */
static bool
is_complete(const struct setup *s)
{
	for (size_t i = 0; i < s->nhistories; i++)
		if (s->histories[i]->selected)
			return false;
	return !args_has(s->args, "rule") && !setup_trouble(s);
}

static int
leave_out_known(struct setup *s, struct tally *tally)
{
	struct str path = args_value(s->args, "baseline");
	struct baseline baseline;
	struct err err = { STR("") };

	if (!path.s)
		path = s->config.baseline;
	if (!path.s)
		return 0;
	if (baseline_read(s->arena, path, &baseline, &err) != 0)
		return cli_trouble("%.*s", STR_ARG(err.message));
	baseline_apply(&baseline, &s->diags);
	tally->known = baseline.known;
	tally->gone = is_complete(s) ? baseline.gone : 0;
	return 0;
}

/* To standard error, so that what is written for machines stays whole. */
static void
tell_frameworks(const struct setup *s)
{
	for (size_t i = 0; i < s->nhistories; i++) {
		const struct history *h = s->histories[i];
		fprintf(stderr, "dbopt-migrate: %.*s: %s, %zu migrations", STR_ARG(h->root), h->adapter->name, h->migrations.n);
		if (h->why.n > 0)
			fprintf(stderr, ": %.*s", STR_ARG(h->why));
		else if (h->config->framework.n > 0)
			fputs(", as configured", stderr);
		fputc('\n', stderr);
	}
}

static int
run(struct arena *arena, int argc, char **argv)
{
	struct args args;
	struct request request = { 0 };
	struct setup setup;
	int status;

	if (!args_parse(arena, &command_check, argc, argv, &args, &status))
		return status;
	if (read_request(&args, &request) != 0 || setup_histories(&setup, &args) != 0)
		return STATUS_TROUBLE;
	if (args_has(&args, "verbose"))
		tell_frameworks(&setup);
	struct run run = {
		.arena = arena, .config = &setup.config, .rules = setup.rules, .diags = &setup.diags
	};
	check_histories(&run, (struct history *const *)setup.histories, setup.nhistories);
	if (leave_out_known(&setup, &run.tally) != 0)
		return STATUS_TROUBLE;
	return write_report(&setup, &request, run.tally);
}

const struct command command_check = {
	.name = "check",
	.usage = "[OPTION...] [PATH...]",
	.summary = "Check migrations: what is dangerous, why, and what to write instead.",
	.details = "A PATH is a directory of migrations, one that holds several such, as a repository does, a file, or - for "
		   "standard input. Of a file that belongs to a directory of migrations, the others are read as well, to know the schema; only what is in the named "
		   "ones is reported. Without a PATH it is migrations, db/migrations or db/migrate.\n\n"
		   "With --since, --staged or --changed-files each PATH is a directory. All of it is replayed, what runs after the "
		   "changed migrations too, but only what they bring about is reported; a changed way back counts as a "
		   "change of its migration. Since REV, files that git neither tracks nor ignores have changed, too. Deleted "
		   "files are none: nothing is left to check in them.\n\n"
		   "Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage, or something could not "
		   "be checked.",
	.options = options,
	.run = run,
};
