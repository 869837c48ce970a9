#include "adapter/adapter.h"

/* A migration's file, which is that of its way forward if it has one: its first line that is not empty. */
static struct place
file_of(const struct migration *m)
{
	const struct part *part = m->up.source != NULL ? &m->up : &m->down;

	return place_in_file((struct place){ part->source, source_head(part->source, part->span) });
}

static struct str
path_of(const struct migration *m)
{
	return file_of(m).source->path;
}

/* The directory of the history, which holds files or a folder per migration. */
static struct str
home_of(const struct migration *m)
{
	struct str path = path_of(m), dir = listing_dir(path), base = listing_base(path);

	return str_starts(base, "migration.") || str_is(base, "up.sql") || str_is(base, "down.sql") ? listing_dir(dir) : dir;
}

/* As a number 01 is 1. */
static struct str
key_of(struct arena *a, const struct migration *m, bool text)
{
	struct str version = m->version;

	while (!text && version.n > 1 && version.s[0] == '0')
		version = str_slice(version, 1, version.n);
	return str_printf(a, "%.*s %.*s", STR_ARG(home_of(m)), STR_ARG(version));
}

enum { COMMON = 3 };

/* A runner that minds would have stopped at the first of them; one to which the whole name is the version goes on. */
static void
mark_common(struct adapter_run *run, size_t first)
{
	for (size_t i = first; run->notes.n - first >= COMMON && i < run->notes.n; i++)
		run->notes.items[i].common = true;
}

/* One file may hold several migrations. */
static void
note_same_versions(struct adapter_run *run, bool text)
{
	struct map first = MAP(run->arena);
	size_t noted = run->notes.n;

	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		void **at = map_at(&first, key_of(run->arena, m, text));
		if (m->version.n == 0 || m->up.source == NULL)
			continue;
		if (*at == NULL)
			*at = (void *)(uintptr_t)m;
		else if (!str_eq(path_of(*at), path_of(m)) && (m->named || ((const struct migration *)*at)->named))
			adapter_note(run, FILE_SAME_VERSION, file_of(m), file_of(*at), m->version, STR(""));
	}
	mark_common(run, noted);
}

static bool
number_of(const struct migration *m, int64_t *number)
{
	return str_to_int(m->version, number);
}

static void
note_gaps(struct adapter_run *run)
{
	for (size_t i = 1; i < run->migrations.n; i++) {
		const struct migration *before = &run->migrations.items[i - 1], *m = before + 1;
		int64_t a, b;
		if (m->named && number_of(before, &a) && number_of(m, &b) && b > a + 1 &&
		    str_eq(home_of(before), home_of(m)))
			adapter_note(run, FILE_GAP, file_of(m), file_of(before), m->version,
			    str_printf(run->arena, "%lld", (long long)a + 1));
	}
}

static int
two_digits(struct str text, size_t at)
{
	return 10 * (text.s[at] - '0') + text.s[at + 1] - '0';
}

/* YYYYMMDD, and maybe hours and so on: of dates the text order is that of time, whatever their widths. */
static bool
is_date(struct str version)
{
	int century, month, day;

	if (version.n < 8 || version.n > 17)
		return false;
	century = two_digits(version, 0);
	month = two_digits(version, 4);
	day = two_digits(version, 6);
	return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static void
note_unnatural(struct adapter_run *run)
{
	for (size_t i = 1; i < run->migrations.n; i++) {
		const struct migration *before = &run->migrations.items[i - 1], *m = before + 1;
		int64_t a, b;
		if (is_date(before->version) && is_date(m->version))
			continue;
		if ((before->named || m->named) && number_of(before, &a) && number_of(m, &b) && a > b &&
		    str_eq(home_of(before), home_of(m)))
			adapter_note(run, FILE_UNNATURAL_ORDER, file_of(before), file_of(m), before->version, STR(""));
	}
}

/* ---- versions of another form ---- */

enum { DATE = 8, FEW = 5 };

/* It begins as a date does. */
static bool
has_year(struct str version)
{
	return version.n >= DATE && all_digits(version) && (two_digits(version, 0) == 19 || two_digits(version, 0) == 20);
}

static bool
is_stamp(struct str version)
{
	return has_year(version) && is_date(version);
}

static struct str
form_words(struct arena *a, size_t width)
{
	return width == 8 || width == 12 || width == 14 ? str_slice(STR("YYYYMMDDhhmmss"), 0, width) : str_printf(a, "YYYYMMDD and %zu more digits", width - DATE);
}

/* What is odd about one version among time stamps of that width; STR_NONE: nothing. */
static struct str
oddity(struct arena *a, struct str version, size_t width)
{
	if (!has_year(version) || (version.n == width && is_date(version)))
		return STR_NONE;
	struct str form = form_words(a, width);
	if (version.n < width)
		return str_printf(a, "it is shorter than the others, %.*s, so it runs before all of them", STR_ARG(form));
	if (version.n > width)
		return str_printf(a, "it is longer than the others, %.*s, so it runs behind all of them, also those to come", STR_ARG(form));
	return str_printf(a, "it is no time, %.*s: there is no month %d with a day %d", STR_ARG(form), two_digits(version, 4), two_digits(version, 6));
}

static size_t
stamps_of_width(const struct adapter_run *run, struct str home, size_t width)
{
	size_t n = 0;

	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		n += m->version.n == width && is_stamp(m->version) && str_eq(home_of(m), home);
	}
	return n;
}

/* The first of nearly all migrations of the directory, which have time stamps of one width, so that they compare as numbers; NULL: they do not. */
static const struct migration *
usual_stamp(const struct adapter_run *run, struct str home)
{
	const struct migration *stamp = NULL;
	size_t n = 0, stamps = 0;

	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		if (!str_eq(home_of(m), home))
			continue;
		n++;
		if (!is_stamp(m->version) || (stamp != NULL && m->version.n == stamp->version.n))
			continue;
		size_t alike = stamps_of_width(run, home, m->version.n);
		if (alike > stamps) {
			stamps = alike;
			stamp = m;
		}
	}
	return stamps >= FEW && 10 * stamps >= 9 * n ? stamp : NULL;
}

/* One of the same width comes before it: named anew, it would run before that. */
static bool
keeps_width(const struct adapter_run *run, const struct migration *m, size_t usual)
{
	for (size_t i = 0; i < run->migrations.n && m->version.n > usual; i++) {
		const struct migration *other = &run->migrations.items[i];
		if (str_eq(home_of(other), home_of(m)) && other->version.n == m->version.n && has_year(other->version) &&
		    str_cmp(other->version, m->version) < 0)
			return true;
	}
	return false;
}

static struct str
date_of(struct str version, size_t width)
{
	return str_slice(version, 0, version.n < width ? version.n : width);
}

/* As numbers and as times it stands at the same place, and, where it is longer, what came later has taken its width. */
static bool
runs_in_time(const struct adapter_run *run, const struct migration *m)
{
	bool followed = false, longer = false;

	if (!is_stamp(m->version))
		return false;
	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *other = &run->migrations.items[i];
		if (!is_stamp(other->version) || !str_eq(home_of(other), home_of(m)))
			continue;
		int order = str_cmp(date_of(m->version, other->version.n), date_of(other->version, m->version.n));
		if (m->version.n < other->version.n ? order > 0 : m->version.n > other->version.n && order < 0)
			return false;
		longer = longer || m->version.n > other->version.n;
		followed = followed || (m->version.n == other->version.n && order < 0);
	}
	return !longer || followed;
}

static void
note_forms(struct adapter_run *run)
{
	const struct migration *stamp = NULL;
	struct str home = STR_NONE;

	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		if (!m->named || !has_year(m->version))
			continue;
		if (home.s == NULL || !str_eq(home, home_of(m))) {
			home = home_of(m);
			stamp = usual_stamp(run, home);
		}
		struct str odd = stamp != NULL ? oddity(run->arena, m->version, stamp->version.n) : STR_NONE;
		if (odd.s != NULL && !keeps_width(run, m, stamp->version.n) && !runs_in_time(run, m))
			adapter_note(run, FILE_OTHER_FORM, file_of(m), file_of(stamp), m->version, odd);
	}
}

/* ---- what git knows ---- */

static const struct named_file *
change_of(const struct adapter_run *run, const struct migration *m)
{
	struct str path = path_of(m);

	for (size_t i = 0; i < run->named->n; i++) {
		const struct named_file *f = run->named->entries[i].value;
		if (str_eq(f->path, path))
			return f;
	}
	return NULL;
}

/* What git knows: files that are new, or that were there before. */
static void
note_change(struct adapter_run *run)
{
	const struct migration *later = NULL;

	for (size_t i = run->migrations.n; i > 0; i--) {
		const struct migration *m = &run->migrations.items[i - 1];
		const struct named_file *f = m->up.source != NULL && m->named && !m->editable ? change_of(run, m) : NULL;
		if (f != NULL && f->change == FILE_EDITED)
			adapter_note(run, FILE_EDITED_LATER, file_of(m), (struct place){ 0 }, m->version, STR(""));
		if (f != NULL && f->change == FILE_ADDED && later != NULL && str_eq(home_of(m), home_of(later)))
			adapter_note(run, FILE_OUT_OF_ORDER, file_of(m), file_of(later), m->version,
			    run->versions & VERSIONS_RUN_LATE ? STR("late") : STR(""));
		if (!m->named && m->up.source != NULL && later == NULL)
			later = m;
	}
}

/* In a folder of ways back, which is all that was read, the ways forward are elsewhere. */
static void
note_no_way_forward(struct adapter_run *run)
{
	if (adapter_back_word(listing_base(run->listing->root)))
		return;
	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		if (m->named && m->up.source == NULL)
			adapter_note(run, FILE_NO_WAY_FORWARD, file_of(m), (struct place){ 0 }, m->version, STR(""));
	}
}

void
order_note(struct adapter_run *run)
{
	if (run->versions & VERSIONS_DIFFER)
		note_same_versions(run, run->versions & VERSIONS_ARE_TEXT);
	if ((run->versions & VERSIONS_WITHOUT_GAP) && run->others.n == 0)
		note_gaps(run);
	if (run->versions & VERSIONS_ARE_TEXT)
		note_unnatural(run);
	if (run->versions & VERSIONS_ARE_NUMBERS)
		note_forms(run);
	if (run->named != NULL && run->whole)
		note_change(run);
	note_no_way_forward(run);
}
