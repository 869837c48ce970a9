#include "output/layout.h"

enum { REPLACEMENT = 0xfffd };

struct range {
	uint32_t first, last;
};

/* Marks that combine with the character before them, and characters without a width. */
static const struct range combining[] = {
	{ 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x0610, 0x061a }, { 0x064b, 0x065f },
	{ 0x06d6, 0x06dc }, { 0x0900, 0x0902 }, { 0x093c, 0x093c }, { 0x0941, 0x0948 }, { 0x0e31, 0x0e31 },
	{ 0x0e34, 0x0e3a }, { 0x0e47, 0x0e4e }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x200b, 0x200d },
	{ 0x20d0, 0x20ff }, { 0x3099, 0x309a }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xe0100, 0xe01ef },
};

static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0x4dbf }, { 0x4e00, 0xa4cf }, { 0xa960, 0xa97c },
	{ 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 },
	{ 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

/* Controls, and what reorders text: a comment must not be able to show as code, or the other way round. */
static const struct range controls[] = {
	{ 0x0000, 0x001f }, { 0x007f, 0x009f }, { 0x200e, 0x200f }, { 0x2028, 0x202e }, { 0x2066, 0x2069 },
};

static bool
among(uint32_t code, const struct range *ranges, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

#define AMONG(code, ranges) among((code), (ranges), sizeof(ranges) / sizeof((ranges)[0]))

static size_t
invalid(uint32_t *code)
{
	*code = REPLACEMENT;
	return 1;
}

size_t
utf8_decode(struct str s, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s.s;
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;

	if (n == 0 || n > s.n)
		return invalid(code);
	if (n == 1) {
		*code = p[0];
		return 1;
	}
	uint32_t c = p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return invalid(code);
		c = c << 6 | (p[i] & 0x3fu);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return invalid(code);
	*code = c;
	return n;
}

static struct str
replaced(struct arena *arena, struct str s, bool (*bad)(uint32_t))
{
	struct buf out = BUF(arena);
	size_t kept = 0, n;

	for (size_t i = 0; i < s.n; i += n) {
		uint32_t code;
		n = utf8_decode(str_slice(s, i, s.n), &code);
		if (!bad(code) && (code != REPLACEMENT || n > 1))
			continue;
		buf_bytes(&out, s.s + kept, i - kept);
		buf_c(&out, "\xef\xbf\xbd");
		kept = i + n;
	}
	if (kept == 0)
		return s;
	buf_bytes(&out, s.s + kept, s.n - kept);
	return buf_text(&out);
}

static bool
never(uint32_t code)
{
	(void)code;
	return false;
}

static bool
unprintable(uint32_t code)
{
	return code != '\n' && code != '\t' && utf8_is_control(code);
}

struct str
utf8_clean(struct arena *arena, struct str s)
{
	return replaced(arena, s, never);
}

struct str
utf8_printable(struct arena *arena, struct str s)
{
	return replaced(arena, s, unprintable);
}

struct str
utf8_printable_line(struct arena *arena, struct str s)
{
	return replaced(arena, s, utf8_is_control);
}

bool
utf8_is_control(uint32_t code)
{
	return AMONG(code, controls);
}

size_t
utf8_width(uint32_t code)
{
	if (code < 0x300)
		return 1;
	return AMONG(code, combining) ? 0 : AMONG(code, wide) ? 2 : 1;
}

size_t
text_width(struct str s)
{
	size_t width = 0, n;

	for (size_t i = 0; i < s.n; i += n) {
		uint32_t code;
		n = utf8_decode(str_slice(s, i, s.n), &code);
		width += utf8_width(code);
	}
	return width;
}

struct str
text_fit(struct str s, size_t width)
{
	size_t used = 0, n;

	for (size_t i = 0; i < s.n; i += n) {
		uint32_t code;
		n = utf8_decode(str_slice(s, i, s.n), &code);
		used += utf8_width(code);
		if (used > width)
			return str_slice(s, 0, i);
	}
	return s;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Skips white space from *at and says whether it holds an empty line. */
static bool
skip_space(struct str s, size_t *at)
{
	unsigned newlines = 0;

	for (; *at < s.n && is_space(s.s[*at]); ++*at)
		newlines += s.s[*at] == '\n';
	return newlines > 1;
}

static struct str
word_at(struct str s, size_t at)
{
	size_t end = at;

	while (end < s.n && !is_space(s.s[end]))
		end++;
	return str_slice(s, at, end);
}

void
text_wrap(struct buf *out, struct str s, size_t indent, size_t width)
{
	size_t at = 0, column = indent;
	bool paragraph = false, first = true;

	skip_space(s, &at);
	while (at < s.n) {
		struct str word = word_at(s, at);
		size_t w = text_width(word);

		if (!first && (paragraph || column + 1 + w > width)) {
			buf_c(out, paragraph ? "\n\n" : "\n");
			buf_repeat(out, ' ', indent);
			column = indent;
		} else if (!first) {
			buf_char(out, ' ');
			column++;
		}
		buf_str(out, word);
		column += w;
		first = false;
		at += word.n;
		paragraph = skip_space(s, &at);
	}
}

void
text_indent(struct buf *out, struct str s, size_t indent)
{
	struct str line;
	bool first = true;

	while (str_cut(&s, '\n', &line)) {
		if (!first)
			buf_char(out, '\n');
		while (line.n > 0 && is_space(line.s[line.n - 1]))
			line.n--;
		if (!first && line.n > 0)
			buf_repeat(out, ' ', indent);
		buf_str(out, line);
		first = false;
	}
}

void
table_cell(struct table *t, struct str cell)
{
	*vec_push(t->arena, &t->cells) = cell;
}

static size_t
column_width(const struct table *t, size_t column)
{
	size_t width = 0;

	for (size_t i = column; i < t->cells.n; i += t->ncolumns) {
		size_t w = text_width(t->cells.items[i]);
		width = w > width ? w : width;
	}
	return width;
}

static void
row_write(struct buf *out, const struct table *t, const size_t *widths, const struct str *cells, size_t width)
{
	size_t at = t->indent, last = t->ncolumns - 1;

	buf_repeat(out, ' ', t->indent);
	for (size_t i = 0; i < last; i++) {
		size_t blank = widths[i] - text_width(cells[i]);
		bool right = t->right >> i & 1;
		buf_repeat(out, ' ', right ? blank : 0);
		buf_str(out, cells[i]);
		buf_repeat(out, ' ', (right ? 0 : blank) + 2);
		at += widths[i] + 2;
	}
	if (width > 0)
		text_wrap(out, cells[last], at, width);
	else
		buf_str(out, cells[last]);
	while (out->n > 0 && out->s[out->n - 1] == ' ')
		out->n--;
	buf_char(out, '\n');
}

void
table_write(struct buf *out, const struct table *t, size_t width)
{
	size_t *widths = NEW_ARRAY(t->arena, size_t, t->ncolumns);

	for (size_t i = 0; i < t->ncolumns; i++)
		widths[i] = column_width(t, i);
	for (size_t i = 0; i + t->ncolumns <= t->cells.n; i += t->ncolumns)
		row_write(out, t, widths, t->cells.items + i, width);
}
