/* Any text as a rule file. */
#include "rule/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct diags diags = { .arena = &a };
	struct rule *rule;

	arena_init(&a, NULL, NULL);
	rule = rule_parse(&a, source_new(&a, STR("x.yaml"), (struct str){ (const char *)data, size }), &diags);
	if ((rule == NULL) == (diags.list.n == 0))
		__builtin_trap();
	for (size_t i = 0; i < diags.list.n; i++)
		(void)source_position(diags.list.items[i]->labels[0].at.source, diags.list.items[i]->labels[0].at.span.off);
	arena_free(&a);
	return 0;
}
