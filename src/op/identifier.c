#include "op/identifier.h"

#include <string.h>

#include "sql/ident.h"

enum { LONGEST_NAME = 63 };

/* pg_mbcliplen(): whole characters of UTF-8. */
struct str
op_cut_name(struct str name)
{
	size_t n = name.n < LONGEST_NAME ? name.n : LONGEST_NAME;

	while (n < name.n && n > 0 && ((unsigned char)name.s[n] & 0xC0) == 0x80)
		n--;
	return str_slice(name, 0, n);
}

static bool
gives_name(const struct op *op)
{
	static const char *const starts[] = { "create_", "add_", "rename_" };

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (str_starts(str_of(op->kind->name), starts[i]))
			return true;
	return false;
}

/* Not a literal: those have quotes of their own, E'...' in the middle. */
static struct str
identifier_in(struct str token)
{
	unsigned char c = token.n > 0 ? (unsigned char)token.s[0] : 0;

	if (c == '"' && token.n > 2)
		return str_slice(token, 1, token.n - 1);
	if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80) || str_find_char(token, '\'') != (size_t)-1)
		return STR("");
	return token;
}

struct span
op_long_name_span(const struct op *op)
{
	struct span within = op->spans[SPAN_ACTION];

	if (op->statement == NULL || op->leader != NULL || !gives_name(op))
		return (struct span){ 0, 0 };
	for (size_t i = 0; i < op->statement->ntokens; i++) {
		const struct token *t = &op->statement->tokens[i];
		struct span span = { t->off, t->len };
		if (t->len <= LONGEST_NAME || t->off < within.off || t->off >= within.off + within.len)
			continue;
		if (identifier_in(source_text(op->statement->source, span)).n > LONGEST_NAME)
			return span;
	}
	return (struct span){ 0, 0 };
}

struct str
op_long_name(const struct facts *f)
{
	struct span span = op_long_name_span(f->op);

	return span.len == 0 ? STR_NONE : identifier_in(source_text(f->op->statement->source, span));
}

struct str
op_quoting_reason(struct str name)
{
	bool capitals = false;

	if (!sql_needs_quotes(name))
		return STR_NONE;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.s[i];
		capitals = capitals || (c >= 'A' && c <= 'Z');
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (i > 0 && c >= '0' && c <= '9')))
			return STR("it holds characters other than letters, digits and underscores");
	}
	return capitals ? STR("it holds capitals") : STR("it is a reserved word");
}
