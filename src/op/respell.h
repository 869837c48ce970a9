#ifndef OP_RESPELL_H
#define OP_RESPELL_H

#include "catalog/catalog.h"

/*
 * A column gets another type: the CHECKs, predicates and index expressions that use its values are made anew from how the
 * server deparses them (ATPostAlterTypeParse), with the casts that went with the old type. How they are spelled from then
 * on is not known: they are marked as respelled, and cast the column where the server did, so that they mean what they meant.
 */
void respell_column(struct catalog *, struct relation *, struct str column, struct type from, struct type to);

#endif
