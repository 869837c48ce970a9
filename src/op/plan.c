#include "op/plan.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"

/* "or ...", "where ...": what follows is one of several ways, or for some databases only. */
static bool
is_choice(struct str line)
{
	static const char *const words[] = { "or", "else", "otherwise", "best", "instead", "if", "where", "only", "as", NULL };
	struct str rest = str_trim(str_slice(line, 2, line.n)), word = str_slice(rest, 0, str_find_char(rest, ' '));

	while (word.n > 0 && (word.s[word.n - 1] == ',' || word.s[word.n - 1] == ':'))
		word.n--;
	return str_among(word, words) || str_find(line, STR("; else")) != (size_t)-1;
}

/* "$1", "...", "<column>" */
static bool
has_hole(struct str line)
{
	bool hole = str_find(line, STR("...")) != (size_t)-1;

	for (size_t i = 0; i + 1 < line.n; i++)
		hole = hole || (line.s[i] == '$' && isdigit((unsigned char)line.s[i + 1])) || (line.s[i] == '<' && isalpha((unsigned char)line.s[i + 1]));
	return hole;
}

static bool
is_comment(struct str line)
{
	return str_starts(str_trim(line), "--");
}

bool
plan_read(const struct facts *f, struct str advice, struct plan *p)
{
	struct buf now = BUF(f->arena), later = BUF(f->arena);
	bool put_off = false;
	struct str line;

	while (str_cut(&advice, '\n', &line)) {
		if (!is_comment(line) && has_hole(line))
			return false;
		if (is_comment(line) && is_choice(str_trim(line)))
			return false;
		put_off = put_off || (is_comment(line) && op_puts_off(line));
		if (!is_comment(line))
			buf_printf(put_off ? &later : &now, "%.*s\n", STR_ARG(line));
	}
	*p = (struct plan){ .now = buf_text(&now), .later = buf_text(&later) };
	return now.n + later.n > 0;
}
