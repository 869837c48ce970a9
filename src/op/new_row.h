#ifndef OP_NEW_ROW_H
#define OP_NEW_ROW_H

#include "catalog/catalog.h"

/*
 * The text of an expression on the columns of one table as a row trigger writes it: NEW.a for a, t.a and s.t.a. STR_NONE: it
 * cannot be told, for it holds a subquery, which may give names of its own, or all of the row. To be called outside of on_statement.
 */
struct str new_row_text(struct arena *, const struct relation *table, const struct expr *);

#endif
