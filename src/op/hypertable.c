#include "op/query.h"

/* create_hypertable() of the TimescaleDB extension. */

void
lower_hypertable_call(struct lowering *l, const FuncCall *f)
{
	if (strcmp(strVal(llast(f->funcname)), "create_hypertable") == 0)
		(void)lower_call_on_table(l, STR("make_hypertable"), f);
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
