#include <string.h>

#include "output/layout.h"
#include "output/output.h"

/*
 * Workflow commands: ::error file=...,line=...::message. https://docs.github.com/actions/reference/workflow-commands,
 * and for what is escaped where, escapeData() and escapeProperty() of https://github.com/actions/toolkit.
 */

static const char *const commands[] = { NULL, "notice", "warning", "error" };

static void
escape(struct buf *out, struct str s, const char *special)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] && strchr(special, s.s[i]))
			buf_printf(out, "%%%02X", (unsigned char)s.s[i]);
		else
			buf_char(out, s.s[i]);
}

static void
data(struct buf *out, struct str s)
{
	escape(out, utf8_printable(out->arena, s), "%\r\n");
}

static void
property(struct buf *out, struct str s)
{
	escape(out, utf8_printable(out->arena, s), "%\r\n:,");
}

/* Columns only within one line: with different lines, GitHub takes neither. */
static void
write_place(struct buf *out, struct place at)
{
	if (!at.source)
		return;
	buf_c(out, "file=");
	property(out, path_plain(at.source->path));
	buf_char(out, ',');
	if (!place_shown(at))
		return;
	struct position from = source_position(at.source, at.span.off);
	struct position to = source_position(at.source, at.span.off + at.span.len);
	buf_printf(out, "line=%u,endLine=%u,", from.line, to.line);
	if (from.line == to.line)
		buf_printf(out, "col=%u,endColumn=%u,", from.column, to.column);
}

static void
paragraph(struct buf *out, const char *head, struct str text)
{
	if (text.n == 0)
		return;
	buf_c(out, head);
	data(out, text);
}

static void
write_diag(struct buf *out, const struct diag *d)
{
	buf_printf(out, "::%s ", commands[d->severity]);
	write_place(out, diag_place(d));
	buf_c(out, "title=");
	property(out, d->rule);
	buf_c(out, d->possible ? " (possible)::" : "::");
	data(out, str_trim(d->message));
	for (size_t i = 0; i < d->nnotes; i++)
		paragraph(out, "%0ANote: ", str_trim(d->notes[i]));
	paragraph(out, "%0ASafe:%0A", str_trim(d->safe));
	buf_char(out, '\n');
}

static void
write_github(struct buf *out, const struct report *r)
{
	for (size_t i = 0; i < r->ndiags; i++)
		write_diag(out, r->diags[i]);
	if (!r->quiet)
		report_tally(out, r);
}

const struct output output_github = { "github", "annotations of GitHub Actions (workflow commands)", write_github };
