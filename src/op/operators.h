#ifndef OP_OPERATORS_H
#define OP_OPERATORS_H

#include "op/op.h"

/* What the operator classes of the server can do; implemented in operators.c. */

/* Some extension is there, which may have brought schemas, operator classes and more. */
bool has_extensions(const struct catalog *);
/* A foreign key of one type can point at a key of another (ATAddForeignKeyConstraint). */
enum tri type_refers_to(const struct catalog *, struct type from, struct type key);
/* The type has a default operator class for the access method; UNKNOWN, too, where an extension may have brought one. */
enum tri type_has_opclass(const struct catalog *, struct type, struct str method);
/* It is built in, and the server has none for it: some extension brings the one that an index uses. */
bool type_lacks_opclass(const struct catalog *, struct type, struct str method);
/* The same type, whatever it is called; modifiers count. */
enum tri type_is_same(const struct catalog *, struct type, struct type);
/* The type of a literal, a cast, a built-in function and the like; unknown for the rest. */
struct type expr_plain_type(const struct catalog *, const struct expr *);
/* A value of that type can be assigned to a column of the other (pg_cast). */
enum tri type_is_assignable(const struct catalog *, struct type from, struct type to);
/* Some comparison in an expression about the table has no operator; STR_NONE: they may all have one. */
struct str expr_misfit(const struct facts *, const struct relation *, const struct expr *);
/* cookDefault(): why the server refuses the default for a column of that type; STR_NONE: it may take it. */
struct str default_misfit(const struct facts *, struct str column, struct type, const struct expr *);

#endif
