#include "op/design.h"
#include "op/family.h"
#include "op/failure.h"
#include "op/foreign.h"
#include "op/lower.h"
#include "op/partition_parts.h"
#include "op/typed.h"

/* The subcommands of ALTER TABLE and its kin that set a property of the relation, a column, its triggers or rules. */

struct option {
	struct str name, value;         /* name with its namespace: "toast.autovacuum_enabled" */
};

struct payload {
	struct str value;               /* what it is set to: a number, method, owner, tablespace, index, trigger, type */
	VEC(struct option) options;
	struct foreign_options foreign;
	struct name type;               /* OF it */
};

/* ---- locks: AlterTableGetLockLevel(); who is taken along: ATPrepCmd() ---- */

struct behaviour {
	int subtype;
	enum lock lock;
	bool recurses;                  /* ATSimpleRecursion() */
};

static const struct behaviour behaviours[] = {
	{ AT_SetStatistics, SHARE_UPDATE_EXCLUSIVE, true },
	{ AT_SetOptions, SHARE_UPDATE_EXCLUSIVE, false },
	{ AT_ResetOptions, SHARE_UPDATE_EXCLUSIVE, false },
	{ AT_SetStorage, ACCESS_EXCLUSIVE, true },
	{ AT_SetCompression, ACCESS_EXCLUSIVE, false },
	{ AT_AlterColumnGenericOptions, ACCESS_EXCLUSIVE, false },
	{ AT_GenericOptions, ACCESS_EXCLUSIVE, false },
	{ AT_ChangeOwner, ACCESS_EXCLUSIVE, false },
	{ AT_ClusterOn, SHARE_UPDATE_EXCLUSIVE, false },
	{ AT_DropCluster, SHARE_UPDATE_EXCLUSIVE, false },
	{ AT_SetLogged, ACCESS_EXCLUSIVE, false },
	{ AT_SetUnLogged, ACCESS_EXCLUSIVE, false },
	{ AT_DropOids, ACCESS_EXCLUSIVE, false },
	{ AT_SetAccessMethod, ACCESS_EXCLUSIVE, false },
	{ AT_SetTableSpace, ACCESS_EXCLUSIVE, false },
	{ AT_EnableTrig, SHARE_ROW_EXCLUSIVE, false },
	{ AT_EnableAlwaysTrig, SHARE_ROW_EXCLUSIVE, false },
	{ AT_EnableReplicaTrig, SHARE_ROW_EXCLUSIVE, false },
	{ AT_DisableTrig, SHARE_ROW_EXCLUSIVE, false },
	{ AT_EnableTrigAll, SHARE_ROW_EXCLUSIVE, false },
	{ AT_DisableTrigAll, SHARE_ROW_EXCLUSIVE, false },
	{ AT_EnableTrigUser, SHARE_ROW_EXCLUSIVE, false },
	{ AT_DisableTrigUser, SHARE_ROW_EXCLUSIVE, false },
	{ AT_EnableRule, ACCESS_EXCLUSIVE, false },
	{ AT_EnableAlwaysRule, ACCESS_EXCLUSIVE, false },
	{ AT_EnableReplicaRule, ACCESS_EXCLUSIVE, false },
	{ AT_DisableRule, ACCESS_EXCLUSIVE, false },
	{ AT_AddInherit, ACCESS_EXCLUSIVE, false },
	{ AT_DropInherit, ACCESS_EXCLUSIVE, false },
	{ AT_AddOf, ACCESS_EXCLUSIVE, false },
	{ AT_DropOf, ACCESS_EXCLUSIVE, false },
	{ AT_ReplicaIdentity, ACCESS_EXCLUSIVE, false },
	{ AT_EnableRowSecurity, ACCESS_EXCLUSIVE, false },
	{ AT_DisableRowSecurity, ACCESS_EXCLUSIVE, false },
	{ AT_ForceRowSecurity, ACCESS_EXCLUSIVE, false },
	{ AT_NoForceRowSecurity, ACCESS_EXCLUSIVE, false },
};

static const struct behaviour *
behaviour_of(const struct op *op)
{
	for (size_t i = 0; i < sizeof behaviours / sizeof behaviours[0]; i++)
		if (behaviours[i].subtype == op->kind->subtype)
			return &behaviours[i];
	return NULL;
}

/* ---- lowering ---- */

static void
lower_options(struct lowering *l, struct payload *p, const List *list)
{
	const ListCell *cell;

	foreach (cell, list) {
		const DefElem *d = lfirst(cell);
		struct option *o = vec_push(l->arena, &p->options);
		o->name = d->defnamespace == NULL ? lower_text(l, d->defname)
		    : str_printf(l->arena, "%s.%s", d->defnamespace, d->defname);
		o->value = lower_def_text(l, d);
	}
}

static struct str
identity_word(char identity)
{
	switch (identity) {
	case 'f': return STR("full");
	case 'n': return STR("nothing");
	case 'i': return STR("index");
	default: return STR("default");
	}
}

static void
lower_definition(struct lowering *l, struct op *op, struct payload *p, const Node *def)
{
	switch (nodeTag(def)) {
	case T_Integer:
		p->value = str_printf(l->arena, "%d", intVal(def));
		break;
	case T_String:
		p->value = lower_text(l, strVal(def));
		break;
	case T_List:
		lower_options(l, p, (const List *)def);
		if (op->kind->subtype == AT_GenericOptions || op->kind->subtype == AT_AlterColumnGenericOptions)
			p->foreign = lower_foreign_options(l, (const List *)def);
		break;
	case T_TypeName:
		p->value = type_format(l->arena, type_from_node(l->arena, def));
		names_from_list(l->arena, ((const TypeName *)def)->names, &p->type.schema, &p->type.name);
		break;
	case T_RangeVar:
		op->reference = lower_range_var(l, (const RangeVar *)def);
		op->spans[SPAN_REFERENCES] = op->reference.span;
		break;
	case T_ReplicaIdentityStmt:
		p->value = lower_text(l, ((const ReplicaIdentityStmt *)def)->name);
		*vec_push(l->arena, &p->options) = (struct option){ STR("identity"),
			identity_word(((const ReplicaIdentityStmt *)def)->identity_type) };
		break;
	default:
		break;
	}
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	struct span named = cmd->name == NULL ? (struct span){ 0, 0 }
	    : locate_name(l->statement, l->action, str_of(cmd->name));

	if (kind->has & HAS_COLUMN) {
		op->column_name = lower_text(l, cmd->name);
		op->spans[SPAN_COLUMN] = named;
	} else {
		p->value = lower_text(l, cmd->name);
		op->spans[SPAN_VALUE] = named;
	}
	if (cmd->newowner != NULL)
		p->value = lower_role(l, cmd->newowner);
	if (cmd->def != NULL)
		lower_definition(l, op, p, cmd->def);
	op->spans[SPAN_KEYWORD] = locate_leading(l->statement, l->action, 4);
}

/* ---- binding ---- */

static void
bind_with_index(struct op *op, struct catalog *c)
{
	const struct payload *p = OP_DATA(op, struct payload);

	op->table = catalog_relation(c, op->target, op->target_kind);
	if (p->value.s != NULL)
		op->index = catalog_find_index(op->table, p->value);
}

/* ---- effects ---- */

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct behaviour *b = behaviour_of(op);

	(void)f;
	effects_lock_tree(e, op->table, b->lock, op->only || !b->recurses);
}

/* A table's indexes and the sequences its columns own. */
static void
lock_parts(struct effects *e, const struct relation *r, enum lock lock, enum tri rewrite)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		effects_lock(e, r->indexes.items[i], lock);
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		if (!column->dropped && column->sequence != NULL && !column->sequence->dropped)
			effects_lock(e, column->sequence, lock)->rewrite = rewrite;
	}
}

/* ATExecChangeOwner(): indexes and owned sequences follow; partitions do not */
static void
owner_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	effects(op, f, e);
	lock_parts(e, op->table, ACCESS_EXCLUSIVE, NO);
}

/* ATPrepChangePersistence(): nothing to do when it is so already; since 15 the owned sequences change, too */
static enum tri
persistence_changes(const struct op *op)
{
	bool unlogged = op->kind->subtype == AT_SetUnLogged;

	if (op->table->persistence == 'u')
		return tri_of(!unlogged);
	return op->table->assumed ? UNKNOWN : tri_of(unlogged);
}

static void
persistence_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	enum tri changes = persistence_changes(op);

	effects(op, f, e);
	if (changes == NO)
		return;
	if (op->table->kind == RELATION_SEQUENCE) {
		effects_lock(e, op->table, ACCESS_EXCLUSIVE)->rewrite = changes;
		return;
	}
	effects_rewrite_table(e, op->table, changes);
	if (f->pg_version >= 15)
		lock_parts(e, op->table, ACCESS_EXCLUSIVE, changes);
}

/* ATPrepSetAccessMethod(): a table is a heap unless it was made USING something else; DEFAULT (17) is taken as heap, too */
static void
access_method_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	struct str method = OP_DATA(op, struct payload)->value;

	effects(op, f, e);
	if (method.s != NULL && !str_is(method, "heap"))
		effects_rewrite_table(e, op->table, YES);
}

/*
 * ATExecSetTableSpace() copies the blocks of the one relation; its indexes stay where they are. Partitioned ones
 * have none. Whether a relation is in pg_default already is more than we follow.
 */
static void
tablespace_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	bool usual = str_is(OP_DATA(op, struct payload)->value, "pg_default");
	enum tri partitioned = tri_of(op->table->kind == RELATION_PARTITIONED_INDEX);

	effects(op, f, e);
	if (op->table->index == NULL && op->table->kind != RELATION_MATVIEW)
		partitioned = tri_or(partitioned, relation_is_partitioned(op->table));
	effects_lock(e, op->table, ACCESS_EXCLUSIVE)->rewrite = partitioned == YES ? NO : usual ? UNKNOWN : YES;
}

static void
cluster_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	effects(op, f, e);
	if (op->index != NULL)
		effects_lock(e, op->index, SHARE_UPDATE_EXCLUSIVE);
}

/* ATExecReplicaIdentity() */
static void
replica_identity_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	effects(op, f, e);
	if (op->index != NULL)
		effects_lock(e, op->index, SHARE);
}

/* EnableDisableTrigger() goes to the partitions for row-level triggers */
static void
trigger_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	struct str name = OP_DATA(op, struct payload)->value;
	const struct relation *r = op->table;
	bool found = false;

	for (size_t i = 0; i < r->triggers.n; i++)
		found = found || (!r->triggers.items[i]->dropped && (name.s == NULL || str_eq(r->triggers.items[i]->name, name)));
	(void)f;
	effects_lock_tree(e, op->table, SHARE_ROW_EXCLUSIVE, op->only || r->kind != RELATION_PARTITIONED || (!found && !r->assumed));
}

/* ATExecAddInherit() and ATExecDropInherit() */
static void
inherit_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	effects(op, f, e);
	effects_lock(e, op->references, op->kind->subtype == AT_AddInherit ? SHARE_UPDATE_EXCLUSIVE : ACCESS_SHARE);
}

/* ATExecAddOf(): typenameType() and check_of_type() */
static void
of_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	struct relation *composite = composite_type(f->catalog, OP_DATA(op, struct payload)->type);

	effects(op, f, e);
	if (composite != NULL)
		effects_lock(e, composite, ACCESS_SHARE);
}

/* reloptions.c: the options that need more than SHARE UPDATE EXCLUSIVE, whatever the relation is */
static enum lock
option_lock(struct str name)
{
	static const char *const weak[] = { "fillfactor", "parallel_workers", "toast_tuple_target", "vacuum_truncate",
		"vacuum_index_cleanup", "vacuum_max_eager_freeze_failure_rate", "log_autovacuum_min_duration",
		"vacuum_cleanup_index_scale_factor", "deduplicate_items", "n_distinct", "n_distinct_inherited" };

	if (str_starts_nocase(name, "toast."))
		name = str_slice(name, 6, name.n);
	if (str_starts_nocase(name, "autovacuum_"))
		return SHARE_UPDATE_EXCLUSIVE;
	for (size_t i = 0; i < sizeof weak / sizeof weak[0]; i++)
		if (str_is_nocase(name, weak[i]))
			return SHARE_UPDATE_EXCLUSIVE;
	return ACCESS_EXCLUSIVE;
}

/* AlterTableGetRelOptionsLockLevel() */
static void
options_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);
	enum lock lock = p->options.n == 0 ? ACCESS_EXCLUSIVE : LOCK_NONE;

	(void)f;
	for (size_t i = 0; i < p->options.n; i++)
		lock = lock_stronger(lock, option_lock(p->options.items[i].name));
	effects_lock(e, op->table, lock);
}

/* ---- catalog ---- */

static void
persistence_apply(struct op *op, struct catalog *c, struct session *session)
{
	char persistence = op->kind->subtype == AT_SetLogged ? 'p' : 'u';

	(void)session;
	/* ATPrepChangePersistence(): a partitioned table has no storage; since 18 the server refuses it */
	if (op->table->kind == RELATION_PARTITIONED)
		return;
	catalog_set(c, &op->table->persistence, persistence);
	for (size_t i = 0; i < op->table->indexes.n; i++)
		catalog_set(c, &op->table->indexes.items[i]->persistence, persistence);
}

static void
row_security_apply(struct op *op, struct catalog *c, struct session *session)
{
	int subtype = op->kind->subtype;

	(void)session;
	if (subtype == AT_EnableRowSecurity || subtype == AT_DisableRowSecurity)
		catalog_set(c, &op->table->row_security, tri_of(subtype == AT_EnableRowSecurity));
	else
		catalog_set(c, &op->table->force_row_security, tri_of(subtype == AT_ForceRowSecurity));
}

/* What a property is called among the objects of a relation. */
static const char *
property_of(int subtype)
{
	switch (subtype) {
	case AT_SetStatistics: return "statistics target";
	case AT_SetStorage: return "storage";
	case AT_SetCompression: return "compression";
	case AT_ChangeOwner: return "owner";
	case AT_ClusterOn:
	case AT_DropCluster: return "cluster";
	case AT_SetAccessMethod: return "access method";
	case AT_SetTableSpace: return "tablespace";
	case AT_ReplicaIdentity: return "replica identity";
	default: return "option";
	}
}

static struct str
property_name(struct arena *arena, const struct op *op, struct str option)
{
	if (op->column_name.s == NULL)
		return option;
	return str_printf(arena, "column %.*s%s%.*s", STR_ARG(op->column_name), option.n > 0 ? " " : "", STR_ARG(option));
}

static void
property_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	int subtype = op->kind->subtype;
	struct str value = subtype == AT_ReplicaIdentity ? p->options.items[0].value : p->value;

	(void)session;
	if (value.n == 0 || str_is_nocase(value, "default") || (subtype == AT_SetStatistics && str_is(value, "-1")))
		catalog_remove_object(c, op->table, property_of(subtype), property_name(c->arena, op, STR("")));
	else
		catalog_put_object(c, op->table, property_of(subtype), property_name(c->arena, op, STR("")), value);
}

static void
identity_apply(struct op *op, struct catalog *c, struct session *session)
{
	for (size_t i = 0; i < op->table->indexes.n; i++) {
		struct relation *index = op->table->indexes.items[i];
		if (index->index->identity != (index == op->index))
			catalog_set(c, &index->index->identity, index == op->index);
	}
	property_apply(op, c, session);
}

static void
set_options_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	for (size_t i = 0; i < p->options.n; i++)
		catalog_put_object(c, op->table, "option", property_name(c->arena, op, p->options.items[i].name),
		    p->options.items[i].value.n > 0 ? p->options.items[i].value : STR("true"));
}

static void
reset_options_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	for (size_t i = 0; i < p->options.n; i++)
		catalog_remove_object(c, op->table, "option", property_name(c->arena, op, p->options.items[i].name));
}

static struct str
foreign_column(const struct op *op)
{
	return op->column_name.s != NULL ? op->column_name : STR("");
}

static void
foreign_options_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	foreign_options_set(c, op->table, foreign_column(op), &OP_DATA(op, struct payload)->foreign);
}

static struct str
trigger_state(int subtype)
{
	switch (subtype) {
	case AT_DisableTrig:
	case AT_DisableTrigAll:
	case AT_DisableTrigUser: return STR("disabled");
	case AT_EnableAlwaysTrig: return STR("always");
	case AT_EnableReplicaTrig: return STR("replica");
	default: return STR("");
	}
}

static void
set_clone_state(struct catalog *c, struct relation *r, struct str name, struct str state)
{
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && r->triggers.items[i]->cloned && str_eq(r->triggers.items[i]->name, name))
			catalog_set(c, &r->triggers.items[i]->state, state);
	for (size_t i = 0; i < r->partitions.n; i++)
		set_clone_state(c, r->partitions.items[i], name, state);
}

/* ALL and USER: each that is there now. EnableDisableTrigger() goes down to the clones on partitions, unless ONLY. */
static void
set_trigger_state(struct catalog *c, struct relation *r, struct str name, struct str state, bool only)
{
	for (size_t i = 0; i < r->triggers.n; i++) {
		struct trigger *t = r->triggers.items[i];
		if (t->dropped || (name.s != NULL && !str_eq(t->name, name)))
			continue;
		catalog_set(c, &t->state, state);
		for (size_t j = 0; !only && j < r->partitions.n; j++)
			set_clone_state(c, r->partitions.items[j], t->name, state);
	}
}

static void
trigger_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	set_trigger_state(c, op->table, OP_DATA(op, struct payload)->value, trigger_state(op->kind->subtype), op->only);
	catalog_touch(c, TOUCHED_RELATION, op->table->schema, op->table->name, op->table->assumed);
}

static void
add_inherit_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	catalog_add_child(c, op->references, op->table);
	catalog_merge_constraints(c, op->references, op->table);
}

static void
drop_inherit_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	catalog_part_constraints(c, op->references, op->table);
	catalog_remove_child(c, op->references, op->table);
}

static void
of_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct relation *type = composite_type(c, OP_DATA(op, struct payload)->type);

	(void)session;
	if (type != NULL)
		table_become_typed(c, op->table, type, false);
}

static void
not_of_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	catalog_set(c, &op->table->row_of, NULL);
}

/* ---- facts ---- */

/* The state as ALTER TABLE says it; a rule fires as usual when there is none. */
static void
rule_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct str name = OP_DATA(op, struct payload)->value;
	int state = op->kind->subtype;

	(void)session;
	if (state == AT_EnableRule)
		catalog_remove_object(c, op->table, "rule state", name);
	else
		catalog_put_object(c, op->table, "rule state", name, state == AT_DisableRule ? STR("DISABLE")
		    : state == AT_EnableAlwaysRule ? STR("ENABLE ALWAYS") : STR("ENABLE REPLICA"));
}

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_value(const struct facts *f)
{
	return value_text(payload(f)->value);
}

static struct value
option_value(const struct facts *f, const char *name)
{
	for (size_t i = 0; i < payload(f)->options.n; i++)
		if (str_is_nocase(payload(f)->options.items[i].name, name))
			return value_text(payload(f)->options.items[i].value.s != NULL ? payload(f)->options.items[i].value : STR("true"));
	return value_absent();
}

static struct value
get_options(const struct facts *f)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < payload(f)->options.n; i++) {
		const struct option *o = &payload(f)->options.items[i];
		all = str_printf(f->arena, "%.*s%s%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(o->name),
		    o->value.n > 0 ? "=" : "", STR_ARG(o->value));
	}
	return value_text(all);
}

static struct value
get_fillfactor(const struct facts *f)
{
	struct value v = option_value(f, "fillfactor");
	int64_t n;

	return v.state == VALUE_KNOWN && str_to_int(v.text, &n) ? value_number(n) : value_absent();
}

static struct value
get_disables_autovacuum(const struct facts *f)
{
	struct value v = option_value(f, "autovacuum_enabled");

	return value_bool(f->op->kind->subtype == AT_SetRelOptions && v.state == VALUE_KNOWN && option_is_false(v.text));
}

static bool
is_set_back(const struct op *later, const struct op *op)
{
	if (!str_eq(later->target.name, op->target.name) || (later->kind->subtype != AT_SetRelOptions && later->kind->subtype != AT_ResetRelOptions))
		return false;
	for (size_t i = 0; i < OP_DATA(later, struct payload)->options.n; i++)
		if (str_is(OP_DATA(later, struct payload)->options.items[i].name, "autovacuum_enabled"))
			return true;
	return false;
}

/* Of a new table its end state tells. */
static struct value
get_autovacuum_off(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return value_bool(get_disables_autovacuum(f).yes && r != NULL && !relation_new_in_change(f->catalog, r) &&
	    !script_later(f->op, is_set_back));
}

static struct value
get_security_invoker(const struct facts *f)
{
	struct value v = option_value(f, "security_invoker");

	return v.state == VALUE_KNOWN ? value_bool(!option_is_false(v.text)) : v;
}

static struct value
get_identity(const struct facts *f)
{
	return option_value(f, "identity");
}

static struct value
get_changes(const struct facts *f)
{
	return value_tri(persistence_changes(f->op));
}

static struct value
get_stops_foreign_keys(const struct facts *f)
{
	return value_bool(f->op->kind->subtype == AT_DisableTrigAll);
}

/* ---- what the server refuses ---- */

/* EnableDisableTrigger() */
static struct str
trigger_refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct str name = payload(f)->value;
	bool internal = str_starts(name, "RI_ConstraintTrigger");

	for (size_t i = 0; name.s != NULL && i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && str_eq(r->triggers.items[i]->name, name))
			return STR_NONE;
	return name.s == NULL || internal || !is_settled(f, r, REACH_TRIGGERS) ? STR_NONE
	    : str_printf(f->arena, "trigger \"%.*s\" for table \"%.*s\" does not exist", STR_ARG(name), STR_ARG(r->name));
}

/* EnableDisableRule() */
static struct str
rule_refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct str name = payload(f)->value;

	return !is_settled(f, r, REACH_SCHEMA) || str_is(name, "_RETURN") || catalog_find_object(f->catalog, r, "rule", name) != NULL ? STR_NONE
	    : str_printf(f->arena, "rule \"%.*s\" for relation \"%.*s\" does not exist", STR_ARG(name), STR_ARG(r->name));
}

static struct str
index_missing(const struct facts *f)
{
	const struct op *op = f->op;
	struct str name = payload(f)->value;

	return name.s == NULL || op->index != NULL || !is_settled(f, op->table, REACH_SCHEMA) ? STR_NONE
	    : str_printf(f->arena, "index \"%.*s\" for table \"%.*s\" does not exist", STR_ARG(name), STR_ARG(op->table->name));
}

/* ATExecReplicaIdentity() */
static struct str
identity_refused(const struct facts *f)
{
	const struct index *index = f->op->index == NULL ? NULL : f->op->index->index;

	if (index == NULL)
		return index_missing(f);
	if (!index->unique)
		return str_printf(f->arena, "cannot use non-unique index \"%.*s\" as replica identity", STR_ARG(f->op->index->name));
	if (index->predicate != NULL)
		return str_printf(f->arena, "cannot use partial index \"%.*s\" as replica identity", STR_ARG(f->op->index->name));
	if (index->constraint != NULL && index->constraint->deferrable)
		return str_printf(f->arena, "cannot use non-immediate index \"%.*s\" as replica identity", STR_ARG(f->op->index->name));
	for (size_t i = 0; i < index->columns.n; i++) {
		const struct column *column = index->columns.items[i].name.s == NULL ? NULL
		    : catalog_find_column(f->op->table, index->columns.items[i].name);
		/* one that is NOT VALID will do (18) */
		if (column != NULL && column->not_null == NO && catalog_find_not_null(f->op->table, column->name) == NULL)
			return str_printf(f->arena, "index \"%.*s\" cannot be used as replica identity because column \"%.*s\" is nullable",
			    STR_ARG(f->op->index->name), STR_ARG(column->name));
	}
	return STR_NONE;
}

static struct str
not_on_kind(const struct facts *f, const char *action)
{
	return str_printf(f->arena, "ALTER action %s cannot be performed on relation \"%.*s\"", action, STR_ARG(f->op->table->name));
}

/* ATPrepCmd(): what has no storage takes no storage parameters */
static struct str
options_refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool sets = f->op->kind->subtype == AT_SetRelOptions;

	if (is_known(r) && r->kind == RELATION_PARTITIONED_INDEX)
		return not_on_kind(f, sets ? "SET" : "RESET");
	return is_known(r) && r->kind == RELATION_PARTITIONED && sets ? STR("cannot specify storage parameters for a partitioned table")
	    : STR_NONE;
}

static struct str
foreign_options_refused(const struct facts *f)
{
	return !is_settled(f, f->op->table, REACH_SCHEMA) ? STR_NONE
	    : foreign_options_misfit(f, f->op->table, foreign_column(f->op), &payload(f)->foreign);
}

/* A logged table points at no other that is not. */
static struct str
points_at_unlogged(const struct facts *f, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct relation *other = r->constraints.items[i]->references;
		if (other != r && is_settled(f, other, REACH_SCHEMA) && other->persistence == 'u')
			return str_printf(f->arena, "could not change table \"%.*s\" to logged because it references unlogged table \"%.*s\"",
			    STR_ARG(r->name), STR_ARG(other->name));
	}
	return STR_NONE;
}

static struct str
pointed_at_by_logged(const struct facts *f, const struct relation *r)
{
	for (size_t i = 0; i < r->referenced_by.n; i++) {
		const struct relation *other = r->referenced_by.items[i]->table;
		if (other != r && is_settled(f, other, REACH_SCHEMA) && other->persistence == 'p')
			return str_printf(f->arena, "could not change table \"%.*s\" to unlogged because it references logged table \"%.*s\"",
			    STR_ARG(r->name), STR_ARG(other->name));
	}
	return STR_NONE;
}

static bool
is_published(const struct relation *r)
{
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "publication"))
			return true;
	return false;
}

/* ATPrepChangePersistence() */
static struct str
persistence_refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool unlogged = f->op->kind->subtype == AT_SetUnLogged;

	if (f->pg_version >= 18 && is_known(r) && r->kind == RELATION_PARTITIONED)
		return not_on_kind(f, unlogged ? "SET UNLOGGED" : "SET LOGGED");
	if (!is_settled(f, r, REACH_SCHEMA) || persistence_changes(f->op) != YES)
		return STR_NONE;
	if (unlogged && is_published(r))
		return str_printf(f->arena, "cannot change table \"%.*s\" to unlogged because it is part of a publication", STR_ARG(r->name));
	return unlogged ? pointed_at_by_logged(f, r) : points_at_unlogged(f, r);
}

/* ATExecAddOf() */
static struct str
of_refused(const struct facts *f)
{
	const struct relation *r = f->op->table, *type = composite_type(f->catalog, payload(f)->type);

	if (!is_settled(f, r, REACH_SCHEMA) || !is_known(type))
		return STR_NONE;
	return r->parents.n > 0 && !r->is_partition ? STR("typed tables cannot inherit") : columns_misfit_type(f, r, type);
}

/* ATExecDropOf() */
static struct str
not_of_refused(const struct facts *f)
{
	return !is_settled(f, f->op->table, REACH_SCHEMA) || f->op->table->row_of != NULL ? STR_NONE
	    : str_printf(f->arena, "\"%.*s\" is not a typed table", STR_ARG(f->op->table->name));
}

/* ATExecAddInherit() */
static struct str
inherit_refused(const struct facts *f)
{
	const struct relation *parent = f->op->references, *child = f->op->table;

	if (is_known(child) && (child->is_partition || child->kind == RELATION_PARTITIONED))
		return child->is_partition ? STR("cannot change inheritance of a partition") : STR("cannot change inheritance of partitioned table");
	if (parent_misfit(f, parent).s != NULL)
		return parent_misfit(f, parent);
	for (size_t i = 0; is_known(parent) && is_known(child) && i < child->parents.n; i++)
		if (child->parents.items[i] == parent)
			return str_printf(f->arena, "relation \"%.*s\" would be inherited from more than once", STR_ARG(parent->name));
	return child_misfit(f, parent, child);
}

#define FIELD_END { NULL, FIELD_BOOL, NULL, NULL }

static const struct field value_fields[] = {
	{ "value", FIELD_TEXT, "what it is set to, as written; absent: DEFAULT", get_value },
	FIELD_END
};

static const struct field option_fields[] = {
	{ "options", FIELD_TEXT, "the options, \"name=value\" separated by commas", get_options },
	{ "fillfactor", FIELD_NUMBER, "the new fillfactor in percent; absent: not set here", get_fillfactor },
	{ "disables_autovacuum", FIELD_BOOL, "autovacuum_enabled is set to false", get_disables_autovacuum },
	{ "leaves_autovacuum_off", FIELD_BOOL, "the same of a table that is not new, and nothing later in the file sets it back", get_autovacuum_off },
	{ "security_invoker", FIELD_BOOL, "what security_invoker of a view is set to; absent: not set here", get_security_invoker },
	FIELD_END
};

static const struct field persistence_fields[] = {
	{ "changes", FIELD_BOOL, "the table is not logged (unlogged) already", get_changes },
	FIELD_END
};

static bool
enables_again(const struct op *later, const struct op *op)
{
	int enables = later->kind->subtype, disables = op->kind->subtype;

	if (later->kind->node != op->kind->node || !op_names_same(later, op))
		return false;
	if (enables == AT_EnableTrig || enables == AT_EnableAlwaysTrig || enables == AT_EnableReplicaTrig)
		return disables == AT_DisableTrig && str_eq(OP_DATA(later, struct payload)->value, OP_DATA(op, struct payload)->value);
	return enables == AT_EnableTrigAll || (enables == AT_EnableTrigUser && disables != AT_DisableTrigAll);
}

static struct value
get_enabled_again(const struct facts *f)
{
	return script_later_value(f->op, enables_again);
}

/* It is in these files, and not in C: what an extension brings cannot be changed. */
static bool
has_body(const struct catalog *c, const struct trigger *t)
{
	const struct function *called = catalog_find_function(c, t->function_schema, t->function, STR(""));

	return called != NULL && !str_is(called->language, "c") && !str_is(called->language, "internal");
}

/* All that it disables call functions that can heed a setting; of those that are not known it is not. */
static bool
bodies_can_skip(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct str name = payload(f)->value;
	size_t n = 0;

	for (size_t i = 0; i < r->triggers.n; i++) {
		const struct trigger *t = r->triggers.items[i];
		if (t->dropped || (name.s != NULL && !str_eq(t->name, name)))
			continue;
		if (!has_body(f->catalog, t))
			return false;
		n++;
	}
	return n > 0;
}

/* Files that run one after the other let others write in between. */
static struct value
get_without_triggers(const struct facts *f)
{
	const char *skip = bodies_can_skip(f) ? "let the trigger function return early when current_setting('app.skip_triggers', true) is 'on', "
	    : "make the trigger anew with WHEN (current_setting('app.skip_triggers', true) IS DISTINCT FROM 'on'), ";
	const struct str words[] = { STR("enable"), STR("trigger"), f->op->target.name };
	struct str file = script_later(f->op, enables_again) ? STR_NONE : later_file_of(f, words, sizeof words / sizeof words[0], enables_again);

	if (file.s == NULL && f->session->open == NO)
		return value_text(str_printf(f->arena, "-- (no transaction)\n-- %sthen, as SET LOCAL does nothing outside of one:\nBEGIN;\nSET LOCAL app.skip_triggers = 'on';\n-- the change\nCOMMIT;", skip));
	if (file.s == NULL)
		return value_text(str_printf(f->arena, "-- %sthen\nSET LOCAL app.skip_triggers = 'on';", skip));
	return value_text(str_printf(f->arena, "-- %.*s enables again what this disables; unless one transaction runs both, others write without it in between.\n"
	    "-- either put this, the change and the ENABLE into one transaction, for which other writers wait, or in the place of both\n"
	    "-- %sand say in the transaction of the change: SET LOCAL app.skip_triggers = 'on'", STR_ARG(file), skip));
}

/* Of a partitioned table, those of its partitions may be switched, too. */
static struct value
get_lacks_triggers(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped)
			return value_bool(false);
	return value_bool(payload(f)->value.s == NULL && r->kind == RELATION_TABLE && is_settled(f, r, REACH_TRIGGERS));
}

static const struct field trigger_fields[] = {
	{ "lacks_triggers", FIELD_BOOL, "ALL or USER of a table whose making is seen, and that has no trigger but those of its constraints", get_lacks_triggers },
	{ "without_triggers", FIELD_TEXT, "for advice: how one transaction skips triggers; that a later file enables again what this disables", get_without_triggers },
	{ "enabled_again", FIELD_BOOL, "a later statement of the file enables again what this disables", get_enabled_again },
	{ "trigger", FIELD_TEXT, "name of the trigger; absent: ALL or USER", get_value },
	{ "stops_foreign_keys", FIELD_BOOL, "DISABLE TRIGGER ALL: foreign keys are not checked any more", get_stops_foreign_keys },
	FIELD_END
};

static const struct field rule_fields[] = {
	{ "rule", FIELD_TEXT, "name of the rewrite rule", get_value },
	FIELD_END
};

static const struct field identity_fields[] = {
	{ "identity", FIELD_TEXT, "default, full, nothing or index", get_identity },
	{ "index_name", FIELD_TEXT, "the index of USING INDEX; absent: none", get_value },
	FIELD_END
};

#define ALTER(subtype_) .node = T_AlterTableStmt, .subtype = subtype_, .pass = PASS_MISC, .size = sizeof(struct payload), \
	.lower = lower
#define ON_COLUMN .has = HAS_TABLE | HAS_COLUMN
#define ON_TABLE .has = HAS_TABLE

const struct op_kind op_kinds_table_options[] = {
	{ .name = "set_statistics", .doc = "ALTER COLUMN ... SET STATISTICS", ALTER(AT_SetStatistics), ON_COLUMN,
	    .fields = value_fields, .effects = effects,
	    .apply = property_apply },
	{ .name = "set_column_options", .doc = "ALTER COLUMN ... SET (n_distinct = ...)", ALTER(AT_SetOptions), ON_COLUMN,
	    .fields = option_fields, .effects = effects,
	    .apply = set_options_apply },
	{ .name = "reset_column_options", .doc = "ALTER COLUMN ... RESET (...)", ALTER(AT_ResetOptions), ON_COLUMN,
	    .fields = option_fields, .effects = effects,
	    .apply = reset_options_apply },
	{ .name = "set_storage", .doc = "ALTER COLUMN ... SET STORAGE", ALTER(AT_SetStorage), ON_COLUMN,
	    .fields = value_fields, .effects = effects,
	    .apply = property_apply },
	{ .name = "set_compression", .doc = "ALTER COLUMN ... SET COMPRESSION", ALTER(AT_SetCompression), ON_COLUMN,
	    .fields = value_fields, .effects = effects,
	    .apply = property_apply },
	{ .name = "set_column_foreign_options", .doc = "ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS (...)",
	    ALTER(AT_AlterColumnGenericOptions), ON_COLUMN, .fields = option_fields, .effects = effects,
	    .refused = foreign_options_refused, .apply = foreign_options_apply },
	{ .name = "set_foreign_options", .doc = "ALTER FOREIGN TABLE ... OPTIONS (...)", ALTER(AT_GenericOptions), ON_TABLE,
	    .fields = option_fields, .effects = effects, .refused = foreign_options_refused, .apply = foreign_options_apply },
	{ .name = "change_owner", .doc = "ALTER TABLE ... OWNER TO", ALTER(AT_ChangeOwner), ON_TABLE,
	    .fields = value_fields, .effects = owner_effects,
	    .apply = property_apply },
	{ .name = "cluster_on", .doc = "ALTER TABLE ... CLUSTER ON", ALTER(AT_ClusterOn), .has = HAS_TABLE | HAS_INDEX,
	    .fields = value_fields, .bind = bind_with_index, .effects = cluster_effects, .refused = index_missing,
	    .apply = property_apply },
	{ .name = "set_without_cluster", .doc = "ALTER TABLE ... SET WITHOUT CLUSTER", ALTER(AT_DropCluster), ON_TABLE,
	    .effects = effects,
	    .apply = property_apply },
	{ .name = "set_logged", .doc = "ALTER TABLE ... SET LOGGED", ALTER(AT_SetLogged), ON_TABLE,
	    .fields = persistence_fields, .effects = persistence_effects, .refused = persistence_refused,
	    .apply = persistence_apply },
	{ .name = "set_unlogged", .doc = "ALTER TABLE ... SET UNLOGGED", ALTER(AT_SetUnLogged), ON_TABLE,
	    .fields = persistence_fields, .effects = persistence_effects, .refused = persistence_refused,
	    .apply = persistence_apply },
	{ .name = "set_without_oids", .doc = "ALTER TABLE ... SET WITHOUT OIDS", ALTER(AT_DropOids), ON_TABLE,
	    .effects = effects },
	{ .name = "set_access_method", .doc = "ALTER TABLE ... SET ACCESS METHOD", ALTER(AT_SetAccessMethod), ON_TABLE,
	    .fields = value_fields, .effects = access_method_effects,
	    .apply = property_apply },
	{ .name = "set_tablespace", .doc = "ALTER TABLE (INDEX, MATERIALIZED VIEW) ... SET TABLESPACE", ALTER(AT_SetTableSpace),
	    ON_TABLE, .fields = value_fields, .effects = tablespace_effects,
	    .apply = property_apply },
	{ .name = "set_options", .doc = "ALTER TABLE (INDEX, VIEW) ... SET (...)", ALTER(AT_SetRelOptions), ON_TABLE,
	    .fields = option_fields, .effects = options_effects, .refused = options_refused,
	    .apply = set_options_apply },
	{ .name = "reset_options", .doc = "ALTER TABLE (INDEX, VIEW) ... RESET (...)", ALTER(AT_ResetRelOptions), ON_TABLE,
	    .fields = option_fields, .effects = options_effects, .refused = options_refused,
	    .apply = reset_options_apply },
	{ .name = "enable_trigger", .doc = "ALTER TABLE ... ENABLE TRIGGER name", ALTER(AT_EnableTrig), ON_TABLE,
	    .fields = trigger_fields, .effects = trigger_effects, .refused = trigger_refused,
	    .apply = trigger_apply },
	{ .name = "enable_always_trigger", .doc = "ALTER TABLE ... ENABLE ALWAYS TRIGGER name", ALTER(AT_EnableAlwaysTrig),
	    ON_TABLE, .fields = trigger_fields, .effects = trigger_effects, .refused = trigger_refused,
	    .apply = trigger_apply },
	{ .name = "enable_replica_trigger", .doc = "ALTER TABLE ... ENABLE REPLICA TRIGGER name", ALTER(AT_EnableReplicaTrig),
	    ON_TABLE, .fields = trigger_fields, .effects = trigger_effects, .refused = trigger_refused,
	    .apply = trigger_apply },
	{ .name = "disable_trigger", .doc = "ALTER TABLE ... DISABLE TRIGGER name", ALTER(AT_DisableTrig), ON_TABLE,
	    .fields = trigger_fields, .effects = trigger_effects, .refused = trigger_refused,
	    .apply = trigger_apply },
	{ .name = "enable_trigger_all", .doc = "ALTER TABLE ... ENABLE TRIGGER ALL", ALTER(AT_EnableTrigAll), ON_TABLE,
	    .fields = trigger_fields, .effects = trigger_effects,
	    .apply = trigger_apply },
	{ .name = "disable_trigger_all", .doc = "ALTER TABLE ... DISABLE TRIGGER ALL", ALTER(AT_DisableTrigAll), ON_TABLE,
	    .fields = trigger_fields, .effects = trigger_effects,
	    .apply = trigger_apply },
	{ .name = "enable_trigger_user", .doc = "ALTER TABLE ... ENABLE TRIGGER USER", ALTER(AT_EnableTrigUser), ON_TABLE,
	    .fields = trigger_fields, .effects = trigger_effects,
	    .apply = trigger_apply },
	{ .name = "disable_trigger_user", .doc = "ALTER TABLE ... DISABLE TRIGGER USER", ALTER(AT_DisableTrigUser), ON_TABLE,
	    .fields = trigger_fields, .effects = trigger_effects,
	    .apply = trigger_apply },
	{ .name = "enable_rule", .doc = "ALTER TABLE ... ENABLE RULE name", ALTER(AT_EnableRule), ON_TABLE,
	    .fields = rule_fields, .effects = effects, .refused = rule_refused, .apply = rule_apply },
	{ .name = "enable_always_rule", .doc = "ALTER TABLE ... ENABLE ALWAYS RULE name", ALTER(AT_EnableAlwaysRule), ON_TABLE,
	    .fields = rule_fields, .effects = effects, .refused = rule_refused, .apply = rule_apply },
	{ .name = "enable_replica_rule", .doc = "ALTER TABLE ... ENABLE REPLICA RULE name", ALTER(AT_EnableReplicaRule), ON_TABLE,
	    .fields = rule_fields, .effects = effects, .refused = rule_refused, .apply = rule_apply },
	{ .name = "disable_rule", .doc = "ALTER TABLE ... DISABLE RULE name", ALTER(AT_DisableRule), ON_TABLE,
	    .fields = rule_fields, .effects = effects, .refused = rule_refused, .apply = rule_apply },
	{ .name = "add_inherit", .doc = "ALTER TABLE ... INHERIT parent", ALTER(AT_AddInherit),
	    .has = HAS_TABLE | HAS_REFERENCES, .effects = inherit_effects, .refused = inherit_refused,
	    .apply = add_inherit_apply },
	{ .name = "drop_inherit", .doc = "ALTER TABLE ... NO INHERIT parent", ALTER(AT_DropInherit),
	    .has = HAS_TABLE | HAS_REFERENCES, .effects = inherit_effects, .apply = drop_inherit_apply },
	{ .name = "add_of", .doc = "ALTER TABLE ... OF type", ALTER(AT_AddOf), ON_TABLE, .fields = value_fields,
	    .effects = of_effects, .refused = of_refused, .apply = of_apply },
	{ .name = "drop_of", .doc = "ALTER TABLE ... NOT OF", ALTER(AT_DropOf), ON_TABLE, .effects = effects,
	    .refused = not_of_refused, .apply = not_of_apply },
	{ .name = "replica_identity", .doc = "ALTER TABLE ... REPLICA IDENTITY", ALTER(AT_ReplicaIdentity), ON_TABLE,
	    .fields = identity_fields, .bind = bind_with_index, .effects = replica_identity_effects,
	    .refused = identity_refused,
	    .apply = identity_apply },
	{ .name = "enable_row_security", .doc = "ALTER TABLE ... ENABLE ROW LEVEL SECURITY", ALTER(AT_EnableRowSecurity),
	    ON_TABLE, .effects = effects, .apply = row_security_apply },
	{ .name = "disable_row_security", .doc = "ALTER TABLE ... DISABLE ROW LEVEL SECURITY", ALTER(AT_DisableRowSecurity),
	    ON_TABLE, .effects = effects, .apply = row_security_apply },
	{ .name = "force_row_security", .doc = "ALTER TABLE ... FORCE ROW LEVEL SECURITY", ALTER(AT_ForceRowSecurity),
	    ON_TABLE, .effects = effects, .apply = row_security_apply },
	{ .name = "no_force_row_security", .doc = "ALTER TABLE ... NO FORCE ROW LEVEL SECURITY", ALTER(AT_NoForceRowSecurity),
	    ON_TABLE, .effects = effects, .apply = row_security_apply },
	{ .name = NULL }
};
