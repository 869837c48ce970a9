#ifndef OP_SHORTENED_H
#define OP_SHORTENED_H

#include "op/op.h"

/*
 * No value of the column is longer: a valid CHECK says so, or did until this transaction dropped it, or an earlier statement of
 * the transaction has removed or shortened those that were. false: not known.
 */
bool column_is_shortened(const struct facts *, struct str column, int64_t length);
/* The same of one value of an enum: no row holds it. */
bool column_lacks_label(const struct facts *, struct str column, struct str label);
/* The same of any value: it is NULL in all rows. */
bool column_is_emptied(const struct facts *, struct str column);
/* The last UPDATE of it before the statement in its transaction; NULL: none. */
const struct op *column_updated_before(const struct facts *, struct str column);

#endif
