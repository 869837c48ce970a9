#ifndef SQL_EXPR_H
#define SQL_EXPR_H

#include "sql/type.h"
#include "text/source.h"

enum expr_kind {
	EXPR_CONST,                     /* literal; name: its text; type: of a number or boolean, unknown of a string */
	EXPR_NULL,
	EXPR_COLUMN,                    /* name; schema: the qualifier, if any */
	EXPR_FUNCTION,                  /* schema, name, args; infix */
	EXPR_OPERATOR,                  /* name: "=", ">=" ...; args */
	EXPR_AND,
	EXPR_OR,
	EXPR_NOT,
	EXPR_IS_NULL,
	EXPR_IS_NOT_NULL,
	EXPR_CAST,                      /* type, args[0] */
	EXPR_SQL_VALUE,                 /* CURRENT_TIMESTAMP, CURRENT_USER ...; name: "current_timestamp" */
	EXPR_SUBQUERY,                  /* query; args hold what is compared with it and, last, what it contains; name: "exists", "any", "all", "array";
					   STR_NONE: one value; schema: of "any" and "all" the operator, whose own schema is in qualifier */
	EXPR_CHOICE,                    /* one of its args: COALESCE, GREATEST, LEAST, NULLIF; CASE: name "case", its conditions (EXPR_OTHER: "case" with what
					   they are compared with first, else "when"), then the results */
	EXPR_TEST,                      /* IN, LIKE, BETWEEN, IS DISTINCT FROM, IS TRUE ...: boolean; args */
	EXPR_OTHER                      /* anything else; args hold what it contains; name: "array" of ARRAY[...], "row" of ROW(...), "*" of t.*, "[]" of x[i] and
					   "[:]" of x[i:j], "$1" of a parameter, "." of (x).field and "collate" of x COLLATE y, whose field or collation is in schema, as is the name of "=>" for name => x */
};

struct select;

/* An expression, free of parse nodes: lives in the arena it was lowered into. */
struct expr {
	enum expr_kind kind;
	struct str schema, name;
	struct str qualifier;           /* the schema of the collation of "collate", and of the table of a column */
	struct type type;
	struct expr **args;
	size_t nargs;
	const struct select *query;     /* op/select.h; NULL: not looked into */
	unsigned function;              /* the number of the one that is sure to be called, or of the files' operator, as catalog.h has it; 0: it is not told */
	bool settled;                   /* at the root: those numbers are set */
	bool infix;                     /* a function that is written between its arguments: AT TIME ZONE, OVERLAPS, IS NORMALIZED */
	bool variadic;                  /* f(VARIADIC list) */
	bool gathers;                   /* f(*), f(DISTINCT a), f(a ORDER BY b), FILTER, WITHIN GROUP, OVER: only an aggregate or a window function is called so */
	bool windowed;                  /* OVER, what stands behind it is not looked at */
	bool filtered;                  /* the last of its args is FILTER's */
	struct span span;               /* start of the expression; len may be 0 */
	struct str text;                /* of the whole tree, canonical (deparsed); only at the root */
};

enum volatility { VOLATILITY_UNKNOWN, IMMUTABLE, STABLE, VOLATILE };

/* How a function that is not built in is looked up; may return VOLATILITY_UNKNOWN. */
struct volatility_lookup {
	enum volatility (*function)(void *arg, struct str schema, struct str name);
	void *arg;
};

/*
 * The most volatile part. A volatile part makes the whole volatile even when
 * another part is unknown. `culprit`, if not NULL, receives the name of the function that decided.
 */
enum volatility expr_volatility(const struct expr *, const struct volatility_lookup *, struct str *culprit);
/* Volatility of a pg_catalog function by name, the most volatile of its overloads (pg_proc of 15 and 18). */
enum volatility volatile_builtin(struct str name);
/* The same of well-known extensions (uuid-ossp, pgcrypto ...): what the name most likely is when nobody defines it. */
enum volatility volatile_extension(struct str name);

/* The type that a pg_catalog function returns, when it is the same for all arguments; else it is not known. */
struct type result_builtin(struct str function);

/* NULL, or a cast of NULL: contain no value at all. NULL expr counts as null. */
bool expr_is_null(const struct expr *);
bool expr_is_constant(const struct expr *);
/* "column IS NOT NULL" is implied by this CHECK being true (NotNullImpliedByRelConstraints: top-level AND only). */
bool expr_proves_not_null(const struct expr *, struct str column);
bool expr_mentions_column(const struct expr *, struct str column);
/* It holds t.*, the row or all its columns. */
bool expr_has_star(const struct expr *);
bool expr_calls_function(const struct expr *, struct str name);
/* Same canonical text. NULL equals NULL. */
bool expr_eq(const struct expr *, const struct expr *);
/* Sure to be two conditions for the server, too: another operator, column or whole number somewhere. false: they may be one. */
bool expr_differs(const struct expr *, const struct expr *);
/* The grammar takes it for a function (func_expr_windowless), so that no parentheses are needed where it wants one. */
bool expr_is_call(const struct expr *);
/* Calls visit for every node of the tree, parents first. */
void expr_walk(const struct expr *, void (*visit)(void *arg, const struct expr *), void *arg);

/* ---- from parse nodes; locations in them are relative to base ---- */

/* NULL node gives NULL. The root gets its canonical text. */
struct expr *expr_from_node(struct arena *, const void *node, uint32_t base);
/* Reads a query in it, but for those in such a query. */
struct subquery_reader {
	const struct select *(*read)(void *arg, const void *node);
	void *arg;
};
struct expr *expr_with_queries(struct arena *, const void *node, uint32_t base, const struct subquery_reader *);
struct type type_from_node(struct arena *, const void *type_name);
/* "a.b" for a list of String nodes; the last part in name, the one before it in schema. */
void names_from_list(struct arena *, const void *list, struct str *schema, struct str *name);

#endif
