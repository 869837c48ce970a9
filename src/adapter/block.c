#include "adapter/adapter.h"

/* Behind BEGIN as a statement of its own: TransactionStmt of gram.y. */
static bool
goes_on_in_sql(const struct scan *s)
{
	static const char *const words[] = { ";", "work", "transaction", "isolation", "read", "not", "deferrable" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (scan_is(s, words[i]))
			return true;
	return false;
}

/* BEGIN ... END as PL/pgSQL has it, which is a syntax error in SQL. */
static bool
is_block(struct str sql)
{
	struct scan s = { .text = sql };
	bool end = false;

	if (!scan_next(&s) || !scan_is(&s, "begin") || !scan_next(&s) || goes_on_in_sql(&s))
		return false;
	while (scan_next(&s))
		end = scan_is(&s, "end") || (end && scan_is(&s, ";"));
	return end;
}

/* "$name$_" is no dollar quote: its name goes on behind it. STR_NONE: it is something else. */
static struct str
hole_at(struct str text, size_t at)
{
	size_t i = at + 1;

	if (text.s[at] != '$')
		return STR_NONE;
	while (i < text.n && text.s[i] != '$' && scan_is_name(text.s[i]))
		i++;
	return i > at + 1 && i + 1 < text.n && text.s[i] == '$' && text.s[i + 1] == '_' ? str_slice(text, at + 1, i) : STR_NONE;
}

static struct source *
fill(const struct adapter_run *run, struct source *source)
{
	struct making m = making_of(run->arena, source);
	struct str text = source->text;
	size_t done = 0;

	for (size_t i = 0; i < text.n; i++) {
		struct str name = hole_at(text, i);
		if (name.s == NULL)
			continue;
		struct span hole = span_of(i, i + name.n + 2);
		making_take(&m, span_of(done, i));
		making_put(&m, placeholder_value(run, name, source_text(source, hole)), hole);
		done = i + hole.len;
		i = done - 1;
	}
	if (done == 0)
		return source;
	making_take(&m, span_of(done, text.n));
	return making_end(&m);
}

struct source *
block_wrap(const struct adapter_run *run, struct source *source)
{
	struct source *filled = fill(run, source);
	struct making m = making_of(run->arena, filled);
	size_t n = filled->text.n;

	if (!is_block(filled->sql))
		return NULL;
	making_put(&m, STR("DO $block$"), span_of(0, 1));
	making_take(&m, span_of(0, n));
	making_put(&m, STR("$block$;"), span_of(n - 1, n));
	return making_end(&m);
}
