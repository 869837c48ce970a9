#ifndef TEXT_SUPPRESS_H
#define TEXT_SUPPRESS_H

#include "text/diag.h"

/*
 * Suppression comments:
 *   -- dbopt-migrate: allow RULE[, RULE...] because REASON     on a statement (before it or inside it)
 *   -- dbopt-migrate: allow-file RULE[, ...] because REASON    for the file; so does allow in its head comment,
 *                                                              before the first statement and followed by an empty line
 * and, by the rules' aliases, those of other tools:
 *   -- squawk-ignore NAME[, NAME]    -- squawk-ignore: NAME    -- squawk-ignore-file NAME[, ...]
 *   -- pgsafe:ignore NAME reason     -- atlas:nolint [CODE ...]
 * looked up as squawk:NAME and so on; of squawk and atlas without names, they mean every rule. atlas:nolint in the head
 * comment is for the file.
 *
 * A comment belongs to the statement that it is in, semicolon included; else to the one that ends on its line, if
 * nothing else follows there; else to the next, if only white space and comments lie between. In a block comment each
 * line may hold one. A diagnostic is of the statement where its primary label starts; one of no statement is only
 * silenced for the file. Diagnostics of category "input" are never silenced.
 */
struct comment {
	struct span span;               /* with its comment marks */
};

/* What suppressing needs to know of a rule name or alias; id STR_NONE: unknown. */
struct rule_name {
	struct str id;                  /* the rule's own id */
	struct str closest;             /* when unknown: a name to suggest, or STR_NONE */
};

struct suppress_input {
	const struct source *source;    /* maybe text that was made of a file's */
	const struct comment *comments; /* in order of offset */
	size_t ncomments;
	const struct span *statements;  /* in order of offset; from first token to last */
	size_t nstatements;
	/* Looks up a name ("set-not-null-scan", "squawk:adding-not-nullable-field"). Several ids may share an alias: index 0, 1, ... */
	struct rule_name (*lookup)(void *arg, struct str name, size_t index);
	void *arg;
	bool inside;                    /* these are of code inside a statement: they have no head comment */
	bool report_unused;             /* false for files that are only context */
};

/*
 * Removes from diags what the comments of this source allow, and adds diagnostics of its own:
 * suppression-unknown-rule (warning), suppression-without-reason (warning; the suppression has no effect),
 * suppression-malformed (warning), unused-suppression (warning). Other tools' comments need no reason and are
 * never reported as unused or unknown.
 */
void suppress_apply(struct diags *, const struct suppress_input *);

#endif
