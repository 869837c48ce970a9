#ifndef SQL_DEPARSE_H
#define SQL_DEPARSE_H

#include "base/arena.h"
#include "base/str.h"

/* The canonical text of a statement's parse node; STR_NONE when it is none that the deparser knows. */
struct str sql_deparse(struct arena *, const void *statement);
/* The same without what it begins with: "CREATE VIEW v ". */
struct str sql_deparse_behind(struct arena *, const void *statement, const char *head);

#endif
