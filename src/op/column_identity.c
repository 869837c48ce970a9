#include <string.h>

#include "op/column_def.h"
#include "op/failure.h"

struct payload {
	char identity;                  /* 'a', 'd'; 0: SET with sequence options only */
	bool options;                   /* SET INCREMENT, RESTART ...: the sequence gets new storage */
	bool restarts;
	struct setting_list sequence;   /* options that stay */
	struct name sequence_name;      /* SEQUENCE NAME; name STR_NONE: chosen by the server */
};

static struct op *
lower_column(struct lowering *l, const struct op_kind *kind, const AlterTableCmd *cmd)
{
	struct op *op = lower_add(l, kind);

	op->column_name = lower_text(l, cmd->name);
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
	return op;
}

static void
lower_add_identity(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;

	struct payload *p = OP_DATA(lower_column(l, kind, cmd), struct payload);

	p->identity = ((const Constraint *)cmd->def)->generated_when;
	p->sequence = lower_sequence_settings(l, ((const Constraint *)cmd->def)->options);
	p->sequence_name = lower_sequence_name(l, ((const Constraint *)cmd->def)->options);
}

static void
lower_set_identity(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct payload *p = OP_DATA(lower_column(l, kind, cmd), struct payload);
	const ListCell *cell;

	foreach (cell, (const List *)cmd->def) {
		const DefElem *d = lfirst(cell);
		if (strcmp(d->defname, "generated") == 0)
			p->identity = (char)intVal(d->arg);
		else
			p->options = true;
	}
	p->restarts = lower_option((const List *)cmd->def, "restart") != NULL;
	p->sequence = lower_sequence_settings(l, (const List *)cmd->def);
}

static void
lower_drop_identity(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;

	lower_column(l, kind, cmd)->part_if_exists = cmd->missing_ok;
}

static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, op->target_kind);
	op->column = catalog_column(c, op->table, op->column_name);
}

/* ---- effects ---- */

/* Partitions have it since 17; inheritance children never. */
static void
lock_tree(const struct op *op, const struct facts *f, struct effects *e)
{
	bool down = f->pg_version >= 17 && op->table->kind == RELATION_PARTITIONED;

	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only || !down);
}

/* generateSerialExtraStmts(): CREATE SEQUENCE runs before the subcommand. The name is what it will be unless taken. */
static void
add_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	struct str told = OP_DATA(op, struct payload)->sequence_name.name;

	lock_tree(op, f, e);
	effects_create(e, op->table->schema, told.s != NULL ? told : catalog_object_name(e->arena, op->table->name, op->column_name, STR("seq")));
}

/* AlterSequence(), even when no option of the sequence is given */
static void
set_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	lock_tree(op, f, e);
	if (op->column != NULL && op->column->sequence != NULL)
		effects_lock(e, op->column->sequence, SHARE_ROW_EXCLUSIVE)->rewrite =
		    tri_of(OP_DATA(op, struct payload)->options);
}

static void
drop_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	lock_tree(op, f, e);
	if (op->column != NULL && op->column->sequence != NULL)
		effects_lock(e, op->column->sequence, ACCESS_EXCLUSIVE);
}

/* ---- catalog ---- */

static void
mark_tree(struct catalog *c, struct relation *r, struct str name, char identity, bool only)
{
	struct column *column = catalog_column(c, r, name);

	if (column != NULL)
		catalog_set(c, &column->identity, identity);
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		if (r->partitions.items[i]->is_partition && c->pg_version >= 17)
			mark_tree(c, r->partitions.items[i], name, identity, false);
}

static void
add_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->column == NULL)
		return;
	(void)column_add_sequence(c, op->table, op->column, OP_DATA(op, struct payload)->sequence_name, &OP_DATA(op, struct payload)->sequence);
	/* ATExecAddIdentity() demands NOT NULL */
	catalog_set_not_null(c, op->table, op->column, YES, STR_NONE);
	mark_tree(c, op->table, op->column_name, OP_DATA(op, struct payload)->identity, op->only);
}

static void
set_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->column != NULL && op->column->sequence != NULL)
		sequence_alter(c, op->column->sequence, &OP_DATA(op, struct payload)->sequence);
	if (OP_DATA(op, struct payload)->identity != 0)
		mark_tree(c, op->table, op->column_name, OP_DATA(op, struct payload)->identity, op->only);
}

static void
drop_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->column == NULL || (op->column->identity == 0 && !op->column->assumed))
		return;
	if (op->column->sequence != NULL) {
		catalog_drop_relation(c, op->column->sequence);
		catalog_set(c, &op->column->sequence, NULL);
	}
	mark_tree(c, op->table, op->column_name, 0, op->only);
}

/* ATPrepAddIdentity() and its kin: partitions have it since 17, all or none. */
static struct str
family_refused(const struct facts *f, const char *what)
{
	const struct relation *r = f->op->table;

	if (f->pg_version < 17 || !is_known(r))
		return STR_NONE;
	if (f->op->only && r->kind == RELATION_PARTITIONED)
		return str_printf(f->arena, "cannot %s of only the partitioned table", what);
	return !r->is_partition ? STR_NONE : str_printf(f->arena, "cannot %s of a partition", what);
}

/* ATExecAddIdentity() */
static struct str
add_refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct column *column = f->op->column;
	struct str reason = family_refused(f, "add identity to a column");
	const char *why = NULL;

	if (reason.s != NULL || !is_settled(f, r, REACH_SCHEMA) || column == NULL || column->assumed)
		return reason;
	reason = sequence_name_misfit(f, r->schema, OP_DATA(f->op, struct payload)->sequence_name);
	if (reason.s != NULL)
		return reason;
	if (column->not_null == NO)
		why = "must be declared NOT NULL before identity can be added";
	else if (column->identity != 0)
		why = "is already an identity column";
	else if (column->default_expr != NULL || column->type.serial)
		why = "already has a default value";
	return why == NULL ? STR_NONE : str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" %s", STR_ARG(column->name),
	    STR_ARG(r->name), why);
}

static struct str
no_identity(const struct facts *f)
{
	const struct column *column = f->op->column;

	if (!is_settled(f, f->op->table, REACH_SCHEMA) || column == NULL || column->assumed || column->identity != 0 || f->op->part_if_exists)
		return STR_NONE;
	return str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" is not an identity column", STR_ARG(column->name),
	    STR_ARG(f->op->table->name));
}

/* ATExecSetIdentity() */
static struct str
set_refused(const struct facts *f)
{
	struct str reason = family_refused(f, "change identity column");

	return reason.s != NULL ? reason : no_identity(f);
}

/* ATExecDropIdentity() */
static struct str
drop_refused(const struct facts *f)
{
	struct str reason = family_refused(f, "drop identity from a column");

	return reason.s != NULL ? reason : no_identity(f);
}

/* ---- facts ---- */

static struct value
get_always(const struct facts *f)
{
	char identity = OP_DATA(f->op, struct payload)->identity;

	return identity == 0 ? value_absent() : value_bool(identity == 'a');
}

static struct value
get_not_null(const struct facts *f)
{
	return f->op->column == NULL ? value_unknown() : value_tri(f->op->column->not_null);
}

static struct value
get_has_default(const struct facts *f)
{
	const struct column *column = f->op->column;

	if (column == NULL || (column->assumed && column->default_expr == NULL))
		return value_unknown();
	return value_bool(column->default_expr != NULL || column->type.serial);
}

static struct value
get_restarts(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->restarts);
}

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->part_if_exists);
}

static const struct field add_fields[] = {
	{ "always", FIELD_BOOL, "GENERATED ALWAYS, not BY DEFAULT", get_always },
	{ "column_not_null", FIELD_BOOL, "the column is NOT NULL, as the server demands", get_not_null },
	{ "has_default", FIELD_BOOL, "the column has a default, with which the statement fails", get_has_default },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field set_fields[] = {
	{ "always", FIELD_BOOL, "SET GENERATED ALWAYS, not BY DEFAULT; absent: not given", get_always },
	{ "restarts", FIELD_BOOL, "RESTART is given", get_restarts },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field drop_fields[] = {
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define IDENTITY(kind_subtype) .node = T_AlterTableStmt, .subtype = kind_subtype, .has = HAS_TABLE | HAS_COLUMN, \
	.size = sizeof(struct payload), .bind = bind

const struct op_kind op_kinds_column_identity[] = {
	{ .name = "add_identity", .doc = "ALTER TABLE ... ALTER COLUMN ... ADD GENERATED ... AS IDENTITY",
	    IDENTITY(AT_AddIdentity), .pass = PASS_ADD_OTHER_CONSTRAINT, .fields = add_fields, .lower = lower_add_identity,
	    .effects = add_effects, .refused = add_refused, .apply = add_apply },
	{ .name = "set_identity", .doc = "ALTER TABLE ... ALTER COLUMN ... SET GENERATED, SET of a sequence option, RESTART",
	    IDENTITY(AT_SetIdentity), .pass = PASS_MISC, .fields = set_fields, .lower = lower_set_identity,
	    .effects = set_effects, .refused = set_refused, .apply = set_apply },
	{ .name = "drop_identity", .doc = "ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY", IDENTITY(AT_DropIdentity),
	    .pass = PASS_DROP, .fields = drop_fields, .lower = lower_drop_identity, .effects = drop_effects,
	    .refused = drop_refused, .apply = drop_apply },
	{ .name = NULL }
};
