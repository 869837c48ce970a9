#ifndef ORACLE_WATCH_H
#define ORACLE_WATCH_H

#include <libpq-fe.h>

#include "base/arena.h"
#include "base/str.h"

/* A lock that a statement held or waited for at some time. */
struct held {
	struct str oid, mode;           /* as pg_locks spells them */
};

VEC_TYPE(held_list, struct held);

/* Runs a statement outside of a transaction block; every lock on a user's relation is added. Its error, or an empty text. */
struct str watch(struct arena *, PGconn *, struct str statement, struct held_list *);

#endif
