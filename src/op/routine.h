#ifndef OP_ROUTINE_H
#define OP_ROUTINE_H

#include "op/op.h"

/* What a statement about a function, procedure or routine means, which may be an aggregate. */

struct routine {
	int objtype;                    /* OBJECT_FUNCTION, OBJECT_PROCEDURE or OBJECT_ROUTINE */
	struct name name;
	struct str arguments;           /* STR_NONE: not given, so that there has to be just one */
};

struct routine_found {
	struct function *function;
	struct object *aggregate;
	size_t n;                       /* how many it could be; of 1 either is set */
};

/* "function", "procedure", "routine"; 0: another kind of object. */
int routine_objtype(struct str kind);
/* LookupFuncWithArgs(): in the first schema of the search path that has one, with arguments given. */
struct routine_found routine_find(const struct catalog *, const struct routine *);
/* Gives it that name, and that schema unless it is STR_NONE. */
void routine_set_name(struct catalog *, const struct routine *, struct str schema, struct str name);
/* Why the server does not find it; STR_NONE: it may. */
struct str routine_missing(const struct facts *, const struct routine *);
/*
 * What else has the name, as "f(integer), f(text)", where none of those arguments, which are given, can be there. STR_NONE: one may be, or nothing else has it. Of
 * DROP ... IF EXISTS, which does nothing then.
 */
struct str routine_others(const struct catalog *, const struct routine *);
/* IsThereFunctionInNamespace(): why it cannot get that name, and schema unless STR_NONE. */
struct str routine_name_taken(const struct facts *, const struct routine *, struct str schema, struct str name);
/* The same of a new one. */
struct str routine_there(const struct facts *, struct str schema, struct str name, struct str arguments);

#endif
