#ifndef ORACLE_PROVE_H
#define ORACLE_PROVE_H

#include <libpq-fe.h>

#include "check/example.h"

/* A statement that is taken out of a history. */
struct trial {
	const struct history *of;
	size_t index;                   /* of its migration */
	size_t from, to;                /* offsets in the migration's source; the same: nothing is taken out */
	const struct diag *about;
	struct map known;               /* the rules that have findings about it */
};

VEC_TYPE(trials, struct trial);

/* What a server made of advice. */
struct proving {
	struct arena *arena;            /* of the whole run */
	struct rules *rules;
	const char *query;              /* the text of schema.sql */
	PGconn *stage;                  /* cleaned before each history; NULL: each gets a new database */
	void *arg;
	/* What went wrong, in a few words and in the server's. */
	void (*tell)(void *arg, const struct diag *about, const char *what, struct str found);
	unsigned proved;                /* ran; and left the same schema where the rule says so */
	unsigned incomplete;            /* has places to be filled in */
	unsigned accepted;              /* spans releases or speaks of choices; the server takes each of its statements */
	unsigned in_words;              /* has no SQL */
	unsigned unproved;              /* the server refuses what it is about */
	unsigned only_behind;           /* later steps run right behind the first, not behind the file */
};

/*
 * Plays the history on a server, and before each file the file with one statement after the other replaced by its advice.
 * Of advice that does not take the statement's place (safe_checked: false) only the statements are run, one after the other.
 */
void prove_history(struct proving *, const struct history *, const struct trials *);

#endif
