#include <string.h>

#include "adapter/adapter.h"

/* Location.java: on the class path it may be a package, "db.migration". */
static struct str
path_of_package(struct arena *a, struct str package)
{
	char *s = str_c(a, package);

	for (size_t i = 0; i < package.n; i++)
		s[i] = s[i] == '.' ? '/' : s[i];
	return (struct str){ s, package.n };
}

/* Of "classpath:/db/{vendor}" what a directory's path ends with: "db/postgresql"; DatabaseDriver.getId() of Spring Boot. */
static struct str
ending_of(struct arena *a, struct str text)
{
	size_t colon = str_find_char(text, ':'), vendor;

	if (str_starts(text, "classpath:"))
		text = path_of_package(a, text);
	text = str_trim(str_slice(text, colon == (size_t)-1 ? 0 : colon + 1, text.n));
	while (str_starts(text, "/") || str_starts(text, "./") || str_starts(text, "../"))
		text = str_slice(text, str_find_char(text, '/') + 1, text.n);
	while (str_ends(text, "/"))
		text.n--;
	vendor = str_find(text, STR("{vendor}"));
	if (vendor == (size_t)-1)
		return text;
	return str_printf(a, "%.*spostgresql%.*s", STR_ARG(str_slice(text, 0, vendor)), STR_ARG(str_slice(text, vendor + 8, text.n)));
}

void
locations_add(struct arena *a, struct str_list *list, struct str text)
{
	struct str piece;

	while (str_cut(&text, ',', &piece)) {
		while (piece.n > 0 && strchr(" []\"'", piece.s[0]) != NULL)
			piece = str_slice(piece, 1, piece.n);
		while (piece.n > 0 && strchr(" []\"'", piece.s[piece.n - 1]) != NULL)
			piece.n--;
		if (piece.n > 0)
			*vec_push(a, list) = ending_of(a, piece);
	}
}

/* The longest part of the path up to a slash that ends so; STR_NONE: there is none. */
static struct str
directory_of(struct arena *a, struct str path, struct str ending)
{
	struct str glob = str_printf(a, "**/%.*s", STR_ARG(ending));

	for (size_t i = path.n; ending.n > 0 && i > 0; i--)
		if (path.s[i - 1] == '/' && str_glob(glob, str_slice(path, 0, i - 1)))
			return str_slice(path, 0, i - 1);
	return STR_NONE;
}

struct found_locations
locations_find(const struct listing *l, const struct str_list *list)
{
	struct str root = list->n > 0 && l->root.n > 0 ? directory_real(l->arena, l->root) : STR_NONE;
	struct str *dirs = NEW_ARRAY(l->arena, struct str, list->n);
	struct found_locations found = { .holds = NEW_ARRAY(l->arena, bool, l->nfiles) };

	for (size_t i = 0; root.s != NULL && i < l->nfiles; i++)
		for (size_t k = 0; listing_sql(l, l->files[i]) && k < list->n; k++) {
			struct str path = str_printf(l->arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(l->files[i]));
			struct str dir = directory_of(l->arena, path, list->items[k]);
			if (dir.s == NULL)
				continue;
			found.holds[i] = true;
			found.n += dirs[k].s == NULL;
			found.twice = found.twice || (dirs[k].s != NULL && !str_eq(dirs[k], dir) && str_find_char(list->items[k], '*') == (size_t)-1);
			dirs[k] = dir;
		}
	return found;
}
