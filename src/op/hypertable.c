#include "op/query.h"

/* create_hypertable() of the TimescaleDB extension. */

static const Node *
value_of(const Node *node)
{
	return node != NULL && IsA(node, NamedArgExpr) ? (const Node *)((const NamedArgExpr *)node)->arg : node;
}

void
lower_hypertable_call(struct lowering *l, const FuncCall *f)
{
	const char *table = f->args == NIL ? NULL : query_constant_text(value_of(linitial(f->args)));
	struct str schema, name;
	struct op *op;

	if (table == NULL || strcmp(strVal(llast(f->funcname)), "create_hypertable") != 0)
		return;
	op = lower_add(l, op_kind_find(STR("make_hypertable")));
	name = lower_text(l, table);
	if (str_find_char(name, '.') != (size_t)-1 && str_cut(&name, '.', &schema))
		op->target.schema = schema;
	op->target.name = name;
	op->target.span = op->spans[SPAN_ACTION] = locate_element(l->statement, lower_offset(l, f->location));
	op->target_kind = RELATION_TABLE;
}

/* By default it makes an index on the column by which it splits the table. */
static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->table == NULL)
		return;
	catalog_set(c, &op->table->is_hypertable, true);
	if (op->table->unread.source == NULL)
		catalog_set(c, &op->table->unread, c->statement);
}

const struct op_kind op_kinds_hypertable[] = {
	{ .name = "make_hypertable", .doc = "SELECT create_hypertable('table', ...) of TimescaleDB", .has = HAS_TABLE, .apply = apply },
	{ .name = NULL }
};
