#include "base/map.h"
#include "output/layout.h"
#include "output/output.h"

/*
 * JUnit's XML, as Jenkins and GitLab read it. A file is a suite. A finding is a case: errors and warnings are
 * failures, what could not be checked is an error, and an info passes. A file without findings is a case that passes.
 */

VEC_TYPE(cases, const struct diag *);

struct suite {
	struct str name;                /* the path; of what is about no place, the program */
	struct cases cases;
};

struct suites {
	struct arena *arena;
	struct map by_name;
	VEC(struct suite *) list;
};

/* ---- XML ---- */

/* https://www.w3.org/TR/xml/#charsets: what is no Char cannot be in a document, not even as a reference. */
static bool
is_char(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xfffe) || c > 0xffff;
}

/* NULL: stands for itself. References keep a line end in an attribute, and a CR anywhere, from being folded. */
static const char *
reference(uint32_t c, bool attribute)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\r': return "&#13;";
	case '\n': return attribute ? "&#10;" : NULL;
	case '\t': return attribute ? "&#9;" : NULL;
	default: return is_char(c) ? NULL : "\xef\xbf\xbd";
	}
}

static void
escape(struct buf *out, struct str s, bool attribute)
{
	size_t n;

	s = utf8_clean(out->arena, s);
	for (size_t i = 0; i < s.n; i += n) {
		uint32_t code;
		n = utf8_decode(str_slice(s, i, s.n), &code);
		const char *shown = reference(code, attribute);
		if (shown)
			buf_c(out, shown);
		else
			buf_bytes(out, s.s + i, n);
	}
}

static void
attribute(struct buf *out, const char *name, struct str value)
{
	buf_printf(out, " %s=\"", name);
	escape(out, value, true);
	buf_char(out, '"');
}

static void
number(struct buf *out, const char *name, size_t n)
{
	buf_printf(out, " %s=\"%zu\"", name, n);
}

/* ---- suites ---- */

static struct suite *
suite_of(struct suites *s, struct str name)
{
	void **place = map_at(&s->by_name, name);

	if (!*place) {
		struct suite *suite = NEW(s->arena, struct suite);
		suite->name = name;
		*vec_push(s->arena, &s->list) = suite;
		*place = suite;
	}
	return *place;
}

static void
collect(struct suites *s, const struct report *r)
{
	for (size_t i = 0; i < r->nfiles; i++)
		suite_of(s, path_plain(r->files[i]->path));
	for (size_t i = 0; i < r->ndiags; i++) {
		struct place at = diag_place(r->diags[i]);
		struct suite *suite = suite_of(s, at.source ? path_plain(at.source->path) : STR("dbopt-migrate"));
		*vec_push(s->arena, &suite->cases) = r->diags[i];
	}
}

static bool
fails(const struct diag *d)
{
	return !d->unchecked && d->severity > SEVERITY_INFO;
}

static size_t
count(const struct suite *s, bool (*is)(const struct diag *))
{
	size_t n = 0;

	for (size_t i = 0; i < s->cases.n; i++)
		n += is(s->cases.items[i]);
	return n;
}

static bool
unchecked(const struct diag *d)
{
	return d->unchecked;
}

static void
counts(struct buf *out, size_t tests, size_t failures, size_t errors)
{
	number(out, "tests", tests);
	number(out, "failures", failures);
	number(out, "errors", errors);
	buf_c(out, ">\n");
}

/* ---- writing ---- */

static void
case_text(struct buf *out, const struct diag *d)
{
	struct place at = diag_place(d);

	if (at.source)
		escape(out, at.source->path, false);
	if (place_shown(at)) {
		struct position p = source_position(at.source, at.span.off);
		buf_printf(out, ":%u:%u", p.line, p.column);
	}
	buf_c(out, at.source ? ": " : "");
	buf_printf(out, "%s[%.*s]%s ", severity_name(d->severity), STR_ARG(d->rule), d->possible ? " (possible)" : "");
	escape(out, str_trim(d->message), false);
	for (size_t i = 0; i < d->nnotes; i++) {
		buf_c(out, "\nnote: ");
		escape(out, str_trim(d->notes[i]), false);
	}
	if (d->safe.n > 0) {
		buf_c(out, "\nsafe:\n");
		escape(out, str_trim(d->safe), false);
	}
}

static struct str
case_name(struct arena *arena, const struct diag *d)
{
	struct place at = diag_place(d);

	if (!place_shown(at))
		return d->rule;
	struct position p = source_position(at.source, at.span.off);
	return str_printf(arena, "%.*s at %u:%u", STR_ARG(d->rule), p.line, p.column);
}

static void
write_case(struct buf *out, const struct suite *suite, const struct diag *d)
{
	const char *tag = d->unchecked ? "error" : fails(d) ? "failure" : "system-out";

	buf_c(out, "\t\t<testcase");
	attribute(out, "classname", suite->name);
	attribute(out, "name", case_name(out->arena, d));
	buf_printf(out, ">\n\t\t\t<%s", tag);
	if (d->unchecked || fails(d)) {
		attribute(out, "type", str_of(severity_name(d->severity)));
		attribute(out, "message", str_trim(d->message));
	}
	buf_char(out, '>');
	case_text(out, d);
	buf_printf(out, "</%s>\n\t\t</testcase>\n", tag);
}

static void
write_suite(struct buf *out, const struct suite *s)
{
	buf_c(out, "\t<testsuite");
	attribute(out, "name", s->name);
	counts(out, s->cases.n > 0 ? s->cases.n : 1, count(s, fails), count(s, unchecked));
	for (size_t i = 0; i < s->cases.n; i++)
		write_case(out, s, s->cases.items[i]);
	if (s->cases.n == 0) {
		buf_c(out, "\t\t<testcase");
		attribute(out, "classname", s->name);
		buf_c(out, " name=\"no findings\"/>\n");
	}
	buf_c(out, "\t</testsuite>\n");
}

static void
write_junit(struct buf *out, const struct report *r)
{
	struct suites s = { .arena = r->arena, .by_name = MAP(r->arena) };
	size_t tests = 0, failures = 0, errors = 0;

	collect(&s, r);
	for (size_t i = 0; i < s.list.n; i++) {
		tests += s.list.items[i]->cases.n > 0 ? s.list.items[i]->cases.n : 1;
		failures += count(s.list.items[i], fails);
		errors += count(s.list.items[i], unchecked);
	}
	buf_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dbopt-migrate\"");
	counts(out, tests, failures, errors);
	for (size_t i = 0; i < s.list.n; i++)
		write_suite(out, s.list.items[i]);
	buf_c(out, "</testsuites>\n");
}

const struct output output_junit = { "junit", "XML of JUnit: a suite per file, a case per finding", write_junit };
