#define _XOPEN_SOURCE 700               /* realpath() */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapter/adapter.h"
#include "base/err.h"

extern const struct adapter *const adapter_registry[];

/* A directory still to be read. */
struct folder {
	struct str path;                /* relative to the root */
	unsigned level;
};

struct walk {
	struct arena *arena;
	DIR *open;                      /* one at a time, so that it can be closed when memory runs out */
	unsigned levels;
	VEC(struct str) files;
	VEC(struct folder) folders;
};

static void
close_walk(void *arg)
{
	struct walk *w = arg;

	if (w->open != NULL)
		closedir(w->open);
	w->open = NULL;
}

static struct str
join(struct arena *a, struct str dir, struct str file)
{
	if (dir.n == 0 || str_is(dir, "."))
		return file;
	return str_printf(a, "%.*s%s%.*s", STR_ARG(dir), str_ends(dir, "/") ? "" : "/", STR_ARG(file));
}

/* Links to directories are not followed, since they may lead back; a broken link is a file that cannot be read. */
static void
add_entry(struct walk *w, struct folder folder, const char *name)
{
	struct stat st, target;
	bool link;

	if (name[0] == '.' || fstatat(dirfd(w->open), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	link = S_ISLNK(st.st_mode);
	if (link && (fstatat(dirfd(w->open), name, &target, 0) != 0 || S_ISREG(target.st_mode)))
		st.st_mode = S_IFREG;
	struct str path = str_copy(w->arena, join(w->arena, folder.path, str_of(name)));
	if (S_ISREG(st.st_mode))
		*vec_push(w->arena, &w->files) = path;
	else if (S_ISDIR(st.st_mode) && folder.level < w->levels)
		*vec_push(w->arena, &w->folders) = (struct folder){ path, folder.level + 1 };
}

static int
read_folder(struct walk *w, struct str root, struct folder folder, struct err *err)
{
	struct str path = folder.path.n > 0 ? join(w->arena, root, folder.path) : root;
	struct dirent *entry;

	w->open = opendir(str_c(w->arena, path));
	if (w->open == NULL)
		return err_set(err, w->arena, "cannot read %.*s: %s", STR_ARG(path), strerror(errno));
	while (errno = 0, (entry = readdir(w->open)) != NULL)
		add_entry(w, folder, entry->d_name);
	if (errno != 0)
		return err_set(err, w->arena, "cannot read %.*s: %s", STR_ARG(path), strerror(errno));
	close_walk(w);
	return 0;
}

static int
compare_files(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int
read_directory(struct listing *l, unsigned levels, struct err *err)
{
	struct walk *w = NEW(l->arena, struct walk);

	w->arena = l->arena;
	w->levels = levels;
	arena_defer(l->arena, close_walk, w);
	*vec_push(w->arena, &w->folders) = (struct folder){ STR(""), 0 };
	while (w->folders.n > 0)
		if (read_folder(w, l->root, w->folders.items[--w->folders.n], err) != 0)
			return -1;
	if (w->files.n > 0)
		qsort(w->files.items, w->files.n, sizeof(*w->files.items), compare_files);
	l->files = w->files.items;
	l->nfiles = w->files.n;
	return 0;
}

int
listing_read_levels(struct arena *a, struct str path, unsigned levels, struct listing *l, struct err *err)
{
	struct stat st;

	*l = (struct listing){ .arena = a, .root = STR("") };
	if (!str_is(path, "-") && stat(str_c(a, path), &st) != 0)
		return err_set(err, a, "cannot read %.*s: %s", STR_ARG(path), strerror(errno));
	if (!str_is(path, "-") && S_ISDIR(st.st_mode)) {
		while (path.n > 1 && path.s[path.n - 1] == '/')
			path.n--;
		l->root = path;
		return read_directory(l, levels, err);
	}
	l->files = NEW(a, struct str);
	l->files[0] = path;
	l->nfiles = 1;
	return 0;
}

int
listing_read(struct arena *a, struct str path, struct listing *l, struct err *err)
{
	return listing_read_levels(a, path, UINT_MAX, l, err);
}

bool
listing_has(const struct listing *l, struct str file)
{
	return l->nfiles > 0 && bsearch(&file, l->files, l->nfiles, sizeof(*l->files), compare_files) != NULL;
}

static size_t
last_slash(struct str file)
{
	size_t i = file.n;

	while (i > 0 && file.s[i - 1] != '/')
		i--;
	return i;
}

struct str
listing_dir(struct str file)
{
	size_t slash = last_slash(file);

	return str_slice(file, 0, slash > 1 ? slash - 1 : slash);
}

struct str
listing_base(struct str file)
{
	return str_slice(file, last_slash(file), file.n);
}

struct str
directory_real(struct arena *a, struct str dir)
{
	char real[PATH_MAX];

	return realpath(dir.n > 0 ? str_c(a, dir) : ".", real) != NULL ? str_copy(a, str_of(real)) : STR_NONE;
}

struct str
path_below(struct str dir, struct str path)
{
	if (str_is(dir, "/"))
		dir.n = 0;
	if (path.n < dir.n || !str_eq(str_slice(path, 0, dir.n), dir) || (path.n > dir.n && path.s[dir.n] != '/'))
		return STR_NONE;
	return str_slice(path, path.n > dir.n ? dir.n + 1 : dir.n, path.n);
}

struct str
listing_path(struct arena *a, struct str dir, struct str path)
{
	struct str rest = join(a, dir, path), piece;
	VEC(struct str) pieces = { 0 };
	struct buf b = BUF(a);

	while (str_cut(&rest, '/', &piece)) {
		if (str_is(piece, "..") && pieces.n > 0 && !str_is(*vec_last(&pieces), ".."))
			pieces.n--;
		else if (piece.n > 0 && !str_is(piece, "."))
			*vec_push(a, &pieces) = piece;
	}
	for (size_t i = 0; i < pieces.n; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? "/" : "", STR_ARG(pieces.items[i]));
	return buf_text(&b);
}

struct str
listing_stem(struct str file)
{
	static const char *const endings[] = { ".sql", ".psql", ".pgsql" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i]);
		if (file.n >= n && str_is_nocase(str_slice(file, file.n - n, file.n), endings[i]))
			return str_slice(file, 0, file.n - n);
	}
	return file;
}

bool
listing_sql(const struct listing *l, struct str file)
{
	return l->root.n == 0 || listing_stem(file).n < file.n;
}

size_t
listing_count(const struct listing *l, const char *suffix)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		n += listing_sql(l, l->files[i]) && str_ends(l->files[i], suffix);
	return n;
}

struct str
adapter_path(struct arena *a, const struct listing *l, struct str file)
{
	return join(a, l->root, file);
}

struct source *
listing_source(struct arena *a, const struct listing *l, struct str file, struct err *err)
{
	const struct str *text = l->texts != NULL ? map_get(l->texts, file) : NULL;
	struct str path = adapter_path(a, l, file);

	return text != NULL ? source_from(a, path, *text, err) : source_read(a, path, err);
}

bool
listing_passes(const struct listing *l, struct str file, bool (*test)(struct str text))
{
	struct source *source = str_is(file, "-") ? NULL : listing_source(l->arena, l, file, NULL);

	return source != NULL && test(source->text);
}

bool
listing_mostly(const struct listing *l, bool (*test)(struct str text))
{
	size_t with = 0;

	for (size_t i = 0; i < l->samples.n; i++)
		with += test(l->samples.items[i]);
	return 2 * with > l->samples.n;
}

const struct adapter *
adapter_find(struct str name)
{
	for (size_t i = 0; adapter_registry[i] != NULL; i++)
		if (str_is(name, adapter_registry[i]->name) || str_in_words(name, adapter_registry[i]->also))
			return adapter_registry[i];
	return NULL;
}

/* How many files the detection looks into. */
enum { SAMPLES = 6 };

static struct str_list
read_samples(const struct listing *l)
{
	size_t n = listing_count(l, ""), step = n > SAMPLES ? n / SAMPLES : 1, seen = 0;
	struct str_list samples = { 0 };

	for (size_t i = 0; i < l->nfiles; i++) {
		struct source *source = NULL;
		if (!listing_sql(l, l->files[i]) || seen++ % step != 0 || (str_is(l->files[i], "-") && l->texts == NULL))
			continue;
		source = listing_source(l->arena, l, l->files[i], NULL);
		*vec_push(l->arena, &samples) = source != NULL ? source->text : STR("");
	}
	return samples;
}

/* How far above the files the project that they belong to is looked at. */
enum { LEVELS = 8 };

static bool
is_top(struct arena *a, struct str dir)
{
	return str_is(dir, "/") || access(str_c(a, str_printf(a, "%.*s/.git", STR_ARG(dir))), F_OK) == 0;
}

struct str
listing_nearest_of(const struct listing *l, const char *const *names, const char **found)
{
	struct str dir = l->texts == NULL ? directory_real(l->arena, l->root) : STR_NONE, text;

	for (int up = 0; up <= LEVELS && dir.n > 0; up++) {
		for (size_t i = 0; names[i] != NULL; i++) {
			*found = names[i];
			if (text_read(l->arena, str_printf(l->arena, "%.*s/%s", STR_ARG(dir), names[i]), &text, NULL) == 0)
				return text;
		}
		dir = is_top(l->arena, dir) ? STR_NONE : listing_dir(dir);
	}
	*found = NULL;
	return STR_NONE;
}

struct str
listing_nearest(const struct listing *l, const char *name)
{
	const char *const names[] = { name, NULL }, *found;

	return listing_nearest_of(l, names, &found);
}

bool
listing_near(const struct listing *l, const char *name, const char *word)
{
	struct str text = listing_nearest(l, name);

	return text.s != NULL && str_find(text, str_of(word)) != (size_t)-1;
}

const struct adapter *
adapter_detect(const struct listing *given, struct str *why)
{
	const struct adapter *best = NULL;
	struct listing sampled = *given;
	const struct listing *l = &sampled;
	int sure = 0;

	sampled.samples = read_samples(given);

	for (size_t i = 0; adapter_registry[i] != NULL; i++) {
		struct str reason = STR("");
		int n = adapter_registry[i]->detect(l, &reason);
		if (n <= sure)
			continue;
		best = adapter_registry[i];
		sure = n;
		if (why != NULL)
			*why = reason;
	}
	return best;
}

const struct adapter *const *
adapters(size_t *n)
{
	for (*n = 0; adapter_registry[*n] != NULL; ++*n)
		;
	return adapter_registry;
}

enum { MANY = 10 };

/* Of many files that only their words give away, or where there are no others, the first for each system is named, and the others are counted. */
static void
fold_other_databases(struct adapter_run *run)
{
	struct map systems = MAP(run->arena);
	size_t all = 0, kept = 0;

	for (size_t i = 0; i < run->notes.n; i++)
		all += run->notes.items[i].problem == FILE_OTHER_DATABASE && !run->notes.items[i].by_name;
	if (all <= MANY && run->migrations.n > 0)
		return;
	for (size_t i = 0; i < run->notes.n; i++) {
		struct file_note *note = &run->notes.items[i], *first = NULL;
		bool other = note->problem == FILE_OTHER_DATABASE && !note->by_name;
		if (other)
			first = map_get(&systems, note->detail);
		if (first != NULL) {
			first->more++;
			continue;
		}
		run->notes.items[kept] = *note;
		if (other)
			*map_at(&systems, note->detail) = &run->notes.items[kept];
		kept++;
	}
	run->notes.n = kept;
}

/* The system of most of these files; a file may say "MySQL or SQLite". */
static struct str
usual_system(const struct adapter_run *run)
{
	struct str usual = STR("");
	size_t most = 0;

	for (size_t i = 0; i < run->others.n; i++) {
		size_t same = 0;
		for (size_t k = 0; k < run->others.n; k++)
			same += str_eq(run->others.items[k], run->others.items[i]);
		if (same > most)
			usual = run->others.items[i];
		most = same > most ? same : most;
	}
	return usual;
}

static bool
says_postgres(const struct part *part)
{
	return part->source != NULL && dialect_says_postgres(part->source->sql);
}

static bool
any_says_postgres(const struct adapter_run *run)
{
	for (size_t i = 0; i < run->migrations.n; i++)
		if (says_postgres(&run->migrations.items[i].up) || says_postgres(&run->migrations.items[i].down))
			return true;
	return false;
}

/* One history runs on one system: that which two thirds of its files say, when no other is PostgreSQL's for sure. */
static void
leave_out_rest(struct adapter_run *run)
{
	struct str system = usual_system(run), last = STR("");
	size_t kept = 0;

	if (run->others.n <= 2 * run->migrations.n || any_says_postgres(run))
		return;
	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		const struct source *source = m->up.source != NULL ? m->up.source : m->down.source;
		if (m->unread) {
			run->migrations.items[kept++] = *m;
			continue;
		}
		if (m->named && !str_eq(source->path, last))
			adapter_note(run, FILE_OTHER_DATABASE, (struct place){ source_new(run->arena, source->path, STR("")), { 0, 0 } },
			    (struct place){ 0 }, STR(""), system);
		last = source->path;
	}
	run->migrations.n = kept;
}

/* Of a runner of one's own nothing is known but that it runs what cannot run in a transaction. */
static enum tx_mode
own_mode(const struct part *part)
{
	struct scan s = { .text = part->source->sql };

	while (scan_next(&s))
		if (scan_is(&s, "concurrently"))
			return TX_NONE;
	return TX_UNKNOWN;
}

/* What no framework replaces tells of such a runner around it. */
static void
fill_comment_names(struct adapter_run *run, bool own)
{
	for (size_t i = 0; i < run->migrations.n; i++) {
		struct migration *m = &run->migrations.items[i];
		bool up = comment_names_fill(run, &m->up), down = comment_names_fill(run, &m->down);
		if (up && !own)
			m->up.tx = own_mode(&m->up);
		if (down && !own)
			m->down.tx = own_mode(&m->down);
	}
}

void
adapter_list(const struct adapter *adapter, struct adapter_run *run)
{
	bool plain = str_is(str_of(adapter->name), "plain");
	size_t diags = run->diags->list.n;

	run->versions = adapter->versions;
	run->one_system = !plain;
	run->postgres = MAP(run->arena);
	adapter->list(run);
	fill_comment_names(run, plain || str_is(str_of(adapter->name), "custom"));
	leave_out_rest(run);
	order_note(run);
	mixture_note(adapter, run, diags);
	fold_other_databases(run);
}

/* ---- for the adapters ---- */

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
all_digits(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
	return text.n > 0;
}

void
candidate_name(struct candidate *c, struct str stem)
{
	size_t letter = stem.n > 1 && !digit(stem.s[0]) && digit(stem.s[1]), i = letter;

	while (i < stem.n && (digit(stem.s[i]) || (i > letter && stem.s[i] == '.' && i + 1 < stem.n && digit(stem.s[i + 1]))))
		i++;
	if (i == letter)
		i = 0;
	c->version = str_slice(stem, 0, i);
	while (i > 0 && i < stem.n && strchr("_-. #", stem.s[i]) != NULL)
		i++;
	c->name = str_slice(stem, i, stem.n);
}

static bool
time_stamp(struct str version)
{
	size_t i = 0;

	while (i < version.n && digit(version.s[i]))
		i++;
	return i >= 14 && i == version.n;
}

static int
compare_versions(struct str a, struct str b, enum version_order how)
{
	return how == BY_GUESS && time_stamp(a) && time_stamp(b) ? str_cmp(a, b) : str_cmp_natural(a, b);
}

static struct str
sort_key(const struct candidate *c)
{
	return c->version.n > 0 ? c->version : c->name;
}

static struct str
any_file(const struct candidate *c)
{
	return c->up.n > 0 ? c->up : c->down;
}

static int
compare_candidates(const struct candidate *a, const struct candidate *b, enum version_order how)
{
	int order = str_cmp_natural(a->dir, b->dir);

	if (order == 0)
		order = compare_versions(sort_key(a), sort_key(b), how);
	if (order == 0)
		order = str_cmp_natural(a->name, b->name);
	return order != 0 ? order : str_cmp(any_file(a), any_file(b));
}

static int
compare_guess(const void *a, const void *b)
{
	return compare_candidates(a, b, BY_GUESS);
}

static int
compare_number(const void *a, const void *b)
{
	return compare_candidates(a, b, BY_NUMBER);
}

static int
compare_text(const void *first, const void *second)
{
	const struct candidate *a = first, *b = second;
	int order = str_cmp_natural(a->dir, b->dir);

	if (order == 0)
		order = str_cmp(a->version, b->version);
	return order != 0 ? order : str_cmp(any_file(a), any_file(b));
}

static int
compare_name(const void *first, const void *second)
{
	struct str a = any_file(first), b = any_file(second);
	int order = str_cmp(listing_dir(a), listing_dir(b));

	return order != 0 ? order : str_cmp(listing_base(a), listing_base(b));
}

void
candidates_sort(struct candidates *list, enum version_order how)
{
	static int (*const compare[])(const void *, const void *) = { [BY_GUESS] = compare_guess, [BY_NUMBER] = compare_number,
		[BY_TEXT] = compare_text, [BY_NAME] = compare_name };

	if (list->n > 0)
		qsort(list->items, list->n, sizeof(*list->items), compare[how]);
}

static struct named_file *
named_file(const struct adapter_run *run, struct str file)
{
	return file.n > 0 ? map_get(run->named, file) : NULL;
}

bool
adapter_named(const struct adapter_run *run, struct str file)
{
	return run->named == NULL || named_file(run, file) != NULL;
}

bool
candidate_named(const struct adapter_run *run, const struct candidate *c)
{
	return run->named == NULL || named_file(run, c->up) != NULL || named_file(run, c->down) != NULL;
}

void
adapter_take(const struct adapter_run *run, struct str file)
{
	struct named_file *named = run->named != NULL ? named_file(run, file) : NULL;

	if (named != NULL)
		named->taken = true;
}

void
candidates_cut(const struct adapter_run *run, struct candidates *list)
{
	while (!run->whole && list->n > 0 && !candidate_named(run, vec_last(list)))
		list->n--;
	for (size_t i = 0; run->named != NULL && i < list->n; i++) {
		adapter_take(run, list->items[i].up);
		adapter_take(run, list->items[i].down);
	}
}

struct source *
adapter_source(struct adapter_run *run, struct str file)
{
	struct str path = adapter_path(run->arena, run->listing, file);
	struct err err = { STR("") };
	struct source *source = listing_source(run->arena, run->listing, file, &err);

	if (source == NULL) {
		struct place place = { source_new(run->arena, path, STR("")), { 0, 0 } };
		diag_add(run->diags, SEVERITY_ERROR, STR("input"), STR("unreadable-file"), place, err.message)->unchecked = true;
		return NULL;
	}
	mask_psql(run->arena, source, run->stand_ins);
	return source;
}

static void
note_other_database(struct adapter_run *run, struct str file, struct str system)
{
	if (adapter_named(run, file))
		adapter_note_file(run, FILE_OTHER_DATABASE, file, (struct place){ 0 }, STR(""), system);
}

/* Where every migration has one file for each system, all but the first are only counted. */
static void
note_dialect(struct adapter_run *run, struct str file, struct str system)
{
	size_t before = run->notes.n;

	for (size_t i = 0; i < run->notes.n; i++)
		if (run->notes.items[i].by_name && str_eq(run->notes.items[i].detail, system)) {
			run->notes.items[i].more += adapter_named(run, file);
			return;
		}
	note_other_database(run, file, system);
	if (run->notes.n > before)
		vec_last(&run->notes)->by_name = true;
}

bool
adapter_other_database(struct adapter_run *run, struct str file)
{
	struct str system = dialect_of_path(run->listing, file);

	if (system.s != NULL)
		note_dialect(run, file, system);
	return system.s != NULL;
}

static bool
holds_postgres(const struct listing *l, struct str folder)
{
	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]) && str_eq(listing_dir(l->files[i]), folder) && listing_passes(l, l->files[i], dialect_says_postgres))
			return true;
	return false;
}

static bool
beside_postgres(struct adapter_run *run, struct str folder)
{
	static char yes, no;
	void **known = map_at(&run->postgres, folder);

	if (*known == NULL)
		*known = holds_postgres(run->listing, folder) ? &yes : &no;
	return *known == &yes;
}

/* A word of another system in a file of PostgreSQL, or where all files run on one that is, is a mistake. */
bool
adapter_other_text(struct adapter_run *run, struct str file, const struct source *source)
{
	struct str system = dialect_of_text(source->sql);

	if (system.s == NULL || dialect_says_postgres(source->sql) || (run->one_system && beside_postgres(run, listing_dir(file))))
		return false;
	*vec_push(run->arena, &run->others) = system;
	note_other_database(run, file, system);
	return true;
}

static struct part
part_of(struct adapter_run *run, struct str file, struct source *source, enum tx_mode tx)
{
	if (source == NULL || adapter_other_text(run, file, source))
		return (struct part){ .tx = tx };
	return (struct part){ source, span_of(0, source->text.n), tx };
}

struct part
adapter_part(struct adapter_run *run, struct str file, enum tx_mode tx)
{
	return part_of(run, file, file.n > 0 ? adapter_source(run, file) : NULL, tx);
}

struct part
adapter_template_part(struct adapter_run *run, struct str file, enum tx_mode tx)
{
	struct source *source = file.n > 0 ? adapter_source(run, file) : NULL;
	struct source *filled = source != NULL ? template_fill(run, source) : NULL;

	if (filled == NULL)
		return (struct part){ .source = source, .tx = tx };
	return part_of(run, file, filled, tx);
}

void
adapter_add(struct adapter_run *run, const struct candidate *c, struct part up, struct part down)
{
	bool unread = up.source != NULL && up.span.len == 0 && str_trim(up.source->text).n > 0;

	if (up.source != NULL || down.source != NULL)
		*vec_push(run->arena, &run->migrations) =
		    (struct migration){ .version = c->version, .name = c->name, .up = up, .down = down, .named = candidate_named(run, c), .unread = unread };
}

void
adapter_add_files(struct adapter_run *run, const struct candidate *c, enum tx_mode tx)
{
	struct part down = { .tx = tx };

	if (candidate_named(run, c))
		down = adapter_part(run, c->down, tx);
	adapter_add(run, c, adapter_part(run, c->up, tx), down);
}

void
adapter_add_code(struct adapter_run *run, const struct candidate *c)
{
	struct source *empty = source_new(run->arena, adapter_path(run->arena, run->listing, c->up), STR(""));

	adapter_add(run, c, (struct part){ .source = empty }, (struct part){ 0 });
	vec_last(&run->migrations)->unread = true;
}

struct str
adapter_code(struct str base)
{
	static const char *const endings[] = { ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".py", ".rb", ".go", ".rs", ".java", ".kt", ".php", ".exs",
		".cs", ".clj", ".fizz" };
	static const char *const others[] = { ".test.", ".spec.", ".d.", "_test." };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (str_find(base, str_of(others[i])) != (size_t)-1)
			return STR("");
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (str_ends(base, endings[i]))
			return str_of(endings[i]);
	return STR("");
}

void
adapter_note_code(struct adapter_run *run, size_t n)
{
	if (n > 0)
		adapter_unread(run, str_printf(run->arena, "%zu migration%s in another language than SQL, which %s not read: what %s is not known",
		    n, n == 1 ? " is" : "s are", n == 1 ? "is" : "are", n == 1 ? "it does" : "they do"));
}

void
adapter_add_each(struct adapter_run *run, const struct candidates *found, struct part (*read)(struct adapter_run *, struct str file))
{
	size_t code = 0;

	for (size_t i = 0; i < found->n; i++) {
		const struct candidate *c = &found->items[i];
		code += c->code_up;
		if (c->code_up)
			adapter_add_code(run, c);
		else
			adapter_add(run, c, read(run, c->up), read(run, candidate_named(run, c) ? c->down : STR("")));
	}
	adapter_note_code(run, code);
}

void
adapter_mistake(struct adapter_run *run, struct source *source, struct span span, const char *rule, struct str message)
{
	struct place place = { source, span };

	diag_add(run->diags, SEVERITY_ERROR, STR("input"), str_of(rule), place, message)->unchecked = true;
}

void
adapter_unread(struct adapter_run *run, struct str message)
{
	struct place place = { source_new(run->arena, run->listing->root, STR("")), { 0, 0 } };

	diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("unread-migrations"), place, message);
}

void
adapter_note(struct adapter_run *run, enum file_problem problem, struct place at, struct place other, struct str version, struct str detail)
{
	*vec_push(run->arena, &run->notes) = (struct file_note){ problem, at, other, version, detail, 0, false, false };
}

void
adapter_note_file(struct adapter_run *run, enum file_problem problem, struct str file, struct place other, struct str version, struct str detail)
{
	struct source *source = source_new(run->arena, adapter_path(run->arena, run->listing, file), STR(""));

	adapter_note(run, problem, (struct place){ source, { 0, 0 } }, other, version, detail);
}

bool
adapter_back_word(struct str word)
{
	static const char *const words[] = { "down", "downgrade", "downgrades", "rollback", "rollbacks", "revert", "undo", NULL };

	for (size_t i = 0; words[i] != NULL; i++)
		if (str_is_nocase(word, words[i]))
			return true;
	return false;
}

bool
adapter_marker(struct str line, const char *words, struct str *rest)
{
	line = str_trim(line);
	if (!str_starts(line, "--"))
		return false;
	line = str_trim(str_slice(line, 2, line.n));
	if (!str_starts_nocase(line, words))
		return false;
	line = str_slice(line, strlen(words), line.n);
	*rest = str_trim(line);
	return line.n == 0 || !(digit(line.s[0]) || line.s[0] == '_' || ((line.s[0] | 0x20) >= 'a' && (line.s[0] | 0x20) <= 'z'));
}
