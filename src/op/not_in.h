#ifndef OP_NOT_IN_H
#define OP_NOT_IN_H

#include "op/lower.h"
#include "op/select.h"

/* x NOT IN (SELECT column FROM table): NULL for every x that is not found, as soon as one row of the subquery is NULL. */
struct not_in {
	const struct select *query;     /* NULL: there is none */
	const struct expr *where;       /* of the subquery; NULL: none */
	const struct expr *tested;      /* x; NULL: a row */
	struct span inner;              /* the subquery, without its parentheses */
};

/* The first one below a node. */
struct not_in lower_not_in(struct lowering *, const void *node);
/* The nullable column that the subquery reads and no condition of it mentions; NULL: none, or it is not known. */
const struct column *not_in_nullable(struct arena *, const struct catalog *, const struct not_in *, const struct relation **);
/* For advice: the statement with a subquery that leaves NULL out; what to add, where the subquery has more than a condition. */
struct str not_in_without_null(const struct facts *, const struct not_in *);
/* The same as NOT EXISTS (...), of a plain column; called: the table that it is of when it is not qualified. STR_NONE: not so. */
struct str not_in_as_exists(const struct facts *, const struct not_in *, struct str called);

#endif
