#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "cli/cli.h"

struct given {
	const struct option_spec *option;
	const char *value;              /* NULL: a switch */
};

/* The arguments of a command, read by its table of options. */
struct args {
	struct arena *arena;
	const struct command *command;
	VEC(struct given) options;      /* in the order given */
	const struct str *operands;
	size_t noperands;
};

/* false: leave with *status, since help has been printed or a usage error told. */
bool args_parse(struct arena *, const struct command *, int argc, char **argv, struct args *, int *status);
/* The value of the option given last; STR_NONE: not given. */
struct str args_value(const struct args *, const char *option);
bool args_has(const struct args *, const char *option);
/*
 * Which of the n choices the value is; -1 after telling that it is none, with a suggestion.
 * what: "format", as in: unknown format 'jsn'
 */
int args_choose(const struct args *, const char *what, struct str value, const struct str *choices, size_t n);
/* The same for an option's value; `otherwise` when it was not given. */
int args_choice(const struct args *, const char *option, const struct str *choices, size_t n, int otherwise);
/* Tells what is wrong and where help is. Returns STATUS_TROUBLE. */
int args_error(const struct args *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What --help prints. */
void args_help(struct buf *, const struct command *);
/* "; did you mean 'X'?", or an empty text. */
struct str args_suggestion(struct arena *, struct str word, const struct str *choices, size_t n);

#endif
