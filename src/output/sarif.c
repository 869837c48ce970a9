#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/map.h"
#include "output/layout.h"
#include "output/markdown.h"
#include "output/output.h"
#include "output/tree.h"

/* SARIF 2.1.0. Section numbers are those of https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#define ROOT "%SRCROOT%"

static const char *const levels[] = { "none", "note", "warning", "error" };

struct pen {
	struct arena *arena;
	struct tree *tree;
	const struct report *report;
	struct map rules;               /* id -> its index in driver.rules, plus 1 */
	VEC(const struct diag *) firsts;        /* per rule, the first finding */
};

/* ---- texts ---- */

/* In all message strings braces are doubled (3.11.5). */
static struct str
doubled(struct arena *arena, struct str s)
{
	struct buf out = BUF(arena);

	for (size_t i = 0; i < s.n; i++) {
		buf_char(&out, s.s[i]);
		if (s.s[i] == '{' || s.s[i] == '}')
			buf_char(&out, s.s[i]);
	}
	return buf_text(&out);
}

/* A plain text message: what looks like an embedded link must not be one (3.11.6). */
static struct str
plain(struct arena *arena, struct str s)
{
	struct buf out = BUF(arena);

	s = utf8_printable(arena, str_trim(s));
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == ']' && i + 1 < s.n && s.s[i + 1] == '(')
			buf_char(&out, '\\');
		buf_char(&out, s.s[i]);
	}
	return doubled(arena, buf_text(&out));
}

static void
message(struct pen *pen, json_t *parent, const char *key, struct str text)
{
	tree_str(pen->tree, tree_object(pen->tree, parent, key), "text", plain(pen->arena, text));
}

/* ---- places ---- */

static bool
is_unreserved(char c)
{
	return isalnum((unsigned char)c) || strchr("-._~/", c);
}

static struct str
uri_of(struct arena *arena, struct str path)
{
	struct buf out = BUF(arena);

	buf_c(&out, str_starts(path, "/") ? "file://" : "");
	for (size_t i = 0; i < path.n; i++)
		if (path.s[i] && is_unreserved(path.s[i]))
			buf_char(&out, path.s[i]);
		else
			buf_printf(&out, "%%%02X", (unsigned char)path.s[i]);
	return buf_text(&out);
}

/* A byte order mark is no character of the text (3.30.2). */
static size_t
column_of(const struct source *source, struct position p)
{
	return p.column - (p.line == 1 && p.column > 1 && str_starts(source->text, "\xef\xbb\xbf"));
}

static void
write_place(struct pen *pen, json_t *location, struct place at)
{
	struct tree *t = pen->tree;
	json_t *physical = tree_object(t, location, "physicalLocation");
	json_t *artifact = tree_object(t, physical, "artifactLocation");
	struct str path = path_plain(at.source->path);

	tree_str(t, artifact, "uri", uri_of(pen->arena, path));
	if (!str_starts(path, "/"))
		tree_c(t, artifact, "uriBaseId", ROOT);
	if (!place_shown(at))
		return;
	struct position from = source_position(at.source, at.span.off);
	struct position to = source_position(at.source, at.span.off + at.span.len);
	json_t *region = tree_object(t, physical, "region");
	tree_int(t, region, "startLine", from.line);
	tree_int(t, region, "startColumn", column_of(at.source, from));
	tree_int(t, region, "endLine", to.line);
	tree_int(t, region, "endColumn", column_of(at.source, to));
}

static void
write_label(struct pen *pen, json_t *list, const struct label *l, size_t id)
{
	json_t *o = tree_object(pen->tree, list, NULL);

	if (id > 0)
		tree_int(pen->tree, o, "id", id);
	write_place(pen, o, l->at);
	if (l->text.n > 0)
		message(pen, o, "message", l->text);
}

/* labels[0] is where it is, the others are related. */
static void
write_labels(struct pen *pen, json_t *o, const struct diag *d, bool related)
{
	json_t *list = NULL;

	if (d->nlabels > 0 && d->labels[0].at.source)
		write_label(pen, tree_array(pen->tree, o, "locations"), &d->labels[0], 0);
	for (size_t i = 1; related && i < d->nlabels; i++) {
		if (!d->labels[i].at.source)
			continue;
		if (!list)
			list = tree_array(pen->tree, o, "relatedLocations");
		write_label(pen, list, &d->labels[i], i);
	}
}

/* ---- what is what ---- */

static const struct rule *
rule_of(const struct pen *pen, const struct diag *d)
{
	return pen->report->rules ? rules_find(pen->report->rules, d->rule) : NULL;
}

/* About what could not be read or checked. */
static bool
is_notification(const struct diag *d)
{
	return d->unchecked || str_is(d->category, "input");
}

static bool
is_result(const struct pen *pen, const struct diag *d)
{
	return !is_notification(d) || rule_of(pen, d);
}

static size_t
rule_index(struct pen *pen, const struct diag *d)
{
	void **place = map_at(&pen->rules, d->rule);

	if (!*place) {
		*vec_push(pen->arena, &pen->firsts) = d;
		*place = (void *)(uintptr_t)pen->firsts.n;
	}
	return (size_t)(uintptr_t)*place - 1;
}

/* ---- rules ---- */

static struct str
first_paragraph(struct arena *arena, struct str s)
{
	struct buf out = BUF(arena);

	s = str_trim(s);
	text_wrap(&out, str_slice(s, 0, str_find(s, STR("\n\n"))), 0, (size_t)-1);
	return buf_text(&out);
}

/* A part of a rule's help, in both forms. */
static void
part(struct buf *text, struct buf *md, const char *title, struct str s)
{
	if (s.n == 0)
		return;
	buf_printf(text, "%s%s:\n", text->n > 0 ? "\n\n" : "", title);
	buf_str(text, str_trim(s));
	buf_printf(md, "%s## %s\n\n", md->n > 0 ? "\n\n" : "", title);
	markdown_text(md, s);
}

static void
safe_part(struct buf *text, struct buf *md, const struct rule *rule)
{
	if (rule->safe_text.n == 0)
		return;
	struct str sql = template_shown(text->arena, str_trim(rule->safe_text));
	buf_printf(text, "%sWrite instead:\n", text->n > 0 ? "\n\n" : "");
	buf_str(text, sql);
	buf_printf(md, "%s## Write instead\n\n", md->n > 0 ? "\n\n" : "");
	markdown_code(md, sql);
}

static void
references_part(struct buf *text, struct buf *md, const struct rule *rule)
{
	for (size_t i = 0; i < rule->nreferences; i++) {
		buf_c(text, i > 0 ? "\n" : text->n > 0 ? "\n\nReferences:\n" : "References:\n");
		buf_str(text, rule->references[i]);
		buf_c(md, i > 0 ? "\n" : md->n > 0 ? "\n\n## References\n\n" : "## References\n\n");
		buf_c(md, "- ");
		markdown_link(md, rule->references[i]);
	}
}

static void
write_help(struct pen *pen, json_t *o, const struct rule *rule)
{
	struct buf text = BUF(pen->arena), md = BUF(pen->arena);

	part(&text, &md, "Why", template_shown(pen->arena, rule->why));
	safe_part(&text, &md, rule);
	part(&text, &md, "Trade-offs", rule->tradeoffs);
	part(&text, &md, "When to allow it", rule->ignore_when);
	references_part(&text, &md, rule);
	if (text.n == 0)
		part(&text, &md, "What", rule->title);
	json_t *help = tree_object(pen->tree, o, "help");
	tree_str(pen->tree, help, "text", plain(pen->arena, buf_text(&text)));
	tree_str(pen->tree, help, "markdown", doubled(pen->arena, buf_text(&md)));
}

static void
describe(struct pen *pen, json_t *o, const struct diag *d, const struct rule *rule)
{
	struct str own = str_is(d->category, "suppression")
	    ? STR("A comment that allows a rule does not do what it says")
	    : STR("A message of the checker itself");
	struct str title = rule ? rule->title : own;

	message(pen, o, "shortDescription", title);
	message(pen, o, "fullDescription",
		rule && rule->why.n > 0 ? template_shown(pen->arena, first_paragraph(pen->arena, rule->why)) : title);
	if (rule)
		write_help(pen, o, rule);
	else
		message(pen, o, "help", title);
}

static void
write_rule(struct pen *pen, json_t *rules, const struct diag *d)
{
	struct tree *t = pen->tree;
	const struct rule *rule = rule_of(pen, d);
	json_t *o = tree_object(t, rules, NULL);

	tree_str(t, o, "id", d->rule);
	describe(pen, o, d, rule);
	json_t *configuration = tree_object(t, o, "defaultConfiguration");
	tree_c(t, configuration, "level", levels[rule ? rule->severity : d->severity]);
	if (rule && !rule->enabled)
		tree_bool(t, configuration, "enabled", false);
	json_t *properties = tree_object(t, o, "properties");
	tree_str(t, properties, "category", d->category);
	tree_str(t, tree_array(t, properties, "tags"), NULL, d->category);
}

/* ---- findings ---- */

static struct str
result_text(struct arena *arena, const struct diag *d)
{
	struct buf out = BUF(arena);

	buf_c(&out, d->possible ? "Possible: " : "");
	buf_str(&out, str_trim(d->message));
	for (size_t i = 0; i < d->nnotes; i++) {
		buf_c(&out, "\n\nNote: ");
		buf_str(&out, str_trim(d->notes[i]));
	}
	if (d->safe.n > 0) {
		buf_c(&out, "\n\nWrite instead:\n");
		buf_str(&out, str_trim(d->safe));
	}
	return buf_text(&out);
}

static void
write_result(struct pen *pen, json_t *results, const struct diag *d)
{
	struct tree *t = pen->tree;
	json_t *o = tree_object(t, results, NULL);

	tree_str(t, o, "ruleId", d->rule);
	tree_int(t, o, "ruleIndex", rule_index(pen, d));
	tree_c(t, o, "level", levels[d->severity]);
	message(pen, o, "message", result_text(pen->arena, d));
	write_labels(pen, o, d, true);
	tree_str(t, tree_object(t, o, "partialFingerprints"), "statement/v1", d->fingerprint);
	tree_bool(t, tree_object(t, o, "properties"), "possible", d->possible);
}

static void
write_notification(struct pen *pen, json_t *list, const struct diag *d)
{
	struct tree *t = pen->tree;
	json_t *o = tree_object(t, list, NULL);

	tree_str(t, tree_object(t, o, "descriptor"), "id", d->rule);
	tree_c(t, o, "level", levels[d->severity]);
	message(pen, o, "message", result_text(pen->arena, d));
	write_labels(pen, o, d, false);
}

static bool
successful(const struct report *r)
{
	for (size_t i = 0; i < r->ndiags; i++)
		if (is_notification(r->diags[i]) && (r->diags[i]->unchecked || r->diags[i]->severity == SEVERITY_ERROR))
			return false;
	return true;
}

static void
write_invocation(struct pen *pen, json_t *run)
{
	const struct report *r = pen->report;
	json_t *o = tree_object(pen->tree, tree_array(pen->tree, run, "invocations"), NULL);
	json_t *list = NULL;

	tree_bool(pen->tree, o, "executionSuccessful", successful(r));
	for (size_t i = 0; i < r->ndiags; i++) {
		if (!is_notification(r->diags[i]))
			continue;
		if (!list)
			list = tree_array(pen->tree, o, "toolExecutionNotifications");
		write_notification(pen, list, r->diags[i]);
	}
}

static void
write_driver(struct pen *pen, json_t *run)
{
	struct tree *t = pen->tree;
	json_t *driver = tree_object(t, tree_object(t, run, "tool"), "driver");

	tree_c(t, driver, "name", "dbopt-migrate");
	tree_c(t, driver, "version", pen->report->version);
	tree_c(t, driver, "semanticVersion", pen->report->version);
	json_t *rules = tree_array(t, driver, "rules");
	for (size_t i = 0; i < pen->report->ndiags; i++)
		if (is_result(pen, pen->report->diags[i]))
			rule_index(pen, pen->report->diags[i]);
	for (size_t i = 0; i < pen->firsts.n; i++)
		write_rule(pen, rules, pen->firsts.items[i]);
}

static void
write_sarif(struct buf *out, const struct report *r)
{
	struct tree *t = tree_new(r->arena);
	struct pen pen = { .arena = r->arena, .tree = t, .report = r, .rules = MAP(r->arena) };

	tree_c(t, t->root, "$schema", SCHEMA);
	tree_c(t, t->root, "version", "2.1.0");
	json_t *run = tree_object(t, tree_array(t, t->root, "runs"), NULL);
	write_driver(&pen, run);
	write_invocation(&pen, run);
	json_t *root = tree_object(t, tree_object(t, run, "originalUriBaseIds"), ROOT);
	message(&pen, root, "description", STR("The directory that the checker ran in."));
	tree_c(t, run, "columnKind", "unicodeCodePoints");
	json_t *results = tree_array(t, run, "results");
	for (size_t i = 0; i < r->ndiags; i++)
		if (is_result(&pen, r->diags[i]))
			write_result(&pen, results, r->diags[i]);
	tree_write(t, out);
}

const struct output output_sarif = { "sarif", "SARIF 2.1.0, for code scanning", write_sarif };
