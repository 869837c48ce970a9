#include "catalog/lock.h"

#define BIT(lock) (1u << (lock))
#define FROM(lock) (~0u << (lock))

static const struct lock_facts {
	const char *name, *words, *blocks;
	unsigned conflicts;             /* LockConflicts[] of lock.c */
} locks[] = {
	[LOCK_NONE] = { "none", "none", "nothing", 0 },
	[ACCESS_SHARE] = { "AccessShareLock", "ACCESS SHARE", "nothing", FROM(ACCESS_EXCLUSIVE) },
	[ROW_SHARE] = { "RowShareLock", "ROW SHARE", "nothing", FROM(EXCLUSIVE) },
	[ROW_EXCLUSIVE] = { "RowExclusiveLock", "ROW EXCLUSIVE", "nothing", FROM(SHARE) },
	[SHARE_UPDATE_EXCLUSIVE] = { "ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE", "schema changes and VACUUM",
	    FROM(SHARE_UPDATE_EXCLUSIVE) },
	[SHARE] = { "ShareLock", "SHARE", "writes", BIT(ROW_EXCLUSIVE) | BIT(SHARE_UPDATE_EXCLUSIVE) | FROM(SHARE_ROW_EXCLUSIVE) },
	[SHARE_ROW_EXCLUSIVE] = { "ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE", "writes", FROM(ROW_EXCLUSIVE) },
	[EXCLUSIVE] = { "ExclusiveLock", "EXCLUSIVE", "writes and SELECT FOR UPDATE", FROM(ROW_SHARE) },
	[ACCESS_EXCLUSIVE] = { "AccessExclusiveLock", "ACCESS EXCLUSIVE", "reads and writes", FROM(ACCESS_SHARE) },
};

const char *
lock_name(enum lock lock)
{
	return locks[lock].name;
}

const char *
lock_words(enum lock lock)
{
	return locks[lock].words;
}

bool
lock_parse(struct str text, enum lock *lock)
{
	for (enum lock l = LOCK_NONE; l <= ACCESS_EXCLUSIVE; l++) {
		if (str_is_nocase(text, locks[l].name) || str_is_nocase(text, locks[l].words)) {
			*lock = l;
			return true;
		}
	}
	return false;
}

enum lock
lock_stronger(enum lock a, enum lock b)
{
	return a > b ? a : b;
}

bool
lock_conflicts(enum lock a, enum lock b)
{
	return (locks[a].conflicts & BIT(b)) != 0;
}

const char *
lock_blocks(enum lock lock)
{
	return locks[lock].blocks;
}
