#include <stdint.h>
#include <stdlib.h>

#include "adapter/adapter.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* The length and the line breaks stay. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;

	arena_init(&a, NULL, NULL);
	struct source *source = source_new(&a, STR("fuzz.sql"), str_copy(&a, (struct str){ (const char *)data, n }));
	struct str before = source->sql;
	mask_psql(&a, source, NULL);
	if (source->sql.n != before.n)
		abort();
	for (size_t i = 0; i < before.n; i++)
		if ((before.s[i] == '\n') != (source->sql.s[i] == '\n'))
			abort();
	arena_free(&a);
	return 0;
}
