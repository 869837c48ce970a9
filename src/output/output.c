#include "output/output.h"

extern const struct output *const output_registry[];

const struct output *
output_find(struct str name)
{
	for (size_t i = 0; output_registry[i]; i++)
		if (str_is(name, output_registry[i]->name))
			return output_registry[i];
	return NULL;
}

const struct output *const *
outputs(size_t *n)
{
	for (*n = 0; output_registry[*n]; ++*n)
		;
	return output_registry;
}

bool
place_shown(struct place at)
{
	return at.source && (at.span.off > 0 || at.span.len > 0);
}

struct place
diag_place(const struct diag *d)
{
	return d->nlabels > 0 ? d->labels[0].at : (struct place){ 0 };
}
