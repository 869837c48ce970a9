#ifndef SQL_IDENT_H
#define SQL_IDENT_H

#include "base/buf.h"

/* The identifier as SQL needs it: quote_identifier(). */
struct str sql_ident(struct arena *, struct str);
void sql_put_ident(struct buf *, struct str);
/* The literal as SQL needs it: quote_literal(), for standard_conforming_strings. */
void sql_put_literal(struct buf *, struct str);

#endif
