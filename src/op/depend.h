#ifndef OP_DEPEND_H
#define OP_DEPEND_H

#include "op/op.h"

/*
 * What depends on an object of the shadow (pg_depend): what keeps it from being dropped, and goes with it on CASCADE.
 * Bodies that are strings depend on nothing. Exactly one member is set.
 */
struct depended {
	const struct function *function;
	const struct typedef_ *type;
	const struct relation *relation;        /* and its row type; views that read it, foreign keys and policies are not told */
	const struct object *object;            /* an aggregate, operator, collation, operator class or family */
};

/* The first that is found, in words; STR_NONE: nothing for sure. */
struct str depend_needed(const struct facts *, const struct depended *);
/* The column of the relation, or without one the relation or a part of it, depends on that. */
bool depend_uses(const struct facts *, const struct depended *, const struct relation *, struct str column);
/* CASCADE: all of it, with what depends on that in turn. */
void depend_drop(struct catalog *, const struct depended *);
/* The function and all that depends on it. */
void depend_drop_function(struct catalog *, struct function *);

/* Functions whose body reads the column, and rules and triggers of the relation that name it. */
struct str column_named_by(const struct facts *, const struct relation *, struct str column);
/* CASCADE: those, and the views that show it. */
void column_drop_users(struct catalog *, struct relation *, struct str column);

/* DROP OPERATOR CLASS leaves the family that was made with it. */
void class_leave_family(struct catalog *, const struct object *class);

/* A type with its columns, domains and functions; implemented in drop.c. */
void type_drop_with_users(struct catalog *, struct typedef_ *);

#endif
