#include "adapter/adapter.h"

/* endsWithSemicolon(), which goose and sql-migrate share: of the last word in front of a comment. */
static bool
ends_statement(struct str line)
{
	struct str last = STR("");

	for (line = str_trim(line); line.n > 0;) {
		size_t n = 0;
		while (n < line.n && line.s[n] != ' ' && (line.s[n] < '\t' || line.s[n] > '\r'))
			n++;
		struct str word = str_slice(line, 0, n);
		if (str_starts(word, "--"))
			break;
		last = word;
		line = str_trim(str_slice(line, n, line.n));
	}
	return str_ends(last, ";");
}

static bool
ends_in_quotes(struct str statement)
{
	struct scan s = { .text = statement };

	while (scan_next(&s))
		;
	return s.kind == SCAN_TEXT;
}

static void
say(struct adapter_run *run, struct source *source, struct span at, const char *rule, const char *what, const struct splitter *splitter)
{
	adapter_mistake(run, source, source_head(source, at), rule, str_printf(run->arena, "%s %s", splitter->runner, what));
}

/* Where a statement is. */
struct at {
	bool inside, whole;             /* it has begun; a BEGIN was read, and no END */
	size_t from;
};

static void
say_open(struct adapter_run *run, struct source *source, const struct at *at, size_t to, const struct splitter *splitter)
{
	if (at->inside || at->whole)
		say(run, source, span_of(at->from, to), "unfinished-statement",
		    at->whole ? "refuses the file, since no StatementEnd follows" :
		    "refuses the file, since no \";\" at the end of a line ends this statement", splitter);
}

void
split_check(struct adapter_run *run, struct source *source, const struct splitter *splitter)
{
	struct str rest = source->text, line;
	struct at s = { 0 };
	bool way = false;

	while (str_cut(&rest, '\n', &line)) {
		size_t at = (size_t)(line.s - source->text.s), end = at + line.n;
		enum split_line kind = splitter->read(line, s.inside);
		if (kind == SPLIT_WAY)
			say_open(run, source, &s, at, splitter);
		way = way || kind == SPLIT_WAY;
		if (kind == SPLIT_WAY || kind == SPLIT_END)
			s = (struct at){ 0 };
		else if (kind == SPLIT_BEGIN)
			s = (struct at){ s.inside, true, s.inside ? s.from : at };
		if (!way || kind != SPLIT_SQL || (!s.inside && str_trim(line).n == 0))
			continue;
		s.from = s.inside || s.whole ? s.from : at;
		s.inside = s.whole || !ends_statement(line);
		if (s.inside || !ends_in_quotes(str_slice(source->text, s.from, end)))
			continue;
		say(run, source, span_of(at, end), "split-quoted-text",
		    "ends the statement with this line, as it knows no quotes: put it between StatementBegin and StatementEnd", splitter);
		return;
	}
	say_open(run, source, &s, source->text.n, splitter);
}

bool
split_whole(struct str text, const struct splitter *splitter)
{
	struct str line;
	size_t blocks = 0;
	bool whole = false;

	while (str_cut(&text, '\n', &line)) {
		enum split_line kind = splitter->read(line, false);
		blocks += kind == SPLIT_BEGIN;
		whole = kind == SPLIT_BEGIN || (whole && kind != SPLIT_END);
		if (kind == SPLIT_SQL && !whole && str_trim(line).n > 0)
			return false;
	}
	return blocks == 1;
}
