#include <stdint.h>
#include <stdlib.h>

#include "text/suppress.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

VEC_TYPE(comments, struct comment);
VEC_TYPE(statements, struct span);

/* Every name of an even length is a rule. */
static struct rule_name
lookup(void *arg, struct str name, size_t index)
{
	(void)arg;
	return (struct rule_name){ name.n % 2 || index ? STR_NONE : name, STR_NONE };
}

/* Comments from "--" or "/" and star to the end of the line or star and "/"; statements are what else has no ";". */
static void
scan(struct arena *a, struct str text, struct comments *comments, struct statements *statements)
{
	bool open = false;

	for (size_t at = 0, end; at < text.n; at = end) {
		struct str rest = str_slice(text, at, text.n);
		bool line = str_starts(rest, "--");

		end = at + 1;
		if (line || str_starts(rest, "/*")) {
			size_t n = line ? str_find_char(rest, '\n') : str_find(rest, STR("*/"));

			end = at + (n == (size_t)-1 ? rest.n : line ? n : n + 2);
			*vec_push(a, comments) = (struct comment){ span_of(at, end) };
		} else if (text.s[at] == ';') {
			open = false;
		} else if (str_trim(str_slice(text, at, end)).n > 0) {
			if (!open)
				*vec_push(a, statements) = span_of(at, end);
			vec_last(statements)->len = (uint32_t)end - vec_last(statements)->off;
			open = true;
		}
	}
}

/* A finding is kept or dropped; what is added points into the text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;
	struct comments comments = { 0 };
	struct statements statements = { 0 };

	arena_init(&a, NULL, NULL);
	struct source *source = source_new(&a, STR("fuzz.sql"), str_copy(&a, (struct str){ (const char *)data, n }));
	struct diags diags = { .arena = &a };
	scan(&a, source->text, &comments, &statements);
	for (size_t i = 0; i < statements.n; i++)
		diag_add(&diags, SEVERITY_ERROR, STR("locks"), STR("rule"),
		    (struct place){ source, statements.items[i] }, STR("message"));
	suppress_apply(&diags, &(struct suppress_input){ .source = source, .comments = comments.items,
	    .ncomments = comments.n, .statements = statements.items, .nstatements = statements.n, .lookup = lookup,
	    .report_unused = true });
	for (size_t i = 0, findings = 0; i < diags.list.n; i++) {
		const struct span span = diags.list.items[i]->labels[0].at.span;

		findings += str_is(diags.list.items[i]->category, "locks");
		if (findings > statements.n || span.len == 0 || source_text(source, span).n != span.len)
			abort();
	}
	diags_finish(&diags);
	arena_free(&a);
	return 0;
}
