#ifndef OP_DML_H
#define OP_DML_H

#include "op/not_in.h"
#include "op/query.h"

/* What INSERT, UPDATE, DELETE, MERGE and COPY say; dml.c lowers it, dml_refused.c knows why the server may refuse it. */

/* What a column of the list gets, as far as the statement tells. */
struct given {
	bool null;                      /* NULL, in some row */
	bool value;                     /* something else than DEFAULT, in some row */
	bool drawn;                     /* nextval(), in every row, */
	const struct expr *draw;        /* that of the last one */
	bool whole, large, fraction, truth;     /* a literal of type integer, bigint, numeric, boolean, in some row */
	bool other;                     /* something else than a literal of type integer, in some row */
	int most;                       /* the largest of those literals */
};

/* What is no literal, in some row of INSERT. */
struct computed {
	size_t position;
	const struct expr *value;
};

struct conflict_target {
	struct str_list columns;        /* ON CONFLICT (a, b) */
	struct str constraint;          /* ON CONFLICT ON CONSTRAINT */
	bool plain;                     /* the columns are all of it: no expression, operator class, collation, WHERE */
	bool updates, none;             /* DO UPDATE; neither columns nor constraint */
};

/* SET column.field = ... */
struct part {
	struct str column, field;
};

struct dml {
	struct query query;             /* what it reads besides its target */
	struct expr *where;
	struct str called;              /* the target's alias, or its name */
	struct str_list where_columns;  /* of the target, as far as names tell */
	struct not_in not_in;           /* in WHERE, or in the query of INSERT */
	struct str_list columns;        /* INSERT, COPY: as listed; UPDATE: those set */
	VEC(const struct expr *) values;        /* UPDATE: what each of them is set to; NULL: a part of a row */
	VEC(struct str_list) sources;   /* the columns of the same row that each is made of */
	struct str repeated;            /* a column that is listed twice; STR_NONE: none */
	VEC(struct given) given;        /* by position; empty: not known */
	VEC(struct computed) computed;  /* the first ones */
	size_t shortest, longest;       /* row of VALUES or SELECT; 0: not known */
	char override;                  /* OVERRIDING 's' SYSTEM VALUE, 'u' USER VALUE, 0 */
	struct conflict_target conflict;
	size_t rows;                    /* of VALUES */
	bool lists_rows;                /* VALUES, and no SELECT without FROM */
	const struct select *source;    /* INSERT: the query */
	const struct select *changed;   /* its tables, what UPDATE sets them to, WHERE, RETURNING; NULL: nothing to look at */
	VEC(struct part) parts;         /* fields of columns that are set */
	bool columns_given;
	bool sets_parts;                /* elements or fields of columns */
	bool defaults_only;             /* DEFAULT VALUES */
	bool default_values;
	bool from_select;               /* rows come from tables or functions */
	bool infers_index;              /* ON CONFLICT (...) */
	bool on_conflict;
	bool joins;                     /* FROM, USING */
	bool current_of;
	bool copy_from;
	bool copy_program, copy_file;   /* on the server */
	bool deletes, updates, inserts; /* MERGE: its actions */
};

/* The parts of struct dml above that only matter for what is refused. */
void lower_insert_given(struct lowering *, struct dml *, const InsertStmt *);
void lower_update_given(struct lowering *, struct dml *, const UpdateStmt *);
/* Its tables, and what RETURNING gives; NULL: it is no such statement, or nothing is to be looked at. */
const struct select *dml_select(const struct op *);
/* DELETE of all rows: no condition, or one that is always true. */
bool dml_deletes_all(const struct op *);
/* UPDATE or DELETE of a few rows at most, by values of a unique key, or of none: it compares something with NULL. */
bool dml_finds_few(const struct op *);
/* UPDATE to what the file has just added the columns with as their default. */
bool dml_changes_nothing(const struct facts *);
/* The UPDATE before the operation in its file that gives the operation's column, which the file has added, one constant in every row; NULL: there is none. */
const struct op *dml_fills_column(const struct facts *);
/* Why the server refuses it, in its words; STR_NONE: for no reason that is certain. */
struct str dml_refused(const struct facts *);

#endif
