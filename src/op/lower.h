#ifndef OP_LOWER_H
#define OP_LOWER_H

/* For the files of op/: reading parse nodes. Everything returned is a copy in the lowering's arena. */

#include "sql/ast.h"

#include "op/op.h"
#include "sql/locate.h"

struct setting_text {
	struct str name, value;         /* value STR_NONE: back to the default */
};

VEC_TYPE(setting_list, struct setting_text);

/* The deparser writes the names of parameters as they are; in function.c. */
List *lower_quoted_parameters(struct lowering *, const List *parameters);
/* "alice"; "current_user" of CURRENT_USER, CURRENT_ROLE and SESSION_USER; STR_NONE of NULL. */
struct str lower_role(struct lowering *, const RoleSpec *);
struct str lower_text(struct lowering *, const char *);
/* An offset in the source for a parse location; -1 gives the statement's start. */
uint32_t lower_offset(const struct lowering *, int location);
/* The qualified name at a parse location. */
struct span lower_name_span(const struct lowering *, int location);
struct name lower_range_var(struct lowering *, const RangeVar *);
/* A name given as a list of String nodes, without a location: found by its last part inside the statement. */
struct name lower_name_list(struct lowering *, const List *);
struct expr *lower_expr(struct lowering *, const Node *);
/* Of what belongs to a table: its columns stand there without its name, which may change. */
struct expr *lower_table_expr(struct lowering *, const Node *);
/* As pg_proc has the types of arguments: without modifiers. */
struct str lower_argument_type(struct lowering *, const TypeName *);
/* In type_reference.c: table.column%TYPE in the statement becomes the type of the column, as far as the catalog of the script tells. */
void lower_type_references(struct lowering *, Node *);
/* "t.c%TYPE" */
struct str type_reference_words(struct lowering *, const TypeName *);
struct str_list lower_strings(struct lowering *, const List *);
/* The value of a DefElem as text: "70", "off", a list joined by ", ". */
struct str lower_def_text(struct lowering *, const DefElem *);
/* The option of that name, or NULL. */
const DefElem *lower_option(const List *, const char *name);
/* A boolean option: absent is otherwise; "on", "true", 1 and no value are true. */
bool lower_option_true(const List *, const char *name, bool otherwise);
/* WITH (...): storage parameters, options of a view. */
struct setting_list lower_parameters(struct lowering *, const List *);
/* The same of what makes a table: WITH (oids = false) says nothing (transformReloptions()). */
struct setting_list lower_table_parameters(struct lowering *, const List *);
/* The name in COLLATE and the schema that is written; STR_NONE: there is none, or it is "default". clause may be NULL. */
struct str lower_collation(struct lowering *, const CollateClause *clause, struct str *schema);
/* They become options of the relation, which has no others. */
void options_set(struct catalog *, struct relation *, const struct setting_list *);
/* What stays of the options of a sequence: not OWNED BY, RESTART, SEQUENCE NAME. */
struct setting_list lower_sequence_settings(struct lowering *, const List *);
void sequence_set(struct catalog *, struct relation *sequence, const struct setting_list *);
/* The same of one that exists: ALTER SEQUENCE. */
void sequence_alter(struct catalog *, struct relation *sequence, const struct setting_list *);
/* FOR VALUES ... or DEFAULT, as written. */
struct str lower_bound(struct lowering *, const PartitionBoundSpec *);
/* What a column of a query is called that got no name (FigureColname); STR_NONE: "?column?". */
struct str lower_figure_name(struct lowering *, const Node *);
/* Keys of an index: columns, expressions, with what follows each. */
struct index_column lower_index_column(struct lowering *, const IndexElem *);
/* The same of PARTITION BY. */
struct index_column lower_partition_column(struct lowering *, const PartitionElem *);
/* A later statement creates a view under the name of op's target: code that uses the name goes on working. */
bool script_creates_view_later(const struct op *);
/* It creates a view under the name of the target of the other one. */
bool op_creates_view_of(const struct op *, const struct op *);
/* The statement of the file itself that runs it, or is it. */
const struct op *op_of_file(const struct op *);
/* A later operation of the file, or of code that the file runs, is what the function says. */
bool script_later(const struct op *, bool (*is)(const struct op *later, const struct op *op));
/* The same, asked of each later one in order until one is. */
bool script_find_later(const struct op *, bool (*is)(const struct op *later, void *arg), void *arg);
/* The same of the files that follow, of which only those are read that hold all of the words, in letters of any size. */
/* The name of the first file that follows and says, with the operation, what the function tells; STR_NONE: none does. */
struct str later_file_of(const struct facts *, const struct str *words, size_t n, bool (*is)(const struct op *later, const struct op *op));
bool later_file_has(const struct facts *, const struct str *words, size_t n, bool (*is)(const struct op *later, void *arg), void *arg);
/* The same of those migrations that follow in the file of this one, as changesets do. */
bool later_changeset_has(const struct facts *, struct str word, bool (*is)(const struct op *later, void *arg), void *arg);
/*
 * As a fact, of what runs at once behind the file: also migrations that come together with it, and those that run each time. Unknown, and why, where
 * only one does that runs again when its text has changed. Of those files only the ones are read that hold the word.
 */
struct value follows_value(const struct facts *, bool later, struct str word, bool (*is)(const struct op *later, const struct op *op));
/* As a fact: when none is, and a statement behind it could not be parsed, nobody knows. */
struct value script_value(const struct op *, bool later);
struct value script_later_value(const struct op *, bool (*is)(const struct op *later, const struct op *op));
/* A later statement of the file that could not be parsed begins with CREATE FUNCTION, or its like, of the name that op has. */
bool script_broken_creates_function(const struct op *);
/* An earlier one begins with CREATE TABLE of the name of the relation, in whichever schema. */
bool script_broken_creates_table(const struct op *, const struct relation *);
/* An earlier operation of the file, or of code that the file runs, is. */
bool script_earlier(const struct op *, bool (*is)(const struct op *earlier, const struct op *op));
/* The other one is, or is a DO block or call in which one is. */
bool op_runs(const struct op *other, bool (*is)(const struct op *other, const struct op *op), const struct op *op);
/* A later statement of the file drops the table, for sure in the transaction that is open, and under the same name. */
bool script_drops_later(const struct facts *, const struct relation *);
/* The same of a column of the operation's table. */
bool script_drops_column_later(const struct facts *, struct str column);
/* The same of the table (NULL) or the column, where each statement of the file may be a transaction of its own. */
bool script_drops_further_on(const struct facts *, const struct str *column);
/* A later operation of the same statement, or of the transaction that is open. */
bool script_makes_again(const struct facts *, struct str name, bool (*makes)(const struct op *later, const struct op *op, struct str name));
/* Adds a column under the name of op's column to a table of the name that op has, or gives that name to another one. */
bool column_op_takes_name(const struct op *, const struct op *op);
/* For advice that leaves op's column where it is: a comment, "" or with its newline, on what takes its name later, in this file or one that follows. */
struct str column_name_taken(const struct facts *);
/* A later operation adds a column under the name of op's column, or gives that name to another one. */
bool script_column_name_returns(const struct op *);
/* Grants something on what has the name that the other one drops. */
bool grant_op_names(const struct op *, const struct op *dropped);
/* COMMENT ON with a text, on what has the name that the other one drops; `part` is "" or "column email". */
bool comment_op_writes(const struct op *, const struct op *dropped, struct str part);
/* COMMENT ON FUNCTION, PROCEDURE or ROUTINE of the name that is dropped, and a text. */
bool comment_op_names(const struct op *, const struct op *dropped);
/* ALTER FUNCTION, PROCEDURE or ROUTINE ... OWNER TO of that name. */
bool owner_op_names(const struct op *, const struct op *dropped);
/* The types that the function of a CREATE FUNCTION or PROCEDURE takes: "integer, text". */
struct str function_op_arguments(const struct op *);
/* CREATE FUNCTION ... SET search_path. */
bool function_op_sets_path(const struct op *);
/* The constraint, trigger, policy or rule of its table that COMMENT or SECURITY LABEL is on; STR_NONE: none. */
struct str comment_op_part(const struct op *);
/* CREATE INDEX whose key begins with the column. */
bool index_op_leads_with(const struct op *, struct str column);
/* CREATE INDEX whose first key is that column or expression. */
bool index_op_leads_like(const struct op *, const struct index_column *key);
/* ADD UNIQUE or PRIMARY KEY that builds an index whose first key is that. */
bool key_op_leads_like(const struct op *, const struct index_column *key);
/* DROP INDEX of what a later CREATE UNIQUE INDEX makes again, with changes of the table's rows between, which the old one may have been in the way of. */
bool index_op_waits_for_rows(const struct op *drop);
/* CREATE TABLE with LIKE, INHERITS, PARTITION OF or OF: the columns of another one, or some, are its own. */
bool create_table_takes_columns(const struct op *);
/* CREATE INDEX of that name; before it is bound, of one that is given. */
bool index_op_makes(const struct op *, struct str name);
bool index_op_is_unique(const struct op *);
/* It names an operator class, collation, function or type without a schema that another search_path may not find. */
bool index_op_is_found_by_path(const struct op *, const struct catalog *);
/* CREATE UNIQUE INDEX without a condition, of some of these columns and nothing else. */
bool index_op_is_unique_over(const struct op *, const struct str *columns, size_t n);
/* In its key, INCLUDE, an expression or the predicate. */
bool index_op_uses_column(const struct op *, struct str column);
/* ADD CONSTRAINT ... USING INDEX takes it, as far as the statement tells. */
bool index_op_fits_constraint(const struct op *);
/* What CREATE EXTENSION and the like make. */
struct str object_op_name(const struct op *);
/* How many values the calls of a function give. */
struct call_width {
	size_t least, most;
};
struct call_width call_width_of(const struct function_parameters *);
/* CREATE FUNCTION or PROCEDURE whose calls give that many, or some that do. */
bool function_op_takes(const struct op *, struct call_width);
/* DROP FUNCTION, PROCEDURE or ROUTINE with the arguments of that one. */
bool function_op_drops(const struct op *, const struct catalog *, const struct function *);
/* DROP CONSTRAINT of that name, of any table. */
bool constraint_op_drops(const struct op *, struct str constraint);
/* The target's name as it is written, spelled as SQL needs it. */
struct str op_target_words(struct arena *, const struct op *);
/* Both have a target of that name; a schema counts when both give one. */
bool op_names_same(const struct op *, const struct op *);

#endif
