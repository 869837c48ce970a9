#ifndef OUTPUT_MARKDOWN_H
#define OUTPUT_MARKDOWN_H

#include "base/buf.h"

/* Text as Markdown that shows as it is, but for lists and paragraphs; no HTML can come of it (SARIF 2.1.0, 3.11.4.2). */
void markdown_text(struct buf *, struct str);
/* SQL in a fence that it cannot close; no line end behind it. */
void markdown_code(struct buf *, struct str);
/* A link to itself; what is no URL stands as text. */
void markdown_link(struct buf *, struct str);

#endif
