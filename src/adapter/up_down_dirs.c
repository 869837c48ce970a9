#include "adapter/adapter.h"

extern const struct adapter adapter_up_down_dirs;

static bool
is_file(struct str file, const char *base)
{
	return str_is(listing_base(file), base);
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t ups = 0, downs = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		ups += is_file(l->files[i], "up.sql");
		downs += is_file(l->files[i], "down.sql");
	}
	if (ups == 0 || 2 * (ups + downs) <= listing_count(l, ""))
		return 0;
	*why = STR("most files are NAME/up.sql or NAME/down.sql");
	return 95;
}

static struct str
without_dashes(struct arena *a, struct str text)
{
	char *s = str_c(a, text);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		if (text.s[i] != '-')
			s[n++] = text.s[i];
	return (struct str){ s, n };
}

static bool
has_sidecar(const struct listing *l, struct str dir, const char *name)
{
	return listing_has(l, str_printf(l->arena, "%.*s%s%s", STR_ARG(dir), dir.n > 0 ? "/" : "", name));
}

/* Of go-libs: CollectMigrations() wants them in each folder, "7-name". */
static bool
has_notes(const struct listing *l, struct str dir)
{
	return has_sidecar(l, dir, "notes.yaml") && !has_sidecar(l, dir, "down.sql");
}

/* version_from_string() of diesel's migrations_internals: up to the first "_", without "-"; WalkMigrations() of go-libs: up to the first "-". */
static struct candidate
candidate_of(const struct adapter_run *run, struct str dir)
{
	struct str folder = listing_base(dir.n > 0 ? dir : run->listing->root), rest = folder, version = STR("");
	struct candidate c = { .dir = listing_dir(dir) };

	if (str_is(folder, "."))
		folder = rest = STR("");
	str_cut(&rest, has_notes(run->listing, dir) ? '-' : '_', &version);
	if (rest.n > 0 || all_digits(without_dashes(run->arena, version)))
		c.version = without_dashes(run->arena, version);
	c.name = rest.n > 0 ? rest : folder;
	return c;
}

/* The listing has the files of a folder side by side, but what lies deeper may stand between them. */
static void
add_file(struct adapter_run *run, struct candidates *found, struct str file)
{
	bool up = is_file(file, "up.sql");
	struct str dir = listing_dir(file), down = str_printf(run->arena, "%.*s%sdown.sql", STR_ARG(dir), dir.n > 0 ? "/" : "");
	struct candidate c;

	if (!up && !is_file(file, "down.sql"))
		return;
	if (!up && listing_has(run->listing, str_printf(run->arena, "%.*s%sup.sql", STR_ARG(dir), dir.n > 0 ? "/" : "")))
		return;
	c = candidate_of(run, dir);
	c.up = up ? file : STR("");
	c.down = listing_has(run->listing, down) ? down : STR("");
	*vec_push(run->arena, found) = c;
}

static struct source *
sidecar(struct adapter_run *run, struct str dir, const char *name)
{
	if (!has_sidecar(run->listing, dir, name))
		return NULL;
	return adapter_source(run, str_printf(run->arena, "%.*s%s%s", STR_ARG(dir), dir.n > 0 ? "/" : "", name));
}

static struct str
without_remark(struct str value)
{
	return str_trim(str_slice(value, 0, str_find_char(value, '#') < value.n ? str_find_char(value, '#') : value.n));
}

/* TomlMetadata of migrations_internals: where the key is missing it is false. */
static enum tx_mode
diesel_mode(struct adapter_run *run, struct source *metadata)
{
	for (struct ini ini = ini_of(run->arena, metadata->text); ini_next(&ini);)
		if (str_is(ini.key, "run_in_transaction"))
			return str_is(without_remark(ini.value), "false") ? TX_STRING : TX_WRAPPED;
	return TX_STRING;
}

/* A line "KEY: true", with or without blanks around it. */
static bool
says_true(struct source *metadata, const char *key)
{
	struct str rest = metadata->text, line, left;

	while (str_cut(&rest, '\n', &line))
		if (str_cut(&line, ':', &left) && str_is(str_trim(left), key) && str_is(without_remark(line), "true"))
			return true;
	return false;
}

/* diesel's metadata.toml and sourcegraph's metadata.yaml */
static enum tx_mode
mode(struct adapter_run *run, struct str dir, bool wraps)
{
	struct source *diesel = sidecar(run, dir, "metadata.toml"), *sourcegraph = sidecar(run, dir, "metadata.yaml");

	if (wraps || diesel != NULL)
		return wraps ? TX_WRAPPED : diesel_mode(run, diesel);
	return sourcegraph != NULL && says_true(sourcegraph, "createIndexConcurrently") ? TX_NONE : TX_WRAPPED;
}

static bool
is_diesel(const struct listing *l)
{
	for (size_t i = 0; i < l->nfiles; i++)
		if (str_is(listing_base(l->files[i]), "metadata.toml") || str_find(l->files[i], STR("_diesel_initial_setup/")) != (size_t)-1)
			return true;
	return listing_near(l, "Cargo.toml", "diesel");
}

/* "1.4.8", "^1", or a table with version = "1": which of its major versions; 0: it says none. */
static int
major_in(struct str value)
{
	size_t at = str_find(value, STR("version"));
	struct str rest = str_slice(value, at == (size_t)-1 ? 0 : at, value.n);

	if (at == (size_t)-1 && str_find_char(value, '{') != (size_t)-1)
		return 0;
	while (rest.n > 0 && (*rest.s < '0' || *rest.s > '9'))
		rest = str_slice(rest, 1, rest.n);
	return rest.n > 0 && (rest.n == 1 || rest.s[1] < '0' || rest.s[1] > '9') ? *rest.s - '0' : 0;
}

/* Before 2.0 run_migration() of diesel's migrations_internals has a transaction around each, and reads no metadata. */
static bool
is_old_diesel(const struct listing *l)
{
	static const char *const keys[] = { "dependencies.diesel", "dependencies.diesel.version", "dependencies.diesel_migrations",
		"dependencies.diesel_migrations.version", NULL };
	struct str text = listing_nearest(l, "Cargo.toml");
	int newest = 0;

	for (struct ini ini = ini_of(l->arena, text.s != NULL ? text : STR("")); ini_next(&ini);)
		if (str_among(ini.key, keys) && major_in(ini.value) > newest)
			newest = major_in(ini.value);
	return newest == 1;
}

/* Its versions are times in milliseconds. */
static bool
is_hasura(const struct adapter_run *run, const struct candidates *found)
{
	if (is_diesel(run->listing) || listing_near(run->listing, "config.yaml", "metadata_directory:"))
		return !is_diesel(run->listing);
	for (size_t i = 0; i < found->n; i++)
		if (found->items[i].version.n != 13 || !all_digits(found->items[i].version))
			return false;
	return found->n > 0;
}

/* TemplateSQLFile() of go-libs fills a template, and the text is sent as one string. */
static struct part
template_part(struct adapter_run *run, struct str file)
{
	struct part part = adapter_part(run, file, TX_STRING);
	struct source *filled = part.source != NULL ? go_template_fill(run, part.source) : NULL;

	if (part.source != NULL)
		part.span = span_of(0, filled != NULL ? filled->text.n : 0);
	part.source = filled != NULL ? filled : part.source;
	return part;
}

/* A statement begins or ends a transaction, which whoever runs the file has left to it, or not. */
static bool
has_transaction(struct str sql)
{
	static const char *const words[] = { "begin", "start", "commit", "end", "rollback", "abort" };
	struct scan s = { .text = sql };
	bool first = true;

	while (scan_next(&s)) {
		for (size_t i = 0; first && i < sizeof words / sizeof words[0]; i++)
			if (scan_is(&s, words[i]))
				return true;
		first = scan_is(&s, ";");
	}
	return false;
}

static struct part
part_of(struct adapter_run *run, struct str file, enum tx_mode tx, bool known)
{
	struct part part = adapter_part(run, file, tx);

	if (!known && part.source != NULL && has_transaction(part.source->sql))
		part.tx = TX_UNKNOWN;
	return part;
}

static void
add_folder(struct adapter_run *run, const struct candidate *c, bool wraps, bool known)
{
	struct str dir = listing_dir(c->up.n > 0 ? c->up : c->down);
	enum tx_mode tx = mode(run, dir, wraps);
	struct part up = part_of(run, c->up, tx, known), down = { .tx = tx };

	if (candidate_named(run, c))
		down = part_of(run, c->down, tx, known);
	adapter_add(run, c, up, down);
}

/* known: by whom it is run. */
static void
add(struct adapter_run *run, const struct candidate *c, bool wraps, bool known)
{
	size_t before = run->migrations.n;

	if (has_notes(run->listing, listing_dir(c->up.n > 0 ? c->up : c->down)))
		adapter_add(run, c, template_part(run, c->up), (struct part){ 0 });
	else
		add_folder(run, c, wraps, known || has_sidecar(run->listing, listing_dir(c->up.n > 0 ? c->up : c->down), "metadata.yaml"));
	if (run->migrations.n > before)
		vec_last(&run->migrations)->wraps = wraps;
}

/* MigrationHarness::pending_migrations() of diesel compares versions as text. Where no runner is known that wants numbers, names are read as they are listed. */
static enum version_order
order(const struct adapter_run *run, const struct candidates *found)
{
	bool diesel = is_diesel(run->listing);

	for (size_t i = 0; !diesel && i < found->n; i++)
		if (!all_digits(found->items[i].version))
			return BY_NAME;
	return diesel ? BY_TEXT : BY_NUMBER;
}

static bool
is_beside(const struct candidates *found, struct str folder)
{
	for (size_t i = 0; i < found->n; i++)
		if (str_eq(found->items[i].dir, listing_dir(folder)))
			return true;
	return false;
}

/* In a folder beside those of migrations that holds neither up.sql nor down.sql. */
static void
note_strays(struct adapter_run *run, const struct candidates *found)
{
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], dir = listing_dir(file);
		if (str_ends(file, ".sql") && dir.n > 0 && !has_sidecar(run->listing, dir, "up.sql") && !has_sidecar(run->listing, dir, "down.sql") && is_beside(found, dir))
			adapter_note_file(run, FILE_STRAY, file, (struct place){ 0 }, STR(""), STR("a migration is NAME/up.sql"));
	}
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	bool wraps, known;

	for (size_t i = 0; i < run->listing->nfiles; i++)
		add_file(run, &found, run->listing->files[i]);
	wraps = is_hasura(run, &found) || is_old_diesel(run->listing);
	known = wraps || is_diesel(run->listing);
	note_strays(run, &found);
	candidates_sort(&found, order(run, &found));
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		add(run, &found.items[i], wraps, known);
}

const struct adapter adapter_up_down_dirs = {
	.name = "up-down-dirs",
	.doc = "diesel, Hasura, sourcegraph: a folder per migration; each runs in a transaction unless its metadata says otherwise",
	.layout = "VERSION_NAME/up.sql, VERSION_NAME/down.sql",
	.also = "diesel hasura sourcegraph up_down_dirs",
	.versions = VERSIONS_DIFFER | VERSIONS_RUN_LATE,
	.alone = true,
	.detect = detect,
	.list = list,
};
