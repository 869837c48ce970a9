#ifndef CLI_SHARED_H
#define CLI_SHARED_H

#include "cli/args.h"

/* What the subcommands that read rules or migrations have in common. */

/* For the table of options of a command that calls setup_rules(). */
#define RULE_OPTIONS \
	{ "config", 'c', "FILE", "read this configuration instead of the nearest .dbopt-migrate.yaml" }, \
	{ "rule", 'r', "ID[=SEVERITY]", \
		"error, warning, info or off for one rule; ID alone: run only the rules named this way (repeatable)" }, \
	{ "rules", 'R', "DIR", "read more rules from the *.yaml files below DIR (repeatable)" }

/* For one that calls setup_histories(), too. */
#define HISTORY_OPTIONS \
	{ "pg-version", 'p', "N", "the major version of the server the migrations run on, 13 to 18 (default 18)" }

/* For one that may look at a change only. */
#define CHANGE_OPTIONS \
	{ "since", 's', "REV", "report only what has changed since HEAD and this revision of git parted, committed or not" }, \
	{ "staged", 0, NULL, "report only what is staged for the next commit of git, and read all files as the index has them" }, \
	{ "changed-files", 0, "FILE", "report only the files this lists, by their paths from here: one a line, or each ended by NUL; -: standard input" }

struct setup {
	struct arena *arena;
	const struct args *args;
	struct config config;
	struct rules *rules;
	struct diags diags;
	bool invalid;                   /* a configuration or a rule file is wrong; diags tell */
	const struct change *change;    /* NULL: none in particular */
	struct history **histories;
	size_t nhistories;
};

/* Configuration (the nearest above `near`, unless an option names one) and rules. -1: a usage error, told already. */
int setup_rules(struct setup *, const struct args *, struct str near);
/*
 * The same, and the histories behind the operands; without operands, the one usual directory that exists.
 * -1: a usage error, told already.
 */
int setup_histories(struct setup *, const struct args *);
/* Sorts the diagnostics and shows them on standard error. Returns STATUS_TROUBLE when input is wrong, else STATUS_CLEAN. */
int setup_complain(struct setup *);
/* Whether some input could not be checked. */
bool setup_trouble(const struct setup *);
/*
 * Makes text the content of a file: through a new file beside it that then takes its name, so that no one sees half
 * of it, keeping the permissions of one that is there. What is no regular file, /dev/stderr, is written to as it is.
 * Returns STATUS_CLEAN, or STATUS_TROUBLE after a message.
 */
int cli_write(struct arena *, const char *path, struct str text);
/* A report of the diagnostics, counted. */
struct report setup_report(const struct setup *, struct tally);

#endif
