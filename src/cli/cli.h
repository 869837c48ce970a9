#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "check/check.h"

/* One option of a command; --help is printed from these. Parsed with getopt_long(). */
struct option_spec {
	const char *name;               /* "format" */
	char letter;                    /* 'f', or 0 */
	const char *argument;           /* "NAME"; NULL: a switch */
	const char *doc;
};

/* A subcommand: one file in cli/ that exports `const struct command command_NAME`. */
struct command {
	const char *name;               /* "check" */
	const char *usage;              /* "[OPTION...] [PATH...]" */
	const char *summary;            /* one line */
	const char *details;            /* more for --help; NULL: nothing */
	const struct option_spec *options;      /* ended by a zero entry */
	int (*run)(struct arena *, int argc, char **argv);      /* argv[0] is the command's name; returns the exit status */
};

enum { STATUS_CLEAN = 0, STATUS_FINDINGS = 1, STATUS_TROUBLE = 2 };

/* All of the program; main() calls it. */
int cli_main(int argc, char **argv);
const char *cli_version(void);                          /* "0.1.0" */
/* The subcommands in order of name; *n is their number. */
const struct command *const *cli_commands(size_t *n);
/* Writes to standard output and returns status, or STATUS_TROUBLE after a message when it cannot; a reader that left is none. */
int cli_print(struct str text, int status);
/* A message "dbopt-migrate: ..." on standard error. Returns STATUS_TROUBLE. */
int cli_trouble(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * Adding a subcommand: write cli/NAME.c that exports `const struct command command_NAME`; args.h reads its
 * arguments, shared.h its configuration. Nothing else is touched.
 */

#endif
