#include <jansson.h>
#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_drizzle;

#define JOURNAL "meta/_journal.json"

/* NAME/migration.sql, as drizzle-kit 1.0 writes it. */
static bool
is_folder(struct str file)
{
	return str_is(listing_base(file), "migration.sql") && listing_dir(file).n > 0 && listing_dir(listing_dir(file)).n == 0;
}

/* One that lists none of the files that are there is left over, as from drizzle-kit pull: something else runs them. */
static bool
runs_by_journal(const struct listing *l)
{
	struct source *journal = listing_has(l, STR(JOURNAL)) ? listing_source(l->arena, l, STR(JOURNAL), NULL) : NULL;
	bool others = false;

	for (size_t i = 0; journal != NULL && i < l->nfiles; i++) {
		if (!listing_sql(l, l->files[i]) || listing_dir(l->files[i]).n > 0)
			continue;
		others = true;
		if (str_find(journal->text, str_printf(l->arena, "\"%.*s\"", STR_ARG(listing_stem(l->files[i])))) != (size_t)-1)
			return true;
	}
	return listing_has(l, STR(JOURNAL)) && !others;
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("there is a " JOURNAL);
	if (runs_by_journal(l))
		return 98;
	*why = STR("a NAME/migration.sql has a snapshot.json beside it");
	for (size_t i = 0; i < l->nfiles; i++)
		if (is_folder(l->files[i]) && listing_has(l, str_printf(l->arena, "%.*s/snapshot.json", STR_ARG(listing_dir(l->files[i])))))
			return 98;
	return 0;
}

static void
free_json(void *arg)
{
	json_decref(arg);
}

/* NULL with *error when it is no JSON. */
static const json_t *
read_json(struct adapter_run *run, struct source *file, json_error_t *error)
{
	json_t *root = json_loadb(file->text.s, file->text.n, 0, error);

	if (root != NULL)
		arena_defer(run->arena, free_json, root);
	return root;
}

static const json_t *
read_journal(struct adapter_run *run, struct source *journal)
{
	json_error_t error;
	const json_t *root = read_json(run, journal, &error);

	if (root == NULL)
		adapter_mistake(run, journal, source_head(journal, span_of(0, journal->text.n)), "unreadable-journal",
		    str_printf(run->arena, "line %d: %s; nothing of this history was checked", error.line, error.text));
	return root;
}

/* The journal and the snapshots name their database system; when it is another one, that is said. */
static bool
is_other(struct adapter_run *run, struct source *file, const json_t *root)
{
	struct str dialect = str_of(json_string_value(json_object_get(root, "dialect")));

	if (dialect.n == 0 || str_is(dialect, "postgresql") || str_is(dialect, "postgres") || str_is(dialect, "pg"))
		return false;
	adapter_note(run, FILE_OTHER_DATABASE, (struct place){ file, source_head(file, span_of(0, file->text.n)) }, (struct place){ 0 },
	    STR(""), str_copy(run->arena, dialect));
	return true;
}

/* Where the journal names the migration. */
static struct place
place_of_tag(struct source *journal, struct str tag)
{
	size_t at = str_find(journal->text, tag);

	return (struct place){ journal, at == (size_t)-1 ? (struct span){ 0, 0 } : span_of(at, at + tag.n) };
}

/* An entry of the journal. */
struct entry {
	struct str file;
	json_int_t when;
};

/*
 * PgDialect.migrate(): an entry runs when its time is later than that of the last one that has run. Among entries that
 * are all new that does not matter.
 */
static void
note_behind(struct adapter_run *run, struct entry *last, struct entry now)
{
	if (last->file.n > 0 && now.when <= last->when && (adapter_named(run, now.file) || adapter_named(run, last->file))) {
		struct source *other = source_new(run->arena, adapter_path(run->arena, run->listing, last->file), STR(""));
		adapter_note_file(run, FILE_BEHIND, now.file, (struct place){ other, { 0, 0 } }, STR(""), STR(JOURNAL));
	}
	if (last->file.n == 0 || now.when > last->when)
		*last = now;
}

static void
find(struct adapter_run *run, struct source *journal, const json_t *entries, struct candidates *found, struct map *listed)
{
	struct entry last = { 0 };

	for (size_t i = 0; i < json_array_size(entries); i++) {
		const json_t *entry = json_array_get(entries, i);
		const char *tag = json_string_value(json_object_get(entry, "tag"));
		struct str file = tag != NULL ? str_copy(run->arena, str_printf(run->arena, "%s.sql", tag)) : STR("");
		if (tag == NULL)
			continue;
		*map_at(listed, file) = journal;
		if (!listing_has(run->listing, file)) {
			adapter_note(run, FILE_GONE, place_of_tag(journal, str_of(tag)), (struct place){ 0 }, str_slice(file, 0, file.n - 4), STR(""));
			continue;
		}
		if (json_is_integer(json_object_get(entry, "when")))
			note_behind(run, &last, (struct entry){ file, json_integer_value(json_object_get(entry, "when")) });
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
			    str_slice(file, 0, file.n - 4), STR("it never runs"));
	}
}

/* formatToMillis(): the first 14 characters, by parseInt(). */
static bool
is_time(struct str name)
{
	static const size_t parts[] = { 0, 4, 6, 8, 10, 12 };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		size_t at = parts[i];
		at += at < name.n && (name.s[at] == '-' || name.s[at] == '+');
		if (at >= name.n || name.s[at] < '0' || name.s[at] > '9')
			return false;
	}
	return true;
}

/* readMigrationFiles() of drizzle-orm 1.0: folders by name, and what has not run runs, whenever it is from. */
static void
find_folders(struct adapter_run *run, struct candidates *found)
{
	run->versions = VERSIONS_RUN_LATE;
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (!is_folder(file))
			continue;
		struct candidate *c = vec_push(run->arena, found);
		*c = (struct candidate){ .up = file };
		candidate_name(c, listing_dir(file));
		if (!is_time(listing_dir(file)) && adapter_named(run, file))
			adapter_note_file(run, FILE_REFUSED, file, (struct place){ 0 }, STR(""),
			    STR("the name of its folder does not begin with a time, YYYYMMDDhhmmss, and drizzle-orm fails when it notes that"));
	}
	candidates_sort(found, BY_NAME);
}

/* One snapshot tells for all of them. */
static bool
is_other_folders(struct adapter_run *run, struct str file)
{
	struct str snapshot = str_printf(run->arena, "%.*s/snapshot.json", STR_ARG(listing_dir(file)));
	struct source *source = listing_has(run->listing, snapshot) ? adapter_source(run, snapshot) : NULL;
	json_error_t error;
	const json_t *root = source != NULL ? read_json(run, source, &error) : NULL;

	return root != NULL && is_other(run, source, root);
}

static void
list_folders(struct adapter_run *run)
{
	struct candidates found = { 0 };

	find_folders(run, &found);
	if (found.n > 0 && is_other_folders(run, found.items[0].up))
		return;
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		adapter_add_files(run, &found.items[i], TX_WRAPPED);
}

/* PgDialect.migrate(): all that is pending runs in one transaction, in the order of the journal. */
static void
list_journal(struct adapter_run *run)
{
	struct source *journal = adapter_source(run, STR(JOURNAL));
	const json_t *root = journal != NULL ? read_journal(run, journal) : NULL, *entries = json_object_get(root, "entries");
	struct candidates found = { 0 };
	struct map listed = MAP(run->arena);

	if (entries == NULL || is_other(run, journal, root))
		return;
	find(run, journal, entries, &found, &listed);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		adapter_add_files(run, &found.items[i], TX_WRAPPED);
	note_unlisted(run, journal, &listed);
}

static void
list(struct adapter_run *run)
{
	if (listing_has(run->listing, STR(JOURNAL)))
		list_journal(run);
	else
		list_folders(run);
}

const struct adapter adapter_drizzle = {
	.name = "drizzle",
	.doc = "Drizzle; all that is pending runs in one transaction, in the order of the journal or of the folders' names",
	.layout = "NNNN_NAME.sql and " JOURNAL ", or TIME_NAME/migration.sql",
	.wraps = true,
	.together = true,
	.detect = detect,
	.list = list,
};
