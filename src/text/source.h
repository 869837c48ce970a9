#ifndef TEXT_SOURCE_H
#define TEXT_SOURCE_H

#include "base/str.h"

struct err;

/*
 * A file's text. `text` is what the user wrote. `sql` has the same length and
 * the same line breaks, with whatever is not SQL (psql commands, COPY data,
 * placeholders) blanked out, so an offset into one is an offset into the other.
 */
struct source {
	struct str path;                /* as the user gave it */
	struct str text, sql;
	uint32_t *lines;                /* offset of each line's first byte, behind a byte order mark */
	size_t nlines;                  /* a line feed at the end is followed by one more, empty line */
	bool ascii;                     /* a character is a byte */
	struct arena *arena;
};

/* Bytes [off, off + len) of a source; len 0: no place. */
struct span {
	uint32_t off, len;
};

struct place {
	const struct source *source;
	struct span span;
};

/*
 * From 1; columns count characters (UTF-8 sequences; an invalid byte is one), a tab is one, a byte order mark is none.
 * An offset in the line end or beyond the end of the text is behind the line's last character.
 */
struct position {
	unsigned line, column;
};

struct span span_of(size_t from, size_t to);
/*
 * A source of the given text, which must be shorter than 4 GiB. Path and text are not copied. sql is text, the same
 * bytes; only when there is a leading UTF-8 byte order mark it is a copy with that blanked.
 */
struct source *source_new(struct arena *, struct str path, struct str text);
/*
 * Reads a file ("-": standard input, shown as <stdin>). NULL with *err: cannot be read, larger than 1 GiB, UTF-16,
 * holds a NUL byte.
 */
struct source *source_read(struct arena *, struct str path, struct err *);
/* The same of text that was read already. */
struct source *source_from(struct arena *, struct str path, struct str text, struct err *);
/* A file's bytes ("-": standard input), of those beyond 1 GiB only the first. -1 with *err when it cannot be read. */
int text_read(struct arena *, struct str path, struct str *text, struct err *);
struct position source_position(const struct source *, uint32_t off);
/* The text of a line without its line end (LF or CRLF; a lone CR is text); empty when there is no such line. */
struct str source_line(const struct source *, unsigned line);
struct str source_text(const struct source *, struct span);

#endif
