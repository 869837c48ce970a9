#include "check/replayer.h"

/* Modules of one application keep migrations of one database each in a directory of its own: what one uses another may have made. */

static bool
has_word(struct str text, struct str word)
{
	return sql_find_word(text, word, 0) != (size_t)-1;
}

static struct str
file_that_names(const struct history *h, struct str relation, struct str name)
{
	for (size_t i = 0; i < h->migrations.n; i++) {
		const struct source *source = h->migrations.items[i].up.source;
		if (source != NULL && has_word(source->text, relation) && has_word(source->text, name))
			return source->path;
	}
	return STR_NONE;
}

struct str
others_name(const void *arg, struct str relation, struct str name)
{
	const struct replayer *r = arg;
	struct str path = STR_NONE;

	for (size_t i = 0; path.s == NULL && i < r->run->nhistories; i++)
		if (r->run->histories[i] != r->history)
			path = file_that_names(r->run->histories[i], relation, name);
	return path;
}
