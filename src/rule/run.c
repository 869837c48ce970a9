#include <ctype.h>

#include "rule/rule.h"

/* Texts that fields make live as long as facts->arena; a diagnostic lives longer. */
static struct str
keep(struct diags *diags, const struct facts *f, struct str s)
{
	return diags->arena == f->arena || s.s == NULL ? s : str_copy(diags->arena, s);
}

static struct str
render(struct diags *diags, const struct facts *f, const struct template *t)
{
	return t == NULL ? STR_NONE : keep(diags, f, template_render(t, f));
}

/* Where a finding points when its first label has no place: the clause, the statement, or what a synthetic operation is about. */
static struct place
fallback(const struct facts *f)
{
	struct place at = place_of(f, STR("action"));

	if (at.span.len == 0)
		at = place_of(f, STR("statement"));
	return at.span.len == 0 ? f->op->at : at;
}

/* "table.is_new (the table was created in this migration)" */
static struct str
unknown_words(struct arena *a, const struct field_ref *field)
{
	struct str doc = str_trim(str_of(field->doc));
	bool lower = doc.n > 1 && isupper((unsigned char)doc.s[0]) && !isupper((unsigned char)doc.s[1]);

	if (str_ends(doc, "."))
		doc.n--;
	if (doc.n == 0)
		return str_printf(a, "unknown: %.*s", STR_ARG(field->name));
	return str_printf(a, "unknown: %.*s (%c%.*s)", STR_ARG(field->name),
	    lower ? tolower((unsigned char)doc.s[0]) : doc.s[0], (int)doc.n - 1, doc.s + 1);
}

static void
add_labels(struct diags *diags, struct diag *d, const struct rule *rule, const struct facts *f)
{
	for (size_t i = 1; i < rule->nlabels; i++) {
		struct place at = place_of(f, rule->labels[i].at);
		if (at.span.len > 0)
			diag_label(diags, d, at, render(diags, f, rule->labels[i].text));
	}
}

/* A way back is run seldom and on purpose: what it does is one degree less severe, and only locks and failures matter. */
static enum severity
severity_of(const struct rule *rule, const struct facts *f)
{
	static const char *const heard[] = { "locks", "rewrites", "constraints", "transactions" };

	if (!f->unit->down || str_is(rule->category, "rollback"))
		return rule->effective;
	for (size_t i = 0; i < sizeof heard / sizeof heard[0]; i++)
		if (str_is(rule->category, heard[i]))
			return rule->effective == SEVERITY_OFF ? SEVERITY_OFF : (enum severity)(rule->effective - 1);
	return SEVERITY_OFF;
}

static void
report(const struct rule *rule, const struct facts *f, const struct verdict *v, struct diags *diags)
{
	struct place at = rule->nlabels > 0 ? place_of(f, rule->labels[0].at) : (struct place){ 0 };
	struct diag *d = diag_add(diags, severity_of(rule, f), rule->category, rule->id, at.span.len > 0 ? at : fallback(f),
	    render(diags, f, rule->message));

	if (rule->nlabels > 0)
		d->labels[0].text = render(diags, f, rule->labels[0].text);
	add_labels(diags, d, rule, f);
	d->possible = v->fires == UNKNOWN;
	for (size_t i = 0; i < v->unknown.n; i++)
		diag_note(diags, d, unknown_words(diags->arena, v->unknown.items[i]));
	if (f->unit->down && f->op->statement != NULL)
		diag_note(diags, d, STR("on the way back (down), so it counts one degree less"));
	d->why = render(diags, f, rule->why_template);
	d->tradeoffs = rule->tradeoffs;
	if (rule->safe != NULL)
		d->safe = keep(diags, f, template_render_sql(rule->safe, f));
	if (f->op->statement != NULL)
		d->statement = source_text(f->op->statement->source, f->op->statement->span);
}

void
rules_run(const struct rules *rules, const struct facts *f, struct diags *diags)
{
	const struct rule_list *list = map_get(&rules->by_kind, str_of(f->op->kind->name));
	struct verdict v;

	for (size_t i = 0; list != NULL && i < list->n && !f->op->noop; i++) {
		if (severity_of(list->items[i], f) == SEVERITY_OFF)
			continue;
		cond_verdict(list->items[i], f, &v);
		if (v.fires != NO)
			report(list->items[i], f, &v, diags);
	}
}
