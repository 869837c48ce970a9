#include "op/lower.h"

struct payload {
	struct str owner;               /* AUTHORIZATION; STR_NONE: not given */
	size_t elements;
};

/* transformCreateSchemaStmtElements(): what is created inside, and has no schema of its own, goes into the new one */
static RangeVar *
created_name(Node *element)
{
	switch (nodeTag(element)) {
	case T_CreateStmt: return ((CreateStmt *)element)->relation;
	case T_ViewStmt: return ((ViewStmt *)element)->view;
	case T_IndexStmt: return ((IndexStmt *)element)->relation;
	case T_CreateSeqStmt: return ((CreateSeqStmt *)element)->sequence;
	case T_CreateTrigStmt: return ((CreateTrigStmt *)element)->relation;
	default: return NULL;
	}
}

/* The order in which they are made, whatever the order they were written in. */
static int
rank(const Node *element)
{
	static const NodeTag order[] = { T_CreateSeqStmt, T_CreateStmt, T_ViewStmt, T_IndexStmt, T_CreateTrigStmt };
	int i = 0;

	while (i < (int)(sizeof order / sizeof order[0]) && order[i] != nodeTag(element))
		i++;
	return i;
}

static int
compare_ranks(const ListCell *a, const ListCell *b)
{
	return rank(lfirst(a)) - rank(lfirst(b));
}

/* schema NULL: that of the current role */
static void
lower_element(struct lowering *l, Node *element, char *schema, struct str owner)
{
	RangeVar *name = created_name(element);
	size_t first = l->script->ops.n;

	if (name != NULL && name->schemaname == NULL)
		name->schemaname = schema;
	lower_node(l, (int)nodeTag(element), -1, element);
	for (size_t i = first; i < l->script->ops.n; i++) {
		l->script->ops.items[i]->in_schema = schema != NULL ? lower_text(l, schema) : owner;
		l->script->ops.items[i]->as_role = owner;
	}
}

static void
lower_elements(struct lowering *l, const CreateSchemaStmt *st, char *schema, struct str owner)
{
	const ListCell *cell;

	list_sort(st->schemaElts, compare_ranks);
	foreach (cell, st->schemaElts)
		lower_element(l, lfirst(cell), schema, owner);
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateSchemaStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	char *name = st->schemaname != NULL ? st->schemaname : st->authrole != NULL ? st->authrole->rolename : NULL;

	op->target.name = lower_text(l, name);
	if (name != NULL)
		op->target.span = locate_name(l->statement, l->statement->span, op->target.name);
	op->spans[SPAN_NAME] = op->target.span;
	op->if_not_exists = st->if_not_exists;
	p->owner = lower_role(l, st->authrole);
	p->elements = (size_t)list_length(st->schemaElts);
	lower_elements(l, st, name, p->owner);
}

/* Who "current_user" is may not be known: a schema of that name stands for the one of whoever runs it. */
static void
name_after_role(struct op *op, struct catalog *c)
{
	if (op->target.name.s != NULL)
		return;
	op->target.name = catalog_role(c, STR("current_user"));
	if (c->role.s == NULL)
		*map_at(&c->stand_ins, op->target.name) = &c->stand_ins;
}

/* The one that everything runs in is there before it. */
static void
bind(struct op *op, struct catalog *c)
{
	name_after_role(op, c);
	op->noop = op->if_not_exists && op->target.name.s != NULL &&
	    (str_eq(op->target.name, c->default_schema) || catalog_slot_object(&c->schemas, STR(""), op->target.name) != NULL);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	struct schema *made = NEW(c->arena, struct schema);
	struct str owner = OP_DATA(op, struct payload)->owner;

	(void)session;
	made->fresh = !op->if_not_exists || catalog_knows_name(c, &c->schemas, (struct name){ STR(""), op->target.name, op->target.span });
	made->born = c->now;
	made->born.place = (struct place){ op->statement->source, op->target.span };
	made->owner = owner.s != NULL ? catalog_role(c, owner) : c->role;
	catalog_give_defaults_on(c, "schema", STR_NONE, op->target.name, &made->dropped, made->owner);
	catalog_touch(c, TOUCHED_SCHEMA, STR(""), op->target.name, false);
	catalog_set(c, &catalog_slot(c, &c->schemas, STR(""), op->target.name)->object, made);
}

static struct value
get_schema(const struct facts *f)
{
	return str_is(f->op->target.name, "current_user") ? value_absent() : value_text(f->op->target.name);
}

static struct value
get_owner(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->owner);
}

static struct value
get_elements(const struct facts *f)
{
	return value_number((int64_t)OP_DATA(f->op, struct payload)->elements);
}

static struct value
get_if_not_exists(const struct facts *f)
{
	return value_bool(f->op->if_not_exists);
}

static const struct field fields[] = {
	{ "schema", FIELD_TEXT, "its name; absent: that of the current role", get_schema },
	{ "owner", FIELD_TEXT, "the role of AUTHORIZATION; absent: not given", get_owner },
	{ "element_count", FIELD_NUMBER, "how many objects the statement creates inside", get_elements },
	{ "if_not_exists", FIELD_BOOL, "IF NOT EXISTS is given", get_if_not_exists },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_schema[] = {
	{ .name = "create_schema", .doc = "CREATE SCHEMA", .node = T_CreateSchemaStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, .apply = apply },
	{ .name = NULL }
};
