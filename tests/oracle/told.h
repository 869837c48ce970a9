#ifndef ORACLE_TOLD_H
#define ORACLE_TOLD_H

#include "base/map.h"
#include "catalog/diff.h"
#include "compare.h"

/* Holds what the checker says a way back leaves behind against what differs on the server (compare.h). */

struct told_at {
	struct arena *arena;
	struct str schema;              /* the one whose name users leave out: "public" */
	const struct map *before, *after;       /* what a server had: compare_read() */
};

/* It is not to be told: the name of a NOT NULL, columns in the same order beside others, the layout of a body, an extension that may stay. */
bool told_never(const struct told_at *, const struct mismatch *);
/* That difference is the reason of the mismatch, or says it. */
bool told_by(const struct told_at *, const struct mismatch *, const struct difference *);
/* The server is asked for such things. */
bool told_is_seen(const struct difference *);
/* What is there and was not, or the other way round, and of which type: as it says. */
bool told_exactly(const struct mismatch *, const struct difference *);
/* "relations[public.users].columns[email]": what the mismatch is about, as a whole. */
struct str told_thing(const struct told_at *, const struct mismatch *);

#endif
