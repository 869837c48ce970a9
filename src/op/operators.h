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
/* CASE, COALESCE, ARRAY and UNION can choose between them (select_common_type). In misfit.c. */
enum tri types_match(struct type, struct type);
/* A plain type of the server that was measured, or an array of it; "?" is one, too. */
bool type_is_covered(struct type);
/* An operator or a cast of their own, or an extension or code that may bring one. */
bool may_have_operators(const struct catalog *);
/* A function of the server of that name and number of arguments takes no value of the type in that place, and there is no other. In callable.c. */
bool function_rejects(const struct catalog *, const struct expr *call, size_t place, struct type);
/* get_typcollation(): why a column of the type has no collation; STR_NONE: it may have, or none is given. */
struct str collation_misfit(const struct facts *, struct type, struct str collation);
/* get_collation_oid(): why one of a schema that is written is not there; STR_NONE: it may be, or no schema is. */
struct str collation_missing(const struct facts *, struct str schema, struct str collation);
/* The same of OPERATOR(schema.name). */
struct str operator_missing(const struct facts *, struct str schema, struct str name);
/* There is none of that label, "+(integer, text)", among those of the server either. */
bool operator_is_lacking(const struct catalog *, struct str name, struct str label);
/* ResolveOpClass(): why no index of that method has a key of the type with that operator class; STR_NONE: it may have. */
struct str opclass_misfit(const struct facts *, struct str opclass, struct str method, struct type);
/*
 * Two operands of built-in types have an operator of that name; "?": a literal that has no type yet. UNKNOWN for types and operators
 * that are not looked at, and where something may have made one.
 */
enum tri operator_exists(const struct catalog *, struct str name, struct type, struct type);
/* In its schema, and the server has none that is called so. */
bool operator_is_the_only(const struct catalog *, const struct object *, struct str name);
/* The server has some that is called so. */
bool operator_is_known(struct str name);
/* Some operator of that name is made for just these two. */
bool operator_is_own(const struct catalog *, struct str name, struct type, struct type);
/* The operator of the files that is sure to be meant between these, whose schema is written or not; NULL: it may be another one. */
const struct object *operator_meant(const struct catalog *, struct str schema, struct str name, struct type, struct type);
/* Of that one; unknown: there is none, or what its function returns is not known. */
struct type operator_own_type(const struct catalog *, struct str name, struct type, struct type);
/* Of the one aggregate of the files that is called so; unknown: there is none, or it is not the only one, or its result depends on its arguments. */
struct type aggregate_own_type(const struct catalog *, struct str name);
/* An aggregate of the files is called so. */
bool aggregate_is_own(const struct catalog *, struct str name);
/* The relation whose rows have that type, or the composite type; NULL: it is none. */
const struct relation *type_row(const struct catalog *, struct type);
/* The type of a literal, a cast, a built-in function, a column of the relation (NULL: none is known) and the like; unknown for the rest. */
struct type expr_plain_type(const struct catalog *, const struct relation *, const struct expr *);
/* A value of that type can be assigned to a column of the other (pg_cast). */
enum tri type_is_assignable(const struct catalog *, struct type from, struct type to);
/*
 * Why the server refuses an expression about the columns of the table (NULL: about none): one that it lacks, an operator that does not exist for its operands,
 * a condition that is no boolean; STR_NONE: it may take it. In misfit.c.
 */
struct str expr_misfit(const struct facts *, const struct relation *, const struct expr *);
/* The same of a CHECK, a WHERE or a policy, which has to be a boolean: clause is that word. */
struct str condition_misfit(const struct facts *, const struct relation *, const struct expr *, const char *clause);
/* The same of the expression of a generated column, which may be new; NULL is one that nothing is known about. */
struct str generation_misfit(const struct facts *, const struct relation *, struct str column, struct type, const struct expr *);
/*
 * Why the server refuses to give the operation's column that type: a CHECK, a predicate or an expression that it makes anew finds no operator;
 * STR_NONE: it may do so. In retyped.c.
 */
struct str retyped_misfit(const struct facts *, struct type to);
/* Some part of it is sure to be STABLE or VOLATILE after planning; in mutable.c. */
bool expr_is_mutable(const struct catalog *, const struct relation *, const struct expr *);
/* The first column of a name that the server gives itself: ctid, tableoid ...; STR_NONE: none. In misfit.c, too. */
struct str expr_system_column(const struct relation *, const struct expr *);
bool is_system_column(struct str name);
/* The same of the value of a generated column that the relation is to have, and of what a statement puts into a column. */
struct str generated_misfit(const struct facts *, const struct relation *, struct str column, struct type, const struct expr *);
struct str assigned_misfit(const struct facts *, struct str column, struct type, struct type from);
/* A value of the other type cannot be put there, for sure. */
bool assignment_fails(const struct facts *, struct type, struct type from);
/* cookDefault(): why the server refuses the default for a column of that type; STR_NONE: it may take it. */
struct str default_misfit(const struct facts *, struct str column, struct type, const struct expr *);

#endif
