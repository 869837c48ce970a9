#include "op/lower.h"

struct payload {
	struct str schema;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterObjectSchemaStmt *st = node;
	struct op *op = lower_add(l, kind);

	op->if_exists = st->missing_ok;
	if (st->relation != NULL)
		op->target = lower_range_var(l, st->relation);
	else if (st->object != NULL && IsA(st->object, List))
		op->target = lower_name_list(l, (const List *)st->object);
	op->target_kind = st->objectType == OBJECT_VIEW ? RELATION_VIEW : st->objectType == OBJECT_SEQUENCE ? RELATION_SEQUENCE :
	    st->objectType == OBJECT_MATVIEW ? RELATION_MATVIEW : RELATION_TABLE;
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
	OP_DATA(op, struct payload)->schema = lower_text(l, st->newschema);
}

/* AlterTableNamespace(): AccessExclusiveLock; owned sequences move along. */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock(e, op->table, ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < op->table->columns.n; i++)
		if (op->table->columns.items[i]->sequence != NULL && !op->table->columns.items[i]->sequence->dropped)
			effects_lock(e, op->table->columns.items[i]->sequence, ACCESS_EXCLUSIVE);
}

static void
move(struct catalog *c, struct relation *r, struct str schema)
{
	catalog_rename_relation(c, r, schema, r->name);
	for (size_t i = 0; i < r->indexes.n; i++)
		catalog_rename_relation(c, r->indexes.items[i], schema, r->indexes.items[i]->name);
	for (size_t i = 0; i < r->columns.n; i++)
		if (r->columns.items[i]->sequence != NULL && !r->columns.items[i]->sequence->dropped)
			catalog_rename_relation(c, r->columns.items[i]->sequence, schema, r->columns.items[i]->sequence->name);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	move(c, op->table, OP_DATA(op, struct payload)->schema);
}

static void
bind_type(struct op *op, struct catalog *c)
{
	op->type = catalog_find_type(c, op->target.schema, op->target.name);
}

static void
apply_type(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->type != NULL)
		catalog_rename_type(c, op->type, OP_DATA(op, struct payload)->schema, op->type->name);
}

static struct value
get_new_schema(const struct facts *f)
{
	return value_text(sql_ident(f->arena, OP_DATA(f->op, struct payload)->schema));
}

static const struct field fields[] = {
	{ "new_schema", FIELD_TEXT, "the schema it moves to", get_new_schema },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define RELATION(kind_name, kind_doc, object) \
	{ .name = kind_name, .doc = kind_doc, .node = T_AlterObjectSchemaStmt, .subtype = object, .has = HAS_TABLE, \
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = effects, .apply = apply }
#define TYPE(kind_name, kind_doc, object) \
	{ .name = kind_name, .doc = kind_doc, .node = T_AlterObjectSchemaStmt, .subtype = object, .has = HAS_TYPE, \
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind_type, .apply = apply_type }

const struct op_kind op_kinds_set_schema[] = {
	RELATION("set_schema", "ALTER TABLE ... SET SCHEMA", OBJECT_TABLE),
	RELATION("set_foreign_table_schema", "ALTER FOREIGN TABLE ... SET SCHEMA", OBJECT_FOREIGN_TABLE),
	RELATION("set_view_schema", "ALTER VIEW ... SET SCHEMA", OBJECT_VIEW),
	RELATION("set_materialized_view_schema", "ALTER MATERIALIZED VIEW ... SET SCHEMA", OBJECT_MATVIEW),
	RELATION("set_sequence_schema", "ALTER SEQUENCE ... SET SCHEMA", OBJECT_SEQUENCE),
	TYPE("set_type_schema", "ALTER TYPE ... SET SCHEMA", OBJECT_TYPE),
	TYPE("set_domain_schema", "ALTER DOMAIN ... SET SCHEMA", OBJECT_DOMAIN),
	{ .name = "set_object_schema", .doc = "SET SCHEMA of another kind of object", .node = T_AlterObjectSchemaStmt,
	    .subtype = -1, .size = sizeof(struct payload), .fields = fields, .lower = lower },
	{ .name = NULL }
};
