#ifndef OP_PREDICATE_H
#define OP_PREDICATE_H

#include "op/op.h"
#include "sql/expr.h"

/* An index that would find the rows if the condition were written in another way. */
struct hidden_index {
	const struct relation *index;
	struct str column;
	enum { HIDDEN_BY_FUNCTION, HIDDEN_BY_OPERATOR, HIDDEN_BY_CAST, HIDDEN_BY_WILDCARD, HIDDEN_BY_NEGATION, HIDDEN_BY_COLUMN, HIDDEN_BY_OR } by;
	struct str what;                /* the function, operator or type; "the expression" that a pattern is for, where that is not the column itself */
	const struct relation *behind;  /* a B-tree that has a column of the condition behind others; NULL: none */
};

/*
 * Whether some index of the table may find the rows of a condition on it. `called` is the table's name or alias in the statement.
 * `hidden` receives the first index that begins with a column of the condition and cannot be used; its index is NULL when
 * there is none, or another index may be used. UNKNOWN: one may that has the column behind others, which is hidden->behind.
 */
enum tri predicate_uses_index(const struct relation *, struct str called, const struct expr *where, struct hidden_index *hidden);
/*
 * The first comparison with NULL that makes the condition NULL or false for every row, so that none is read: eval_const_expressions() does not call a
 * strict operator. NULL: there is none.
 */
const struct expr *predicate_never(const struct expr *where);
/* No row of the table meets it: so, or as it asks for NULL in a column that is NOT NULL. */
bool predicate_finds_none(const struct relation *, struct str called, const struct expr *where);
/* A unique index finds the only rows there can be: all its columns are compared with values. Children of the table have their own. */
bool predicate_finds_few(const struct relation *, struct str called, const struct expr *where);
/* "email stands inside lower()" */
struct str hidden_index_words(struct arena *, const struct hidden_index *);
/* "index orders_state_day_idx does not begin with day, but ..." */
struct str index_behind_words(const struct facts *, const struct hidden_index *);
/* For advice: what lets an index find the rows, as a comment. */
struct str hidden_index_remedy(struct arena *, const struct hidden_index *);

#endif
