#include <jansson.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_drizzle;

#define JOURNAL "meta/_journal.json"

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("there is a " JOURNAL);
	return listing_has(l, STR(JOURNAL)) ? 98 : 0;
}

static void
free_json(void *arg)
{
	json_decref(arg);
}

/* NULL and a diagnostic when it is no JSON. */
static const json_t *
read_journal(struct adapter_run *run, struct source *journal)
{
	json_error_t error;
	json_t *root = json_loadb(journal->text.s, journal->text.n, 0, &error);

	if (root == NULL) {
		adapter_mistake(run, journal, source_head(journal, span_of(0, journal->text.n)), "unreadable-journal",
		    str_printf(run->arena, "line %d: %s; nothing of this history was checked", error.line, error.text));
		return NULL;
	}
	arena_defer(run->arena, free_json, root);
	return json_object_get(root, "entries");
}

/* Where the journal names the migration. */
static struct place
place_of_tag(struct source *journal, struct str tag)
{
	size_t at = str_find(journal->text, tag);

	return (struct place){ journal, at == (size_t)-1 ? (struct span){ 0, 0 } : span_of(at, at + tag.n) };
}

static void
find(struct adapter_run *run, struct source *journal, const json_t *entries, struct candidates *found, struct map *listed)
{
	for (size_t i = 0; i < json_array_size(entries); i++) {
		const char *tag = json_string_value(json_object_get(json_array_get(entries, i), "tag"));
		struct str file = tag != NULL ? str_copy(run->arena, str_printf(run->arena, "%s.sql", tag)) : STR("");
		if (tag == NULL)
			continue;
		*map_at(listed, file) = journal;
		if (!listing_has(run->listing, file)) {
			adapter_note(run, FILE_GONE, place_of_tag(journal, str_of(tag)), (struct place){ 0 }, str_slice(file, 0, file.n - 4), STR(""));
			continue;
		}
		struct candidate *c = vec_push(run->arena, found);
		*c = (struct candidate){ .up = file };
		candidate_name(c, str_slice(file, 0, file.n - 4));
	}
}

static void
note_unlisted(struct adapter_run *run, struct source *journal, const struct map *listed)
{
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (listing_sql(run->listing, file) && listing_dir(file).n == 0 && !map_has(listed, file) &&
		    (run->named == NULL || map_has(run->named, file)))
			adapter_note_file(run, FILE_NOT_LISTED, file, (struct place){ journal, source_head(journal, span_of(0, journal->text.n)) },
			    str_slice(file, 0, file.n - 4), STR(""));
	}
}

/* PgDialect.migrate(): all that is pending runs in one transaction, in the order of the journal. */
static void
list(struct adapter_run *run)
{
	struct source *journal = adapter_source(run, STR(JOURNAL));
	const json_t *entries = journal != NULL ? read_journal(run, journal) : NULL;
	struct candidates found = { 0 };
	struct map listed = MAP(run->arena);

	if (entries == NULL)
		return;
	find(run, journal, entries, &found, &listed);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		adapter_add_files(run, &found.items[i], TX_WRAPPED);
	note_unlisted(run, journal, &listed);
}

const struct adapter adapter_drizzle = {
	.name = "drizzle",
	.doc = "Drizzle; all that is pending runs in one transaction, in the order of the journal",
	.layout = "NNNN_NAME.sql and " JOURNAL,
	.detect = detect,
	.list = list,
};
