#ifndef OP_GROUPED_H
#define OP_GROUPED_H

#include "op/select.h"

/* What GROUP BY names: a column, or an output, which may be given by its number, too (findTargetlistEntrySQL92()); NULL: it is not told. */
const struct expr *select_group_key(const struct select *, const struct offers *, const struct expr *written);
/* Why the server refuses a query that groups rows: a column that is neither a key nor in an aggregate, nor follows from a primary key; STR_NONE: none for sure (parseCheckAggregates()). */
struct str select_ungrouped(const struct facts *, const struct select *, const struct offers *);
/* Notes for a view that is made the primary keys that decide columns of its query (pg_depend). */
void select_note_deciding(struct catalog *, const struct select *, struct relation *view);

#endif
