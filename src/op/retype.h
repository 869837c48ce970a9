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
/*
 * With this collation on the column the index can be built before that ALTER COLUMN ... TYPE and is still the same file behind it, as an identifier; STR_NONE: it
 * would be built again all the same. Implemented there, too.
 */
struct str retype_collation_for(const struct facts *, const struct index *);
struct value get_index_drops(const struct facts *);
struct value get_index_builds(const struct facts *);
struct value get_recheck_steps(const struct facts *);

#define RETYPE_FIELDS \
	{ "index_drops", FIELD_TEXT, "for advice: the migrations before, which drop the indexes that are built anew, or build those that can be built before, but for those that belong to something else, and the line behind; " \
	    "empty: there are none", get_index_drops }, \
	{ "index_builds", FIELD_TEXT, "for advice: what gives those built before their names, and the further migration that makes the others again; empty: there are none", get_index_builds }, \
	{ "recheck_steps", FIELD_TEXT, "for advice: the statement, with the constraints that it would check dropped and added NOT VALID, and the migrations that validate them", \
	    get_recheck_steps }

#endif
