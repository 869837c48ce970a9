#include "output/output.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "output/layout.h"

enum {
	TAB = 4,        /* columns a tab is shown with */
	WIDEST = 120,   /* columns of a source line that are shown, at most */
	BEFORE = 40,    /* of these, before the first mark, when a line is trimmed */
	NEAR = 2000,    /* bytes of a line that are looked at; some dumps are one line */
	WRAP = 100
};

enum style { PLAIN, BOLD, FRAME, ERROR, WARNING, INFO };

/* What is drawn with, for one diagnostic. */
struct pen {
	struct buf *out;
	const struct report *report;
	struct arena *arena;
	size_t gutter;                  /* width of the line numbers */
	enum style style;               /* of the severity */
};

/* One label on its line: bytes [from, to) of the line. */
struct mark {
	struct str text;
	unsigned line;
	size_t from, to;
	bool primary;
	bool more;                      /* goes on in later lines */
	size_t x, end;                  /* columns of the screen, behind the gutter */
};

/* The part of a line that is shown, as columns. */
struct view {
	struct str text;                /* of the line, near the marks */
	size_t skipped;                 /* bytes of the line before text */
	size_t *columns;                /* of each byte of text, and of its end */
	size_t lo, hi;                  /* columns shown */
	bool cut_left, cut_right;
};

static void
set_style(struct pen *pen, enum style style)
{
	static const char *const codes[] = { "0", "1", "1;34", "1;31", "1;33", "1;36" };

	if (pen->report->color)
		buf_printf(pen->out, "\033[%sm", codes[style]);
}

static void
put(struct pen *pen, enum style style, const char *text)
{
	set_style(pen, style);
	buf_c(pen->out, text);
	set_style(pen, PLAIN);
}

static struct str
printable(struct pen *pen, struct str s)
{
	return utf8_printable(pen->arena, s);
}

/* On one line. */
static void
put_line(struct pen *pen, struct str s)
{
	text_wrap(pen->out, printable(pen, s), 0, (size_t)-1);
}

static void
gutter(struct pen *pen, const char *mark)
{
	set_style(pen, FRAME);
	buf_repeat(pen->out, ' ', pen->gutter + 1);
	buf_c(pen->out, mark);
	set_style(pen, PLAIN);
}

/* ---- a line of the source ---- */

/* Length, width and look of the character that s starts with. */
static size_t
cell(struct str s, size_t *width, struct str *shown)
{
	uint32_t code;
	size_t n = utf8_decode(s, &code);

	*width = code == '\t' ? TAB : utf8_width(code);
	*shown = code == '\t' ? STR("    ") : str_slice(s, 0, n);
	if (code != '\t' && (utf8_is_control(code) || code == 0xfffd)) {
		*width = 1;
		*shown = STR("\xef\xbf\xbd");
	}
	return n;
}

static bool
inside_character(struct str s, size_t at)
{
	return at > 0 && at < s.n && ((unsigned char)s.s[at] & 0xc0) == 0x80;
}

static void
view_columns(struct arena *arena, struct view *v)
{
	size_t column = 0, n;

	v->columns = NEW_ARRAY(arena, size_t, v->text.n + 1);
	for (size_t i = 0; i < v->text.n; i += n) {
		size_t width;
		struct str shown;
		n = cell(str_slice(v->text, i, v->text.n), &width, &shown);
		for (size_t k = 0; k < n; k++)
			v->columns[i + k] = column;
		column += width;
	}
	v->columns[v->text.n] = column;
}

/* Shows the line around byte `at`. */
static struct view
view_of(struct arena *arena, struct str line, size_t at)
{
	struct view v = { 0 };
	size_t from = at > NEAR / 4 && line.n > NEAR ? at - NEAR / 4 : 0;

	while (inside_character(line, from))
		from--;
	size_t to = line.n - from > NEAR ? from + NEAR : line.n;
	while (inside_character(line, to))
		to--;
	v.text = str_slice(line, from, to);
	v.skipped = from;
	view_columns(arena, &v);
	size_t width = v.columns[v.text.n], column = v.columns[at < to ? at - from : to - from];
	if (width > WIDEST)
		v.lo = column > BEFORE ? column - BEFORE : 0;
	if (v.lo + WIDEST > width)
		v.lo = width > WIDEST ? width - WIDEST : 0;
	v.hi = v.lo + WIDEST < width ? v.lo + WIDEST : width;
	v.cut_left = v.lo > 0 || from > 0;
	v.cut_right = v.hi < width || to < line.n;
	return v;
}

static void
view_write(struct pen *pen, const struct view *v)
{
	size_t n;

	buf_c(pen->out, v->cut_left ? "..." : "");
	for (size_t i = 0; i < v->text.n; i += n) {
		size_t width;
		struct str shown;
		n = cell(str_slice(v->text, i, v->text.n), &width, &shown);
		if (v->columns[i] >= v->lo && v->columns[i] + width <= v->hi)
			buf_str(pen->out, shown);
	}
	buf_c(pen->out, v->cut_right ? "..." : "");
}

/* The screen's column of a byte of the line. */
static size_t
view_x(const struct view *v, size_t byte)
{
	size_t at = byte > v->skipped ? byte - v->skipped : 0;
	size_t column = v->columns[at < v->text.n ? at : v->text.n];

	column = column < v->lo ? v->lo : column > v->hi ? v->hi : column;
	return column - v->lo + (v->cut_left ? 3 : 0);
}

/* ---- marks below it ---- */

static int
by_place(const void *a, const void *b)
{
	const struct mark *l = a, *r = b;

	if (l->line != r->line)
		return l->line < r->line ? -1 : 1;
	if (l->from != r->from)
		return l->from < r->from ? -1 : 1;
	if (l->to != r->to)
		return l->to > r->to ? -1 : 1;
	return l->primary - r->primary;
}

static enum style
mark_style(const struct pen *pen, const struct mark *m)
{
	return m->primary ? pen->style : FRAME;
}

/* Draws shorter marks over longer ones, the primary one over its equal. */
static bool
covers(const struct mark *over, const struct mark *under)
{
	size_t a = over->end - over->x, b = under->end - under->x;

	return a < b || (a == b && over->primary);
}

/* The mark to be seen in a column, or NULL. */
static const struct mark *
mark_at(const struct mark *marks, size_t n, size_t x)
{
	const struct mark *top = NULL;

	for (size_t i = 0; i < n; i++)
		if (x >= marks[i].x && x < marks[i].end && (!top || covers(&marks[i], top)))
			top = &marks[i];
	return top;
}

static char
mark_char(const struct mark *m, size_t x)
{
	if (m->more && x + 3 >= m->end)
		return '.';
	return m->primary ? '^' : '-';
}

static size_t
marks_end(const struct mark *marks, size_t n)
{
	size_t end = 0;

	for (size_t i = 0; i < n; i++)
		end = marks[i].end > end ? marks[i].end : end;
	return end;
}

/* The row of carets and dashes. */
static void
draw_marks(struct pen *pen, const struct mark *marks, size_t n)
{
	const struct mark *last = NULL;
	size_t end = marks_end(marks, n);

	gutter(pen, "| ");
	for (size_t x = 0; x < end; x++) {
		const struct mark *m = mark_at(marks, n, x);
		if (m != last)
			set_style(pen, m ? mark_style(pen, m) : PLAIN);
		buf_char(pen->out, m ? mark_char(m, x) : ' ');
		last = m;
	}
}

/* Bars under the marks that still wait for their text, left of column `before`. Returns the column reached. */
static size_t
draw_bars(struct pen *pen, const struct mark *const *waiting, size_t n, size_t before)
{
	size_t x = 0;

	gutter(pen, "| ");
	for (size_t i = 0; i < n; i++) {
		if (waiting[i]->x < x || waiting[i]->x >= before)
			continue;
		buf_repeat(pen->out, ' ', waiting[i]->x - x);
		put(pen, mark_style(pen, waiting[i]), "|");
		x = waiting[i]->x + 1;
	}
	return x;
}

static void
put_text(struct pen *pen, const struct mark *m)
{
	set_style(pen, mark_style(pen, m));
	put_line(pen, m->text);
	set_style(pen, PLAIN);
}

/* The texts that did not fit behind the row of marks, from the right to the left, each below its mark. */
static void
draw_texts(struct pen *pen, const struct mark *const *waiting, size_t n)
{
	if (n == 0)
		return;
	draw_bars(pen, waiting, n, (size_t)-1);
	buf_char(pen->out, '\n');
	for (size_t i = n; i-- > 0;) {
		size_t x = draw_bars(pen, waiting, i, waiting[i]->x);
		buf_repeat(pen->out, ' ', waiting[i]->x - x);
		put_text(pen, waiting[i]);
		buf_char(pen->out, '\n');
	}
}

static void
draw_labels(struct pen *pen, const struct mark *marks, size_t n)
{
	const struct mark **waiting = NEW_ARRAY(pen->arena, const struct mark *, n);
	const struct mark *last = &marks[n - 1];
	bool beside = last->end == marks_end(marks, n) && last->text.n > 0;
	size_t nwaiting = 0;

	draw_marks(pen, marks, n);
	if (beside) {
		buf_char(pen->out, ' ');
		put_text(pen, last);
	} else
		set_style(pen, PLAIN);
	buf_char(pen->out, '\n');
	for (size_t i = 0; i < n - beside; i++)
		if (marks[i].text.n > 0)
			waiting[nwaiting++] = &marks[i];
	draw_texts(pen, waiting, nwaiting);
}

static void
draw_source(struct pen *pen, unsigned line, const struct view *v)
{
	set_style(pen, FRAME);
	buf_printf(pen->out, "%*u |", (int)pen->gutter, line);
	set_style(pen, PLAIN);
	buf_char(pen->out, ' ');
	view_write(pen, v);
	while (pen->out->s[pen->out->n - 1] == ' ')
		pen->out->n--;
	buf_char(pen->out, '\n');
}

/* Shows a line with as many of its marks as fit on it; returns how many. */
static size_t
draw_line(struct pen *pen, const struct source *source, struct mark *marks, size_t n)
{
	struct view v = view_of(pen->arena, source_line(source, marks[0].line), marks[0].from);
	size_t k;

	for (k = 0; k < n; k++) {
		struct mark *m = &marks[k];
		m->x = view_x(&v, m->from);
		m->end = view_x(&v, m->to);
		if (k > 0 && v.cut_right && m->x >= view_x(&v, (size_t)-1))
			break;
		m->end = (m->end > m->x ? m->end : m->x + 1) + (m->more ? 3 : 0);
	}
	draw_source(pen, marks[0].line, &v);
	draw_labels(pen, marks, k);
	return k;
}

/* Between two lines that are shown: the one line between them, or dots. */
static void
draw_gap(struct pen *pen, const struct source *source, unsigned from, unsigned to)
{
	if (to - from == 2) {
		struct view v = view_of(pen->arena, source_line(source, from + 1), 0);
		draw_source(pen, from + 1, &v);
	} else if (to - from > 2)
		put(pen, FRAME, "...\n");
}

/* ---- frames: one file of a diagnostic ---- */

static struct mark
mark_of(const struct label *l, bool primary)
{
	const struct source *source = l->at.source;
	struct span span = l->at.span;
	struct mark m = { .text = l->text, .primary = primary };

	m.line = source_position(source, span.off).line;
	struct str line = source_line(source, m.line);
	m.from = span.off > source->lines[m.line - 1] ? span.off - source->lines[m.line - 1] : 0;
	m.to = m.from + span.len;
	m.more = m.to > line.n && source_position(source, span.off + span.len).line > m.line;
	if (m.to > line.n) {
		m.to = str_trim(line).n > 0 ? (size_t)(str_trim(line).s - line.s) + str_trim(line).n : 0;
		m.to = m.to > m.from ? m.to : m.from;
	}
	return m;
}

static size_t
marks_of(const struct diag *d, const struct source *source, struct mark *marks)
{
	size_t n = 0;

	for (size_t i = 0; i < d->nlabels; i++)
		if (d->labels[i].at.source == source && place_shown(d->labels[i].at))
			marks[n++] = mark_of(&d->labels[i], i == 0);
	return n;
}

static void
frame_head(struct pen *pen, const struct label *l)
{
	set_style(pen, FRAME);
	buf_repeat(pen->out, ' ', pen->gutter);
	buf_c(pen->out, "--> ");
	set_style(pen, PLAIN);
	buf_str(pen->out, utf8_printable_line(pen->arena, l->at.source->path));
	if (place_shown(l->at)) {
		struct position p = source_position(l->at.source, l->at.span.off);
		buf_printf(pen->out, ":%u:%u", p.line, p.column);
	}
	buf_char(pen->out, '\n');
}

static void
draw_frame(struct pen *pen, const struct diag *d, const struct label *first)
{
	const struct source *source = first->at.source;
	struct mark *marks = NEW_ARRAY(pen->arena, struct mark, d->nlabels);
	size_t n = marks_of(d, source, marks);

	frame_head(pen, first);
	if (n == 0)
		return;
	qsort(marks, n, sizeof(*marks), by_place);
	gutter(pen, "|\n");
	for (size_t i = 0, k; i < n; i += k) {
		for (k = 1; i + k < n && marks[i + k].line == marks[i].line; k++)
			;
		if (i > 0)
			draw_gap(pen, source, marks[i - 1].line, marks[i].line);
		k = draw_line(pen, source, marks + i, k);
	}
	gutter(pen, "|\n");
}

static bool
seen_before(const struct diag *d, size_t label)
{
	for (size_t i = 0; i < label; i++)
		if (d->labels[i].at.source == d->labels[label].at.source)
			return true;
	return false;
}

static size_t
gutter_width(const struct diag *d)
{
	unsigned most = 0;
	size_t width = 0;

	for (size_t i = 0; i < d->nlabels; i++)
		if (place_shown(d->labels[i].at)) {
			struct position p = source_position(d->labels[i].at.source, d->labels[i].at.span.off);
			most = p.line > most ? p.line : most;
		}
	for (; most > 0; most /= 10)
		width++;
	return width < 3 ? 3 : width;
}

/* ---- notes ---- */

static size_t
note_head(struct pen *pen, const char *word)
{
	gutter(pen, "= ");
	put(pen, BOLD, word);
	buf_c(pen->out, ": ");
	return pen->gutter + 3 + strlen(word) + 2;
}

static void
note(struct pen *pen, const char *word, struct str text)
{
	if (text.n == 0)
		return;
	size_t indent = note_head(pen, word);
	text_wrap(pen->out, printable(pen, text), indent, WRAP);
	buf_char(pen->out, '\n');
}

static void
code(struct pen *pen, const char *word, struct str text)
{
	if (text.n == 0)
		return;
	size_t indent = note_head(pen, word);
	text_indent(pen->out, printable(pen, str_trim(text)), indent);
	buf_char(pen->out, '\n');
}

static size_t
sentence_end(struct str s, size_t from)
{
	for (size_t i = from; i + 2 < s.n; i++) {
		bool ends = (s.s[i] == '.' || s.s[i] == '?' || s.s[i] == '!') && strchr(" \n", s.s[i + 1]);
		char next = s.s[i + 2];
		if (ends && !(next >= 'a' && next <= 'z'))
			return i + 1;
	}
	return s.n;
}

/* The first sentence, or two when the first is short. */
static struct str
shortened(struct str why)
{
	struct str s = str_trim(why);
	size_t end = sentence_end(s, 0);

	return str_slice(s, 0, end < 80 ? sentence_end(s, end) : end);
}

/* Of a rule: not one of the checker's own messages, which cannot be allowed. */
static bool
is_finding(const struct pen *pen, const struct diag *d)
{
	if (d->unchecked || str_is(d->category, "input") || str_is(d->category, "suppression"))
		return false;
	return !pen->report->rules || rules_find(pen->report->rules, d->rule);
}

/* As a comment of the file that the diagnostic is about. */
static struct str
allowance(struct arena *a, const struct diag *d)
{
	struct str path = d->nlabels > 0 && d->labels[0].at.source != NULL ? d->labels[0].at.source->path : STR("");
	bool xml = str_ends(path, ".xml"), yaml = str_ends(path, ".yaml") || str_ends(path, ".yml");

	return str_printf(a, "%s dbopt-migrate: allow %.*s because ...%s", xml ? "<!--" : yaml ? "#" : "--", STR_ARG(d->rule), xml ? " -->" : "");
}

static void
draw_notes(struct pen *pen, const struct diag *d, bool first)
{
	bool verbose = pen->report->verbose;

	if (first || verbose)
		note(pen, "why", verbose ? d->why : shortened(d->why));
	if (verbose)
		note(pen, "trade-offs", d->tradeoffs);
	code(pen, "safe", d->safe);
	for (size_t i = 0; i < d->nnotes; i++)
		note(pen, "note", d->notes[i]);
	if ((first || verbose) && is_finding(pen, d))
		code(pen, "allow", allowance(pen->arena, d));
}

/* ---- the whole ---- */

static enum style
severity_style(enum severity severity)
{
	return severity == SEVERITY_ERROR ? ERROR : severity == SEVERITY_WARNING ? WARNING : INFO;
}

static void
draw_title(struct pen *pen, const struct diag *d)
{
	set_style(pen, pen->style);
	buf_printf(pen->out, "%s[%.*s]", severity_name(d->severity), STR_ARG(d->rule));
	set_style(pen, PLAIN);
	buf_c(pen->out, d->possible ? " (possible)" : "");
	set_style(pen, BOLD);
	buf_c(pen->out, ": ");
	put_line(pen, d->message);
	set_style(pen, PLAIN);
	buf_char(pen->out, '\n');
}

static void
draw_diag(struct buf *out, const struct report *r, const struct diag *d, bool first)
{
	struct pen pen = { out, r, r->arena, gutter_width(d), severity_style(d->severity) };

	draw_title(&pen, d);
	for (size_t i = 0; i < d->nlabels; i++)
		if (d->labels[i].at.source && !seen_before(d, i))
			draw_frame(&pen, d, &d->labels[i]);
	draw_notes(&pen, d, first);
	buf_char(out, '\n');
}

static void
write_human(struct buf *out, const struct report *r)
{
	struct map seen = MAP(r->arena);

	for (size_t i = 0; i < r->ndiags; i++) {
		const struct diag *d = r->diags[i];
		void **place = map_at(&seen, d->rule);
		draw_diag(out, r, d, !*place);
		*place = (void *)(uintptr_t)1;
	}
	if (!r->quiet)
		report_tally(out, r);
}

const struct output output_human = { "human", "for reading: the source with what is wrong below it", write_human };
