#ifndef CATALOG_LOCK_H
#define CATALOG_LOCK_H

#include <stdbool.h>

#include "base/str.h"

/* Table-level lock modes in order of strength (lockdefs.h). */
enum lock {
	LOCK_NONE,
	ACCESS_SHARE,
	ROW_SHARE,
	ROW_EXCLUSIVE,
	SHARE_UPDATE_EXCLUSIVE,
	SHARE,
	SHARE_ROW_EXCLUSIVE,
	EXCLUSIVE,
	ACCESS_EXCLUSIVE
};

const char *lock_name(enum lock);       /* as pg_locks spells it: "AccessExclusiveLock"; LOCK_NONE: "none" */
const char *lock_words(enum lock);      /* as the manual spells it: "ACCESS EXCLUSIVE" */
/* Either spelling, any case. */
bool lock_parse(struct str, enum lock *);
enum lock lock_stronger(enum lock, enum lock);
/* Whether two sessions cannot hold these at the same time (the manual's table 13.2). */
bool lock_conflicts(enum lock, enum lock);
/* What waits: "reads and writes", "writes and SELECT FOR UPDATE", "writes", "schema changes and VACUUM", "nothing". */
const char *lock_blocks(enum lock);

#endif
