#ifndef ADAPTER_LIQUIBASE_WALK_H
#define ADAPTER_LIQUIBASE_WALK_H

#include "adapter/liquibase_change.h"

/* The tree of changelogs while it is read. */

/* A file that is read as a tree. */
struct tree {
	struct str file;
	struct source *source;
	struct yaml *root;
	bool included, includes, done;
};

struct walk {
	struct changelog log;
	VEC(struct tree *) trees;
	struct map by_file;             /* of trees */
	struct map done;                /* SQL files */
	struct map folders;             /* with formatted SQL */
	struct tree *tree;              /* that is read */
	unsigned depth;
	bool abstract;                  /* said so of this tree */
	bool data_said;                 /* of the whole run */
	size_t read;                    /* up to where the tree was read for remarks */
	bool unread;                    /* some changelog could not be read, which may name any file */
};

/*
 * The listed file or folder that a changelog names: paths begin where the search path does, which is somewhere above or
 * below the root of the listing. STR_NONE: it is not there.
 */
struct str walk_resolve(const struct walk *, struct str path, bool relative, bool folder);
/* Calls fn with each of the children. */
void walk_each(struct walk *, const struct yaml *, void (*fn)(struct walk *, const struct yaml *, void *), void *arg);
/* That something was not read; rule: of the diagnostic. */
void walk_say(struct walk *, struct place, const char *rule, struct str message);
/* What is below databaseChangeLog, which is the root of XML and the root's only key of YAML. NULL: it is no changelog. */
const struct yaml *walk_log(const struct tree *);

/* liquibase_set.c */

/* Reads a <changeSet>. */
void walk_set(struct walk *, const struct yaml *);
/* What is said to be for these contexts runs on PostgreSQL, too. */
bool walk_runs(const struct yaml *);
/* Whether the <preConditions> there let the changelog run, as far as that is known. */
bool walk_conditions(struct walk *, const struct yaml *);

#endif
