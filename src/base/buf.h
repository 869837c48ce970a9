#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

/* Growable text on an arena; every writer writes here. */
struct buf {
	struct arena *arena;
	char *s;
	size_t n, cap;
};

#define BUF(a) ((struct buf){ .arena = (a) })

void buf_bytes(struct buf *, const void *, size_t);
void buf_str(struct buf *, struct str);
void buf_c(struct buf *, const char *);
void buf_char(struct buf *, char);
void buf_repeat(struct buf *, char, size_t);
void buf_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Adds to a list of texts with ", " or the like between them; what is in it already is not repeated. */
void buf_item(struct buf *, const char *between, struct str);
/* What has been written; valid until the next write. */
struct str buf_text(const struct buf *);

#endif
