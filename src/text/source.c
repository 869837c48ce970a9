#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "text/source.h"

#define LARGEST ((size_t)1 << 30)

struct span
span_of(size_t from, size_t to)
{
	return (struct span){ (uint32_t)from, to > from ? (uint32_t)(to - from) : 0 };
}

static size_t
count_lines(struct str text)
{
	size_t n = 1, at;

	while ((at = str_find_char(text, '\n')) != (size_t)-1) {
		text = str_slice(text, at + 1, text.n);
		n++;
	}
	return n;
}

/* Bytes of the byte order mark. */
static size_t
mark_size(struct str text)
{
	return str_starts(text, "\xef\xbb\xbf") ? 3 : 0;
}

static void
index_lines(struct source *source)
{
	const struct str text = source->text;
	size_t at = 0, i;

	source->nlines = count_lines(text);
	source->lines = NEW_ARRAY(source->arena, uint32_t, source->nlines);
	source->lines[0] = (uint32_t)mark_size(text);
	for (i = 1; i < source->nlines; i++) {
		at += str_find_char(str_slice(text, at, text.n), '\n') + 1;
		source->lines[i] = (uint32_t)at;
	}
}

static bool
is_ascii(struct str text)
{
	unsigned char all = 0;
	size_t i;

	for (i = 0; i < text.n; i++)
		all |= (unsigned char)text.s[i];
	return all < 0x80;
}

struct source *
source_new(struct arena *arena, struct str path, struct str text)
{
	struct source *source = NEW(arena, struct source);

	*source = (struct source){ .path = path, .text = text, .sql = text, .arena = arena };
	source->ascii = is_ascii(text);
	index_lines(source);
	if (mark_size(text)) {
		char *sql = str_c(arena, text);

		memset(sql, ' ', mark_size(text));
		source->sql.s = sql;
	}
	return source;
}

/* An open file that does not outlive the arena, even when memory runs out halfway. */
struct handle {
	int fd;                         /* -1: closed */
};

static void
handle_close(void *arg)
{
	struct handle *h = arg;

	if (h->fd != -1)
		close(h->fd);
	h->fd = -1;
}

/* All that can be read from fd, but no more than LARGEST + 1 bytes. Returns 0 or errno. */
static int
read_all(struct arena *arena, int fd, size_t expected, struct str *text)
{
	size_t cap = expected < LARGEST ? expected + 1 : LARGEST + 1, n = 0;
	char *s = arena_alloc(arena, cap);

	while (n <= LARGEST) {
		ssize_t got = read(fd, s + n, cap - n);

		if (got < 0 && errno != EINTR)
			return errno;
		if (got == 0)
			break;
		n += got > 0 ? (size_t)got : 0;
		if (n == cap && n <= LARGEST) {
			char *larger;

			cap = cap * 2 + 4096 < LARGEST ? cap * 2 + 4096 : LARGEST + 1;
			larger = arena_alloc(arena, cap);
			memcpy(larger, s, n);
			s = larger;
		}
	}
	*text = (struct str){ s, n };
	return 0;
}

static int
read_path(struct arena *arena, struct str path, struct str *text)
{
	struct handle *h = NEW(arena, struct handle);
	const char *name = str_c(arena, path);
	struct stat st;
	int error;

	h->fd = -1;
	arena_defer(arena, handle_close, h);
	h->fd = open(name, O_RDONLY | O_CLOEXEC);
	if (h->fd == -1)
		return errno;
	if (fstat(h->fd, &st) || !S_ISREG(st.st_mode))
		st.st_size = 0;
	error = read_all(arena, h->fd, (uintmax_t)st.st_size < LARGEST ? (size_t)st.st_size : LARGEST, text);
	handle_close(h);
	return error;
}

/* Why the text is not one that we take, or NULL. */
static const char *
unfit(struct str text)
{
	if (text.n > LARGEST)
		return "it is larger than 1 GiB";
	if (str_starts(text, "\xff\xfe") || str_starts(text, "\xfe\xff"))
		return "it is UTF-16, save it as UTF-8";
	if (str_find_char(text, '\0') != (size_t)-1)
		return "it holds a NUL byte";
	return NULL;
}

static struct str
shown(struct str path)
{
	return str_is(path, "-") ? STR("<stdin>") : path;
}

int
text_read(struct arena *arena, struct str path, struct str *text, struct err *err)
{
	char reason[128] = "";
	int error;

	error = str_is(path, "-") ? read_all(arena, STDIN_FILENO, 0, text) : read_path(arena, path, text);
	if (!error)
		return 0;
	/* not strerror(): files are read in parallel */
	if (strerror_r(error, reason, sizeof(reason)))
		strcpy(reason, "unknown error");
	return err_set(err, arena, "cannot read %.*s: %s", STR_ARG(shown(path)), reason);
}

struct source *
source_from(struct arena *arena, struct str path, struct str text, struct err *err)
{
	if (unfit(text)) {
		err_set(err, arena, "cannot read %.*s: %s", STR_ARG(shown(path)), unfit(text));
		return NULL;
	}
	return source_new(arena, shown(path), text);
}

struct source *
source_read(struct arena *arena, struct str path, struct err *err)
{
	struct str text;

	return text_read(arena, path, &text, err) == 0 ? source_from(arena, path, text, err) : NULL;
}

/* ---- text inside text ---- */

struct source *
source_inside(struct arena *arena, const struct source *outer, struct str text, const struct excerpt *pieces, size_t n)
{
	struct source *source = NEW(arena, struct source);

	*source = (struct source){ .path = outer->path, .text = text, .sql = text, .arena = arena, .outer = outer,
		.pieces = pieces, .npieces = n, .ascii = outer->ascii };
	return source;
}

static const struct excerpt *
piece_at(const struct source *source, uint32_t off)
{
	size_t low = 0, high = source->npieces;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (source->pieces[middle].off <= off)
			low = middle;
		else
			high = middle;
	}
	return &source->pieces[low];
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Of the part of the piece that is in the span. */
static struct span
piece_outside(const struct excerpt *piece, struct span span)
{
	size_t from = piece->outer.off, end = (size_t)piece->outer.off + piece->outer.len, to = end;

	if (piece->verbatim && span.off > piece->off)
		from += span.off - piece->off;
	if (piece->verbatim)
		to = smaller(end, (size_t)piece->outer.off + (span.off + span.len - piece->off));
	return span_of(from, to);
}

bool
source_of_files(const struct source *source)
{
	bool several = false;

	for (; source != NULL && !several; source = source->outer)
		for (size_t i = 0; i < source->npieces; i++)
			several = several || source->pieces[i].source != NULL;
	return several;
}

/* All that its pieces stand for, which need not be in the order of the file. */
static struct span
span_outside(const struct source *source, struct span span)
{
	const struct excerpt *piece = piece_at(source, span.off), *last = piece_at(source, span.off + (span.len ? span.len - 1 : 0));
	struct span first = piece_outside(piece, span);
	size_t from = first.off, to = (size_t)first.off + first.len;

	while (piece++ < last && piece->source == piece[-1].source) {
		struct span next = piece_outside(piece, span);
		from = smaller(from, next.off);
		to = smaller(to, (size_t)next.off + next.len) == to ? (size_t)next.off + next.len : to;
	}
	return span_of(from, to);
}

struct place
place_in_file(struct place place)
{
	while (place.source != NULL && place.source->outer != NULL) {
		const struct source *other = place.span.len > 0 ? piece_at(place.source, place.span.off)->source : NULL;
		if (place.span.len > 0)
			place.span = span_outside(place.source, place.span);
		place.source = other != NULL ? other : place.source->outer;
	}
	return place;
}

/* ---- lines ---- */

/* The last line that starts at or before off. */
static size_t
line_at(const struct source *source, uint32_t off)
{
	size_t low = 0, high = source->nlines;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (source->lines[middle] <= off)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static size_t
chars_before(struct str line, size_t end)
{
	size_t at = 0, size, chars = 0;

	for (; at < end; at += size) {
		size = str_char_size(str_slice(line, at, line.n));
		if (at + size > end)
			break;
		chars++;
	}
	return chars;
}

struct position
source_position(const struct source *source, uint32_t off)
{
	struct place place = place_in_file((struct place){ source, { off, 1 } });
	struct str line;
	size_t i, at;

	source = place.source;
	off = place.span.off;
	i = line_at(source, off);
	line = source_line(source, (unsigned)i + 1);
	at = off > source->lines[i] ? off - source->lines[i] : 0;

	at = at < line.n ? at : line.n;
	if (!source->ascii)
		at = chars_before(line, at);
	return (struct position){ (unsigned)i + 1, (unsigned)at + 1 };
}

struct str
source_line(const struct source *source, unsigned line)
{
	size_t end;
	struct str s;

	if (line < 1 || line > source->nlines)
		return STR("");
	end = line < source->nlines ? source->lines[line] - 1 : source->text.n;
	s = str_slice(source->text, source->lines[line - 1], end);
	if (line < source->nlines && str_ends(s, "\r"))
		s.n--;
	return s;
}

struct str
source_text(const struct source *source, struct span span)
{
	return str_slice(source->text, span.off, (size_t)span.off + span.len);
}

struct span
source_head(const struct source *source, struct span span)
{
	struct str rest = source_text(source, span), line;

	while (str_cut(&rest, '\n', &line)) {
		line = str_trim(line);
		if (line.n > 0)
			return span_of((size_t)(line.s - source->text.s), (size_t)(line.s - source->text.s) + line.n);
	}
	return (struct span){ 0, 0 };
}
