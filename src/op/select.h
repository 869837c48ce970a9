#ifndef OP_SELECT_H
#define OP_SELECT_H

#include "op/lower.h"

/* The columns that a query gives; implemented in select.c (reading the parse tree) and select_type.c (names and types). */

struct select;

/* What a SELECT list gives: an expression, a subquery for one value, or all columns (of one table). */
struct output {
	struct str name;                /* FigureColname(); STR_NONE: of a star */
	const struct expr *expr;
	const struct select *query;     /* (SELECT ...), ARRAY(SELECT ...) */
	struct str qualifier;           /* of table.* */
	bool star, array;               /* a star of (expr).* has an expr, too */
};

enum from_kind { FROM_TABLE, FROM_QUERY, FROM_FUNCTION, FROM_JOIN, FROM_OTHER };

struct from {
	enum from_kind kind;
	struct name table;              /* of FROM_TABLE; the function of FROM_FUNCTION */
	const struct expr *call;        /* that function and its arguments; NULL: of XMLTABLE, JSON_TABLE */
	struct str alias;               /* STR_NONE: none */
	struct str_list columns;        /* of the alias */
	const struct select *query;
	const struct from *left, *right;
	const struct expr *on;          /* of FROM_JOIN; NULL: none */
	struct str_list merged;         /* USING */
	struct str using_alias;         /* of those: USING (...) AS x; STR_NONE: none */
	bool natural, ordinality, lateral;
	bool target;                    /* what the statement changes: no name of WITH is meant */
	struct str_list defined;        /* columns of f(...) AS t(a integer) */
	VEC(struct type) types;         /* of those */
};

struct common_table {
	struct str name;
	struct str_list columns;
	const struct select *query;
	bool recursive;
};

/* What UPDATE sets, and what INSERT of MERGE puts in. */
struct assignment {
	struct str column;              /* STR_NONE: the next one of the table */
	bool part;                      /* a field or an element of it only */
	const struct expr *value;       /* NULL: DEFAULT, or one of several that a query gives */
};

struct select {
	VEC(struct output) outputs;
	VEC(const struct from *) from;
	const struct expr *where, *having;      /* NULL: none */
	bool merges;                    /* rows that are alike are one: DISTINCT, GROUP BY */
	const char *clause;             /* what where is; NULL: WHERE */
	VEC(const struct expr *) beside;        /* GROUP BY, ORDER BY; ON of MERGE */
	VEC(const struct expr *) groups;        /* of GROUP BY each, also what names an output or is its number; of grouping sets as well */
	VEC(const struct expr *) named;         /* of GROUP BY and ORDER BY what may name an output */
	const struct expr *limit, *offset;      /* NULL: none */
	struct name target;             /* the table whose columns are set */
	VEC(struct assignment) sets;
	bool puts;                      /* a new row: as INSERT does */
	bool changes;                   /* INSERT, UPDATE, DELETE, MERGE: its outputs are those of RETURNING */
	VEC(const struct select *) actions;     /* of MERGE and ON CONFLICT: each sees tables of its own */
	const char *refused;            /* what its words alone are refused for; NULL: nothing */
	VEC(struct common_table) with;
	const struct select *outer;     /* whose WITH it sees, too, */
	size_t outer_with;              /* but for what stands there from this one on: of WITH itself, unless it is RECURSIVE; (size_t)-1: all of it */
	const struct select *left, *right;      /* of a set operation; NULL: none */
	const struct select *source;    /* of INSERT: what it inserts */
	const char *word;               /* of it: "UNION" */
	bool values;                    /* VALUES: the outputs are those of its first row, */
	VEC(const struct expr *) more;  /* and these those of the next ones, one row behind the other */
	bool uneven;                    /* its rows are not of one length */
};

struct result_column {
	struct str name;
	struct type type;               /* name STR_NONE: not known */
	struct str collation;           /* of the column it shows; empty: that of the type */
};

VEC_TYPE(result_columns, struct result_column);
VEC_TYPE(column_types, struct type);

/* NULL: it cannot be read. Of INSERT, UPDATE, DELETE and MERGE: what they set and test, and what RETURNING gives. */
const struct select *lower_select(struct lowering *, const void *node);
/* false: some table is not known, so that columns may be missing. */
bool select_columns(struct arena *, const struct catalog *, const struct select *, struct result_columns *);
/* What its WITH, or that of a query around it, calls as the item of FROM; NULL: nothing. */
const struct common_table *select_find_common(const struct select *, const struct from *);
/* It, or a part of a join without a name of its own, is called so. */
bool from_is_called(const struct from *, struct str alias);
/* A query inside another, whose WITH it sees. */
const struct select *lower_select_in(struct lowering *, const void *node, const struct select *outer);

/* The columns of a new relation with a name twice: why the server refuses it; STR_NONE: it does not. */
struct str select_repeats(struct arena *, const struct result_columns *);

/* What ORDER BY and GROUP BY call so may be one of its outputs (findTargetlistEntrySQL92()). */
bool select_names_output(const struct select *, struct str name);
/* A column that neither the tables of the query, all of which are known, nor what is around it have; STR_NONE: none that is known for sure. */
struct str select_missing(const struct facts *, const struct select *);

/* The same of any query, and an operator that its operands lack, a condition that is no boolean: why the server refuses the query. In query_misfit.c. */
struct str select_misfit(const struct facts *, const struct select *);
/* The types of its columns, "?" of a literal. false: they are not known. */
bool select_types(const struct facts *, const struct select *, struct column_types *);
/* Of SELECT, INSERT, UPDATE, DELETE; NULL: of none of them, or it cannot be read. In query.c. */
const struct select *op_select(const struct op *);
/* The same of an expression about a row of the table, which the statement calls so; clause: that of a condition, or NULL. */
struct str row_misfit(const struct facts *, const struct relation *, struct str called, const struct expr *, const char *clause);
/* The same of a value that no table is around, as in VALUES. */
struct str lone_misfit(const struct facts *, const struct expr *);
struct type lone_type(const struct facts *, const struct expr *);
/* Its type; unknown where it is not sure. */
struct type row_value_type(const struct facts *, const struct relation *, struct str called, const struct expr *);

/* A column that the FROM clause offers. */
struct offered {
	struct str qualifier, name;     /* qualifier STR_NONE: merged by USING */
	struct type type;
	struct str collation;
	const struct relation *relation;        /* whose column it is; NULL: none's, or it has another name there */
	bool merged;                    /* its qualifier alone finds it: one of two that USING made one of, old and new in what a rule does */
};

/* Whether a name, or a star, with that qualifier (STR_NONE: with none) means it. */
bool offer_answers(const struct offered *, struct str qualifier);

VEC_TYPE(offers, struct offered);

/* Those of one query without those around it. false: some are not known. */
bool select_offers(struct arena *, const struct catalog *, const struct select *, struct offers *);
/* What the server makes of an expression of such a query, when nothing in it is refused; name STR_NONE: not known, or a literal that has none yet. */
struct type select_value_type(const struct facts *, const struct select *, const struct offers *, const struct expr *);
/* The columns of FROM f(...) are known for sure. */
bool select_knows_function(const struct catalog *, const struct from *);
/* What names mean where an expression or a query stands, besides the columns of the query. */
struct surroundings {
	struct offers offers;
	bool partial;                   /* some are not known */
	bool numbered;                  /* parameters of a function: $1 is one of them, or there is none */
	bool unwritten;                 /* what stands there is analysed, and rewritten only when it runs */
};

struct call_told {
	uint32_t at;                    /* where it stands */
	const struct function *function;
	const struct expr *expr;        /* of an operator, where it has no function */
	const struct object *operator;
};

VEC_TYPE(calls_told, struct call_told);

/* The calls whose function can be told, also where several have its name. */
void expr_tell_calls(struct arena *, const struct catalog *, const struct surroundings *, const struct expr *, struct calls_told *);
void select_tell_calls(struct arena *, const struct catalog *, const struct surroundings *, const struct select *, struct calls_told *);
/* Why the server refuses a call in it: no function takes it, whatever the tables are; STR_NONE: none is known to be refused. */
struct str expr_call_missing(const struct facts *, const struct surroundings *, const struct expr *);
struct str select_call_missing(const struct facts *, const struct surroundings *, const struct select *);
/* Some query of its WITH changes rows. */
bool select_changes_rows(const struct select *);
/* Some output is all columns of a table. */
bool select_has_star(const struct select *);

/* A value of one is one of the other, or becomes one by an implicit cast. In select_type.c. */
bool type_leads_to(struct type from, struct type to);

#endif
