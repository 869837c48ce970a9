#ifndef OP_RETYPE_H
#define OP_RETYPE_H

#include "base/buf.h"
#include "op/op.h"

/* For advice on ALTER COLUMN ... TYPE: what stands on the column goes before it and is made again behind it. */

/* CREATE INDEX CONCURRENTLY of one like it, on that table and under that name. */
void put_index_build(struct buf *, const struct facts *, const struct relation *index, const struct relation *on, struct str name);
/* That constraint of the table, or of one that references it, is checked on every row. Implemented in alter_column_type.c. */
bool retype_rechecks(const struct facts *, const struct constraint *);
/* What ALTER COLUMN ... TYPE makes of its column; not known: it is another operation. Implemented there, too. */
struct type retype_of(const struct op *);
/* What its column was before; not known: it has not run, or nobody knows. */
struct type retype_was(const struct op *);
/* That ALTER COLUMN ... TYPE, which has run, made other values of those that were there, or may have. Implemented there, too. */
bool retype_converts(const struct op *);
struct value get_index_drops(const struct facts *);
struct value get_index_builds(const struct facts *);
struct value get_recheck_steps(const struct facts *);

#define RETYPE_FIELDS \
	{ "index_drops", FIELD_TEXT, "for advice: the migration that drops the indexes that are built anew, but for those that belong to something else, and the line behind it; " \
	    "empty: there are none", get_index_drops }, \
	{ "index_builds", FIELD_TEXT, "for advice: the further migration that makes them again; empty: there are none", get_index_builds }, \
	{ "recheck_steps", FIELD_TEXT, "for advice: the statement, with the constraints that it would check dropped and added NOT VALID, and the migrations that validate them", \
	    get_recheck_steps }

#endif
