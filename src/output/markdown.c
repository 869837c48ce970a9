#include "output/markdown.h"

#include <string.h>

#include "output/layout.h"

void
markdown_text(struct buf *out, struct str s)
{
	s = utf8_printable(out->arena, str_trim(s));
	for (size_t i = 0; i < s.n; i++) {
		if (strchr("\\`*_[]<>&|~", s.s[i]) || (s.s[i] == '#' && (i == 0 || s.s[i - 1] == '\n')))
			buf_char(out, '\\');
		buf_char(out, s.s[i]);
	}
}

/* The longest run of backticks. */
static size_t
ticks(struct str s)
{
	size_t most = 0, run = 0;

	for (size_t i = 0; i < s.n; i++) {
		run = s.s[i] == '`' ? run + 1 : 0;
		most = run > most ? run : most;
	}
	return most;
}

void
markdown_code(struct buf *out, struct str code)
{
	size_t n = ticks(code) < 3 ? 3 : ticks(code) + 1;

	buf_repeat(out, '`', n);
	buf_c(out, "sql\n");
	buf_str(out, utf8_printable(out->arena, code));
	buf_char(out, '\n');
	buf_repeat(out, '`', n);
}

static bool
is_link(struct str s)
{
	if (!str_starts(s, "https://") && !str_starts(s, "http://"))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] <= ' ' || s.s[i] == 0x7f || strchr("<>", s.s[i]))
			return false;
	return true;
}

void
markdown_link(struct buf *md, struct str s)
{
	s = str_trim(s);
	if (is_link(s))
		buf_printf(md, "<%.*s>", STR_ARG(s));
	else
		markdown_text(md, s);
}
