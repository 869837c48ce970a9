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
	const struct source *outer;     /* of text that stands inside another one, as the body of a function does; else NULL */
	const struct excerpt *pieces;     /* from where in the outer text it was taken, in order */
	size_t npieces;
};

/* Bytes [off, off + len) of a source; len 0: no place. */
struct span {
	uint32_t off, len;
};

struct place {
	const struct source *source;
	struct span span;
};

/* A part of a text that was put together: it goes up to the next piece. */
struct excerpt {
	uint32_t off;
	struct span outer;
	bool verbatim;                  /* the same bytes; otherwise all of it stands for the whole of outer */
	const struct source *source;    /* the text that outer is a part of, where it is another one than that of the others; NULL: it is not */
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
/* A text made of pieces of the outer one; nothing is copied. Its sql may be replaced by one of the same length. */
struct source *source_inside(struct arena *, const struct source *outer, struct str text, const struct excerpt *, size_t n);
/* It was put together from several files. */
bool source_of_files(const struct source *);
/* The same place in the file; of what stands in several files, in that where it begins. */
struct place place_in_file(struct place);
/* Of text inside another one: in the file. */
struct position source_position(const struct source *, uint32_t off);
/* The text of a line without its line end (LF or CRLF; a lone CR is text); empty when there is no such line. */
struct str source_line(const struct source *, unsigned line);
struct str source_text(const struct source *, struct span);
/* The first line in the span that is not empty, without white space around it; len 0: there is none. */
struct span source_head(const struct source *, struct span);

#endif
