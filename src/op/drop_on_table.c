#include "op/failure.h"
#include "op/lower.h"

/* DROP TRIGGER, DROP POLICY, DROP RULE name ON table */
struct payload {
	struct str name;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const DropStmt *st = node;
	const List *names = linitial(st->objects);
	int n = list_length(names);
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	p->name = lower_text(l, strVal(llast(names)));
	op->target.name = n > 1 ? lower_text(l, strVal(list_nth(names, n - 2))) : STR_NONE;
	op->target.schema = n > 2 ? lower_text(l, strVal(list_nth(names, n - 3))) : STR_NONE;
	op->spans[SPAN_NAME] = locate_name(l->statement, l->statement->span, p->name);
	op->target.span = locate_rest(l->statement, locate_keywords(l->statement, l->statement->span, "on"));
	op->target.span = locate_qualified(l->statement, op->target.span.off);
	op->spans[SPAN_TABLE] = op->target.span;
	op->if_exists = st->missing_ok;
	op->cascade = st->behavior == DROP_CASCADE;
}

static bool
is_there(const struct op *op, const struct catalog *c)
{
	struct str name = OP_DATA(op, struct payload)->name;

	if (op->kind->subtype == OBJECT_TRIGGER)
		return catalog_find_trigger(op->table, name) != NULL;
	if (op->kind->subtype == OBJECT_POLICY)
		return catalog_find_policy(op->table, name) != NULL;
	return catalog_find_object(c, op->table, "rule", name) != NULL;
}

/* get_object_address() lets go of the table when there is nothing to drop */
static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, op->target_kind);
	op->noop = op->if_exists && !op->table->assumed && !is_there(op, c);
	op->may_be_missing = op->if_exists && op->table->assumed && !is_there(op, c);
}

/* RemoveTriggerById(), RemovePolicyById(), RemoveRewriteRuleById() */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->noop)
		return;
	effects_lock(e, op->table, ACCESS_EXCLUSIVE);
}

static void
trigger_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->noop)
		return;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->table->kind != RELATION_PARTITIONED);
}

/* Clones on partitions depend on it. */
static void
drop_trigger(struct catalog *c, struct relation *r, struct str name)
{
	catalog_drop_remarks(c, r, "trigger", name);
	for (size_t i = r->triggers.n; i-- > 0;)
		if (str_eq(r->triggers.items[i]->name, name)) {
			catalog_set(c, &r->triggers.items[i]->dropped, true);
			catalog_remove(c, &r->triggers, i);
		}
	for (size_t i = 0; r->kind == RELATION_PARTITIONED && i < r->partitions.n; i++) {
		struct relation *partition = r->partitions.items[i];
		const struct trigger *clone = catalog_find_trigger(partition, name);
		if (clone != NULL && clone->cloned)
			drop_trigger(c, partition, name);
	}
}

static void
apply_trigger(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	drop_trigger(c, op->table, OP_DATA(op, struct payload)->name);
}

static void
apply_policy(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	catalog_drop_remarks(c, op->table, "policy", p->name);
	for (size_t i = 0; i < op->table->policies.n; i++)
		if (str_eq(op->table->policies.items[i]->name, p->name)) {
			catalog_set(c, &op->table->policies.items[i]->dropped, true);
			catalog_remove(c, &op->table->policies, i);
			return;
		}
}

static void
apply_rule(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	catalog_drop_remarks(c, op->table, "rule", OP_DATA(op, struct payload)->name);
	catalog_remove_object(c, op->table, "rule", OP_DATA(op, struct payload)->name);
	catalog_remove_object(c, op->table, "rule state", OP_DATA(op, struct payload)->name);
}

static bool
is_certain(const struct facts *f, enum reach part)
{
	return !f->op->if_exists && is_settled(f, f->op->table, part);
}

/* get_object_address_relobject() */
static struct str
missing(const struct facts *f, const char *what, const char *on)
{
	return str_printf(f->arena, "%s \"%.*s\" for %s \"%.*s\" does not exist", what, STR_ARG(OP_DATA(f->op, struct payload)->name), on,
	    STR_ARG(f->op->table->name));
}

static struct str
trigger_refused(const struct facts *f)
{
	struct str name = OP_DATA(f->op, struct payload)->name;
	const struct relation *r = f->op->table;
	const struct trigger *t = catalog_find_trigger(r, name);

	if (t == NULL)
		return is_certain(f, REACH_TRIGGERS) ? missing(f, "trigger", "table") : STR_NONE;
	if (!t->cloned || !is_known(r) || r->parent == NULL)
		return STR_NONE;
	return str_printf(f->arena, "cannot drop trigger %.*s on table %.*s because trigger %.*s on table %.*s requires it", STR_ARG(name),
	    STR_ARG(words(f, r)), STR_ARG(name), STR_ARG(words(f, r->parent)));
}

static struct str
policy_refused(const struct facts *f)
{
	return !is_certain(f, REACH_POLICIES) || catalog_find_policy(f->op->table, OP_DATA(f->op, struct payload)->name) != NULL ? STR_NONE : missing(f, "policy", "table");
}

static struct str
rule_refused(const struct facts *f)
{
	struct str name = OP_DATA(f->op, struct payload)->name;
	const struct relation *r = f->op->table;
	bool is_view = r->kind == RELATION_VIEW || r->kind == RELATION_MATVIEW;

	if (is_view && is_known(r) && str_is(name, "_RETURN"))
		return str_printf(f->arena, "cannot drop rule _RETURN on view %.*s because view %.*s requires it", STR_ARG(words(f, r)),
		    STR_ARG(words(f, r)));
	return !is_certain(f, REACH_SCHEMA) || catalog_find_object(f->catalog, r, "rule", name) != NULL ? STR_NONE : missing(f, "rule", "relation");
}

static struct value
get_object(const struct facts *f)
{
	return value_text(sql_ident(f->arena, OP_DATA(f->op, struct payload)->name));
}

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->if_exists);
}

static struct value
get_statement(const struct facts *f)
{
	return value_text(str_printf(f->arena, "DROP TRIGGER %s%.*s ON %.*s", f->op->if_exists ? "IF EXISTS " : "", STR_ARG(get_object(f).text),
	    STR_ARG(field_find(NULL, STR("table"))->get(f).text)));
}

static const struct field fields[] = {
	{ "drop_trigger", FIELD_TEXT, "for advice: the statement that drops a trigger of this name, with IF EXISTS where it is given", get_statement },
	{ "object", FIELD_TEXT, "name of the trigger, policy or rule", get_object },
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define KIND(kind_name, kind_doc, object, effects_function, refused_function, apply_function) \
	{ .name = kind_name, .doc = kind_doc, .node = T_DropStmt, .subtype = object, .has = HAS_TABLE, \
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, \
	    .effects = effects_function, .refused = refused_function, .apply = apply_function }

const struct op_kind op_kinds_drop_on_table[] = {
	KIND("drop_trigger", "DROP TRIGGER", OBJECT_TRIGGER, trigger_effects, trigger_refused, apply_trigger),
	KIND("drop_policy", "DROP POLICY", OBJECT_POLICY, effects, policy_refused, apply_policy),
	KIND("drop_rule", "DROP RULE", OBJECT_RULE, effects, rule_refused, apply_rule),
	{ .name = NULL }
};
