#ifndef OP_EACH_PARTITION_H
#define OP_EACH_PARTITION_H

#include "op/op.h"

/* The partition has the foreign key that the operation adds, valid, which becomes a part of it: none of its rows is read. Implemented in add_foreign_key.c. */
bool foreign_key_is_taken_over(const struct facts *, const struct relation *partition);

/* For advice on a key or foreign key that a partitioned table gets: the migrations that give it to the partitions one by one, and to the table then. */
struct value get_foreign_key_steps(const struct facts *);
struct value get_key_steps(const struct facts *);

#endif
