#ifndef OP_KEY_INDEX_H
#define OP_KEY_INDEX_H

#include "op/op.h"

/*
 * Some columns of a foreign key that settle the others: those that they point at are unique by themselves, so that rows which agree in them point at
 * one row. The fewest of them. false: there are none.
 */
bool key_settling_columns(struct arena *, const struct constraint *, struct str_list *);
/* The index begins with all columns of the key, in any order, or with such columns. */
bool key_index_serves(struct arena *, const struct constraint *, const struct index *);
/* As foreign_key_is_covered(); an index on such columns does, too. */
enum tri key_is_found(struct arena *, const struct constraint *);

#endif
