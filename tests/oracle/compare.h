#ifndef ORACLE_COMPARE_H
#define ORACLE_COMPARE_H

#include <libpq-fe.h>

#include "catalog/catalog.h"

/*
 * Compares the shadow catalog with the catalog of a server, in two ways: the shadow's JSON with what schema.sql
 * reads there; and what schema.sql reads there with what it reads in a second database that the shadow's script made,
 * which also compares every expression as the server understood it.
 */

struct mismatch {
	struct str path;                /* "relations[public.users].columns[email].type" */
	struct str server, shadow;      /* JSON values; STR_NONE: not there */
	bool round_trip;                /* seen in the second database */
};

VEC_TYPE(mismatches, struct mismatch);

struct comparison_at {
	struct arena *arena;
	PGconn *server;                 /* the database that was changed */
	PGconn *copy;                   /* the second database, whose content is replaced; NULL: leave the second way out */
	const char *query;              /* the text of schema.sql */
	int version;                    /* 15 */
};

/* The text of tests/oracle/schema.sql. */
const char *compare_query(struct arena *);
void compare_catalog(const struct comparison_at *, const struct catalog *, struct mismatches *);
/* What the query reads there, as lines of path -> struct str, a JSON value; and what differs between two of them. */
struct map compare_read(struct arena *, PGconn *, const char *query);
void compare_read_maps(struct arena *, const struct map *server, const struct map *shadow, struct mismatches *);
/* All that users made is gone, extensions too. */
void compare_empty(PGconn *);

#endif
