#ifndef OP_DROP_H
#define OP_DROP_H

#include "op/op.h"

/* What CASCADE locks besides what is named; implemented in drop.c. */

/* The relation itself, and what goes or has to go with it. */
void drop_lock_relation(struct effects *, struct relation *, bool cascade);
/* That a DROP FUNCTION, PROCEDURE or ROUTINE names; NULL: none that is known. */
const struct function *drop_op_function(const struct op *, const struct catalog *);
bool trigger_calls(const struct catalog *, const struct trigger *, struct str schema, struct str function);
/* DROP of it, in the catalog. */
void drop_relation(struct catalog *, struct relation *, bool cascade);
/* What goes with a column: the indexes that hold it, and the views that show it, as far as the text of their query tells. */
void drop_lock_with_column(struct effects *, struct relation *, struct str column);
/* What calls the function, as far as names tell; without a schema any of that name. */
void drop_lock_callers(struct effects *, const struct facts *, struct called function);

/* The tables and schemas that a publication holds; implemented in publication.c. */
void publication_remove_members(struct catalog *, struct str publication);
/* ALTER SCHEMA ... RENAME TO; STR_NONE: DROP SCHEMA */
void publication_rename_schema(struct catalog *, struct str schema, struct str name);
/* ALTER PUBLICATION ... RENAME TO: what it holds goes on under the new name. */
void publication_rename(struct catalog *, struct str publication, struct str name);

#endif
