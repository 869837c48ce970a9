#ifndef OP_ROLLBACK_H
#define OP_ROLLBACK_H

#include "catalog/diff.h"

/* What running a migration and then its way back does, for rules and reports. */

enum rollback_verdict {
	ROLLBACK_REVERSIBLE,            /* the schema is as before, and no data that was there is lost */
	ROLLBACK_DESTRUCTIVE,           /* the schema is as before, but data that was there is lost */
	ROLLBACK_INCOMPLETE,            /* the schema is not as before */
	ROLLBACK_FAILING,               /* a statement of the way back fails */
	ROLLBACK_IRREVERSIBLE,          /* nothing could bring back what the migration did, or its author says so */
	ROLLBACK_EMPTY,                 /* the way back holds no statement */
	ROLLBACK_MISSING                /* there is no way back */
};

const char *rollback_verdict_word(enum rollback_verdict);

struct loss {
	struct str object;              /* "users.email" */
	struct str reason;
	struct place place;
	bool back;                      /* the way back loses it */
	bool dropped;                   /* table or column; made: where, of one that a file makes */
	struct place made;
	const struct relation *table;
	struct str column;              /* quoted as needed; STR_NONE: whole rows */
	bool overwritten;               /* by an UPDATE */
	const struct op *by;
	struct str doubt;               /* why that may not be; STR_NONE: it is so */
};

VEC_TYPE(losses, struct loss);

struct rollback {
	enum rollback_verdict verdict;
	bool opaque;                    /* something ran that cannot be read: the verdict is possible, not certain */
	struct differences differences;
	struct differences order;       /* of columns; no difference that matters to SQL that names its columns */
	struct losses losses;           /* of data that was there before the migration */
	struct losses fresh;            /* what is written after the migration and goes with what it made */
	struct losses failures;         /* statements of the way back that fail: object is the statement's kind */
	struct str enum_value;          /* one that was added and cannot be removed; STR_NONE: none */
	struct place enum_place;
	bool refused;                   /* the way back raises an exception */
	bool expected;                  /* most of the migrations before it have one */
};

/* The first statement of the way back that takes data which was there before the migration; no place: there is none. */
struct place rollback_erasure(const struct rollback *);

#endif
