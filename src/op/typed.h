#ifndef OP_TYPED_H
#define OP_TYPED_H

#include "op/lower.h"

/* Tables OF a composite type. */

/* The nth table of the type, from 0, that an operation on its attributes goes on to with CASCADE; NULL: no more, or it is no type. */
struct relation *typed_table(const struct op *, size_t nth);
/* The table gets the columns of the type, and is of it; without columns: it has them already. */
void table_become_typed(struct catalog *, struct relation *table, struct relation *type, bool columns);
/* The composite type of that name; NULL: none that is known. */
struct relation *composite_type(const struct catalog *, struct name);
/* Why ALTER TABLE does not do that to a typed table, or ALTER TYPE without CASCADE to the type of one; STR_NONE: not for that. */
struct str typed_misfit(const struct facts *);
/* ATExecAddOf(): why the table cannot be one of the type. */
struct str columns_misfit_type(const struct facts *, const struct relation *table, const struct relation *type);

#endif
