#ifndef OP_CONCURRENTLY_H
#define OP_CONCURRENTLY_H

#include "op/op.h"

/* The runner puts every file into a transaction: what has to commit in between it cannot run. */
bool runs_by_hand(const struct facts *);
/* What runs outside of a transaction has to leave the file of the statement, and not, by hand, for a time before it. */
bool builds_in_other_file(const struct facts *);
/* For advice, in front of a statement that runs CONCURRENTLY: what lets it wait. Empty, or a line break and a line. */
struct value get_lock_timeout_off(const struct facts *);
/* The same, with the place in front of this migration where it needs nothing of what that makes. */
struct str lock_timeout_off_before(const struct facts *);
/* The same of one that needs long. */
struct value get_timeouts_off(const struct facts *);
/* For advice, as a comment or in one: what runs outside of a transaction does so by itself, or by hand where the runner puts every file into one. */
struct value get_no_transaction(const struct facts *);
struct value get_place_outside(const struct facts *);
/* Between two such statements: the same, where each needs a file; otherwise empty. */
struct value get_next_concurrently(const struct facts *);
/* For advice: where a statement goes that cannot run in a transaction, as a comment. */
struct value get_own_migration(const struct facts *);
/* For advice: the name of an index on these columns, which is free and which no later file says. */
struct str advised_index(const struct facts *, struct relation *, const struct str *columns, size_t n);
/* The file that runs later and builds an index of the table that begins with the column; STR_NONE: none does. */
struct str later_file_indexing(const struct facts *, const struct relation *, struct str column);

#endif
