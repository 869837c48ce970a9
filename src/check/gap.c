#include <stdlib.h>
#include <string.h>

#include "check/check.h"

/*
 * What a history does not show: migrations in another language, and numbers that are missing between versions, which is where
 * one was that is gone, or is kept elsewhere.
 */

enum { DIGITS = 5, FEW = 4 };

/* "1.88": 88 behind "1."; false: it is no number that counts up. */
static bool
last_number(struct str version, struct str *before, long *number)
{
	size_t from = version.n;

	while (from > 0 && version.s[from - 1] >= '0' && version.s[from - 1] <= '9')
		from--;
	if (from == version.n || version.n - from > DIGITS)
		return false;
	*before = str_slice(version, 0, from);
	*number = 0;
	for (size_t i = from; i < version.n; i++)
		*number = 10 * *number + (version.s[i] - '0');
	return true;
}

/* 2024.01.31, 2024 of 2024-01-31_x */
static bool
begins_with_year(struct str s)
{
	return s.n >= 4 && (str_starts(s, "19") || str_starts(s, "20")) && s.s[2] >= '0' && s.s[2] <= '9' && s.s[3] >= '0' && s.s[3] <= '9';
}

static bool
is_year(struct str version)
{
	return version.n == 4 && begins_with_year(version);
}

struct str
home_of_file(struct str path)
{
	struct str folder = listing_dir(path);

	return str_is(listing_base(path), "up.sql") ? listing_dir(folder) : folder;
}

static struct str
home_of(const struct migration *m)
{
	return m->up.source != NULL ? home_of_file(m->up.source->path) : STR("");
}

/* Plain files run folder by folder: where another one follows, the numbers go on in it, or they begin anew. */
bool
numbers_by_folder(const struct history *h)
{
	struct str before, other;
	long number, last;

	for (size_t i = 1; i < h->migrations.n && str_is(str_of(h->adapter->name), "plain"); i++) {
		const struct migration *m = &h->migrations.items[i];
		if (str_eq(home_of(m), home_of(m - 1)))
			continue;
		if (!last_number(m->version, &before, &number) || !last_number(m[-1].version, &other, &last) || !str_eq(before, other) || number <= last)
			return true;
	}
	return false;
}

/* How far the version is behind the one in front of it; 0: that cannot be said. */
static long
step_to(const struct history *h, size_t i, struct str *before, long *number)
{
	struct str other;
	long last;

	if (i == 0 || (h->adapter != NULL && (h->adapter->versions & VERSIONS_ARE_NAMES)) || (h->by_folder && !str_eq(home_of(&h->migrations.items[i]), home_of(&h->migrations.items[i - 1]))))
		return 0;
	if (!last_number(h->migrations.items[i].version, before, number) || begins_with_year(*before) || (before->n == 0 && is_year(h->migrations.items[i].version)) ||
	    !last_number(h->migrations.items[i - 1].version, &other, &last) || !str_eq(*before, other))
		return 0;
	return *number > last ? *number - last : 0;
}

/* How many of these numbers files beside the migration have that are no SQL. */
static long
count_other_files(const struct history *h, const struct migration *m, struct str before, long first, long last)
{
	const struct listing *l = &h->listing;
	struct map found = MAP(l->arena);
	struct candidate c;
	struct str other;
	long n;

	for (size_t i = 0; i < l->nfiles && l->root.n > 0; i++) {
		struct str path = adapter_path(l->arena, l, l->files[i]);
		if (listing_sql(l, l->files[i]) || !str_eq(listing_dir(path), home_of(m)))
			continue;
		candidate_name(&c, listing_base(path));
		if (last_number(c.version, &other, &n) && n >= first && n <= last && str_eq(other, before))
			*map_at(&found, str_printf(l->arena, "%ld", n)) = &found;
	}
	return (long)found.n;
}

/* What the missing ones are, as far as files tell. */
static const char *
missing_words(const struct history *h, const struct migration *m, struct str before, long first, long last)
{
	long others = count_other_files(h, m, before, first, last);

	if (others > last - first)
		return first == last ? "is no SQL and is not read" : "are no SQL and are not read";
	return others > 0 ? "are not there, or are no SQL and not read" : first == last ? "is not there" : "are not there";
}

/* Numbers that mostly jump, as those of tickets do, tell nothing. */
static bool
counts_up(const struct history *h)
{
	size_t steps = 0, ones = 0;
	struct str before;
	long number;

	for (size_t i = 1; i < h->migrations.n; i++) {
		long step = step_to(h, i, &before, &number);
		steps += step > 0;
		ones += step == 1;
	}
	return steps < FEW || 2 * ones >= steps;
}

/* "2.21.0-2.21.2.sql" in front of "2.21.2-2.22.0.sql": versions that a file leaves from and comes to. */
static bool
is_come_to(const struct history *h, size_t i)
{
	struct str version = h->migrations.items[i].version;

	for (size_t k = 0; k < i; k++) {
		struct str name = h->migrations.items[k].name, rest = str_slice(name, version.n, name.n);
		if (str_eq(str_slice(name, 0, version.n), version) && (rest.n == 0 || rest.s[0] == '-' || rest.s[0] == '_'))
			return true;
	}
	return false;
}

static struct str
missing_before(struct arena *a, const struct history *h, size_t i)
{
	struct str before;
	long number, step = step_to(h, i, &before, &number);
	const char *words;

	/* Some count in tens, with what was put in between. */
	if (step < 2 || number % 10 == 0 || step % 10 == 0 || !counts_up(h) || is_come_to(h, i))
		return STR_NONE;
	words = missing_words(h, &h->migrations.items[i], before, number - step + 1, number - 1);
	if (step == 2)
		return str_printf(a, "version %.*s%ld %s", STR_ARG(before), number - 1, words);
	return str_printf(a, "versions %.*s%ld to %.*s%ld %s", STR_ARG(before), number - step + 1, STR_ARG(before), number - 1, words);
}

struct str
version_gap(struct arena *a, const struct history *h, size_t i)
{
	const struct migration *m = &h->migrations.items[i];

	if (!m->unread)
		return missing_before(a, h, i);
	return str_printf(a, "%s%.*s is in another language than SQL, and was not read", m->version.n > 0 ? "version " : "a migration",
	    STR_ARG(m->version));
}
