#ifndef OP_ALIKE_H
#define OP_ALIKE_H

#include "op/op.h"

/*
 * INSERT, UPDATE and DELETE that a file repeats with other values: the first stands for the others. Alike are INSERTs into one table that both
 * list columns or both do not, and UPDATEs, or DELETEs, of one table whose conditions are on the same columns and find rows by an index alike.
 */

/* An earlier statement of the file is alike. */
struct value alike_get_was_told(const struct facts *);
/* Behind a message: " (as in 3 more statements of this file)"; empty: none follows. */
struct value alike_get_note(const struct facts *);
/* The nth one that follows, from 0. false: no more. */
bool alike_nth(const struct facts *, size_t nth, struct place *);

#define ALIKE_FIELDS \
	{ "alike_was_told", FIELD_BOOL, "an earlier statement of its kind in the file differs in values only: it is about the same table, with a condition on the same columns", \
	    alike_get_was_told }, \
	{ "alike_note", FIELD_TEXT, "how many of those follow, \" (as in 3 more statements of this file)\"; empty: none", alike_get_note }

#endif
