/* Writes the examples of the embedded rules as files into a directory: what fuzzing starts from. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "rule/rule.h"

static void
save(struct arena *a, const char *dir, const struct rule *rule, const char *what, const struct example *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str path = str_printf(a, "%s/%.*s-%s-%zu.sql", dir, STR_ARG(rule->id), what, i);
		FILE *f = fopen(path.s, "w");
		if (f == NULL || fwrite(list[i].text.s, 1, list[i].text.n, f) != list[i].text.n || fclose(f) != 0) {
			perror(path.s);
			exit(1);
		}
	}
}

int
main(int argc, char **argv)
{
	struct arena a;
	struct rules *rules;

	if (argc != 2)
		return 2;
	arena_init(&a, NULL, NULL);
	rules = rules_new(&a);
	rules_load_builtin(rules);
	for (size_t i = 0; i < rules->list.n; i++) {
		const struct rule *rule = rules->list.items[i];
		save(&a, argv[1], rule, "bad", rule->bad, rule->nbad);
		save(&a, argv[1], rule, "good", rule->good, rule->ngood);
		save(&a, argv[1], rule, "elsewhere", rule->elsewhere, rule->nelsewhere);
	}
	arena_free(&a);
	return 0;
}
