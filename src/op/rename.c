#include "op/lower.h"

struct payload {
	struct str new_name;
	struct str old_name;            /* of what is not a relation: column, constraint, trigger ... */
	const struct script *script;    /* the file it is in */
};

static enum relkind
kind_of(ObjectType type)
{
	switch (type) {
	case OBJECT_VIEW:
		return RELATION_VIEW;
	case OBJECT_MATVIEW:
		return RELATION_MATVIEW;
	case OBJECT_INDEX:
		return RELATION_INDEX;
	case OBJECT_SEQUENCE:
		return RELATION_SEQUENCE;
	case OBJECT_FOREIGN_TABLE:
		return RELATION_FOREIGN;
	case OBJECT_TYPE:
		return RELATION_COMPOSITE;
	default:
		return RELATION_TABLE;
	}
}

static struct name
object_name(struct lowering *l, const RenameStmt *st)
{
	struct name name = { STR_NONE, STR_NONE, { 0, 0 } };

	if (st->object == NULL)
		name.name = lower_text(l, st->subname);
	else if (IsA(st->object, List))
		return lower_name_list(l, (const List *)st->object);
	else if (IsA(st->object, String))
		name.name = lower_text(l, strVal(st->object));
	else if (IsA(st->object, ObjectWithArgs))
		return lower_name_list(l, ((const ObjectWithArgs *)st->object)->objname);
	name.span = name.name.s == NULL ? name.span : locate_name(l->statement, l->statement->span, name.name);
	return name;
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const RenameStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	struct span rest;

	op->target = st->relation != NULL ? lower_range_var(l, st->relation) : object_name(l, st);
	op->target_kind = kind_of(st->relationType != 0 && st->renameType == OBJECT_COLUMN ? st->relationType : st->renameType);
	op->only = st->relation != NULL && !st->relation->inh;
	op->if_exists = st->missing_ok;
	op->spans[SPAN_TABLE] = op->target.span;
	p->script = l->script;
	p->new_name = lower_text(l, st->newname);
	p->old_name = lower_text(l, st->subname);
	rest = locate_rest(l->statement, op->target.span);
	op->spans[SPAN_KEYWORD] = locate_keywords(l->statement, l->statement->span, "rename");
	if (p->old_name.s != NULL)
		op->spans[SPAN_COLUMN] = op->spans[SPAN_CONSTRAINT] = locate_name(l->statement, rest, p->old_name);
	if (p->new_name.s != NULL)
		op->spans[SPAN_NAME] = locate_name(l->statement, locate_rest(l->statement,
		    locate_keywords(l->statement, rest, "to")), p->new_name);
	if (st->renameType == OBJECT_COLUMN || st->renameType == OBJECT_ATTRIBUTE)
		op->column_name = p->old_name;
}

/* A table, or whatever ALTER TABLE ... RENAME names. */
static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_find_relation(c, op->target);
	if (op->table == NULL && op->if_exists && catalog_knows_name(c, &c->relations, op->target)) {
		op->noop = true;
		return;
	}
	op->table = catalog_relation(c, op->target, op->target_kind);
	if (op->column_name.s != NULL)
		op->column = catalog_column(c, op->table, op->column_name);
}

static void
bind_constraint(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, RELATION_TABLE);
	op->constraint = catalog_find_constraint(op->table, OP_DATA(op, struct payload)->old_name);
}

static void
bind_index(struct op *op, struct catalog *c)
{
	op->index = catalog_relation(c, op->target, RELATION_INDEX);
	op->table = op->index->index != NULL ? op->index->index->table : NULL;
}

/* ---- effects ---- */

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (!op->noop)
		effects_lock(e, op->table, ACCESS_EXCLUSIVE);
}

/* renameatt_internal() recurses to the children. */
static void
column_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (!op->noop)
		effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
}

/* rename_constraint_internal(), and RenameRelationInternal() for the index behind it */
static void
constraint_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct constraint *k = op->constraint;

	(void)f;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only || (k != NULL && k->kind != CONSTRAINT_CHECK));
	if (k != NULL && k->index != NULL)
		effects_lock(e, k->index, ACCESS_EXCLUSIVE);
}

/* RenameRelation(): ShareUpdateExclusiveLock on an index, since 12 */
static void
index_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock(e, op->index, SHARE_UPDATE_EXCLUSIVE);
}

/* ---- catalog ---- */

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (!op->noop)
		catalog_rename_relation(c, op->table, op->table->schema, OP_DATA(op, struct payload)->new_name);
}

static void
apply_index(struct op *op, struct catalog *c, struct session *session)
{
	const struct str new_name = OP_DATA(op, struct payload)->new_name;

	(void)session;
	catalog_rename_relation(c, op->index, op->index->schema, new_name);
	if (op->index->index != NULL && op->index->index->constraint != NULL)
		catalog_rename_constraint(c, op->index->index->constraint, new_name);
}

static void
apply_constraint(struct op *op, struct catalog *c, struct session *session)
{
	const struct str new_name = OP_DATA(op, struct payload)->new_name;

	(void)session;
	if (op->constraint == NULL)
		return;
	catalog_rename_constraint(c, op->constraint, new_name);
	if (op->constraint->index != NULL)
		catalog_rename_relation(c, op->constraint->index, op->constraint->index->schema, new_name);
}

static void
rename_in(struct catalog *c, struct str *names, size_t n, struct str from, struct str to)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], from))
			catalog_set(c, &names[i], to);
}

static void
rename_keys(struct catalog *c, struct index_column *keys, size_t n, struct str from, struct str to)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i].name.s != NULL && str_eq(keys[i].name, from))
			catalog_set(c, &keys[i].name, to);
}

static void
rename_column(struct catalog *c, struct relation *r, struct str from, struct str to)
{
	struct column *column = catalog_find_column(r, from);

	if (column != NULL)
		catalog_set(c, &column->name, to);
	for (size_t i = 0; i < r->constraints.n; i++)
		rename_in(c, r->constraints.items[i]->columns.items, r->constraints.items[i]->columns.n, from, to);
	for (size_t i = 0; i < r->referenced_by.n; i++)
		rename_in(c, r->referenced_by.items[i]->reference_columns.items, r->referenced_by.items[i]->reference_columns.n,
		    from, to);
	for (size_t i = 0; i < r->indexes.n; i++) {
		struct index *index = r->indexes.items[i]->index;
		rename_keys(c, index->columns.items, index->columns.n, from, to);
		rename_in(c, index->include.items, index->include.n, from, to);
	}
	rename_keys(c, r->partition_key.items, r->partition_key.n, from, to);
	for (size_t i = 0; i < r->partitions.n; i++)
		rename_column(c, r->partitions.items[i], from, to);
}

static void
apply_column(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (!op->noop)
		rename_column(c, op->table, op->column_name, OP_DATA(op, struct payload)->new_name);
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
		catalog_rename_type(c, op->type, op->type->schema, OP_DATA(op, struct payload)->new_name);
}

static void
apply_schema(struct op *op, struct catalog *c, struct session *session)
{
	const struct str to = OP_DATA(op, struct payload)->new_name;

	(void)session;
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && str_eq(c->all.items[i]->schema, op->target.name))
			catalog_rename_relation(c, c->all.items[i], to, c->all.items[i]->name);
	for (size_t i = 0; i < c->all_types.n; i++)
		if (!c->all_types.items[i]->dropped && str_eq(c->all_types.items[i]->schema, op->target.name))
			catalog_rename_type(c, c->all_types.items[i], to, c->all_types.items[i]->name);
}

/* ---- facts ---- */

static struct value
get_new_name(const struct facts *f)
{
	return value_text(sql_ident(f->arena, OP_DATA(f->op, struct payload)->new_name));
}

static struct value
get_object(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	struct str name = p->old_name.s != NULL ? p->old_name : f->op->target.name;

	return name.s == NULL ? value_absent() : value_text(sql_ident(f->arena, name));
}

/* The new name with its schema, when that is not the default one. */
static struct value
get_new_relation(const struct facts *f)
{
	struct relation renamed;

	if (f->op->table == NULL)
		return value_absent();
	renamed = *f->op->table;
	renamed.name = OP_DATA(f->op, struct payload)->new_name;
	return value_text(relation_words(f->arena, f->catalog, &renamed));
}

static bool
same_schema(struct str a, struct str b)
{
	return a.s == NULL || b.s == NULL || str_eq(a, b);
}

/* Looks ahead in the file: code of the old version goes on working through the view. */
static struct value
get_view_follows(const struct facts *f)
{
	const struct script *script = OP_DATA(f->op, struct payload)->script;
	const struct name *old = &f->op->target;
	bool later = false;

	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		if (later && str_is(str_of(op->kind->name), "create_view") && str_eq(op->target.name, old->name) &&
		    same_schema(op->target.schema, old->schema))
			return value_bool(true);
		later = later || op == f->op;
	}
	return value_bool(false);
}

static const struct field fields[] = {
	{ "new_name", FIELD_TEXT, "the name it gets", get_new_name },
	{ "new_relation", FIELD_TEXT, "the same with its schema when that is not the default one; absent: not a relation", get_new_relation },
	{ "view_follows", FIELD_BOOL, "a later statement of the file creates a view of the old name", get_view_follows },
	{ "object", FIELD_TEXT, "the name it has now", get_object },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define KIND(kind_name, kind_doc, object, has_what, bind_function, effects_function, apply_function) \
	{ .name = kind_name, .doc = kind_doc, .node = T_RenameStmt, .subtype = object, .has = has_what, \
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind_function, \
	    .effects = effects_function, .apply = apply_function }

const struct op_kind op_kinds_rename[] = {
	KIND("rename_table", "ALTER TABLE ... RENAME TO", OBJECT_TABLE, HAS_TABLE, bind, effects, apply),
	KIND("rename_foreign_table", "ALTER FOREIGN TABLE ... RENAME TO", OBJECT_FOREIGN_TABLE, HAS_TABLE, bind, effects, apply),
	KIND("rename_view", "ALTER VIEW ... RENAME TO", OBJECT_VIEW, HAS_TABLE, bind, effects, apply),
	KIND("rename_materialized_view", "ALTER MATERIALIZED VIEW ... RENAME TO", OBJECT_MATVIEW, HAS_TABLE, bind, effects, apply),
	KIND("rename_sequence", "ALTER SEQUENCE ... RENAME TO", OBJECT_SEQUENCE, HAS_TABLE, bind, effects, apply),
	KIND("rename_index", "ALTER INDEX ... RENAME TO", OBJECT_INDEX, HAS_TABLE | HAS_INDEX, bind_index, index_effects,
	    apply_index),
	KIND("rename_column", "ALTER TABLE ... RENAME COLUMN", OBJECT_COLUMN, HAS_TABLE | HAS_COLUMN, bind, column_effects,
	    apply_column),
	KIND("rename_attribute", "ALTER TYPE ... RENAME ATTRIBUTE", OBJECT_ATTRIBUTE, HAS_TABLE | HAS_COLUMN, bind,
	    column_effects, apply_column),
	KIND("rename_constraint", "ALTER TABLE ... RENAME CONSTRAINT", OBJECT_TABCONSTRAINT, HAS_TABLE | HAS_CONSTRAINT,
	    bind_constraint, constraint_effects, apply_constraint),
	KIND("rename_trigger", "ALTER TRIGGER ... RENAME TO", OBJECT_TRIGGER, HAS_TABLE, bind, column_effects, NULL),
	KIND("rename_policy", "ALTER POLICY ... RENAME TO", OBJECT_POLICY, HAS_TABLE, bind, effects, NULL),
	KIND("rename_rule", "ALTER RULE ... RENAME TO", OBJECT_RULE, HAS_TABLE, bind, effects, NULL),
	KIND("rename_type", "ALTER TYPE ... RENAME TO", OBJECT_TYPE, HAS_TYPE, bind_type, NULL, apply_type),
	KIND("rename_domain", "ALTER DOMAIN ... RENAME TO", OBJECT_DOMAIN, HAS_TYPE, bind_type, NULL, apply_type),
	KIND("rename_schema", "ALTER SCHEMA ... RENAME TO", OBJECT_SCHEMA, 0, NULL, NULL, apply_schema),
	KIND("rename_object", "RENAME of another kind of object", -1, 0, NULL, NULL, NULL),
	{ .name = NULL }
};
