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

/* 2024.01.31 */
static bool
begins_with_year(struct str s)
{
	return s.n > 4 && (str_starts(s, "19") || str_starts(s, "20")) && s.s[2] >= '0' && s.s[2] <= '9' && s.s[3] >= '0' && s.s[3] <= '9';
}

/* How far the version is behind the one in front of it; 0: that cannot be said. */
static long
step_to(const struct history *h, size_t i, struct str *before, long *number)
{
	struct str other;
	long last;

	if (i == 0 || !last_number(h->migrations.items[i].version, before, number) || begins_with_year(*before) ||
	    !last_number(h->migrations.items[i - 1].version, &other, &last) || !str_eq(*before, other))
		return 0;
	return *number > last ? *number - last : 0;
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

static struct str
missing_before(struct arena *a, const struct history *h, size_t i)
{
	struct str before;
	long number, step = step_to(h, i, &before, &number);

	/* Some count in tens, with what was put in between. */
	if (step < 2 || number % 10 == 0 || step % 10 == 0 || !counts_up(h))
		return STR_NONE;
	if (step == 2)
		return str_printf(a, "version %.*s%ld is not there", STR_ARG(before), number - 1);
	return str_printf(a, "versions %.*s%ld to %.*s%ld are not there", STR_ARG(before), number - step + 1, STR_ARG(before), number - 1);
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
