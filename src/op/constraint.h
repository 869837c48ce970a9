#ifndef OP_CONSTRAINT_H
#define OP_CONSTRAINT_H

#include "op/lower.h"

/* Payload of every operation that adds a constraint. */
struct new_constraint {
	enum constraint_kind kind;
	struct str name;                /* as given; STR_NONE: the server makes one up */
	struct str chosen;              /* the name it gets; set by bind */
	struct str_list columns;
	struct str_list reference_columns;      /* empty: the primary key */
	struct str_list set_columns;
	struct str_list include;
	VEC(struct index_column) elements;      /* of an exclusion constraint */
	struct expr *check;
	struct expr *predicate;         /* of an exclusion constraint */
	struct str using_index;
	struct setting_list options;    /* of the index */
	struct str method;
	char on_delete, on_update, match;
	bool not_valid, not_enforced;
	bool deferrable, initially_deferred;
	bool nulls_not_distinct, no_inherit, period;
	bool column_is_null;            /* stands on a column that is new and all NULL */
	bool names_columns;             /* in parentheses, or behind NOT NULL: not the column it is written on */
	bool creating;                  /* in CREATE TABLE */
};

/* Lowers a Constraint node of any kind into an operation of that kind. */
struct op *lower_constraint(struct lowering *, const struct op_kind *, const void *node);
/* Finds the table, chooses the name. */
void bind_constraint(struct op *, struct catalog *);
/* The name its index gets on a table, when it was given none. */
struct str constraint_index_name(struct catalog *, const struct relation *, const struct new_constraint *);
/* Puts the constraint into the catalog. */
struct constraint *apply_constraint(struct op *, struct catalog *);
/* A key of the same statement is the same but for its name, so that the two become one. */
bool key_is_repeated(const struct op *);
/* For advice: a comment, with its newline, on how a foreign key that the file drops becomes this one; empty: there is none, or it is another. In add_foreign_key.c. */
struct str foreign_key_altered(const struct facts *);
/* Rows of the table have to be checked: not new, not NOT VALID. */
enum tri constraint_scans(const struct op *, const struct facts *);
/* Facts shared by all kinds of constraints. */
#define CONSTRAINT_FIELDS \
	{ "constraint_name", FIELD_TEXT, "name the constraint gets; generated as the server does when not given", get_constraint_name }, \
	{ "name_given", FIELD_BOOL, "the author named the constraint", get_name_given }, \
	{ "constraint_columns", FIELD_TEXT, "its columns, separated by commas", get_constraint_columns }, \
	{ "column_count", FIELD_NUMBER, "how many columns it has", get_column_count }, \
	{ "not_valid", FIELD_BOOL, "NOT VALID is given", get_not_valid }, \
	{ "enforced", FIELD_BOOL, "false with NOT ENFORCED (18)", get_enforced }, \
	{ "is_deferrable", FIELD_BOOL, "DEFERRABLE is given", get_deferrable }, \
	{ "in_create_table", FIELD_BOOL, "written inside CREATE TABLE", get_creating }, \
	{ "on_column", FIELD_BOOL, "it is written on a column that the same statement adds", get_on_column }, \
	{ "definition", FIELD_TEXT, "the constraint as written, without its name", get_definition }, \
	{ "adds", FIELD_TEXT, "ADD, behind those clauses of the same statement that drop what it takes the place of", get_adds }, \
	{ "column_first", FIELD_TEXT, "for advice: a statement that adds those of its columns that the same ALTER TABLE adds, without it; empty: there are none", \
	    get_column_first }

/* For advice; in key_advice.c. */
struct value get_index_beside(const struct facts *);
/* For advice: the name, or one made of it when a relation has it in the schema of the table, or had it before this file. */
struct str name_beside(const struct facts *, struct str wanted);
/* An earlier statement of the file adds one of its columns, or gives it its name. */
bool key_has_column_of_file(const struct facts *);
/* By itself, or in a DO block: there it can be written differently. */
bool key_is_written_in_file(const struct facts *);
/* For advice: what an index on the key's columns is built behind; empty, or a line break and a comment. */
struct str key_build_behind(const struct facts *);
struct value get_build_begins(const struct facts *);
struct value get_index_columns(const struct facts *);
/* For advice: behind the columns of an index that becomes the key; empty: nothing. */
struct str key_index_options(const struct facts *);
struct value get_index_options(const struct facts *);
/* For advice: behind USING INDEX; empty: nothing. */
const char *key_deferral(const struct facts *);
struct value get_using_beside(const struct facts *);
struct value get_name_freed(const struct facts *);
struct value get_build_ends(const struct facts *);
struct value get_adds(const struct facts *);
/* Of every constraint. */
struct value get_column_first(const struct facts *);

struct value get_constraint_name(const struct facts *);
struct value get_name_given(const struct facts *);
struct value get_constraint_columns(const struct facts *);
struct value get_column_count(const struct facts *);
struct value get_not_valid(const struct facts *);
struct value get_enforced(const struct facts *);
struct value get_deferrable(const struct facts *);
struct value get_creating(const struct facts *);
struct value get_on_column(const struct facts *);
struct value get_definition(const struct facts *);

/* LIKE INCLUDING STATISTICS; in statistics.c. */
void statistics_copy(struct catalog *, const struct relation *from, struct relation *to);
/* "a, b" with each identifier quoted where SQL needs it. */
struct str ident_list(struct arena *, const struct str *names, size_t n);

#endif
