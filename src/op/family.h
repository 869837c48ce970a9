#ifndef OP_FAMILY_H
#define OP_FAMILY_H

#include "op/op.h"

/* What parents and children forbid; STR_NONE: nothing known, or the server's words. */

/* MergeAttributesIntoExisting(), MergeConstraintsIntoExisting(): why a table does not fit what it is to be a part of. */
struct str child_misfit(const struct facts *, const struct relation *parent, const struct relation *child);
/* ATExecAddColumn(): why a new column does not merge with what the children have under its name. */
struct str new_column_misfit(const struct facts *, const struct relation *, struct str column, struct type);
/* ATExecAddInherit(), MergeAttributes(): why nothing can inherit from it. */
struct str parent_misfit(const struct facts *, const struct relation *);
/* MergeAttributes(): why two tables cannot be parents of one. */
struct str parents_misfit(const struct facts *, const struct relation *one, const struct relation *other);
/* MergeWithExistingConstraint(): why a CHECK of that operation does not go together with one that is there. */
struct str check_misfit(const struct facts *);

#endif
