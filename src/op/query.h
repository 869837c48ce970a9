#ifndef OP_QUERY_H
#define OP_QUERY_H

#include "op/code.h"
#include "op/lower.h"
#include "op/meant.h"

/* What a query reads and calls, found in its parse tree; implemented in query.c. */

struct table_use {
	struct name name;
	enum lock lock;                 /* AccessShareLock; RowShareLock under FOR UPDATE; RowExclusiveLock of a sequence */
	bool whole;                     /* every row is wanted: the only table, no WHERE, no LIMIT */
	bool sequence;
	struct relation *relation;      /* set by query_bind(); NULL: a system relation */
};

struct call {
	struct str schema, name;
	uint32_t at;                    /* where it begins */
	int narguments;
	bool sure;                      /* it is called whenever the statement runs: not for rows, nor in a CASE */
	bool once;                      /* it runs, and runs once: its arguments are known */
	struct arguments arguments;
};

struct query {
	VEC(struct table_use) tables;   /* without names of CTEs */
	VEC(struct call) calls;
	bool row_locks;                 /* FOR UPDATE and its kin */
};

/* Names of the common table expressions that hide tables. */
struct cte_scope {
	const char *name;
	const struct cte_scope *outer;
};

struct query_walk {
	struct lowering *lowering;
	struct query *query;
	const struct cte_scope *scope;
	bool partial;                   /* inside EXISTS: not every row is wanted */
	const List *once;               /* items of the list of a SELECT that gives one row, or the call of CALL */
	bool unsure;                    /* what is added may not be evaluated: there may be no row, or a condition says no */
	bool defining;                  /* the query is stored, not run: of a view, policy, rule, function */
};

/*
 * Adds what a node or a List of nodes reads. INSERT, UPDATE, DELETE, MERGE inside become operations of their own;
 * when defining, their target is a table used with RowExclusiveLock.
 */
void query_add(struct query_walk *, const void *node);
/* Items of FROM or USING. */
void query_add_from(struct query_walk *, const List *, bool whole);
/* A WITH clause; its names hide tables for what is added afterwards. */
void query_add_with(struct query_walk *, const WithClause *);

/* Finds the relations. */
void query_bind(struct query *, struct catalog *);
void query_effects(const struct query *, const struct facts *, struct effects *);
/* For a query that is stored: parse analysis locks what is named, and nothing else. */
void query_define_effects(const struct query *, struct effects *);
/* Locks a relation, what it stands for and what the planner opens with it, as a statement that reads or changes its rows does. */
void query_lock(struct effects *, const struct facts *, struct relation *, enum lock, enum tri scan);
/* A view reads what the query does, and calls what it calls. */
void query_note_reads(struct catalog *, struct relation *view, const struct query *, const struct calls_told *);
void query_note_calls(struct catalog *, struct called_list *, const struct query *, const struct calls_told *);
/* Some function may do anything: it is not built in, and not known as STABLE or IMMUTABLE. */
enum tri query_calls_user_function(const struct query *, const struct catalog *);

bool query_is_builtin(const struct call *);
/* The function of the files that a call most likely means; NULL: none, or several may be meant. */
const struct function *query_function(const struct call *, const struct catalog *);

/* "a, b": the relations read, the functions called; STR_NONE: none. */
struct str query_table_words(struct arena *, const struct catalog *, const struct query *);
struct str query_call_words(struct arena *, const struct query *);

/* The text of 'x' or 'x'::regclass, or NULL. */
const char *query_constant_text(const Node *);
/* Of that type a text is what it is: text, varchar, name. */
bool is_plain_text(const TypeName *);
/* Adds an operation when the call is one of Citus that spreads a table; in citus.c. */
/* The operation of a call whose first argument is the text of a table's name; NULL: it is no such text. */
struct op *lower_call_on_table(struct lowering *, struct str kind, const FuncCall *);
void lower_citus_call(struct lowering *, const FuncCall *);
void lower_hypertable_call(struct lowering *, const FuncCall *);

/* A data-modifying statement inside WITH, as an operation of its own; in dml.c. */
void lower_modifying(struct lowering *, const void *node, const struct cte_scope *);

#endif
