#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

struct str
str_of(const char *s)
{
	return s ? (struct str){ s, strlen(s) } : STR_NONE;
}

struct str
str_slice(struct str s, size_t from, size_t to)
{
	to = min_size(to, s.n);
	from = min_size(from, to);
	return from ? (struct str){ s.s + from, to - from } : (struct str){ s.s, to };
}

char *
str_c(struct arena *arena, struct str s)
{
	char *copy;

	copy = arena_alloc(arena, s.n + 1);
	if (s.n)
		memcpy(copy, s.s, s.n);
	return copy;
}

struct str
str_copy(struct arena *arena, struct str s)
{
	return s.s ? (struct str){ str_c(arena, s), s.n } : s;
}

struct str
str_vprintf(struct arena *arena, const char *fmt, va_list args)
{
	va_list again;
	char *s;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return STR("");
	s = arena_alloc(arena, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, args);
	return (struct str){ s, (size_t)n };
}

struct str
str_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args;
	struct str s;

	va_start(args, fmt);
	s = str_vprintf(arena, fmt, args);
	va_end(args);
	return s;
}

bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (!a.n || !memcmp(a.s, b.s, a.n));
}

bool
str_is(struct str a, const char *b)
{
	return str_eq(a, str_of(b));
}

bool
str_eq_nocase(struct str a, struct str b)
{
	size_t i;

	if (a.n != b.n)
		return false;
	for (i = 0; i < a.n; i++)
		if (lower(a.s[i]) != lower(b.s[i]))
			return false;
	return true;
}

struct str
str_fold(struct arena *a, struct str s)
{
	char *folded = str_c(a, s);

	for (size_t i = 0; i < s.n; i++)
		folded[i] = lower(folded[i]);
	return (struct str){ folded, s.n };
}

bool
str_is_nocase(struct str a, const char *b)
{
	return str_eq_nocase(a, str_of(b));
}

bool
str_starts(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.n >= n && (!n || !memcmp(s.s, prefix, n));
}

bool
str_ends(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.n >= n && (!n || !memcmp(s.s + s.n - n, suffix, n));
}

bool
str_starts_nocase(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.n >= n && str_eq_nocase(str_slice(s, 0, n), (struct str){ prefix, n });
}

bool
str_in(struct str s, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i], s))
			return true;
	return false;
}

bool
str_same(const struct str *a, size_t na, const struct str *b, size_t nb)
{
	for (size_t i = 0; na == nb && i < na; i++)
		if (!str_eq(a[i], b[i]))
			return false;
	return na == nb;
}

bool
str_in_words(struct str s, const char *words)
{
	struct str rest = str_of(words), word;

	while (str_cut(&rest, ' ', &word))
		if (str_eq(word, s))
			return true;
	return false;
}

bool
str_among(struct str s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (str_is_nocase(s, *words))
			return true;
	return false;
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = min_size(a.n, b.n);
	int order = n ? memcmp(a.s, b.s, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* The run of digits at *i, without leading zeros; *i moves behind it. */
static struct str
digits(struct str s, size_t *i)
{
	size_t from;

	while (*i < s.n && s.s[*i] == '0')
		++*i;
	from = *i;
	while (*i < s.n && is_digit(s.s[*i]))
		++*i;
	return str_slice(s, from, *i);
}

int
str_cmp_natural(struct str a, struct str b)
{
	size_t i = 0, j = 0;

	while (i < a.n && j < b.n) {
		if (is_digit(a.s[i]) && is_digit(b.s[j])) {
			struct str x = digits(a, &i), y = digits(b, &j);
			int order = x.n != y.n ? (x.n > y.n) - (x.n < y.n) : str_cmp(x, y);

			if (order)
				return order;
		} else if (a.s[i] == b.s[j]) {
			i++, j++;
		} else {
			return (unsigned char)a.s[i] < (unsigned char)b.s[j] ? -1 : 1;
		}
	}
	if (i < a.n || j < b.n)
		return i < a.n ? 1 : -1;
	return str_cmp(a, b);
}

struct str
str_trim(struct str s)
{
	size_t from = 0, to = s.n;

	while (from < to && is_space(s.s[from]))
		from++;
	while (to > from && is_space(s.s[to - 1]))
		to--;
	return str_slice(s, from, to);
}

size_t
str_find_char(struct str s, char c)
{
	const char *at = s.n ? memchr(s.s, c, s.n) : NULL;

	return at ? (size_t)(at - s.s) : (size_t)-1;
}

size_t
str_find(struct str s, struct str needle)
{
	size_t i, step;

	if (!needle.n)
		return 0;
	for (i = 0; i + needle.n <= s.n; i += step + 1) {
		step = str_find_char(str_slice(s, i, s.n - needle.n + 1), needle.s[0]);
		if (step == (size_t)-1)
			break;
		if (!memcmp(s.s + i + step, needle.s, needle.n))
			return i + step;
	}
	return (size_t)-1;
}

bool
str_cut(struct str *rest, char sep, struct str *piece)
{
	size_t at = str_find_char(*rest, sep);

	if (!rest->n)
		return false;
	*piece = str_slice(*rest, 0, at);
	*rest = at < rest->n ? str_slice(*rest, at + 1, rest->n) : str_slice(*rest, rest->n, rest->n);
	return true;
}

bool
str_to_int(struct str s, int64_t *value)
{
	bool minus = s.n && s.s[0] == '-';
	size_t i = minus || (s.n && s.s[0] == '+');
	uint64_t limit = (uint64_t)INT64_MAX + minus, sum = 0;

	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		uint64_t digit = (uint64_t)(s.s[i] - '0');

		if (!is_digit(s.s[i]) || sum > (limit - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*value = !minus ? (int64_t)sum : sum ? -(int64_t)(sum - 1) - 1 : 0;
	return true;
}

/* http://www.isthe.com/chongo/tech/comp/fnv/ */
uint64_t
str_hash_on(uint64_t hash, struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.s[i]) * UINT64_C(0x100000001b3);
	return hash;
}

uint64_t
str_hash(struct str s)
{
	return str_hash_on(UINT64_C(0xcbf29ce484222325), s);
}

/* Unicode 15, table 3-7: the second byte's range depends on the first; the others are 80..BF. */
size_t
str_char_size(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.s;
	size_t i, size;

	if (!s.n)
		return 0;
	size = p[0] < 0xc2 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 1;
	if (size == 1 || size > s.n)
		return 1;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 1;
	for (i = 1; i < size; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 1;
	return size;
}

size_t
str_chars(struct str s)
{
	size_t i, chars = 0;

	for (i = 0; i < s.n; i += str_char_size(str_slice(s, i, s.n)))
		chars++;
	return chars;
}

/*
 * Where matching went on after a star, and how far the star has eaten. When the rest does not match, a star eats one
 * more; the last star of a kind is the only one worth asking, because it can eat whatever an earlier one gave up.
 */
struct star {
	bool seen;
	size_t pattern, text;
};

/* Lets a star eat one character more, or one whole part when it stands for parts ("**" before a slash). */
static bool
star_eats(struct star *star, struct str pattern, struct str text, bool across)
{
	bool parts = across && pattern.s[star->pattern - 1] == '/';
	size_t i = star->text;

	if (!star->seen || i >= text.n || (!across && text.s[i] == '/'))
		return false;
	if (parts) {
		size_t slash = str_find_char(str_slice(text, i, text.n), '/');

		if (slash == (size_t)-1)
			return false;
		star->text = i + slash + 1;
	} else {
		star->text = i + str_char_size(str_slice(text, i, text.n));
	}
	return true;
}

/* Reads the stars at *p; "**" followed by a slash, at the start of a part, also stands for no part at all. */
static bool
read_stars(struct str pattern, size_t *p, size_t t, struct star *one, struct star *many)
{
	bool part = *p == 0 || pattern.s[*p - 1] == '/';
	size_t n = 0;

	while (*p + n < pattern.n && pattern.s[*p + n] == '*')
		n++;
	if (!n)
		return false;
	*p += n;
	if (n == 1) {
		*one = (struct star){ true, *p, t };
		return true;
	}
	if (part && *p < pattern.n && pattern.s[*p] == '/')
		++*p;
	*many = (struct star){ true, *p, t };
	one->seen = false;
	return true;
}

bool
str_glob(struct str pattern, struct str text)
{
	struct star one = { 0 }, many = { 0 };
	size_t p = 0, t = 0;

	while (p < pattern.n || t < text.n) {
		if (read_stars(pattern, &p, t, &one, &many))
			continue;
		if (p < pattern.n && t < text.n && pattern.s[p] == '?' && text.s[t] != '/') {
			p++;
			t += str_char_size(str_slice(text, t, text.n));
		} else if (p < pattern.n && t < text.n && pattern.s[p] == text.s[t]) {
			p++, t++;
		} else if (one.seen && star_eats(&one, pattern, text, false)) {
			p = one.pattern, t = one.text;
		} else if (many.seen && star_eats(&many, pattern, text, true)) {
			p = many.pattern, t = many.text, one.seen = false;
		} else {
			return false;
		}
	}
	return true;
}

enum { LONGEST_NAME = 128 };

/* The distance in insertions, deletions, replacements and swaps of neighbours; SIZE_MAX: not worth knowing. */
static size_t
edit_distance(struct str a, struct str b)
{
	size_t rows[3][LONGEST_NAME + 1];
	size_t i, j;

	if (a.n > LONGEST_NAME || b.n > LONGEST_NAME)
		return SIZE_MAX;
	for (j = 0; j <= b.n; j++)
		rows[0][j] = j;
	for (i = 1; i <= a.n; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];

		row[0] = i;
		for (j = 1; j <= b.n; j++) {
			char x = lower(a.s[i - 1]), y = lower(b.s[j - 1]);

			row[j] = min_size(above[j - 1] + (x != y), min_size(row[j - 1], above[j]) + 1);
			if (i > 1 && j > 1 && x == lower(b.s[j - 2]) && lower(a.s[i - 2]) == y)
				row[j] = min_size(row[j], above2[j - 2] + 1);
		}
	}
	return rows[a.n % 3][b.n];
}

static size_t
shared_prefix(struct str a, struct str b)
{
	size_t i = 0;

	while (i < a.n && i < b.n && lower(a.s[i]) == lower(b.s[i]))
		i++;
	return i;
}

/* The only candidate that s begins. */
static struct str
completed(struct str s, const struct str *candidates, size_t n)
{
	struct str found = STR_NONE;

	for (size_t i = 0; i < n && s.n >= 3; i++) {
		if (shared_prefix(s, candidates[i]) < s.n)
			continue;
		if (found.s != NULL)
			return STR_NONE;
		found = candidates[i];
	}
	return found;
}

struct str
str_closest(struct str s, const struct str *candidates, size_t n)
{
	size_t i, limit = s.n / 3 ? s.n / 3 : 1, best = SIZE_MAX, best_prefix = 0;
	struct str closest = STR_NONE;

	for (i = 0; i < n; i++) {
		struct str c = candidates[i];
		size_t distance, prefix;

		if (c.n > s.n + limit || s.n > c.n + limit)
			continue;
		distance = edit_distance(s, c);
		prefix = shared_prefix(s, c);
		if (distance > limit || distance > best || (distance == best && prefix <= best_prefix))
			continue;
		best = distance;
		best_prefix = prefix;
		closest = c;
	}
	return closest.s != NULL ? closest : completed(s, candidates, n);
}

enum { BRIEF = 60 };

struct str
str_brief(struct arena *arena, struct str text)
{
	char *s = str_c(arena, text);
	size_t n = 0;

	for (size_t i = 0; i < text.n && n < BRIEF; i++) {
		bool blank = s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r';
		if (!blank || (n > 0 && s[n - 1] != ' '))
			s[n++] = blank ? ' ' : s[i];
		if (n == BRIEF)
			return str_printf(arena, "%.*s...", (int)n, s);
	}
	return str_trim((struct str){ s, n });
}
