#include "op/query.h"

/* create_distributed_table() and create_reference_table() of the Citus extension. */

struct payload {
	struct str column;              /* STR_NONE: the table is copied to every node */
};

void
lower_citus_call(struct lowering *l, const FuncCall *f)
{
	const char *function = strVal(llast(f->funcname));
	const char *column = list_length(f->args) < 2 ? NULL : query_constant_text(lsecond(f->args));
	bool spread = strcmp(function, "create_distributed_table") == 0 && column != NULL;
	struct op *op;

	if (!spread && strcmp(function, "create_reference_table") != 0)
		return;
	op = lower_call_on_table(l, STR("distribute_table"), f);
	if (op == NULL)
		return;
	OP_DATA(op, struct payload)->column = spread ? lower_text(l, column) : STR_NONE;
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	struct str column = OP_DATA(op, struct payload)->column;

	(void)session;
	if (op->table == NULL)
		return;
	if (column.s != NULL)
		catalog_set(c, &op->table->distributed_by, column);
	else
		catalog_set(c, &op->table->reference_table, true);
}

static struct value
get_column(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->column);
}

static const struct field fields[] = {
	{ "distribution_column", FIELD_TEXT, "the column that says on which node a row is; absent for a reference table", get_column },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_citus[] = {
	{ .name = "distribute_table", .doc = "SELECT create_distributed_table('table', 'column'), create_reference_table('table') of Citus",
	    .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields, .apply = apply },
	{ .name = NULL }
};
