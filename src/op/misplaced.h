#ifndef OP_MISPLACED_H
#define OP_MISPLACED_H

#include "op/select.h"

/* Aggregates, window functions and functions that give several rows, where the server takes none (check_agglevels_and_constraints(), transformWindowFuncCall(), check_srf_call_placement()). */

struct placing {
	const char *name;               /* as the server says it: "WHERE", "check constraints"; NULL: all of them may stand there */
	bool aggregates, sets;          /* these may stand there nevertheless */
	bool from;                      /* a function of FROM */
};

enum call_kind { CALL_PLAIN, CALL_AGGREGATE, CALL_WINDOW, CALL_BARE_WINDOW, CALL_SET };

/* What is called for sure, CALL_BARE_WINDOW without the OVER that it needs; CALL_PLAIN where it cannot be told, too. */
enum call_kind expr_call_kind(const struct catalog *, const struct expr *);
/* An aggregate that a query computes itself, and not the one around it: own has its columns; NULL: there is none around it. */
bool expr_is_own_aggregate(const struct catalog *, const struct offers *own, const struct expr *);
/* Why the server refuses the expression there; STR_NONE: it does not, for such a reason. */
struct str misplaced_call(const struct facts *, const struct offers *own, const struct expr *, const struct placing *);
/* The same where no query is. */
struct str misplaced(const struct facts *, const struct expr *, const char *place);

#endif
