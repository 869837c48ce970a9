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

/* One file may hold several migrations. */
static void
note_same_versions(struct adapter_run *run, bool text)
{
	struct map first = MAP(run->arena);

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

enum { STAMP = 14, FEW = 5 };

static bool
all_digits(struct str text)
{
	size_t i = 0;

	while (i < text.n && text.s[i] >= '0' && text.s[i] <= '9')
		i++;
	return i == text.n && i > 0;
}

/* It begins as a date does. */
static bool
has_year(struct str version)
{
	return version.n >= 8 && all_digits(version) && (two_digits(version, 0) == 19 || two_digits(version, 0) == 20);
}

static bool
is_stamp(struct str version)
{
	return version.n == STAMP && all_digits(version) && is_date(version);
}

/* What is odd about one version among time stamps; STR_NONE: nothing. */
static struct str
oddity(struct arena *a, struct str version)
{
	if (!has_year(version) || is_stamp(version))
		return STR_NONE;
	if (version.n < STAMP)
		return STR("it is shorter than the others, so it runs before all of them");
	if (version.n > STAMP)
		return STR("it is longer than the others, so it runs behind all of them, also those to come");
	return str_printf(a, "it is no time: there is no month %d with a day %d", two_digits(version, 4), two_digits(version, 6));
}

/* Nearly all migrations of a directory have time stamps, which compare as numbers. */
static bool
among_stamps(const struct adapter_run *run, const struct migration *m, const struct migration **stamp)
{
	size_t n = 0, stamps = 0;

	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *other = &run->migrations.items[i];
		if (!str_eq(home_of(other), home_of(m)))
			continue;
		n++;
		if (is_stamp(other->version) && stamps++ == 0)
			*stamp = other;
	}
	return stamps >= FEW && 10 * stamps >= 9 * n;
}

/* One of the same width comes before it: named anew, it would run before that. */
static bool
keeps_width(const struct adapter_run *run, const struct migration *m)
{
	for (size_t i = 0; i < run->migrations.n && m->version.n > STAMP; i++) {
		const struct migration *other = &run->migrations.items[i];
		if (str_eq(home_of(other), home_of(m)) && other->version.n == m->version.n && has_year(other->version) &&
		    str_cmp(other->version, m->version) < 0)
			return true;
	}
	return false;
}

static void
note_forms(struct adapter_run *run)
{
	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i], *stamp = NULL;
		struct str odd = m->named ? oddity(run->arena, m->version) : STR_NONE;
		if (odd.s != NULL && !keeps_width(run, m) && among_stamps(run, m, &stamp))
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
	if (run->versions & VERSIONS_WITHOUT_GAP)
		note_gaps(run);
	if (run->versions & VERSIONS_ARE_TEXT)
		note_unnatural(run);
	if (run->versions & VERSIONS_ARE_NUMBERS)
		note_forms(run);
	if (run->named != NULL && run->whole)
		note_change(run);
	note_no_way_forward(run);
}
