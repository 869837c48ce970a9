#include "op/code.h"
#include "op/lower.h"

/* Whether a body gives the same result for the same arguments, by all that can be read of it. */

struct reading {
	struct arena *arena;
	struct volatility_lookup lookup;
	bool immutable;
};

/* A cast of a text to one of these goes by the settings of the session, or by the catalog. */
static bool
reads_session(struct type type)
{
	return !type.builtin || str_starts(type.name, "date") || str_starts(type.name, "time") || str_starts(type.name, "interval") ||
	    str_starts(type.name, "reg");
}

static void
visit(void *arg, const struct expr *e)
{
	struct reading *r = arg;

	if (e->kind == EXPR_SUBQUERY || (e->kind == EXPR_CAST && reads_session(e->type)))
		r->immutable = false;
}

static void
read_expression(struct reading *r, const Node *node)
{
	struct expr *e = node == NULL ? NULL : expr_from_node(r->arena, node, 0);

	if (e == NULL)
		return;
	expr_walk(e, visit, r);
	r->immutable = r->immutable && expr_volatility(e, &r->lookup, NULL) == IMMUTABLE;
}

static void
on_node(void *arg, const void *node)
{
	struct reading *r = arg;
	const SelectStmt *st = node;
	const ListCell *cell;

	if (!IsA(st, SelectStmt) || st->fromClause != NIL || st->valuesLists != NIL || st->op != SETOP_NONE || st->withClause != NULL) {
		r->immutable = false;
		return;
	}
	foreach (cell, st->targetList)
		read_expression(r, ((const ResTarget *)lfirst(cell))->val);
	read_expression(r, st->whereClause);
}

static void
read_text(struct reading *r, struct str text, enum sql_mode mode)
{
	struct sql_error error;

	text = str_trim(text);
	if (str_ends(text, ";"))
		text = str_slice(text, 0, text.n - 1);
	if (text.n > 0 && !sql_parse_one(r->arena, text, mode, on_node, r, &error))
		r->immutable = false;
}

static void
read_span(struct reading *r, const struct source *body, struct span span, enum sql_mode mode)
{
	read_text(r, str_slice(body->sql, span.off, (size_t)span.off + span.len), mode);
}

static void read_list(struct reading *, const struct source *body, const struct pl_list *);

static void
read_statement(struct reading *r, const struct source *body, const struct pl_statement *st)
{
	if (st->kind == PL_EXECUTE)
		r->immutable = false;
	if (st->kind == PL_SQL)
		read_span(r, body, st->sql, SQL_STATEMENT);
	if (st->kind == PL_EVALUATE)
		read_span(r, body, st->sql, SQL_EXPRESSION);
	read_list(r, body, &st->body);
	for (size_t i = 0; i < st->arms.n; i++) {
		read_span(r, body, st->arms.items[i].condition, SQL_EXPRESSION);
		read_list(r, body, &st->arms.items[i].body);
	}
}

static void
read_list(struct reading *r, const struct source *body, const struct pl_list *list)
{
	for (size_t i = 0; r->immutable && i < list->n; i++)
		read_statement(r, body, list->items[i]);
}

bool
code_is_immutable(const struct catalog *c, struct code *code)
{
	struct reading r = { c->arena, catalog_volatility_lookup(c), true };

	if (code == NULL || code->source == NULL || code->standard || !(code_is_plpgsql(code) || code_is_sql(code)))
		return false;
	if (code_is_sql(code)) {
		read_text(&r, code->source->sql, SQL_STATEMENT);
		return r.immutable;
	}
	code_read(code);
	read_list(&r, code->source, &code->body.list);
	return r.immutable && code->error.s == NULL;
}
