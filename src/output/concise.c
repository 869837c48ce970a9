#include "output/layout.h"
#include "output/output.h"

static void
write_place(struct buf *out, struct place at)
{
	if (!at.source)
		return;
	buf_str(out, utf8_printable_line(out->arena, at.source->path));
	if (place_shown(at)) {
		struct position p = source_position(at.source, at.span.off);
		buf_printf(out, ":%u:%u", p.line, p.column);
	}
	buf_c(out, ": ");
}

static void
write_concise(struct buf *out, const struct report *r)
{
	for (size_t i = 0; i < r->ndiags; i++) {
		const struct diag *d = r->diags[i];
		write_place(out, diag_place(d));
		buf_printf(out, "%s[%.*s]%s ", severity_name(d->severity), STR_ARG(d->rule), d->possible ? " (possible)" : "");
		text_wrap(out, utf8_printable(r->arena, d->message), 0, (size_t)-1);
		buf_char(out, '\n');
	}
	if (!r->quiet)
		report_tally(out, r);
}

const struct output output_concise = {
	"concise", "one line per finding: PATH:LINE:COLUMN: SEVERITY[RULE] MESSAGE", write_concise
};
