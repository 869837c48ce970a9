#ifndef OP_MEANT_H
#define OP_MEANT_H

#include "op/select.h"

/*
 * Which function a call in what is stored means, of several of its name: told once, and before another one of that name comes, which it does
 * not mean though it may fit better.
 */

/* The number of the function of a call; 0: it is not told. */
unsigned call_told(const struct calls_told *, uint32_t at, struct str name);
/* Columns of the relation under that name. */
void surround_with_row(struct arena *, struct surroundings *, const struct relation *, struct str qualifier);
/* Tells what the expressions of the relation call that have not been told. */
void relation_settle(struct catalog *, struct relation *);
/* The same anew of those that the server builds again when a column gets another type. */
void relation_settle_again(struct catalog *, struct relation *);
/* Those of all relations and domains. */
void catalog_settle(struct catalog *);

#endif
