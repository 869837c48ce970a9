#include <ctype.h>
#include <string.h>

#include "rule/rule.h"
#include "text/stand_in.h"

/* Texts that fields make live as long as facts->arena; a diagnostic lives longer. */
static struct str
keep(struct diags *diags, const struct facts *f, struct str s)
{
	return diags->arena == f->arena || s.s == NULL ? s : str_copy(diags->arena, s);
}

static struct str
render(struct diags *diags, const struct facts *f, const struct template *t)
{
	return t == NULL ? STR_NONE : keep(diags, f, stand_ins_show(f->arena, &f->catalog->stand_ins, template_render(t, f)));
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

/* "unknown: whether the table is partitioned", "unknown: lock_timeout in milliseconds": by what comes first in its documentation. */
static struct str
unknown_words(struct arena *a, const struct field_ref *field)
{
	struct str doc = str_of(field->doc);
	size_t end = str_find_char(doc, ';');
	bool lower;

	doc = str_trim(end == (size_t)-1 ? doc : str_slice(doc, 0, end));
	if (str_ends(doc, "."))
		doc.n--;
	lower = doc.n > 1 && isupper((unsigned char)doc.s[0]) && !isupper((unsigned char)doc.s[1]);
	if (doc.n == 0)
		return str_printf(a, "unknown: %.*s", STR_ARG(field->name));
	return str_printf(a, "unknown: %s%c%.*s", field->type == FIELD_BOOL ? "whether " : "",
	    lower ? tolower((unsigned char)doc.s[0]) : doc.s[0], (int)doc.n - 1, doc.s + 1);
}

/* What is not known, and why, where the value itself tells. */
static void
describe_unknown(struct diags *diags, struct diag *d, const struct verdict *v, const struct facts *f)
{
	for (size_t i = 0; i < v->unknown.n; i++) {
		struct value value = absence_judge(f, v->unknown.items[i]->name, field_value(v->unknown.items[i], f));
		diag_note(diags, d, unknown_words(diags->arena, v->unknown.items[i]));
		if (value.text.s != NULL)
			diag_note(diags, d, keep(diags, f, value.text));
	}
}

static void
add_label(struct diags *diags, struct diag *d, const struct label_spec *label, const struct facts *f)
{
	struct place at;
	struct str of;

	if (label->text != NULL && !template_filled(label->text, f))
		return;
	for (size_t n = 0; place_nth(f, label->at, n, &at, &of); n++) {
		struct str text = render(diags, f, label->text), older = place_older_name(f, label->at);
		if (older.s != NULL)
			text = str_printf(diags->arena, "%.*s (as %.*s)", STR_ARG(text), STR_ARG(older));
		diag_label(diags, d, at, of.s == NULL ? text : str_printf(diags->arena, "%.*s %.*s", STR_ARG(of), STR_ARG(text)));
	}
}

static void
add_labels(struct diags *diags, struct diag *d, const struct rule *rule, const struct facts *f)
{
	for (size_t i = 1; i < rule->nlabels; i++)
		add_label(diags, d, &rule->labels[i], f);
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

/* ---- inside code ---- */

static bool
same_place(struct place a, struct place b)
{
	return a.source != NULL && a.source == b.source && a.span.off == b.span.off && a.span.len == b.span.len;
}

/* Findings point at the statement in the code, or at what calls it when that says more; *within is the statement then. */
static struct place
place_inside(const struct facts *f, struct place at, struct place *within)
{
	const struct inside *in = f->inside;
	bool called = in != NULL && in->function.s != NULL && in->told_by_call;

	if (!called && !same_place(at, f->op->within))
		return at;
	*within = place_in_file(at);
	return called ? in->call : f->op->at;
}

static void
describe_within(struct diags *diags, struct diag *d, const struct facts *f, struct place within)
{
	if (within.source == NULL)
		return;
	if (within.source == d->labels[0].at.source)
		d->within = within;
	diag_label(diags, d, within, f->inside == NULL ? STR("this made it")
	    : str_printf(diags->arena, "in %.*s, which it runs", STR_ARG(f->inside->function)));
}

/* words: the condition under which it runs; STR_NONE: none. */
static void
describe_doubt(struct diags *diags, struct diag *d, const struct facts *f, struct str words, struct place at)
{
	if (words.s == NULL)
		return;
	d->possible = true;
	diag_note(diags, d, str_printf(diags->arena, "unknown: whether it runs, which depends on \"%.*s\" on line %u", STR_ARG(keep(diags, f, words)),
	    source_position(at.source, at.span.off).line));
}

static void
describe_inside(struct diags *diags, struct diag *d, const struct facts *f)
{
	const struct inside *in = f->inside;

	if (in == NULL) {
		describe_doubt(diags, d, f, f->unit->doubt, f->unit->doubt_place);
		return;
	}
	if (in->function.s != NULL && !in->told_by_call)
		diag_label(diags, d, in->call, str_printf(diags->arena, "%.*s runs here", STR_ARG(in->function)));
	if (in->runs != YES)
		describe_doubt(diags, d, f, in->doubt, in->doubt_place);
}

static bool
is_clause(const struct op *op)
{
	return op->spans[SPAN_ACTION].off != op->spans[SPAN_STATEMENT].off;
}

/*
 * A name is wrong whatever is there. What cannot run in a transaction is refused before the server looks for anything. The
 * table is locked for a part that is missing, too.
 */
static bool
needs_what_is_named(const struct rule *rule, const struct facts *f)
{
	if (rule->nkinds == 0)
		return str_is(rule->category, "locks") && !op_lacks_part_only(f->op);
	if (str_is(rule->category, "transactions"))
		return is_clause(f->op) && !op_is_concurrent(f);
	return !str_is(rule->category, "naming");
}

static void
describe_existence(struct diags *diags, struct diag *d, const struct rule *rule, const struct facts *f)
{
	struct str what = op_missing_words(f);

	if (what.s == NULL || !needs_what_is_named(rule, f))
		return;
	d->possible = true;
	diag_note(diags, d, str_printf(diags->arena, "unknown: whether %.*s exists; nothing before this creates it, and IF EXISTS does nothing without it",
	    STR_ARG(what)));
}

/* Whether an index is there may hang on code that nobody could read. */
static void
describe_unread(struct diags *diags, struct diag *d, const struct verdict *v, const struct facts *f)
{
	const struct place *at = f->op->table == NULL ? NULL : &f->op->table->unread;
	bool about_index = false;

	for (size_t i = 0; i < v->unknown.n; i++)
		about_index = about_index || str_ends(v->unknown.items[i]->name, "indexed") || str_is(v->unknown.items[i]->name, "searched_is_new");
	if (!about_index || at == NULL || at->source == NULL)
		return;
	if (f->op->table->changed_unseen)
		diag_note(diags, d, str_printf(diags->arena, "%.*s:%u names what nothing makes of the table: what changed it is not there to be read, and may have made an index",
		    STR_ARG(at->source->path), source_position(at->source, at->span.off).line));
	else
		diag_note(diags, d, str_printf(diags->arena, "the code at %.*s:%u could not be read, and may have made an index", STR_ARG(at->source->path),
		    source_position(at->source, at->span.off).line));
}

/* It fails, unless a migration did something that is not there. */
static void
describe_gap(struct diags *diags, struct diag *d, const struct verdict *v, const struct facts *f)
{
	for (size_t i = 0; i < v->unknown.n; i++)
		if (str_is(v->unknown.items[i]->name, "fails") && op_fails_by_gap(f))
			diag_note(diags, d, str_printf(diags->arena, "what this names may have changed in between: %.*s",
			    STR_ARG(f->catalog->gap_words)));
}

/* Nobody knows whether what the file made in another transaction has been in use since: it is one degree less severe. */
static void
describe_file(struct diags *diags, struct diag *d, const struct verdict *v, const struct facts *f)
{
	const struct relation *made = NULL;

	for (size_t i = 0; made == NULL && i < v->unknown.n; i++)
		made = op_made_in_file(f, v->unknown.items[i]->name);
	if (made == NULL || d->severity < SEVERITY_ERROR || f->unit->down)
		return;
	d->severity = (enum severity)(d->severity - 1);
	diag_note(diags, d, str_printf(diags->arena, "where both run in one release, no one uses %.*s yet, so it counts one degree less",
	    STR_ARG(keep(diags, f, relation_words(f->arena, f->catalog, made)))));
}

static void
describe_release(struct diags *diags, struct diag *d, const struct rule *rule, const struct facts *f)
{
	const struct relation *made = NULL;
	const struct field_ref *field;

	if (d->severity < SEVERITY_ERROR || f->unit->down)
		return;
	for (size_t i = 0; made == NULL && (field = cond_field(&rule->when, i)) != NULL; i++)
		made = op_made_just_before(f, field->name);
	if (made == NULL)
		return;
	diag_note(diags, d, str_printf(diags->arena, "%.*s is new in %.*s: unused if both run in one release",
	    STR_ARG(keep(diags, f, relation_words(f->arena, f->catalog, made))), STR_ARG(file_name(place_in_file(made->born.place).source->path))));
}

static bool
asks_for_rows(const struct cond *c)
{
	const struct field_ref *field;

	for (size_t i = 0; (field = cond_field(c, i)) != NULL; i++)
		if (op_asks_for_rows(field->name))
			return true;
	return false;
}

/* What breaks code breaks it with and without rows: that is not less severe. */
static bool
describe_emptiness(struct diags *diags, struct diag *d, const struct rule *rule, const struct facts *f)
{
	bool work = asks_for_rows(&rule->when);
	const struct column *column = d->severity < SEVERITY_ERROR || f->unit->down || (!work && !asks_for_rows(&rule->unless)) ? NULL : op_empty_just_before(f);
	struct place at = column == NULL ? (struct place){ 0 } : place_in_file(column->born.place);

	if (column == NULL)
		return false;
	if (work)
		d->severity = (enum severity)(d->severity - 1);
	diag_note(diags, d, str_printf(diags->arena, "%.*s:%u adds %.*s NOT NULL without a default, which passes only where %.*s has no rows%s", STR_ARG(at.source->path),
	    source_position(at.source, at.span.off).line, STR_ARG(keep(diags, f, op_column_words(f->arena, column))),
	    STR_ARG(keep(diags, f, relation_words(f->arena, f->catalog, f->op->table))),
	    work ? ", so it counts one degree less" : ": where both run in one release, no value is lost"));
	return true;
}

/* Modules of one application may share a database, each with migrations of its own. */
static void
describe_other(struct diags *diags, struct diag *d, const struct verdict *v, const struct facts *f)
{
	struct str path = STR_NONE;

	for (size_t i = 0; i < v->unknown.n; i++)
		if (str_is(v->unknown.items[i]->name, "fails"))
			path = op_fails_by_other(f);
	if (path.s != NULL)
		diag_note(diags, d, str_printf(diags->arena, "%.*s, which is not of these migrations, names it, too, and may have made it in the same database", STR_ARG(path)));
}

/* A function that is called again does the same again, unless its arguments make it do something else. */
static bool
was_told(const struct diags *diags, const struct rule *rule, const struct facts *f, struct place at, struct str message)
{
	if (f->inside == NULL || f->inside->function.s == NULL || f->inside->told_by_call)
		return false;
	at = place_in_file(at);
	for (size_t i = 0; i < diags->list.n; i++) {
		const struct diag *d = diags->list.items[i];
		if (d->nlabels > 0 && str_eq(d->rule, rule->id) && d->labels[0].at.source == at.source &&
		    d->labels[0].at.span.off == at.span.off && str_eq(d->message, message))
			return true;
	}
	return false;
}

/* A way back is one file, which no other one follows. */
static struct str
without_next(struct arena *a, struct str text)
{
	static const char next[] = "next migration";
	struct buf b = BUF(a);
	size_t at;

	while ((at = str_find(text, STR("next migration"))) != (size_t)-1) {
		size_t end = at + strlen(next);
		bool line = end == text.n || text.s[end] == '\n', noun = at > 4 && str_ends(str_slice(text, 0, at), "the ");
		buf_str(&b, str_slice(text, 0, at));
		buf_str(&b, noun ? STR("next transaction") : line ? STR("then, in a transaction of its own") : STR("then"));
		text = str_slice(text, end + (end < text.n && text.s[end] == 's'), text.n);
	}
	buf_str(&b, text);
	return buf_text(&b);
}

static struct str
together_note(struct str text)
{
	static const char *const steps[] = { "next migration", "of its own", "in a transaction of their own", "one migration per ",
	    "table in each transaction", "key in each transaction", "constraint in each transaction" };

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (str_find(text, str_of(steps[i])) != (size_t)-1)
			return STR("-- each step is deployed by itself: this runner puts all that is pending into one transaction\n");
	return STR("");
}

static struct str
each_part_if(struct arena *arena, struct str doubt)
{
	return str_printf(arena, "-- each part under the condition that this one has: %.*s\n", STR_ARG(doubt));
}

static const struct inside *
outermost(const struct inside *in)
{
	while (in->depth > 1)
		in = in->outer;
	return in;
}

/* The function goes on doing what it does for everybody else who calls it. */
static struct str
call_note(const struct facts *f)
{
	const struct inside *in = outermost(f->inside);

	return str_printf(f->arena, "-- in place of the call in line %u: what %.*s does before this, the steps, the rest of it; the function stays as it is\n",
	    source_position(in->call.source, in->call.span.off).line, STR_ARG(in->function));
}

static struct str
variables_note(const struct facts *f)
{
	struct str names = op_variables_named(f);

	return names.n == 0 ? STR("") : str_printf(f->arena, "-- the variables of the code mean nothing there, their values take their place: %.*s\n", STR_ARG(names));
}

/* A block runs in one transaction. What it does before the statement, as giving the table the name that stands here, is done before the steps. */
static struct str
block_note(const struct facts *f, struct str text)
{
	static const char *const words[] = { "next migration", "(no transaction)", "in a transaction of its own" };
	bool cut = false;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		cut = cut || str_find(text, str_of(words[i])) != (size_t)-1;
	if (f->inside == NULL && cut && f->unit->doubt.s != NULL)
		return each_part_if(f->arena, f->unit->doubt);
	if (f->inside == NULL || !cut || str_find(text, STR("with the whole of line ")) != (size_t)-1)
		return STR("");
	const struct inside *in = f->inside;
	struct str where = in->runs == UNKNOWN && in->doubt.n > 0 ? str_printf(f->arena, "-- only where it runs in there: %.*s\n", STR_ARG(in->doubt)) : STR("");
	if (str_find(text, STR(" migration: this one, ")) != (size_t)-1)
		return where;
	if (in->stands_for_condition)
		return in->runs != UNKNOWN || in->doubt.n == 0 ? STR("") : each_part_if(f->arena, in->doubt);
	if (op_keeps_code(f))
		return str_printf(f->arena, "%.*s%.*s%.*s", STR_ARG(call_note(f)), STR_ARG(variables_note(f)), STR_ARG(where));
	return str_printf(f->arena, "-- outside of the %s: behind what it does before this, and before the rest of it\n%.*s%.*s",
	    outermost(in)->function.s != NULL ? "function" : "block", STR_ARG(variables_note(f)), STR_ARG(where));
}

/* As a runner wants it that ends a statement at each single semicolon, also inside $$. */
static struct str
with_doubles(struct arena *arena, struct str text)
{
	struct buf b = BUF(arena);
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		buf_char(&b, text.s[i]);
		if (i > 0 && text.s[i] == '$' && text.s[i - 1] == '$')
			quoted = !quoted;
		if (quoted && text.s[i] == ';')
			buf_char(&b, ';');
	}
	return buf_text(&b);
}

/* A line where $$ opens, or closes, what it is the line of. */
static bool
turns(struct str line)
{
	bool odd = false;

	for (size_t i = 1; i < line.n; i++)
		if (line.s[i] == '$' && line.s[i - 1] == '$')
			odd = !odd, i++;
	return odd;
}

static struct str
with_brackets(struct arena *arena, struct str text, const char *word)
{
	struct buf b = BUF(arena);
	struct str rest = text, line;
	bool inside = false;

	while (str_cut(&rest, '\n', &line)) {
		bool turn = turns(line);
		if (turn && !inside)
			buf_printf(&b, "-- +%s StatementBegin\n", word);
		buf_printf(&b, "%.*s%s", STR_ARG(line), rest.n > 0 ? "\n" : "");
		if (turn && inside)
			buf_printf(&b, "%s-- +%s StatementEnd%s", rest.n > 0 ? "" : "\n", word, rest.n > 0 ? "\n" : "");
		inside = inside != turn;
	}
	return buf_text(&b);
}

/* Where the search path leaves the default schema out, as in what pg_dump prints, a name is found only with it. */
static struct str
render_advice(const struct rule *rule, const struct facts *f)
{
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;
	struct str text, schema = c->default_schema;

	if (f->op->statement != NULL && !str_in(schema, c->search_path.items, c->search_path.n))
		c->default_schema = STR("");
	text = str_trim(template_render_sql(rule->safe, f));
	c->default_schema = schema;
	return text;
}

/* Rules of any operation, and those that point at the statement, are about all of it. */
static struct str
advice_of(struct diags *diags, const struct rule *rule, const struct facts *f)
{
	struct str text = render_advice(rule, f);
	bool about_whole = rule->nkinds == 0 || (rule->nlabels > 0 && str_is(rule->labels[0].at, "statement"));
	struct str note = about_whole ? STR("") : op_clause_note(f->op, text);

	struct str guard = about_whole ? STR("") : op_guard_note(f->op, text);
	struct str missing = op_missing_note(f->op, text);
	struct str together = f->unit->together && !f->unit->down ? together_note(text) : STR("");
	struct str block = block_note(f, text);
	struct str element = op_element_note(f, text);
	bool waits = op_puts_off(text) || op_leaves_file(f, text);
	struct str behind = waits ? op_behind_note(f, text) : rule->safe_checked ? op_in_place_note(f, text) : STR("");
	if (f->unit->down)
		text = without_next(f->arena, text);
	text = str_printf(diags->arena, "%.*s%.*s%.*s%.*s%.*s%.*s%.*s%.*s", STR_ARG(together), STR_ARG(block), STR_ARG(element), STR_ARG(note), STR_ARG(guard), STR_ARG(missing), STR_ARG(text),
	    STR_ARG(behind));
	if (f->unit->brackets != NULL)
		text = with_brackets(diags->arena, text, f->unit->brackets);
	if (f->unit->doubles)
		text = with_doubles(diags->arena, text);
	return stand_ins_show(diags->arena, &f->catalog->stand_ins, text);
}

/* Advice is for PostgreSQL. */
static void
describe_systems(struct diags *diags, struct diag *d, const struct facts *f)
{
	static const char *const ours[] = { "CONCURRENTLY", "NOT VALID", "SET lock_timeout", "SET LOCAL lock_timeout", "SET statement_timeout" };

	for (size_t i = 0; d->safe.s != NULL && f->unit->elsewhere != NULL && i < sizeof ours / sizeof *ours; i++)
		if (str_find(d->safe, str_of(ours[i])) != (size_t)-1) {
			diag_note(diags, d, str_of(f->unit->elsewhere));
			return;
		}
}

/* NULL: it was told before. */
static struct diag *
report(const struct rule *rule, const struct facts *f, const struct verdict *v, struct diags *diags)
{
	struct place at = rule->nlabels > 0 ? place_of(f, rule->labels[0].at) : (struct place){ 0 };
	bool placed = at.span.len > 0 || (f->op->statement == NULL && at.source != NULL);
	struct place within = { 0 };
	struct str message;
	struct diag *d;

	at = place_inside(f, at.span.len > 0 ? at : fallback(f), &within);
	message = render(diags, f, rule->message);
	if (was_told(diags, rule, f, at, message))
		return NULL;
	d = diag_add(diags, severity_of(rule, f), rule->category, rule->id, at, message);
	if (placed)
		d->labels[0].text = render(diags, f, rule->labels[0].text);
	describe_within(diags, d, f, within);
	add_labels(diags, d, rule, f);
	d->possible = v->fires == UNKNOWN;
	describe_unknown(diags, d, v, f);
	describe_unread(diags, d, v, f);
	describe_gap(diags, d, v, f);
	describe_other(diags, d, v, f);
	describe_existence(diags, d, rule, f);
	describe_inside(diags, d, f);
	describe_file(diags, d, v, f);
	if (!describe_emptiness(diags, d, rule, f))
		describe_release(diags, d, rule, f);
	if (f->unit->down && f->op->statement != NULL)
		diag_note(diags, d, STR("on the way back (down), so it counts one degree less"));
	d->why = render(diags, f, rule->why_template);
	d->tradeoffs = rule->tradeoffs;
	if (rule->safe != NULL)
		d->safe = advice_of(diags, rule, f);
	describe_systems(diags, d, f);
	if (f->op->statement != NULL)
		d->statement = source_text(f->op->statement->source, f->op->statement->span);
	return d;
}

/* What fails as its name is taken locks, builds and changes nothing: that it fails is all there is to say of what it does. */
static bool
is_about_effects(const struct rule *rule)
{
	static const char *const categories[] = { "compatibility", "constraints", "data-changes", "data-loss", "indexes", "locks", "rewrites", "rollback" };

	for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++)
		if (str_is(rule->category, categories[i]))
			return true;
	return false;
}

VEC_TYPE(told, struct diag *);

static struct diag *
host_of(const struct rule *rule, const struct facts *f, const struct told *told)
{
	for (size_t i = 0; i < rule->nnote_on; i++)
		for (size_t k = 0; k < told->n; k++)
			if (str_eq(told->items[k]->rule, rule->note_on[i]) && told->items[k]->severity >= severity_of(rule, f))
				return told->items[k];
	return NULL;
}

static void
tell(const struct rule *rule, const struct facts *f, bool joins, struct told *told, struct diags *diags)
{
	struct diag *host = joins ? host_of(rule, f, told) : NULL, *d;
	struct verdict v;

	cond_verdict(rule, f, &v);
	if (v.fires == NO)
		return;
	d = report(rule, f, &v, diags);
	if (d == NULL)
		return;
	d->host = host;
	if (host != NULL)
		d->as_note = str_printf(diags->arena, "%s%.*s", v.fires == UNKNOWN ? "possibly " : "", STR_ARG(render(diags, f, rule->note)));
	*vec_push(f->arena, told) = d;
}

void
rules_run(const struct rules *rules, const struct facts *f, struct diags *diags)
{
	const struct rule_list *list = map_get(&rules->by_kind, str_of(f->op->kind->name));
	bool again = f->op->statement != NULL && op_makes_again(f);
	struct told told = { 0 };

	/* those that may be notes come behind the others */
	for (int notes = 0; notes < 2; notes++)
		for (size_t i = 0; list != NULL && i < list->n && !f->op->noop; i++) {
			const struct rule *rule = list->items[i];
			bool joins = rule->nnote_on > 0 && !rules->apart;
			if (joins == (notes == 1) && severity_of(rule, f) != SEVERITY_OFF && !(again && is_about_effects(rule)))
				tell(rule, f, joins, &told, diags);
		}
}
