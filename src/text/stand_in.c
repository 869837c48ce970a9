#include "text/stand_in.h"

#include <ctype.h>

#include "base/buf.h"

void
stand_in_add(struct map *map, struct str identifier, struct str written)
{
	struct str *kept = NEW(map->arena, struct str);

	*kept = written;
	*map_at(map, identifier) = kept;
}

static size_t
word_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && (isalnum((unsigned char)s.s[n]) || s.s[n] == '_' || (s.s[n] & 0x80) != 0))
		n++;
	return n;
}

/* A variable of psql has its own name left, which is a word like any other, but is kept of a schema only. */
static bool
stands_for(struct str written, struct str behind)
{
	return !str_starts(written, ":") || str_starts(behind, ".");
}

struct str
stand_ins_show(struct arena *arena, const struct map *map, struct str text)
{
	struct buf b = BUF(arena);

	if (map->n == 0)
		return text;
	while (text.n > 0) {
		size_t n = word_length(text);
		struct str word = str_slice(text, 0, n > 0 ? n : 1);
		const struct str *written = map_get(map, word);
		text = str_slice(text, word.n, text.n);
		buf_str(&b, written != NULL && stands_for(*written, text) ? *written : word);
	}
	return buf_text(&b);
}

/* The entry whose placeholder the text starts with; NULL: none. */
static const struct map_entry *
find_written(const struct map *map, struct str text)
{
	for (size_t i = 0; i < map->n; i++) {
		struct str written = *(const struct str *)map->entries[i].value;
		if (written.n > 0 && written.n <= text.n && str_eq(str_slice(text, 0, written.n), written))
			return &map->entries[i];
	}
	return NULL;
}

struct str
stand_ins_hide(struct arena *arena, const struct map *map, struct str text)
{
	struct buf b = BUF(arena);

	while (text.n > 0) {
		const struct map_entry *e = find_written(map, text);
		size_t n = e != NULL ? ((const struct str *)e->value)->n : 1;
		buf_str(&b, e != NULL ? e->key : str_slice(text, 0, 1));
		text = str_slice(text, n, text.n);
	}
	return buf_text(&b);
}
