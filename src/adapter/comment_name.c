#include "adapter/adapter.h"

/* In what dollars quote, too, and in what that quotes. */
enum { LEVELS = 3 };

/* A longer identifier would be cut. */
enum { LONGEST_NAME = 60 };

struct filling {
	const struct adapter_run *run;
	struct making made;
	size_t done;
};

/* No name ends with one of the first; tables may be called as the others are, but then nobody puts a space behind them. */
static bool
precedes_name(struct str word, bool apart)
{
	static const char *const reserved[] = { "all", "analyze", "and", "any", "as", "between", "case", "column", "concurrently", "constraint",
		"default", "distinct", "else", "except", "for", "foreign", "from", "having", "ilike", "in", "intersect", "into", "is", "join", "lateral",
		"like", "limit", "not", "offset", "on", "only", "or", "references", "returning", "select", "setof", "some", "table", "then", "to", "union",
		"using", "variadic", "when", "where", NULL };
	static const char *const others[] = { "aggregate", "attach", "by", "call", "cluster", "copy", "domain", "elsif", "exists", "function", "if", "index",
		"inherit", "lock", "of", "partition", "perform", "procedure", "return", "returns", "routine", "sequence", "statistics", "truncate", "type", "update",
		"vacuum", "view", "while", NULL };

	return str_among(word, reserved) || (apart && str_among(word, others));
}

/* The token ends no name or value, which a dot could follow. */
static bool
ends_nothing(const struct scan *token, bool behind_dot, bool apart)
{
	switch (token->kind) {
	case SCAN_WORD:
		return token->token.n == 0 || (!behind_dot && precedes_name(token->token, apart));
	case SCAN_SIGN:
		return str_find_char(STR(")]}*."), token->token.s[0]) == (size_t)-1;
	default:
		return false;
	}
}

/* Where the comment begins that ends there; nothing but comments and white space stands behind `from`. */
static size_t
comment_start(struct str sql, size_t from, size_t end)
{
	while (from < end) {
		struct str rest = str_slice(sql, from, end);
		size_t next = str_starts(rest, "--") ? scan_line_end(sql, from) : str_starts(rest, "/*") ? scan_comment(sql, from) : from + 1;
		if (next == end)
			break;
		from = next;
	}
	return from;
}

/* The dot is directly behind a comment, and a name directly behind the dot. */
static bool
is_between(struct str sql, size_t dot)
{
	char next = dot + 1 < sql.n ? sql.s[dot + 1] : '\0';

	return dot >= 2 && sql.s[dot - 2] == '*' && sql.s[dot - 1] == '/' && (next == '"' || (scan_is_name(next) && !(next >= '0' && next <= '9')));
}

static void
fill_one(struct filling *f, struct span comment)
{
	struct str written = source_text(f->made.file, comment), name = str_trim(str_slice(written, 2, written.n - 2));

	if (name.n == 0 || name.n > LONGEST_NAME || str_find_char(name, '\n') != (size_t)-1)
		return;
	making_take(&f->made, span_of(f->done, comment.off));
	making_put(&f->made, placeholder_value(f->run, name, written), comment);
	f->done = (size_t)comment.off + comment.len;
}

static bool
may_hold_one(struct str sql)
{
	return str_find(sql, STR("*/.")) != (size_t)-1;
}

static void
fill(struct filling *f, struct str sql, size_t from, unsigned level)
{
	struct scan s = { .text = sql, .at = from }, last = s;
	bool behind_dot = false;

	for (; scan_next(&s); behind_dot = scan_is(&last, "."), last = s) {
		size_t start = s.at - s.token.n;
		if (scan_is(&s, ".") && is_between(sql, start)) {
			size_t comment = comment_start(sql, last.at, start);
			if (ends_nothing(&last, behind_dot, comment > last.at))
				fill_one(f, span_of(comment, start));
		} else if (s.kind == SCAN_TEXT && s.token.s[0] == '$' && level < LEVELS && may_hold_one(s.token))
			fill(f, str_slice(sql, 0, s.at), start + 2 + str_find_char(str_slice(s.token, 1, s.token.n), '$'), level + 1);
	}
}

bool
comment_names_fill(const struct adapter_run *run, struct part *part)
{
	size_t from = part->span.off, end = from + part->span.len;
	struct filling f = { .run = run, .done = from };

	if (part->source == NULL || !may_hold_one(str_slice(part->source->sql, from, end)))
		return false;
	f.made = making_of(run->arena, part->source);
	fill(&f, str_slice(part->source->sql, 0, end), from, 0);
	if (f.done == from)
		return false;
	making_take(&f.made, span_of(f.done, end));
	part->source = making_end(&f.made);
	part->span = span_of(0, part->source->text.n);
	return true;
}
