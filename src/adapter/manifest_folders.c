#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_manifest_folders;

#define MANIFEST "manifest.json"
#define KEY "\"SchemaUpdateCqlFiles\""

static bool
lists_files(struct str text)
{
	return str_find(text, STR(KEY)) != (size_t)-1;
}

static bool
is_manifest(const struct listing *l, struct str file)
{
	return str_is(listing_base(file), MANIFEST) && listing_passes(l, file, lists_files);
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("a " MANIFEST " lists the files of its folder");
	for (size_t i = 0; l->root.n > 0 && i < l->nfiles; i++)
		if (is_manifest(l, l->files[i]))
			return 96;
	return 0;
}

/* The next text of the list behind the key. */
static bool
next_name(struct str *rest, struct str *name)
{
	struct str skipped;

	return str_cut(rest, '"', &skipped) && rest->n > 0 && str_cut(rest, '"', name);
}

static struct str
names_of(struct str text)
{
	struct str rest = str_slice(text, str_find(text, STR(KEY)) + sizeof(KEY) - 1, text.n), list = STR("");

	if (str_cut(&rest, '[', &list))
		str_cut(&rest, ']', &list);
	return list;
}

static int
compare(const void *a, const void *b)
{
	return str_cmp_natural(*(const struct str *)a, *(const struct str *)b);
}

static struct str
path_in(struct adapter_run *run, struct str folder, struct str name)
{
	return str_printf(run->arena, "%.*s%s%.*s", STR_ARG(folder), folder.n > 0 ? "/" : "", STR_ARG(name));
}

static void
read_manifest(struct adapter_run *run, struct str file, struct candidates *found, struct map *listed)
{
	struct source *manifest = adapter_source(run, file);
	struct str folder = listing_dir(file), base = listing_base(folder), rest, name;

	if (manifest == NULL)
		return;
	rest = names_of(manifest->text);
	while (next_name(&rest, &name)) {
		struct str path = path_in(run, folder, name);
		size_t at = (size_t)(name.s - manifest->text.s);
		*map_at(listed, path) = manifest;
		if (listing_has(run->listing, path))
			*vec_push(run->arena, found) = (struct candidate){ .version = base, .name = name, .up = path };
		else
			adapter_note(run, FILE_GONE, (struct place){ manifest, span_of(at, at + name.n) }, (struct place){ 0 }, name, STR(""));
	}
}

/* Of folders that have a manifest. */
static void
note_unlisted(struct adapter_run *run, const struct map *listed)
{
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], manifest = path_in(run, listing_dir(file), STR(MANIFEST));
		if (listing_sql(run->listing, file) && !map_has(listed, file) && listing_has(run->listing, manifest) && adapter_named(run, file))
			adapter_note_file(run, FILE_NOT_LISTED, file, (struct place){ adapter_source(run, manifest), { 0, 1 } }, listing_base(file), STR("it never runs"));
	}
}

/* UpdateTask of temporal's tools/common/schema: folders by version, files as listed, statements one by one. */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	struct map listed = MAP(run->arena);
	VEC(struct str) manifests = { 0 };

	for (size_t i = 0; i < run->listing->nfiles; i++)
		if (is_manifest(run->listing, run->listing->files[i]))
			*vec_push(run->arena, &manifests) = run->listing->files[i];
	if (manifests.n > 0)
		qsort(manifests.items, manifests.n, sizeof(*manifests.items), compare);
	for (size_t i = 0; i < manifests.n; i++)
		read_manifest(run, manifests.items[i], &found, &listed);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		adapter_add_files(run, &found.items[i], TX_NONE);
	note_unlisted(run, &listed);
}

const struct adapter adapter_manifest_folders = {
	.name = "manifest-folders",
	.doc = "temporal-sql-tool and cadence-sql-tool: a folder per version, whose manifest lists the files; each statement commits",
	.layout = "vX.Y/NAME.sql and vX.Y/" MANIFEST,
	.also = "temporal cadence manifest_folders",
	.detect = detect,
	.list = list,
};
