#include "op/code.h"
#include "op/lower.h"
#include "op/unread_drop.h"

/* Which code that nobody can read may have dropped an index or a constraint, as a loop over pg_indexes does. */

struct seeking {
	struct arena *arena;
	struct code *code;
	const struct bindings *bindings;
	struct str words;               /* "drop index", as its text begins or as ALTER TABLE has it */
	uint32_t until;                 /* in the body; what stands behind that runs later */
	struct place found;
};

static bool
holds(const struct seeking *s, struct str text)
{
	return str_find(str_fold(s->arena, text), s->words) != (size_t)-1;
}

/* Of a text of which nothing is known, as one that a query makes, the body tells. */
static bool
may_drop(const struct seeking *s, const struct pl_statement *st)
{
	struct str start, culprit, outline;

	if (st->kind != PL_EXECUTE || code_text(s->arena, s->code->source, st->sql, s->bindings, &start, &culprit) != NULL)
		return false;
	outline = code_outline(s->arena, s->code->source, st->sql, s->bindings);
	return holds(s, outline.n > 0 && outline.s[0] != CODE_HOLE ? outline : s->code->source->sql);
}

static void
seek_list(struct seeking *s, const struct pl_list *list)
{
	for (size_t i = 0; i < list->n && s->found.source == NULL; i++) {
		const struct pl_statement *st = list->items[i];
		if (st->span.off >= s->until)
			return;
		if (may_drop(s, st))
			s->found = place_in_file((struct place){ s->code->source, st->span });
		seek_list(s, &st->body);
		for (size_t k = 0; k < st->arms.n; k++)
			seek_list(s, &st->arms.items[k].body);
	}
}

static void
seek_code(struct seeking *s, struct code *code, const struct call *call, uint32_t until)
{
	if (s->found.source != NULL || code == NULL || code->source == NULL || !code_is_plpgsql(code))
		return;
	s->code = code;
	s->until = until;
	s->bindings = code_bind(s->arena, code, call);
	if (code->error.s == NULL)
		seek_list(s, &code->body.list);
}

static void
seek_calls(struct seeking *s, const struct op *op, const struct catalog *c)
{
	struct code_call call;

	for (size_t i = 0; op_calls(op, c, i, &call); i++)
		seek_code(s, call.code, call.call, UINT32_MAX);
}

/* What ran before the statement: of the body that it stands in, and of the bodies around that, and of the file. */
static void
seek(struct seeking *s, const struct facts *f, unsigned since)
{
	const struct op *self = op_of_file(f->op);

	for (const struct op *at = f->op; at->script != NULL && at->script->code != NULL; at = at->script->caller)
		seek_code(s, at->script->code, NULL, at->script->at);
	for (size_t i = 0; self->script != NULL && i < self->script->ops.n && self->script->ops.items[i] != self; i++) {
		const struct op *other = self->script->ops.items[i];
		if (other->number <= since)
			continue;
		if (str_is(str_of(other->kind->name), "do_block"))
			seek_code(s, op_code(other), NULL, UINT32_MAX);
		else
			seek_calls(s, other, f->catalog);
	}
}

struct value
unread_drop_spares(const struct facts *f, const char *word, const struct birth *born)
{
	struct seeking s = { .arena = f->arena, .words = str_printf(f->arena, "drop %s", word) };

	/* such text may do anything to the schema (sql_reach()) */
	if (catalog_unread_since(f->catalog, *born, REACH_SCHEMA))
		seek(&s, f, born->statement);
	return s.found.source == NULL ? value_bool(true) : value_unknown_because(str_printf(f->arena,
	    "the code at %.*s:%u could not be read, and may have dropped it", STR_ARG(s.found.source->path),
	    source_position(s.found.source, s.found.span.off).line));
}
