#ifndef RULE_MUTANT_H
#define RULE_MUTANT_H

#include "rule/rule.h"

/*
 * A rule with one small mistake in what it asks: a condition of when or unless left out, or turned round; one branch
 * of any; one value of a list; a border moved by one; one kind of operation left out.
 */
struct mutant {
	struct rule *rule;
	struct cond *at, with;
	const struct op_kind **kinds;
	size_t nkinds;
	struct str words;               /* "when: without table.is_new: false" */
};

VEC_TYPE(mutants, struct mutant);

void mutants_of(struct arena *, struct rule *, struct mutants *);
/* Makes the mistake in the rule itself; again: takes it back. rules_ready() must follow. */
void mutant_swap(struct mutant *);

#endif
