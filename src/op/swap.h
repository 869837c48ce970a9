#ifndef OP_SWAP_H
#define OP_SWAP_H

#include "op/op.h"

/* For advice. All but the prefix begin with a line break, unless they are empty. */

/* The migrations that make a filled column NOT NULL. */
struct str not_null_steps(const struct facts *, const struct relation *, struct str column);
/* Of a copy NAME_new that takes the place of a column: the same, where that one is NOT NULL, and the index of its primary key. */
struct value get_copy_steps(const struct facts *);
/* "primary key", "CHECK". In drop_column.c, as what follows. */
const char *constraint_word(enum constraint_kind);
/* Of an operation that need not be bound; arg: the relation that is the sequence. */
bool op_drops_sequence(const struct op *later, void *arg);
/* It goes with the column. */
bool index_holds(const struct index *, struct str column);
struct value get_trigger_prefix(const struct facts *);
/* Words for the triggers that batches of UPDATE fire; empty: none is known. */
struct str copy_fires(const struct facts *);
struct value get_firing_note(const struct facts *);
/* In the transaction that renames the two: what gives the copy its key and default, and lets NAME_old be left out. */
struct value get_swap_rest(const struct facts *);
/* When the old column has gone: DROP TYPE of its type, which the file says earlier. */
struct value get_type_drop(const struct facts *);
struct value get_instead_of_type(const struct facts *);
struct value get_old_drop(const struct facts *);
/* Words for the change of the type, and what stands behind it in the file and waits with it. */
struct value get_waits_along(const struct facts *);

#define BACKFILL_FIELDS \
	{ "trigger_prefix", FIELD_TEXT, "for advice: what the name of a trigger that fills the column begins with, so that it fires behind the BEFORE triggers of the table; " \
	    "empty when it does so anyway", get_trigger_prefix }, \
	{ "firing_note", FIELD_TEXT, "for advice: comments on who runs what fills the column in batches, where the runner cannot, and on the triggers that fire for each row; empty: none is known", get_firing_note }
#define COPY_FIELD \
	{ "copy_steps", FIELD_TEXT, "for advice: the further migrations that make a filled copy of the column NOT NULL and build the index of its primary key; empty when it " \
	    "is neither NOT NULL nor in the key", get_copy_steps }
#define SWAP_FIELDS COPY_FIELD, \
	{ "swap_rest", FIELD_TEXT, "for advice: the further statements of the transaction that puts the copy in the place of the column, so that rows without the old one " \
	    "are accepted, and views that the file has dropped show the copy, and which statements of the file come behind; empty when nothing is needed", get_swap_rest }, \
	{ "type_drop", FIELD_TEXT, "for advice: the DROP TYPE of the file that has to wait until the old column has gone; otherwise empty", get_type_drop }, \
	{ "instead_of_type", FIELD_TEXT, "for advice that leaves the type as it is: a comment on what is not done then", \
	    get_instead_of_type }, \
	{ "waits_along", FIELD_TEXT, "for advice: \" this change of the type\", with the statements behind it in the file that have to wait when it does", get_waits_along }, \
	{ "old_drop", FIELD_TEXT, "for advice: the statements that drop the old column in the end, between those that make views of all columns again", get_old_drop }

#endif
