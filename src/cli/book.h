#ifndef CLI_BOOK_H
#define CLI_BOOK_H

#include "base/buf.h"
#include "rule/rule.h"

/* Everything about a rule as a section of Markdown, "### id", but for all its examples: one bad and one good. */
void book_rule(struct buf *, const struct rule *);
/* The rules by category: a table of contents, then their sections. */
void book(struct buf *, const struct rules *);

#endif
