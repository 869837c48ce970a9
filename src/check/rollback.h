#ifndef CHECK_ROLLBACK_H
#define CHECK_ROLLBACK_H

#include "check/check.h"
#include "op/rollback.h"

/*
 * Judges the way back of one migration: watches what its two halves do, and compares what they touched. The replay
 * calls it in this order: start, forward operations, turn, operations of the way back, finish.
 */
struct rollback_watch {
	struct arena *arena;
	struct catalog *catalog;
	size_t mark;                    /* of the catalog, before the migration */
	unsigned back;                  /* number of the first statement of the way back; 0: still forward */
	struct rollback *result;
	VEC(struct copy_made) copies;
	VEC(const struct op *) inserts; /* of the way back */
	VEC(struct filled_column) filled;
	struct str_list shared;         /* extensions that the migration makes IF NOT EXISTS */
	struct str_list again;          /* what the migration fails to make, as it is there: nobody knows which of the two is meant */
};

/* Rows, or columns of them, that a statement read to keep them elsewhere. */
struct copy_made {
	const struct relation *from;
	struct str text;                /* of the statement */
	bool whole;                     /* it makes rows of them in another table */
	bool back;                      /* it is part of the way back */
};

/* A column to which an UPDATE of the way back gives a value, in rows that it names. */
struct filled_column {
	const struct op *update;
	struct str column;              /* as SQL needs it */
};

void rollback_start(struct rollback_watch *, struct arena *, struct catalog *);
void rollback_turn(struct rollback_watch *, unsigned statement);
/* Before each operation is applied. */
void rollback_see(struct rollback_watch *, const struct facts *);
/* Compares, and goes back to the state after the migration, which the mark names. */
void rollback_finish(struct rollback_watch *, size_t after_migration);
/* The verdict, from what has been seen; statements: of the way back. */
void rollback_judge(struct rollback *, bool has_back, size_t statements);

#endif
