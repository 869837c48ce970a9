#ifndef ORACLE_GRAMMAR_H
#define ORACLE_GRAMMAR_H

#include <libpq-fe.h>

#include "base/buf.h"

/* Random DDL over what a database holds. */

struct dice {
	uint64_t state;
};

void dice_seed(struct dice *, uint64_t seed);
/* 0 to n - 1 */
unsigned dice_roll(struct dice *, unsigned n);

/* One object of the database: kind is the first letter of the queries in grammar.c. */
struct thing {
	char kind;
	struct str schema, name;        /* of a column, constraint, trigger ...: of its table */
	struct str part;                /* name of the column, constraint, trigger, label ...; arguments of a function */
	struct str extra;               /* type of a column, contype of a constraint */
};

VEC_TYPE(things, struct thing);

/* What the database holds now. */
void grammar_look(struct arena *, PGconn *, struct things *);
/* A statement; mostly one that works. */
struct str grammar_statement(struct arena *, struct dice *, const struct things *);

#endif
