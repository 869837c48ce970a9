#include "cli/book.h"

#include "cli/rule_words.h"
#include "output/markdown.h"

/* ---- a rule ---- */

static void
paragraph(struct buf *out, const char *title, struct str text)
{
	if (text.n == 0)
		return;
	buf_printf(out, "\n**%s** ", title);
	markdown_text(out, template_shown(out->arena, text));
	buf_char(out, '\n');
}

static void
code(struct buf *out, const char *title, struct str name, struct str text)
{
	buf_printf(out, "\n%s", title);
	if (name.n > 0) {
		buf_char(out, ' ');
		markdown_text(out, name);
	}
	buf_c(out, "\n\n");
	markdown_code(out, str_trim(text));
	buf_char(out, '\n');
}

static void
severity_and_names(struct buf *out, const struct rule *r)
{
	buf_printf(out, "\n%.*s", STR_ARG(rule_severity_words(out->arena, r)));
	if (r->since.n > 0)
		buf_printf(out, ", since %.*s", STR_ARG(r->since));
	for (size_t i = 0; i < r->nkinds; i++)
		buf_printf(out, i == 0 ? ", of `%s`" : ", `%s`", r->kinds[i]->name);
	buf_c(out, r->nkinds == 0 ? ", of any operation" : "");
	if (r->builtin)
		buf_printf(out, "; [its file](%.*s/%.*s.yaml)", STR_ARG(r->category), STR_ARG(r->id));
	buf_char(out, '\n');
	if (r->naliases > 0)
		buf_c(out, "\nAlso known as");
	for (size_t i = 0; i < r->naliases; i++)
		buf_printf(out, i == 0 ? " `%.*s`" : ", `%.*s`", STR_ARG(r->aliases[i]));
	buf_c(out, r->naliases > 0 ? "\n" : "");
	if (r->nnote_on > 0)
		buf_c(out, "\nA note where the same statement is found by");
	for (size_t i = 0; i < r->nnote_on; i++)
		buf_printf(out, i == 0 ? " `%.*s`" : ", `%.*s`", STR_ARG(r->note_on[i]));
	buf_c(out, r->nnote_on > 0 ? "\n" : "");
}

static void
conditions(struct buf *out, const struct rule *r)
{
	struct buf words = BUF(out->arena);

	rule_conditions(&words, "Fires when", &r->when);
	rule_conditions(&words, "Unless", &r->unless);
	if (words.n > 0)
		buf_printf(out, "\n```text\n%.*s\n```\n", STR_ARG(str_trim(buf_text(&words))));
}

static void
references(struct buf *out, const struct rule *r)
{
	buf_c(out, r->nreferences > 0 ? "\n" : "");
	for (size_t i = 0; i < r->nreferences; i++) {
		buf_c(out, "- ");
		markdown_link(out, r->references[i]);
		buf_char(out, '\n');
	}
}

void
book_rule(struct buf *out, const struct rule *r)
{
	buf_printf(out, "### %.*s\n\n", STR_ARG(r->id));
	markdown_text(out, r->title);
	buf_char(out, '\n');
	severity_and_names(out, r);
	paragraph(out, "Says:", r->message_text);
	conditions(out, r);
	paragraph(out, "Why:", r->why);
	if (r->safe_text.n > 0)
		code(out, r->safe_same ? "**Write instead**, for the same schema:" : "**Write instead:**", STR_NONE,
		    template_shown(out->arena, r->safe_text));
	paragraph(out, "Trade-offs:", r->tradeoffs);
	paragraph(out, "No problem when", r->ignore_when);
	if (r->nbad > 0)
		code(out, "**Bad:**", r->bad[0].name, r->bad[0].text);
	if (r->ngood > 0)
		code(out, "**Good:**", r->good[0].name, r->good[0].text);
	references(out, r);
}

/* ---- all of them ---- */

/* The first of the categories behind that one; STR_NONE: there is none. */
static struct str
next_category(const struct rules *rules, struct str behind)
{
	struct str next = STR_NONE;

	for (size_t i = 0; i < rules->list.n; i++) {
		struct str category = rules->list.items[i]->category;
		if (str_cmp(category, behind) > 0 && (next.s == NULL || str_cmp(category, next) < 0))
			next = category;
	}
	return next;
}

static void
contents(struct buf *out, const struct rules *rules, struct str category)
{
	buf_printf(out, "\n**%.*s**\n\n| rule | severity | |\n|---|---|---|\n", STR_ARG(category));
	for (size_t i = 0; i < rules->list.n; i++) {
		const struct rule *r = rules->list.items[i];
		if (!str_eq(r->category, category))
			continue;
		buf_printf(out, "| [`%.*s`](#%.*s) | %s | ", STR_ARG(r->id), STR_ARG(r->id), r->enabled ? severity_name(r->severity) : "off");
		markdown_text(out, r->title);
		buf_c(out, " |\n");
	}
}

static void
sections(struct buf *out, const struct rules *rules, struct str category)
{
	buf_printf(out, "\n## %.*s\n", STR_ARG(category));
	for (size_t i = 0; i < rules->list.n; i++)
		if (str_eq(rules->list.items[i]->category, category)) {
			buf_char(out, '\n');
			book_rule(out, rules->list.items[i]);
		}
}

void
book(struct buf *out, const struct rules *rules)
{
	static void (*const parts[])(struct buf *, const struct rules *, struct str) = { contents, sections };

	buf_printf(out, "# The rules\n\n%zu rules. Made by `dbopt-migrate explain --markdown`; `dbopt-migrate explain RULE` shows all examples of one.\n",
	    rules->list.n);
	for (size_t part = 0; part < 2; part++)
		for (struct str category = next_category(rules, STR("")); category.s != NULL; category = next_category(rules, category))
			parts[part](out, rules, category);
}
