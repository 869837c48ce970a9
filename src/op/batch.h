#ifndef OP_BATCH_H
#define OP_BATCH_H

#include "op/op.h"

/*
 * For advice: the UPDATE or DELETE for one range of the rows, as it is written, and a comment how to repeat it. Where that does not
 * do, the comment says what to add.
 */
struct str batch_of(const struct facts *);
/* What a range goes by, "id" or "(a, b)", which several columns do as a row; called: what the table is called there, STR_NONE: that is not said. */
struct str batch_row(struct arena *, const struct str *columns, size_t n, struct str called);
/* The condition of a range of it, from $1 on. */
struct str batch_range(struct arena *, const struct str *columns, size_t n, struct str called);
/* The UPDATE or DELETE for the rows of one tenant; the column as SQL needs it. */
struct str batch_for_tenant(const struct facts *, struct str column);
/* Another statement for the rows of its table, up to WHERE, and the condition of it; STR_NONE: no key divides them into ranges. */
struct str batch_written(const struct facts *, struct str head, struct str condition);
/* The tables that the file empties, too, and whose rows a DELETE of all rows has to go behind. */
struct str batch_goes_behind(const struct facts *);
/* Foreign keys lead from its table to others that the file empties, and back. */
bool batch_is_in_circle(const struct facts *);
/* DELETE of all rows of the table. */
struct str batch_delete(const struct facts *);
/* It may be written out again in an advice. */
bool statement_is_short(const struct op *);

#endif
