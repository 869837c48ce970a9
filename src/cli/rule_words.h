#ifndef CLI_RULE_WORDS_H
#define CLI_RULE_WORDS_H

#include "base/buf.h"
#include "rule/rule.h"

/* An empty line, a title, and the conditions a line each, those within others indented; nothing when there are none. */
void rule_conditions(struct buf *, const char *title, const struct cond *);
/* "warning", "warning, but off unless configured", "error (warning as shipped)" */
struct str rule_severity_words(struct arena *, const struct rule *);

#endif
