#ifndef ORACLE_OBSERVE_H
#define ORACLE_OBSERVE_H

#include <libpq-fe.h>

#include "base/arena.h"
#include "base/str.h"

/* What a server was seen to do to a relation. */
struct seen {
	struct str schema, name;
	char kind;                      /* relkind */
	struct str lock;                /* as pg_locks spells it; empty: none */
	struct str storage;             /* filenode before, or after when it is new */
	bool created, rewritten, scanned;
};

VEC_TYPE(seen_list, struct seen);

struct observation {
	struct arena *arena;
	struct seen_list relations;
	struct str error;               /* the server's message; empty: it worked */
	bool refuses_transaction;       /* it cannot run in a transaction block, so it was watched from outside */
};

/* Everything that users made is gone. */
void observe_clean(PGconn *);
/* Runs SQL that sets something up; its error, or an empty text. */
struct str observe_prepare(struct arena *, PGconn *, struct str sql);
/* Runs one statement, watching; it stays done when `keep`. */
void observe(PGconn *, struct str statement, bool keep, struct observation *);

#endif
