#ifndef SQL_LOCATE_H
#define SQL_LOCATE_H

#include "sql/parse.h"

/*
 * Exact places inside a statement, from its tokens, for parse nodes that carry
 * no location. Every function returns a span of length 0 when there is none.
 */

/* The n-th (from 0) piece of `within` between commas at its top level of parentheses. */
struct span locate_piece(const struct statement *, struct span within, size_t n);
/* From the token at or after off up to the end of the enclosing comma-separated piece. */
struct span locate_element(const struct statement *, uint32_t off);
/* What lies between the next "(" at or after off and its ")". */
struct span locate_parens(const struct statement *, uint32_t off);
/* The run of these keywords (space-separated, "set not null") inside within. */
struct span locate_keywords(const struct statement *, struct span within, const char *keywords);
/* The same, outside of parentheses. */
struct span locate_top(const struct statement *, struct span within, const char *keywords);
/* The run of these tokens, whatever they are (space-separated; "json_table ("; "_": any one); quoted identifiers have their quotes. */
struct span locate_tokens(const struct statement *, struct span within, const char *tokens);
/* The first identifier inside within equal to name after case folding and unquoting. */
struct span locate_name(const struct statement *, struct span within, struct str name);
/* The name, written schema.name or, without a schema, alone. */
struct span locate_object(const struct statement *, struct str schema, struct str name);
/* The possibly qualified name (a.b.c) that starts at off. */
struct span locate_qualified(const struct statement *, uint32_t off);
/* The tokens that start at or after from and before to. */
struct span locate_between(const struct statement *, uint32_t from, uint32_t to);
/* Everything of the statement behind the given span. */
struct span locate_rest(const struct statement *, struct span);
/* The first token(s) of within: its leading run of keywords, at most n, up to IF [NOT] EXISTS. */
struct span locate_leading(const struct statement *, struct span within, size_t n);

#endif
