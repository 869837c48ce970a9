#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

/* Room for n more bytes and a NUL, which vsnprintf wants. */
static char *
room(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 64;
	char *s;

	if (b->cap - b->n > n)
		return b->s + b->n;
	while (cap - b->n <= n)
		cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
	s = arena_alloc(b->arena, cap);
	if (b->n)
		memcpy(s, b->s, b->n);
	b->s = s;
	b->cap = cap;
	return s + b->n;
}

void
buf_bytes(struct buf *b, const void *bytes, size_t n)
{
	if (!n)
		return;
	memcpy(room(b, n), bytes, n);
	b->n += n;
}

void
buf_str(struct buf *b, struct str s)
{
	buf_bytes(b, s.s, s.n);
}

void
buf_c(struct buf *b, const char *s)
{
	buf_bytes(b, s, strlen(s));
}

void
buf_item(struct buf *b, const char *between, struct str item)
{
	struct str rest = buf_text(b), gap = { between, strlen(between) };

	for (size_t end; rest.n > 0; rest = str_slice(rest, end + gap.n, rest.n)) {
		end = str_find(rest, gap);
		if (str_eq(str_slice(rest, 0, end), item))
			return;
		if (end == (size_t)-1)
			break;
	}
	if (b->n > 0)
		buf_c(b, between);
	buf_str(b, item);
}

void
buf_char(struct buf *b, char c)
{
	*room(b, 1) = c;
	b->n++;
}

void
buf_repeat(struct buf *b, char c, size_t n)
{
	memset(room(b, n), c, n);
	b->n += n;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args;
	char *to = room(b, 64);
	size_t left = b->cap - b->n;
	int n;

	va_start(args, fmt);
	n = vsnprintf(to, left, fmt, args);
	va_end(args);
	if (n < 0)
		return;
	if ((size_t)n >= left) {
		to = room(b, (size_t)n);
		va_start(args, fmt);
		vsnprintf(to, (size_t)n + 1, fmt, args);
		va_end(args);
	}
	b->n += (size_t)n;
}

struct str
buf_text(const struct buf *b)
{
	return b->n ? (struct str){ b->s, b->n } : STR("");
}
