#include "op/lower.h"

struct payload {
	struct str index;               /* STR_NONE: the one it was clustered on before */
	bool everything;                /* CLUSTER; */
};

/* CLUSTER t USING index, or the old CLUSTER index ON t. */
static struct span
locate_index(struct lowering *l, struct span table, struct str name)
{
	struct span rest = locate_rest(l->statement, table), found = locate_name(l->statement, rest, name);

	return found.len > 0 ? found : locate_name(l->statement, l->statement->span, name);
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const ClusterStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	p->everything = st->relation == NULL;
	p->index = lower_text(l, st->indexname);
	if (st->relation == NULL)
		return;
	op->target = lower_range_var(l, st->relation);
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
	if (p->index.s != NULL)
		op->spans[SPAN_INDEX] = locate_index(l, op->target.span, p->index);
}

static void
bind(struct op *op, struct catalog *c)
{
	struct str index = OP_DATA(op, struct payload)->index;

	if (op->target.name.s == NULL)
		return;
	op->table = catalog_relation(c, op->target, RELATION_TABLE);
	if (index.s != NULL)
		op->index = catalog_find_index(op->table, index);
}

/* cluster(): a partitioned table is taken partition by partition, each in a transaction of its own (15) */
static void
rewrite_tree(struct effects *e, struct relation *r)
{
	effects_lock(e, r, ACCESS_EXCLUSIVE);
	effects_rewrite_table(e, r, YES);
	for (size_t i = 0; r->kind == RELATION_PARTITIONED && i < r->partitions.n; i++)
		rewrite_tree(e, r->partitions.items[i]);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->table == NULL)
		e->all_unknown = true;
	else
		rewrite_tree(e, op->table);
}

static struct value
get_index_name(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->index);
}

static struct value
get_everything(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->everything);
}

static const struct field fields[] = {
	{ "index_name", FIELD_TEXT, "the index that gives the order; absent: the one of the last time", get_index_name },
	{ "whole_database", FIELD_BOOL, "no table is named: every table that was clustered before", get_everything },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_cluster[] = {
	{ .name = "cluster", .doc = "CLUSTER", .node = T_ClusterStmt, .subtype = -1, .has = HAS_TABLE | HAS_INDEX,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, .effects = effects },
	{ .name = NULL }
};
