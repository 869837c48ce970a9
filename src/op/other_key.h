#ifndef OP_OTHER_KEY_H
#define OP_OTHER_KEY_H

#include "base/buf.h"
#include "op/op.h"

/*
 * A unique index, besides the primary key's, on plain columns that are NOT NULL, which can identify the table's rows when that index, and that
 * column, are gone. NULL: none is known. Either may be none (NULL, STR_NONE).
 */
const struct relation *other_key(const struct relation *, const struct relation *index, struct str column);
/*
 * For advice: the migrations in which another key takes the place of the primary key, which "DROP ..." takes away; "..." stands for its columns
 * where nothing tells them.
 */
struct value key_instead(const struct facts *, struct str drop, struct str column);

#endif
