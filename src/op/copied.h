#ifndef OP_COPIED_H
#define OP_COPIED_H

#include "op/op.h"

/* What op puts into a table; NULL: it does not, or not from a query that can be read. In create_table_as.c. */
const struct select *created_from(const struct op *);
/* The value of the column can be read back from that of the expression, which is to go into the column `to`. */
bool expr_tells(const struct expr *, struct str column, struct str to);
/* For messages: "the file", or the earlier one, that has put values of op's column into another table or column; STR_NONE: none has, as far as names tell. */
struct str column_copier(const struct facts *);
/* The same of rows of op's table; *whole: the table into which an earlier file has put all that there were, NULL: none. */
struct str rows_copier(const struct facts *, const struct relation **whole);
/* The table into which an earlier statement of the file puts all rows of op's table, with all columns; NULL: none does, or a later one drops that. */
const struct relation *table_copied_before(const struct op *);
/*
 * Of DROP TABLE: earlier statements of the file that put rows, or values, of the table into another, which stays. Where the drop waits, they lack what is
 * written until then. Not of code.
 */
struct ops rows_taken_over(const struct facts *);
/* Of DROP COLUMN: those that put rows of a table there which the column points at and the file drops behind it. */
struct ops rows_pointed_at_taken_over(const struct facts *);
/* Remembers, of what the operation reads, that it puts rows into another table. */
void copied_note(const struct op *, struct catalog *);

#endif
