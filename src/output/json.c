#include "output/output.h"
#include "output/tree.h"

static void
write_place(struct tree *t, json_t *o, struct place at)
{
	static const char *const keys[] = { "line", "column", "end_line", "end_column" };

	tree_optional(t, o, "file", at.source ? at.source->path : STR_NONE);
	if (!place_shown(at)) {
		for (size_t i = 0; i < 4; i++)
			tree_null(t, o, keys[i]);
		return;
	}
	struct position from = source_position(at.source, at.span.off);
	struct position to = source_position(at.source, at.span.off + at.span.len);
	tree_int(t, o, keys[0], from.line);
	tree_int(t, o, keys[1], from.column);
	tree_int(t, o, keys[2], to.line);
	tree_int(t, o, keys[3], to.column);
}

static void
write_labels(struct tree *t, json_t *o, const struct diag *d)
{
	json_t *labels = tree_array(t, o, "labels");

	for (size_t i = 0; i < d->nlabels; i++) {
		json_t *label = tree_object(t, labels, NULL);
		write_place(t, label, d->labels[i].at);
		tree_str(t, label, "text", d->labels[i].text);
		tree_bool(t, label, "primary", i == 0);
	}
}

static void
write_diag(struct tree *t, json_t *list, const struct diag *d)
{
	json_t *o = tree_object(t, list, NULL);

	tree_str(t, o, "rule", d->rule);
	tree_str(t, o, "category", d->category);
	tree_c(t, o, "severity", severity_name(d->severity));
	tree_bool(t, o, "possible", d->possible);
	write_place(t, o, diag_place(d));
	tree_str(t, o, "message", d->message);
	write_labels(t, o, d);
	json_t *notes = tree_array(t, o, "notes");
	for (size_t i = 0; i < d->nnotes; i++)
		tree_str(t, notes, NULL, d->notes[i]);
	tree_optional(t, o, "safe", d->safe);
	tree_str(t, o, "statement", d->statement);
	tree_str(t, o, "fingerprint", d->fingerprint);
}

static void
write_json(struct buf *out, const struct report *r)
{
	struct tree *t = tree_new(r->arena);
	json_t *tool = tree_object(t, t->root, "tool");
	json_t *summary = tree_object(t, t->root, "summary");
	json_t *list = tree_array(t, t->root, "diagnostics");

	tree_c(t, tool, "name", "dbopt-migrate");
	tree_c(t, tool, "version", r->version);
	tree_c(t, tool, "parser", r->parser);
	tree_int(t, summary, "files", r->tally.files);
	tree_int(t, summary, "statements", r->tally.statements);
	tree_int(t, summary, "error", r->tally.error);
	tree_int(t, summary, "warning", r->tally.warning);
	tree_int(t, summary, "info", r->tally.info);
	tree_int(t, summary, "unchecked", r->tally.unchecked);
	for (size_t i = 0; i < r->ndiags; i++)
		write_diag(t, list, r->diags[i]);
	tree_write(t, out);
}

const struct output output_json = { "json", "one JSON document: tool, summary and all diagnostics", write_json };
