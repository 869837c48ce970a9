#ifndef OP_RENAME_H
#define OP_RENAME_H

#include "op/lower.h"

/* What RENAME and SET SCHEMA have in common; implemented in rename.c and set_schema.c. */

struct rename {
	int object;                     /* OBJECT_... */
	struct str old_name;            /* of a column, constraint, trigger: what the relation is not */
	struct str new_name;
	struct str arguments;           /* of a function; STR_NONE: not given */
	struct str signature;           /* of an aggregate or operator */
};

/* Payload struct rename. */
struct op *lower_rename(struct lowering *, const struct op_kind *, const RenameStmt *);
/* The name of what is no relation: a list of names, a type, a function with its arguments, a single name. */
struct name lower_object_name(struct lowering *, const Node *);
/* Of an operator class or family, whose access method stands before it. */
struct name lower_class_name(struct lowering *, const Node *);
/* "integer, text", as catalog_add_function() has them; STR_NONE: no function, or its arguments are not given. */
struct str lower_argument_types(struct lowering *, const Node *);
/* "integer, NONE": of an operator or aggregate; "integer AS text": of a cast. */
struct str lower_signature(struct lowering *, const Node *);
struct str lower_cast_types(struct lowering *, const Node *);
/* What tells objects of one kind apart: of an aggregate or operator "+(integer, integer)", of a cast its types. */
struct str object_key(struct arena *, int objtype, struct str name, struct str arguments);
/* The text that makes an object, and changes it, when that gets another schema or name; in the default schema without that. */
struct str object_text_moved(const struct catalog *, const char *kind, struct str text, struct str old_schema, struct str old, struct str schema, struct str name);
/* The object that the statement names, of those that live in schemas, or of another kind; NULL: none that is known. */
struct object *renamed_object(const struct op *, const struct catalog *);
/* Gives it another schema and name, and what names it. */
void object_set_name(struct catalog *, int objtype, struct object *, struct str schema, struct str old, struct str name);
/* "collation "german" already exists in schema "s"": another one has the name there; STR_NONE: it may be free. */
struct str object_name_taken(const struct facts *, const struct object *, struct str schema, struct str label);
/* Why the server puts nothing into the schema, which is not there; STR_NONE: it may be. In set_schema.c. */
struct str schema_missing(const struct facts *, struct str schema);
/* Why there is no such aggregate, collation or operator; STR_NONE: there may be one. */
struct str object_missing(const struct facts *, int objtype, struct name, struct str label);
/* The same of a statistics object that is to get the name, and the schema unless STR_NONE. */
struct str statistics_name_taken(const struct facts *, struct str schema, struct str name);
/* For messages: "table", "text search parser". */
const char *object_type_word(int objtype);
int object_type_called(struct str word);        /* -1: none */
/* Finds the relation; IF EXISTS makes it a noop when none is left. */
void bind_renamed(struct op *, struct catalog *);
struct value get_rename_new_name(const struct facts *);
struct value get_rename_name_is_new(const struct facts *);
struct value get_rename_old_name(const struct facts *);
struct value get_rename_name_returns(const struct facts *);
struct value get_rename_view_follows(const struct facts *);
/* The first renames something to what the other one names. */
bool rename_op_gives_name_of(const struct op *, const struct op *);
/* It makes a table or view under the name of the target of the other one, or gives that name to one. */
bool op_takes_name(const struct op *, const struct op *);
/* The file that follows in which something does, as far as its target's name tells; STR_NONE: in none. */
struct str later_file_taking_name(const struct facts *);
/* A later statement of the file creates a view or table of the name, or gives it to another one. */
bool script_takes_name_later(const struct op *);

/* Its array type goes along to another schema, and has that name unless another one had it (makeArrayTypeName); STR_NONE: it may. */
struct str array_type_taken(const struct facts *, struct str schema, struct str name, struct str to);

/* CHECKs and policies that name the whole row of the relation, as a CHECK of t does with "t", which is about to get another name. */
void rows_follow_relation(struct catalog *, struct relation *, struct str name);
/* Moves a relation, and the names of its constraints, but nothing that belongs to it. */
void relation_set_schema(struct catalog *, struct relation *, struct str schema);
/* Renames a type, and what the columns and domains made of it call it. */
void type_set_name(struct catalog *, struct typedef_ *, struct str schema, struct str name);
/* Columns, and arguments and results of functions, of the row type of a relation that is about to get another name. */
void rows_follow(struct catalog *, const struct relation *, struct str schema, struct str name);
/* Moves the functions of that name; with arguments given only that one. */
void function_set_name(struct catalog *, struct name old, struct str arguments, struct str schema, struct str name);

#endif
