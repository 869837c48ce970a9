#ifndef OP_PARTITION_BOUND_H
#define OP_PARTITION_BOUND_H

#include "op/lower.h"

/* What FOR VALUES says. */
struct partition_bound {
	bool is_default, hash;
	int modulus, remainder;         /* of a hash */
	VEC(struct expr *) values;      /* of a list */
	VEC(struct expr *) from, to;    /* of a range; MINVALUE and MAXVALUE are columns of that name */
};

void bound_lower(struct lowering *, const PartitionBoundSpec *, struct partition_bound *);
/*
 * Valid CHECKs of the table and its NOT NULL imply the bound, so that ATTACH PARTITION reads no rows (PartConstraintImpliedByRelConstraint()).
 * UNKNOWN where they mention the key in a way that is not followed here.
 */
enum tri bound_is_implied(const struct catalog *, const struct relation *parent, const struct relation *child, const struct partition_bound *);
/* transformPartitionBound(), check_new_partition_bound(): why a partitioned table cannot have a partition of that bound; STR_NONE: it may. */
struct str bound_conflict(const struct facts *, const struct relation *parent, const struct partition_bound *, struct str partition);
/* The bound as a condition on one key column, as pg_get_partition_constraintdef() says it; STR_NONE: several columns, an expression, DEFAULT, a hash. */
struct str bound_condition(struct arena *, const struct relation *parent, const struct partition_bound *);

#endif
