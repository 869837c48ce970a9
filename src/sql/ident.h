#ifndef SQL_IDENT_H
#define SQL_IDENT_H

#include "base/buf.h"

/* The identifier as SQL needs it: quote_identifier(). */
struct str sql_ident(struct arena *, struct str);
void sql_put_ident(struct buf *, struct str);
/* A table or column of this name cannot be written without quotes; quote_identifier() is stricter, for it does not know what it names. */
bool sql_needs_quotes(struct str name);
/* The literal as SQL needs it: quote_literal(), for standard_conforming_strings. */
void sql_put_literal(struct buf *, struct str);

/* Where the word stands in the text next, from that offset on, with no part of an identifier beside it; (size_t)-1: nowhere. */
size_t sql_find_word(struct str text, struct str word, size_t from);
/*
 * The text with a word, a quoted identifier or a literal exchanged wherever it stands as a whole, but where a parenthesis
 * follows, as behind the name of a function, and behind "::", where it names a type.
 */
struct str sql_exchange(struct arena *, struct str text, struct str from, struct str to);

#endif
