#ifndef OP_COLUMN_DEF_H
#define OP_COLUMN_DEF_H

#include "op/foreign.h"
#include "op/query.h"

/* A column as CREATE TABLE and ADD COLUMN define it. Keys, CHECKs and foreign keys on it are operations of their own. */
struct column_def {
	struct str name;
	struct type type;
	struct str collation, collation_schema; /* the schema is as it is written */
	struct expr *default_expr;      /* also the expression of a generated column */
	bool not_null;
	bool null, not_null_said;       /* NULL is written; NOT NULL is, or follows from what is no key */
	struct str not_null_name;       /* of CONSTRAINT name NOT NULL; STR_NONE: not given */
	bool no_inherit;                /* NOT NULL NO INHERIT (18) */
	bool primary_key;
	char identity, generated;
	struct setting_list sequence;   /* options of an identity column */
	struct name sequence_name;      /* SEQUENCE NAME; name STR_NONE: chosen by the server */
	struct foreign_options options; /* of a foreign table */
	struct span span, type_span, default_span;
};

struct column_def lower_column_def(struct lowering *, const ColumnDef *);
/* Operations for the CHECK, UNIQUE, PRIMARY KEY, REFERENCES clauses. */
void lower_column_constraints(struct lowering *, const ColumnDef *, const struct column_def *);
/* Puts the column, and the sequence of a serial or identity one, into the catalog. */
struct column *apply_column_def(struct catalog *, struct relation *, const struct column_def *, const struct source *);
/* The sequence of a serial or identity definition, for a column that is there already. */
void apply_column_sequence(struct catalog *, struct relation *, struct column *, const struct column_def *);
/* SEQUENCE NAME among the options of an identity column; name STR_NONE: not given. */
struct name lower_sequence_name(struct lowering *, const List *options);
/* Makes the sequence behind a serial or identity column, under the name given or, when there is none, the one the server would choose. */
struct relation *column_add_sequence(struct catalog *, struct relation *, struct column *, struct name given, const struct setting_list *);
/* Why a table in that schema gets no sequence of that name. */
struct str sequence_name_misfit(const struct facts *, struct str schema, struct name);
/* Why no column is made of it in that schema: its type has no collation, the name of its sequence is taken. */
struct str column_def_misfit(const struct facts *, struct str schema, const struct column_def *);
/* How a column that is there differs in type or NOT NULL from this one; STR_NONE: nothing known. */
struct str column_def_difference(struct arena *, const struct column_def *, const struct column *);
/* The type and its COLLATE clause, as a column is declared; collation STR_NONE: none. */
struct str column_declaration(struct arena *, struct type, struct str collation);
/* The new column holds NULL in every row: no default, not generated, not serial. */
bool column_def_is_null(const struct column_def *);
/* What an operation of the kind add_column adds. In add_column.c. */
const struct column_def *added_column(const struct op *);
/* As they are written, each behind a blank: the constraints that it adds with the column, but for NOT NULL; keys: UNIQUE and PRIMARY KEY, too. */
struct str added_constraints(struct arena *, const struct op *, bool keys);
/* What the DEFAULT of a column reads: sequences. */
void lower_column_default(struct lowering *, struct query *, const ColumnDef *);

#endif
