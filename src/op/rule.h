#ifndef OP_RULE_H
#define OP_RULE_H

#include "op/lower.h"

/* Why the server refuses a RuleStmt, whatever the tables are; NULL: for no such reason. In rule_refused.c. */
const char *rule_misuse(const void *node);
/* RETURNING of an INSERT in it names old or new: the rows of that INSERT (18). */
bool rule_returns_own_rows(const void *node);
/* CREATE RULE where old and new are those of the rule. In rule.c. */
bool rule_op_has_rows(const struct op *);

#endif
