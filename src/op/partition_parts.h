#ifndef OP_PARTITION_PARTS_H
#define OP_PARTITION_PARTS_H

#include "op/op.h"

/* What a partition takes over from the table it becomes a part of. */

/* The partition's own index that serves for one of the parent; NULL: it has none. */
struct relation *partition_twin(const struct relation *partition, const struct index *);
/* The index of a partition becomes a part of that of the parent, and its constraint of that one's. */
void partition_attach_index(struct catalog *, struct relation *index, struct relation *twin);
/* Locks the indexes of the parent, and makes those that the partition lacks (AttachPartitionEnsureIndexes, DefineIndex). */
void partition_lock_indexes(struct effects *, struct catalog *, const struct relation *parent, const struct relation *partition);
/* Attaches the indexes it has and makes the others, and copies foreign keys (CloneForeignKeyConstraints). */
void partition_take_over(struct catalog *, struct relation *parent, struct relation *partition);
/* The foreign key of the partition that becomes a part of this one of the parent; NULL: it has none, and gets a copy. */
struct constraint *partition_own_foreign_key(const struct catalog *, const struct relation *partition, const struct constraint *);
/* The partition's own foreign key becomes a part of that of the parent, or it and its partitions get a copy (addFkRecurseReferencing). */
void partition_take_foreign_key(struct catalog *, struct relation *partition, struct constraint *);
/* The name that its copy on the table `to` gets (ChooseIndexName). */
struct str copied_index_name(struct catalog *, const struct relation *to, const struct relation *index);
/* Makes an index like that of another table, with its constraint; NULL parent: it stands alone (LIKE). */
void copy_index(struct catalog *, struct relation *to, const struct relation *index, struct relation *parent);
/* An index of a partitioned table alone that is made anew is made on the partitions that have none of it, too (DefineIndex). */
void partition_fill_index(struct catalog *, struct relation *index);
/* The same, before it is done: what it locks and builds. */
void partition_lock_missing_indexes(struct effects *, struct catalog *, const struct relation *table, const struct relation *index);
/* The storage parameters of an index become those of the other one, which has no others. */
void copy_index_options(struct catalog *, struct relation *to, const struct relation *from);
/*
 * CloneForeignKeyConstraints(): the tables that the new partition points at, and those that point at its parent. A foreign key that an
 * attached one has already loses its triggers; without it all its rows are checked. NULL partition: it is made now.
 */
void partition_lock_foreign_keys(struct effects *, const struct facts *, const struct relation *parent, struct relation *partition);
/* What a foreign key depends on: the index that backs the referenced key; no columns: that of the primary key. */
void partition_lock_key_index(struct effects *, const struct facts *, struct relation *referenced, const struct str *columns, size_t n);

/* DETACH: the triggers that the partitioned table had given it. */
void partition_drop_clones(struct catalog *, struct relation *partition);

#endif
