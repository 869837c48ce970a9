#ifndef UNIT_DUMP_H
#define UNIT_DUMP_H

#include "base/buf.h"
#include "catalog/catalog.h"

/* All that a catalog says, as text: two catalogs with the same dump are the same. */
void dump_catalog(struct buf *, const struct catalog *);
/*
 * The short form of what stands under a name, for expectations: relations that exist, in order of their creation, as
 * "table public.t(id integer!, a text=...) pkey p(id)" and so on, then types and functions, one a line.
 */
void dump_summary(struct buf *, const struct catalog *);

#endif
