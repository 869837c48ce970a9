#ifndef OP_SWAP_H
#define OP_SWAP_H

#include "op/op.h"

/* For advice. All begin with a line break, unless they are empty. */

/* The migrations that make a filled column NOT NULL. */
struct str not_null_steps(const struct facts *, struct str column);
/* Of a copy NAME_new that takes the place of a column: the same, where that one is NOT NULL, and the index of its primary key. */
struct value get_copy_steps(const struct facts *);
/* In the transaction that renames the two: what gives the copy its key and default, and lets NAME_old be left out. */
struct value get_swap_rest(const struct facts *);

#define COPY_FIELD \
	{ "copy_steps", FIELD_TEXT, "for advice: the further migrations that make a filled copy of the column NOT NULL and build the index of its primary key; empty when it " \
	    "is neither NOT NULL nor in the key", get_copy_steps }
#define SWAP_FIELDS COPY_FIELD, \
	{ "swap_rest", FIELD_TEXT, "for advice: the further statements of the transaction that puts the copy in the place of the column, so that rows without the old one " \
	    "are accepted; empty when they are", get_swap_rest }

#endif
