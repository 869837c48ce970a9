#ifndef OP_ADVICE_H
#define OP_ADVICE_H

#include "op/op.h"

bool advice_says_word(struct str advice, struct str name);
/* In a comment: elsewhere the number is not one of a line. */
bool advice_says_line(struct arena *, struct str advice, unsigned number);
/* By its line, or as it stands. */
bool advice_speaks_of(struct arena *, struct str advice, const struct op *);
/* What a RENAME of a table or column takes away; STR_NONE: it is none. */
struct str advice_renamed_name(const struct op *);
/* "by then team is called team_id (line 4)": where the advice uses the old name of what the file renames. */
void advice_put_rename(const struct facts *, struct buf *, const struct op *rename, struct str advice);

#endif
