#ifndef OP_LOCKED_TABLES_H
#define OP_LOCKED_TABLES_H

#include "op/op.h"

/* The tables to which the open transaction stops writes, by the statements that locked them. */

/* What one statement locked. */
struct locked_tables {
	struct place place;             /* the statement */
	unsigned statement;             /* its running number */
	size_t n;                       /* how many tables */
	struct str names;               /* those before the transaction, separated by commas */
};

VEC_TYPE(locked_list, struct locked_tables);

/* In the order in which they were locked. */
struct locked_list locked_tables(const struct facts *);

struct value locked_tables_get_count(const struct facts *);
/* true: all of them are locked whatever the conditions of code are; otherwise unknown. */
struct value locked_tables_get_all_sure(const struct facts *);
struct value locked_tables_get_names(const struct facts *);
/* "writes to", or "reads and writes of" where no one can read any of them. */
struct value locked_tables_get_work(const struct facts *);
/* Where no one can read some of them: which, behind a semicolon; empty: all of them, or none. */
struct value locked_tables_get_unreadable(const struct facts *);
struct value locked_tables_get_advice(const struct facts *);

#endif
