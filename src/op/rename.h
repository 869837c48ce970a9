#ifndef OP_RENAME_H
#define OP_RENAME_H

#include "op/lower.h"

/* What RENAME and SET SCHEMA have in common; implemented in rename.c and set_schema.c. */

struct rename {
	int object;                     /* OBJECT_... */
	struct str old_name;            /* of a column, constraint, trigger: what the relation is not */
	struct str new_name;
	struct str arguments;           /* of a function; STR_NONE: not given */
};

/* Payload struct rename. */
struct op *lower_rename(struct lowering *, const struct op_kind *, const RenameStmt *);
/* The name of what is no relation: a list of names, a type, a function with its arguments, a single name. */
struct name lower_object_name(struct lowering *, const Node *);
/* "integer, text", as catalog_add_function() has them; STR_NONE: no function, or its arguments are not given. */
struct str lower_argument_types(struct lowering *, const Node *);
/* For messages: "table", "text search parser". */
const char *object_type_word(int objtype);
/* Finds the relation; IF EXISTS makes it a noop when none is left. */
void bind_renamed(struct op *, struct catalog *);
struct value get_rename_new_name(const struct facts *);
struct value get_rename_old_name(const struct facts *);
struct value get_rename_view_follows(const struct facts *);

/* Moves a relation, and the names of its constraints, but nothing that belongs to it. */
void relation_set_schema(struct catalog *, struct relation *, struct str schema);
/* Renames a type, and what the columns and domains made of it call it. */
void type_set_name(struct catalog *, struct typedef_ *, struct str schema, struct str name);
/* Moves the functions of that name; with arguments given only that one. */
void function_set_name(struct catalog *, struct name old, struct str arguments, struct str schema, struct str name);

#endif
