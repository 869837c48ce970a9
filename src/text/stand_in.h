#ifndef TEXT_STAND_IN_H
#define TEXT_STAND_IN_H

#include "base/arena.h"
#include "base/map.h"

/*
 * Identifiers that stand for placeholders without a value: identifier -> struct str, the placeholder as written. Those of psql's variables that no name
 * follows, which may be values, have their colon.
 */

void stand_in_add(struct map *, struct str identifier, struct str written);
/* The text with the placeholders in the place of the identifiers; and the other way round. */
struct str stand_ins_show(struct arena *, const struct map *, struct str);
struct str stand_ins_hide(struct arena *, const struct map *, struct str);

#endif
