#include "op/query.h"

/* create_distributed_table() and create_reference_table() of the Citus extension. */

struct payload {
	struct str column;              /* STR_NONE: the table is copied to every node */
};

void
lower_citus_call(struct lowering *l, const FuncCall *f)
{
	const char *function = strVal(llast(f->funcname)), *table = f->args == NIL ? NULL : query_constant_text(linitial(f->args));
	const char *column = list_length(f->args) < 2 ? NULL : query_constant_text(lsecond(f->args));
	bool spread = strcmp(function, "create_distributed_table") == 0 && column != NULL;
	struct str schema, name;
	struct op *op;

	if (table == NULL || (!spread && strcmp(function, "create_reference_table") != 0))
		return;
	op = lower_add(l, op_kind_find(STR("distribute_table")));
	name = lower_text(l, table);
	if (str_find_char(name, '.') != (size_t)-1 && str_cut(&name, '.', &schema))
		op->target.schema = schema;
	op->target.name = name;
	op->target.span = op->spans[SPAN_ACTION] = locate_element(l->statement, lower_offset(l, f->location));
	op->target_kind = RELATION_TABLE;
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
