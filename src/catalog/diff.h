#ifndef CATALOG_DIFF_H
#define CATALOG_DIFF_H

#include "catalog/catalog.h"

/* What the catalog holds under some names, and how that differs between two moments. */

/* A property of an item that can differ alone: the type of a column. */
struct property {
	const char *kind;               /* "column type" */
	struct str text;                /* STR_NONE: not known */
};

enum { PROPERTY_MAX = 6 };

struct item {
	struct str kind, object;        /* "column", "users.email" */
	struct str text;                /* its definition; STR_NONE: not known */
	struct property properties[PROPERTY_MAX];
	size_t nproperties;             /* 0: only the text is compared */
	struct str relation;            /* "schema\0name" of the relation it is, or belongs to; STR_NONE: none */
	struct birth born;
	bool whole;                     /* it is that relation, not a part of it */
	bool assumed;                   /* nobody told that it is there, or what it is */
	bool unsure;                    /* nobody had told what stood under its name when it was touched */
};

struct items {
	struct arena *arena;
	VEC(struct item *) list;        /* in order of description */
	struct map by_key;              /* "kind\0object" -> struct item */
};

/* Describes everything that stands under the touched names now. */
void describe(const struct catalog *, const struct touched *, size_t n, struct items *);
/* "public.users" as users write it: the schema only when it is not the default one. */
struct str describe_name(struct arena *, const struct catalog *, const struct relation *);

struct difference {
	struct str kind, object;
	struct str expected, actual;    /* STR_NONE: not there */
	struct place place;             /* the statement that made it; none when it is not known */
};

VEC_TYPE(differences, struct difference);

/* What happened between two descriptions of the same names. */
struct comparison {
	struct arena *arena;
	struct str default_schema;
	const struct items *before, *after;
	const struct touched *touched;
	size_t ntouched;
	unsigned back;                  /* number of the first statement of the way back */
};

/*
 * What of the state before is not there after, what is left over, what differs. Nothing is said about what is not
 * known: the parts of an assumed relation that only the way back names.
 */
void diff(const struct comparison *, struct differences *);
/* The columns of tables that came back in another order. */
void diff_order(const struct comparison *, struct differences *);

#endif
