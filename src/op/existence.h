#ifndef OP_EXISTENCE_H
#define OP_EXISTENCE_H

#include "op/op.h"

/* What IF EXISTS makes of names that no file tells anything about. Called by op_bind(). */

/* IF EXISTS lets the statement do nothing: its relation was dropped or renamed before, or the history is complete without it. */
bool existence_lacks_relation(const struct op *, const struct catalog *);
/* Sees whether the relation that the operation is bound to may be missing; those from `known` on are assumed just now. */
void existence_doubt(struct op *, struct catalog *, size_t known);
/* A file of a history that begins with its first version drops, IF EXISTS, what it makes itself and none has made before, or an index that it then puts on a
   table of its own: it is not there yet. */
bool existence_is_remade(const struct op *, const struct catalog *);
/* The CREATE TABLE by which the files that follow name the table of op first; NULL: they do not, or do something else with it first. */
const struct op *existence_made_later(const struct facts *, const struct op *);
/* No file before makes the table that it names, and the first of the files that follow and name it makes it: it was not there before that one. */
bool existence_begins_later(const struct facts *);

#endif
