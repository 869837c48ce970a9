#include "adapter/adapter.h"
#include "base/err.h"

/*
 * Migrations in a language of the JVM: Maven and Gradle keep src/main/resources/db/migration/V1__a.sql, and
 * src/main/java/db/migration/V2__B.java beside it.
 */

static const char *const languages[] = { "java", "kotlin", "scala", "groovy", "clojure", NULL };

static bool
is_code(struct str file)
{
	static const char *const endings[] = { ".java", ".kt", ".scala", ".groovy", ".clj" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (str_ends(file, endings[i]))
			return true;
	return false;
}

/* "main/resources/db/migration/V2__B.java" of "main/java/db/migration/V2__B.java" */
static struct str
beside_of(struct arena *a, struct str file)
{
	struct str rest = file, piece;

	while (str_cut(&rest, '/', &piece))
		if (rest.n > 0 && str_among(piece, languages))
			return str_printf(a, "%.*sresources/%.*s", (int)(piece.s - file.s), file.s, STR_ARG(rest));
	return file;
}

static size_t
folders_in(struct str path)
{
	size_t n = path.n > 0;

	for (size_t i = 0; i < path.n; i++)
		n += path.s[i] == '/';
	return n;
}

static bool
is_within(struct str folder, struct str path)
{
	return str_eq(str_slice(path, 0, folder.n), folder) && (folder.n == 0 || path.n == folder.n || path.s[folder.n] == '/');
}

static void
add_folder(const struct listing *l, struct str root, struct str up, struct str folder, struct code_files *out)
{
	struct listing code;
	struct err err = { 0 };

	if (listing_read(l->arena, str_printf(l->arena, "%.*s/%.*s%.*s", STR_ARG(root), STR_ARG(up), STR_ARG(folder)), &code, &err) != 0)
		return;
	for (size_t i = 0; i < code.nfiles; i++)
		if (is_code(code.files[i]))
			*vec_push(l->arena, out) = (struct code_file){
				str_printf(l->arena, "%.*s%.*s/%.*s", STR_ARG(up), STR_ARG(folder), STR_ARG(code.files[i])), code.files[i] };
}

/* Where the listing is "resources" or below it: of each language the folder of the same path, and those of the locations. */
static void
add_folders(const struct listing *l, struct str root, struct str below, const struct str_list *locations, struct code_files *out)
{
	struct buf up = BUF(l->arena);

	for (size_t i = folders_in(below) + 1; i > 0; i--)
		buf_c(&up, "../");
	for (size_t i = 0; languages[i] != NULL; i++) {
		struct str top = str_printf(l->arena, "%.*s%s/", STR_ARG(buf_text(&up)), languages[i]);
		add_folder(l, root, top, below, out);
		for (size_t k = 0; k < locations->n; k++)
			if (!is_within(below, locations->items[k]) && str_find_char(locations->items[k], '*') == (size_t)-1)
				add_folder(l, root, top, locations->items[k], out);
	}
}

/* "V7__B.java", as no other class is called. */
static bool
is_named_as_migration(struct str file)
{
	struct str base = listing_base(file);

	return is_code(file) && base.n > 0 && (base.s[0] == 'V' || base.s[0] == 'R') && str_find(base, STR("__")) != (size_t)-1;
}

/* There are SQL files for the same package: those are other migrations. */
static bool
has_scripts(const struct listing *l, struct str root, struct str up, struct str package)
{
	struct listing scripts;
	struct err err = { 0 };

	return package.n > 0 && listing_read(l->arena, str_printf(l->arena, "%.*s/%.*sresources/%.*s", STR_ARG(root), STR_ARG(up), STR_ARG(package)), &scripts, &err) == 0 &&
	    listing_count(&scripts, "") > 0;
}

/* A configuration in code may give any package of the module. */
static void
add_packages(const struct listing *l, struct str root, struct str below, struct code_files *out)
{
	struct buf b = BUF(l->arena);
	struct listing code;
	struct err err = { 0 };

	for (size_t i = folders_in(below) + 1; i > 0; i--)
		buf_c(&b, "../");
	struct str up = buf_text(&b);
	for (size_t i = 0; languages[i] != NULL; i++) {
		struct str top = str_printf(l->arena, "%.*s%s", STR_ARG(up), languages[i]);
		if (listing_read(l->arena, str_printf(l->arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(top)), &code, &err) != 0)
			continue;
		for (size_t k = 0; k < code.nfiles; k++)
			if (is_named_as_migration(code.files[k]) && !has_scripts(l, root, up, listing_dir(code.files[k])))
				*vec_push(l->arena, out) = (struct code_file){
					str_printf(l->arena, "%.*s/%.*s", STR_ARG(top), STR_ARG(code.files[k])), code.files[k] };
	}
}

struct code_files
code_files_find(const struct listing *l, const struct str_list *locations)
{
	struct str root = l->root.n > 0 ? directory_real(l->arena, l->root) : STR_NONE, rest = root, piece, below = STR_NONE;
	struct code_files out = { 0 };

	for (size_t i = 0; i < l->nfiles; i++)
		if (is_code(l->files[i]))
			*vec_push(l->arena, &out) = (struct code_file){ l->files[i], beside_of(l->arena, l->files[i]) };
	while (root.s != NULL && str_cut(&rest, '/', &piece))
		if (str_is(piece, "resources"))
			below = rest;
	if (below.s != NULL)
		add_folders(l, root, below, locations, &out);
	if (below.s != NULL && out.n == 0)
		add_packages(l, root, below, &out);
	return out;
}
