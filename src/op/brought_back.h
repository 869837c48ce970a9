#ifndef OP_BROUGHT_BACK_H
#define OP_BROUGHT_BACK_H

#include "op/op.h"

/* The condition of the DELETE names its rows by constants of a unique key, and the INSERTs have a row with each of them. */
bool inserts_bring_back(struct arena *, const struct op *const *inserts, size_t n, const struct op *deletion);
/* Two UPDATEs give the column, as SQL needs it, two values, and not in the same rows. */
bool updates_differ(struct arena *, const struct op *, const struct op *, struct str column);
/* The condition of the UPDATE names its rows by constants: WHERE name = 'first'. */
bool update_names_rows(struct arena *, const struct op *update);

#endif
