#ifndef OP_TIE_H
#define OP_TIE_H

#include "op/op.h"

/* What two statements of a file have to do with each other: what they name, their rows, a table as a whole. Later ones are not bound yet. */

/* kinds ends with NULL. */
bool op_is_among(const struct op *, const char *const *kinds);

/* Of a later statement, which is not bound yet, by its name; NULL: none that is there now. */
const struct relation *order_table(const struct facts *, const struct op *);

/* As an identifier, or in a literal such as 's'::regclass. */
bool op_span_mentions(const struct statement *, struct span, struct str name);
bool op_mentions(const struct op *, struct str name);
bool op_touches(const struct facts *, const struct op *, const struct relation *);
bool op_is_constraint(const struct op *);
bool op_is_of_column(const struct op *);
bool op_makes_or_drops_target(const struct op *);
/* One that gives rows or columns without naming them: SELECT *, INSERT without a list, LIKE. */
bool op_takes_all_columns(const struct op *);
bool op_names_column(const struct facts *, const struct op *, const struct relation *, struct str name);
bool op_drops_code(const struct op *);
/* Its body names what is there when it runs: what is gone by then can be there still. */
bool op_makes_code(const struct op *);
/* Where NEW and OLD are rows of the table, which need not be named. */
bool op_is_code_of_trigger(const struct facts *, const struct op *, const struct relation *);
bool op_names_what_changes(const struct facts *, const struct op *, const struct op *change);

/* Writes rows that may be there before, or puts some in. */
bool op_writes_rows(const struct op *);
bool op_reads_rows(const struct op *);
/* It would refuse, change or follow what a row is given. */
bool op_stands_in_the_way_of_rows(const struct op *);
bool op_makes_key(const struct op *);
bool op_shares_rows(const struct facts *, const struct op *first, const struct op *second);
/* A foreign key lets them pass in this order only: rows go before those that they point at, and come behind them. */
bool op_keeps_key_order(const struct facts *, const struct op *first, const struct op *second);

/* Only the order matters: a foreign key stands on a key; NOT NULL, a key and a partition are spared their scan by a CHECK. */
bool op_builds_on(const struct facts *, const struct op *first, const struct op *second);
bool op_shares_whole(const struct facts *, const struct op *first, const struct op *second);
/* A foreign key that goes before the type of one of its columns changes, which the other side may not fit. */
bool op_frees_type(const struct facts *, const struct op *first, const struct op *second);

/* What a clause of ALTER TABLE, or RENAME, locks its table with, the weaker where that depends on an option; LOCK_NONE: it is none. */
enum lock op_alter_lock(const struct op *);
/* It takes a lock that stops writes on the relation, also where an earlier statement has one. */
bool op_stops_writes(const struct facts *, const struct op *, const struct relation *);

bool op_is_timeout(const struct op *);
/* Nobody knows what it does. */
bool op_is_opaque(const struct facts *, const struct op *);
bool op_is_tied(const struct facts *, const struct op *first, const struct op *second);

#endif
