#ifndef RULE_EMBEDDED_H
#define RULE_EMBEDDED_H

#include <stddef.h>

/* The rules that are compiled in, sorted by path. */
struct embedded_rule {
	const char *path; /* rules/CATEGORY/ID.yaml */
	const char *text; /* UTF-8, NUL-terminated; size does not count the NUL */
	size_t size;
};

extern const struct embedded_rule embedded_rules[]; /* one zero entry follows the last */
extern const size_t embedded_rules_count;

#endif
