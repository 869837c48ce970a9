#include "op/not_in.h"

#include <string.h>

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
