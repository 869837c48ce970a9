#include "output/output.h"
#include "output/tree.h"

/* GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */

static const char *
grade(const struct diag *d)
{
	if (d->unchecked)
		return "blocker";
	switch (d->severity) {
	case SEVERITY_ERROR: return d->possible ? "major" : "critical";
	case SEVERITY_WARNING: return d->possible ? "minor" : "major";
	default: return "info";
	}
}

/* A path and a line are required: what is about no place is about the whole directory. */
static void
write_place(struct tree *t, json_t *o, struct place at)
{
	json_t *location = tree_object(t, o, "location");

	tree_str(t, location, "path", at.source ? path_plain(at.source->path) : STR("."));
	json_t *lines = tree_object(t, location, "lines");
	if (!place_shown(at)) {
		tree_int(t, lines, "begin", 1);
		return;
	}
	tree_int(t, lines, "begin", source_position(at.source, at.span.off).line);
	tree_int(t, lines, "end", source_position(at.source, at.span.off + at.span.len).line);
}

static void
write_gitlab(struct buf *out, const struct report *r)
{
	struct tree *t = tree_new_array(r->arena);

	for (size_t i = 0; i < r->ndiags; i++) {
		const struct diag *d = r->diags[i];
		json_t *o = tree_object(t, t->root, NULL);
		tree_str(t, o, "description", d->possible ? str_printf(r->arena, "Possible: %.*s", STR_ARG(d->message)) : d->message);
		tree_str(t, o, "check_name", d->rule);
		tree_str(t, o, "fingerprint", d->fingerprint);
		tree_c(t, o, "severity", grade(d));
		write_place(t, o, diag_place(d));
	}
	tree_write(t, out);
}

const struct output output_gitlab = { "gitlab", "Code Quality report of GitLab CI", write_gitlab };
