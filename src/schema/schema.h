#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "base/buf.h"
#include "catalog/catalog.h"

/* The shadow catalog written out: what exists when the whole history has run. */

/* One JSON document; its form is in the manual page. Lists are in order of schema and name, columns in that of the table. */
void schema_json(struct buf *, const struct catalog *, int pg_version);
/* A script that makes the same schema in an empty database of that version; what is not known is told in comments. */
void schema_sql(struct buf *, const struct catalog *, int pg_version);
/* How many of each kind there are, and one line per table. */
void schema_summary(struct buf *, const struct catalog *);

/* ---- what the writers share: contents.c ---- */

VEC_TYPE(relation_list, struct relation *);
VEC_TYPE(typedef_list, struct typedef_ *);
VEC_TYPE(function_list, struct function *);
VEC_TYPE(object_list, struct object *);

/* What exists, each list in order of schema and name; temporary and assumed objects are left out. */
struct contents {
	struct arena *arena;
	const struct catalog *catalog;
	struct str_list schemas;
	struct relation_list tables;    /* also partitioned and foreign ones */
	struct relation_list views;     /* also materialized ones */
	struct relation_list sequences; /* without those behind identity columns */
	struct typedef_list types;
	struct function_list functions;
	struct object_list objects;     /* of no relation */
	struct relation_list assumed;   /* used, but no file creates them */
};

void schema_contents(struct arena *, const struct catalog *, struct contents *);

/* ---- remarks.c ---- */

/* The comment on a relation (part "") or on a part of it; STR_NONE: none. */
struct str schema_comment(const struct relation *, const char *part, struct str name);
/* The comment on what this flag of is, a type or function; STR_NONE: none. */
struct str schema_comment_with(const struct contents *, const bool *dropped);

struct privilege {
	struct str column;              /* STR_NONE: on the whole */
	struct str privilege, grantee;  /* "select", "alice" */
	bool grantable;
};

VEC_TYPE(privilege_list, struct privilege);

/* What was granted on a relation, on a schema, or on the type or function with this flag, in order of column, grantee and privilege. */
void schema_privileges(struct arena *, const struct relation *, struct privilege_list *);
void schema_privileges_on(const struct contents *, struct str schema, struct privilege_list *);
void schema_privileges_with(const struct contents *, const bool *dropped, struct privilege_list *);

/* The index of REPLICA IDENTITY USING INDEX; NULL: none. */
const struct relation *schema_identity_index(const struct relation *);
/* A foreign data wrapper, server or user mapping, which has options. */
bool schema_is_foreign(const struct object *);
/* The value of an option of the relation; STR_NONE: it has none. */
struct str schema_option(const struct relation *, const char *kind, const char *name);

/* It is made with its table, as part of a column. */
bool sequence_is_of_identity(const struct relation *);

#endif
