#ifndef OUTPUT_LAYOUT_H
#define OUTPUT_LAYOUT_H

#include "base/arena.h"
#include "base/buf.h"

/* Text as a terminal shows it. */

/* The length of the UTF-8 sequence that s starts with, which must not be empty; an invalid byte is one of U+FFFD. */
size_t utf8_decode(struct str s, uint32_t *code);
/* Valid UTF-8: each invalid byte becomes U+FFFD. */
struct str utf8_clean(struct arena *, struct str);
/* What may be sent to a terminal: control characters and those that reorder text become U+FFFD too; \n and \t stay. */
struct str utf8_printable(struct arena *, struct str);
/* The same, and \n and \t become U+FFFD, too: for what must stay on one line as it is, a path. */
struct str utf8_printable_line(struct arena *, struct str);
/* Whether a terminal must not see it; \n and \t are such, too. */
bool utf8_is_control(uint32_t code);
/* Columns of a terminal: 0 for what combines, 2 for wide characters, else 1. */
size_t utf8_width(uint32_t code);
size_t text_width(struct str);
/* The whole characters of the text that fit into that many columns. */
struct str text_fit(struct str, size_t width);

/*
 * Writes the words of a text so that no line goes beyond width columns (a longer word stands alone), the
 * first line starting at column indent, where the cursor must be, and the others indented to it. Empty lines
 * separate paragraphs and stay. No line end behind the last line.
 */
void text_wrap(struct buf *, struct str, size_t indent, size_t width);
/* Writes the lines of a text as they are, indented but the first; no line end behind the last one. */
void text_indent(struct buf *, struct str, size_t indent);

/* Cells in columns, each as wide as its widest cell. */
struct table {
	struct arena *arena;
	size_t ncolumns, indent;
	unsigned right;                 /* bit n: column n is aligned to the right */
	VEC(struct str) cells;          /* row after row */
};

void table_cell(struct table *, struct str);
/* The last column is wrapped at width; 0: it is not. */
void table_write(struct buf *, const struct table *, size_t width);

#endif
