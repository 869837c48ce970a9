#ifndef OP_USES_H
#define OP_USES_H

#include "op/op.h"

/*
 * A function of the expression that was created in the files, names relations or other functions of them in its body (SQL or
 * PL/pgSQL) without a schema, and does not say SET search_path, with its schema as needed; STR_NONE: none known.
 */
struct str unpinned_function(struct arena *, const struct catalog *, const struct expr *);
/* The same of a name that a query calls. */
struct str unpinned_name(struct arena *, const struct catalog *, struct str schema, struct str name);
/* A function, or a word such as CURRENT_DATE, whose result changes though its arguments stay; STR_NONE: none is sure to. */
struct str varying_function(const struct catalog *, const struct expr *, struct str *reason);
/*
 * What calls the function in its definition, itself or through others: CHECKs, indexes, generated columns, defaults are no such thing, partition keys. In words for a
 * message, separated by commas; STR_NONE: nothing known.
 */
struct str function_users(struct arena *, const struct catalog *, const struct function *);
/* For advice: the statements that compute them anew, each on a line of its own; empty: none is known. */
struct str function_rebuild(struct arena *, const struct catalog *, const struct function *);

/* No other function of the files has that name, nor has one that is built in: what is called so is this one. */
bool function_is_the_only(const struct catalog *, const struct function *);

#endif
