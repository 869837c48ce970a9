#include "op/not_in.h"

#include <string.h>

#include "op/batch.h"

struct search {
	struct lowering *lowering;
	struct not_in found;
};

static bool visit(Node *, void *);

static bool
is_exclusion(const SubLink *link)
{
	return link->subLinkType == ALL_SUBLINK && list_length(link->operName) == 1 && strcmp(strVal(linitial(link->operName)), "<>") == 0;
}

/* The grammar makes NOT (x = ANY (SELECT ...)) of NOT IN. */
static const SubLink *
negated(const Node *node)
{
	const BoolExpr *not = (const BoolExpr *)node;
	const SubLink *link;

	if (IsA(node, SubLink))
		return is_exclusion((const SubLink *)node) ? (const SubLink *)node : NULL;
	if (!IsA(node, BoolExpr) || not->boolop != NOT_EXPR || !IsA(linitial(not->args), SubLink))
		return NULL;
	link = linitial(not->args);
	return link->subLinkType == ANY_SUBLINK && link->operName == NIL ? link : NULL;
}

static bool
visit(Node *node, void *arg)
{
	struct search *s = arg;
	const SubLink *link;

	if (node == NULL)
		return false;
	link = negated(node);
	if (link == NULL || !IsA(link->subselect, SelectStmt))
		return raw_expression_tree_walker(node, visit, s);
	s->found.query = lower_select(s->lowering, link->subselect);
	s->found.tested = lower_expr(s->lowering, link->testexpr);
	s->found.inner = locate_parens(s->lowering->statement, lower_offset(s->lowering, link->location));
	s->found.where = lower_expr(s->lowering, ((const SelectStmt *)link->subselect)->whereClause);
	return true;
}

struct not_in
lower_not_in(struct lowering *l, const void *node)
{
	struct search s = { .lowering = l };

	(void)visit((Node *)(uintptr_t)node, &s);
	return s.found;
}

/* Its only output, a column of its only table, a plain one. */
static const struct expr *
plain_output(const struct select *q)
{
	const struct expr *output;

	if (q == NULL || q->left != NULL || q->values || q->outputs.n != 1 || q->from.n != 1 || q->from.items[0]->kind != FROM_TABLE)
		return NULL;
	output = q->outputs.items[0].expr;
	return output != NULL && output->kind == EXPR_COLUMN ? output : NULL;
}

const struct column *
not_in_nullable(struct arena *arena, const struct catalog *c, const struct not_in *n, const struct relation **table)
{
	const struct expr *output = plain_output(n->query);
	struct offers offers = { 0 };

	if (output == NULL || (n->where != NULL && expr_mentions_column(n->where, output->name)) || !select_offers(arena, c, n->query, &offers))
		return NULL;
	for (size_t i = 0; i < offers.n; i++) {
		const struct offered *o = &offers.items[i];
		const struct column *column = o->relation != NULL && str_eq(o->name, output->name) ? catalog_find_column(o->relation, o->name) : NULL;
		if (column != NULL && o->relation->kind == RELATION_TABLE && relation_proves_not_null(o->relation, o->name) == NO) {
			*table = o->relation;
			return column;
		}
	}
	return NULL;
}

/* ---- advice ---- */

/* SELECT ... FROM ... [WHERE ...], so that a condition can be added at its end. */
static bool
ends_with_condition(const struct statement *st, struct span inner)
{
	static const char *const others[] = { "group by", "having", "window", "order by", "limit", "offset", "fetch", "for", "union", "intersect",
		"except" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (locate_top(st, inner, others[i]).len > 0)
			return false;
	return str_is_nocase(source_text(st->source, locate_leading(st, inner, 1)), "select");
}

struct str
not_in_without_null(const struct facts *f, const struct not_in *n)
{
	const struct statement *st = f->op->statement;
	const struct expr *output = plain_output(n->query);
	struct span where = locate_top(st, n->inner, "where");
	uint32_t end = n->inner.off + n->inner.len, at = where.len > 0 ? where.off + where.len : end;
	bool either = n->where != NULL && n->where->kind == EXPR_OR;
	struct str added = output == NULL ? STR("") : str_printf(f->arena, "%.*s IS NOT NULL", STR_ARG(output->text));

	if (n->inner.len == 0 || !ends_with_condition(st, n->inner) || !statement_is_short(f->op))
		return str_printf(f->arena, "-- with this in the condition of the subquery: %.*s", STR_ARG(added));
	return str_printf(f->arena, "%.*s%s%.*s%s%s%.*s%.*s;", STR_ARG(str_slice(st->source->sql, st->span.off, at)),
	    either ? " (" : where.len > 0 ? " " : "", STR_ARG(str_trim(str_slice(st->source->sql, at, end))), either ? ")" : "", where.len > 0 ? " AND " : " WHERE ", STR_ARG(added),
	    STR_ARG(str_slice(st->source->sql, end, st->span.off + st->span.len)));
}

struct str
not_in_as_exists(const struct facts *f, const struct not_in *n, struct str called)
{
	const struct expr *output = plain_output(n->query), *x = n->tested;
	const struct from *from = output == NULL ? NULL : n->query->from.items[0];
	struct str inner = from == NULL ? STR_NONE : from->alias.s != NULL ? from->alias : from->table.name;
	struct str outer = x == NULL || x->kind != EXPR_COLUMN ? STR_NONE : x->schema.s != NULL ? x->schema : called;
	const struct relation *r = from == NULL ? NULL : catalog_find_relation(f->catalog, from->table);
	bool either = n->where != NULL && n->where->kind == EXPR_OR;

	if (r == NULL || outer.s == NULL || str_eq(inner, outer) || !ends_with_condition(f->op->statement, n->inner))
		return STR_NONE;
	inner = sql_ident(f->arena, inner);
	return str_printf(f->arena, "NOT EXISTS (SELECT FROM %.*s%s%.*s WHERE %s%.*s%s%s%.*s.%.*s = %.*s.%.*s)", STR_ARG(relation_words(f->arena, f->catalog, r)),
	    from->alias.s != NULL ? " AS " : "", STR_ARG(from->alias.s != NULL ? inner : STR("")), either ? "(" : "",
	    STR_ARG(n->where != NULL ? n->where->text : STR("")), either ? ")" : "", n->where != NULL ? " AND " : "", STR_ARG(inner),
	    STR_ARG(sql_ident(f->arena, output->name)), STR_ARG(sql_ident(f->arena, outer)), STR_ARG(sql_ident(f->arena, x->name)));
}
