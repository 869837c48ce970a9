#ifndef CATALOG_TENANT_H
#define CATALOG_TENANT_H

#include "catalog/catalog.h"

/*
 * Many tenants in one set of tables: a column that says whose row it is, and the table of tenants it references.
 * The configuration names both, or they are guessed from the catalog at the end state.
 */

/* What the configuration says: tenant: { column: tenant_id, ... } */
struct tenant_config {
	struct str column;              /* STR_NONE: guess it */
	struct str root;                /* "tenants" or "app.tenants"; STR_NONE: what the column references */
	VEC(struct str) exempt;         /* names of tables, perhaps with schema; * and ? as in a shell */
	enum tri composite_keys;        /* keys carry the column; UNKNOWN: not said */
	enum tri row_security;          /* row security is what keeps tenants apart */
	enum tri foreign_keys;          /* the column references the root */
	enum tri leading_indexes;       /* indexes lead with the column */
	bool per_tenant_changes;        /* UPDATE and DELETE in migrations name the tenant */
	bool no_detection;
};

enum tenant_class {
	TENANT_NONE,                    /* not judged: a partition, a temporary table */
	TENANT_SCOPED,                  /* its rows belong to one tenant each */
	TENANT_SHARED,                  /* one set of rows for all tenants */
	TENANT_GLOBAL,                  /* no foreign key connects it with tenants' rows */
	TENANT_UNCLEAR                  /* its rows hang on tenants' rows, and do not say whose they are */
};

struct tenant_table {
	const struct relation *table;
	enum tenant_class class;
	struct str reason;
	bool root;
	bool exempt;
	bool bookkeeping;               /* where a migration tool writes what has run */
	struct column *column;          /* NULL: it has none */
	const struct relation *via;     /* UNCLEAR: the table with tenants' rows that it references */
};

VEC_TYPE(tenant_tables, struct tenant_table *);

/* Whether a style is in use: as configured, else as most tables do. */
enum tenant_style { STYLE_UNSAID, STYLE_REFUSED, STYLE_USED };

struct tenant_design {
	const struct tenant_config *config;
	bool detected;                  /* else the configuration names the column */
	bool complete;                  /* the tables below are filled in: the whole history has run */
	struct str column;
	const struct relation *root;    /* NULL: unknown */
	struct str root_column;         /* the key of root that is referenced; STR_NONE: unknown */
	unsigned confidence;            /* 0 to 100 */
	size_t carriers;                /* tables with the column, the root not counted */
	size_t linked;                  /* of those, how many have a foreign key that carries it */
	size_t tables;                  /* judged, without the root, exempt ones and bookkeeping */
	enum tenant_style composite_keys, row_security, foreign_keys, leading_indexes;
	bool distributed;               /* some table is spread by Citus */
	struct tenant_tables list;      /* in order of creation */
	struct map by_table;            /* &table -> struct tenant_table */
};

/*
 * Before the history has run: what the configuration says alone. NULL: it names no column.
 * The configuration must outlive the design.
 */
const struct tenant_design *tenant_configured(struct arena *, const struct tenant_config *);
/* At the end state. NULL: nothing is configured, and nothing looks like tenants. */
const struct tenant_design *tenant_find(struct arena *, const struct catalog *, const struct tenant_config *);
/* NULL: not judged. */
const struct tenant_table *tenant_table(const struct tenant_design *, const struct relation *);
const char *tenant_class_word(enum tenant_class);       /* "scoped" */
/* It holds nothing but foreign keys: which row goes with which. */
bool tenant_is_join(const struct relation *);
/* The foreign key has the column on both sides, at the same place. */
bool tenant_carries(const struct tenant_design *, const struct constraint *);
/* One of the columns is the tenant's, however it is spelled there: tenant_id and "tenantId" are one. */
bool tenant_in(const struct tenant_design *, const struct str *columns, size_t n);
/* The tenant's column of a table, or NULL. */
struct column *tenant_column(const struct tenant_design *, const struct relation *);
/* Rows of the table belong to tenants, as far as is known by now; the table of tenants itself is not one. */
enum tri tenant_is_scoped(const struct tenant_design *, const struct relation *);

/* What a key says about whose row it is. */
enum tenant_key {
	TENANT_KEY_SCOPED,              /* the column is part of it */
	TENANT_KEY_SURROGATE,           /* made by the database, or a random number: never the same for two tenants */
	TENANT_KEY_THROUGH,             /* a part references a tenant's row, which settles the tenant */
	TENANT_KEY_NATURAL              /* values of users: two tenants may want the same */
};
enum tenant_key tenant_key(const struct tenant_design *, const struct relation *, const struct str *columns, size_t n);
/* The column whose type the others should have: the root's key, else that of most tables. NULL: none known. */
const struct column *tenant_pattern(const struct tenant_design *);

#endif
