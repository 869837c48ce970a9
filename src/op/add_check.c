#include "op/constraint.h"
#include "op/failure.h"
#include "op/family.h"
#include "op/misplaced.h"
#include "op/operators.h"
#include "op/uses.h"

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	(void)lower_constraint(l, kind, node);
}

/* ATAddCheckNNConstraint(): recurses to children unless NO INHERIT; one that has it already is not read (MergeWithExistingConstraint). */
static void
scan_tree(struct effects *e, struct relation *r, struct str name, enum tri scans, bool only)
{
	struct relation_effect *entry = effects_lock(e, r, ACCESS_EXCLUSIVE);
	const struct constraint *same = name.s == NULL ? NULL : catalog_find_constraint(r, name);

	if (r->kind != RELATION_PARTITIONED && (same == NULL || same->assumed))
		entry->scan = tri_or(entry->scan, scans);
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		scan_tree(e, r->partitions.items[i], name, scans, false);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	if (k->creating)
		return;
	scan_tree(e, op->table, k->name, constraint_scans(op, f), op->only || k->no_inherit);
	/* ATPrepCmd(): since 18 it locks what could inherit it, NO INHERIT or not */
	if (f->pg_version >= 18)
		effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
}

/* MergeWithExistingConstraint(): one that is inherited becomes the table's own as well; a partition has none of its own. */
static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct new_constraint *from = OP_DATA(op, struct new_constraint);
	struct constraint *k = from->name.s == NULL ? NULL : catalog_find_constraint(op->table, from->name);

	(void)session;
	if (k != NULL && k->kind == CONSTRAINT_CHECK && k->inherited > 0) {
		catalog_set(c, &k->own, !op->table->is_partition);
		op->constraint = k;
		return;
	}
	k = apply_constraint(op, c);
	for (size_t i = 0; !op->only && !from->no_inherit && i < op->table->partitions.n; i++)
		catalog_inherit_constraint(c, op->table->partitions.items[i], k);
}

/* ATAddCheckNNConstraint() */
static struct str
refused(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct relation *r = f->op->table;
	bool merges = k->name.s != NULL && catalog_find_constraint(r, k->name) != NULL;
	struct str misfit = misplaced(f, k->check, "check constraints"), system = expr_system_column(r, k->check);

	if (misfit.s == NULL)
		misfit = check_misfit(f);
	if (f->op->only && !k->creating && f->op->leader == NULL && !k->no_inherit && r->partitions.n > 0 && !merges)
		return STR("constraint must be added to child tables too");
	if (k->no_inherit && is_known(r) && r->kind == RELATION_PARTITIONED)
		return str_printf(f->arena, "cannot add NO INHERIT constraint to partitioned table \"%.*s\"", STR_ARG(r->name));
	if (system.s != NULL && !str_is(system, "tableoid") && is_known(r))
		return str_printf(f->arena, "system column \"%.*s\" reference in check constraint is invalid", STR_ARG(system));
	return misfit.s != NULL ? misfit : condition_misfit(f, r, k->check, "CHECK");
}

static struct value
get_expression(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct new_constraint)->check->text);
}

static struct value
get_varying(const struct facts *f)
{
	return value_text(varying_function(f->catalog, OP_DATA(f->op, struct new_constraint)->check, NULL));
}

static struct value
get_varying_reason(const struct facts *f)
{
	struct str reason;

	(void)varying_function(f->catalog, OP_DATA(f->op, struct new_constraint)->check, &reason);
	return value_text(reason);
}

/* Never gets smaller; CURRENT_TIME does, at midnight. */
static bool
is_rising(const struct expr *e)
{
	static const char *const times[] = { "current_timestamp", "current_date", "localtimestamp", "now", "clock_timestamp",
		"statement_timestamp", "transaction_timestamp" };
	bool shifts = e->kind == EXPR_OPERATOR && (str_is(e->name, "+") || str_is(e->name, "-")) && e->nargs == 2;

	if (e->kind == EXPR_CAST)
		return is_rising(e->args[0]) && (str_is(e->type.name, "date") || str_starts(e->type.name, "timestamp"));
	if (shifts)
		return is_rising(e->args[0]) && expr_is_constant(e->args[1]);
	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
		if ((e->kind == EXPR_SQL_VALUE || e->kind == EXPR_FUNCTION) && e->nargs == 0 && str_is(e->name, times[i]))
			return true;
	return false;
}

/* Once it holds for a row it goes on to: "born <= now()". */
static bool
stays_true(const struct catalog *c, const struct expr *e)
{
	bool less = str_is(e->name, "<") || str_is(e->name, "<="), more = str_is(e->name, ">") || str_is(e->name, ">=");
	bool all = true;

	if (varying_function(c, e, NULL).s == NULL)
		return true;
	if (e->kind == EXPR_OPERATOR && e->nargs == 2 && (less || more))
		return varying_function(c, e->args[more], NULL).s == NULL && is_rising(e->args[less]);
	for (size_t i = 0; i < e->nargs; i++)
		all = all && stays_true(c, e->args[i]);
	return all && (e->kind == EXPR_AND || e->kind == EXPR_OR);
}

static struct value
get_is_varying(const struct facts *f)
{
	return value_bool(!stays_true(f->catalog, OP_DATA(f->op, struct new_constraint)->check));
}

static struct value
get_volatility(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct volatility_lookup lookup = catalog_volatility_lookup(f->catalog);

	switch (expr_volatility(k->check, &lookup, NULL)) {
	case VOLATILE:
		return value_text(STR("volatile"));
	case STABLE:
		return value_text(STR("stable"));
	case IMMUTABLE:
		return value_text(STR("immutable"));
	default:
		return value_unknown();
	}
}

static struct value
get_proves_not_null(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	for (size_t i = 0; i < k->columns.n; i++)
		if (expr_proves_not_null(k->check, k->columns.items[i]))
			return value_bool(true);
	return value_bool(false);
}

static struct value
get_unpinned(const struct facts *f)
{
	return value_text(unpinned_function(f->arena, f->catalog, OP_DATA(f->op, struct new_constraint)->check));
}

static struct value
get_calls_unpinned(const struct facts *f)
{
	return value_bool(get_unpinned(f).state == VALUE_KNOWN);
}

static struct value
get_inheritance(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct new_constraint)->no_inherit ? STR(" NO INHERIT") : STR(""));
}

static const struct field fields[] = {
	CONSTRAINT_FIELDS,
	{ "unpinned_function", FIELD_TEXT, "a function in the condition whose definition does not set search_path; absent: none known", get_unpinned },
	{ "calls_unpinned", FIELD_BOOL, "there is one", get_calls_unpinned },
	{ "expression", FIELD_TEXT, "the condition", get_expression },
	{ "inheritance", FIELD_TEXT, "for advice: NO INHERIT, behind a blank; empty: it is not given", get_inheritance },
	{ "varying_function", FIELD_TEXT, "a function in the condition, or a word such as CURRENT_DATE, whose result changes though its arguments stay; absent: none is sure to", get_varying },
	{ "varying_reason", FIELD_TEXT, "what is known of it: not immutable, declared STABLE, declared VOLATILE, or VOLATILE, as nothing declares it; absent: there is none", get_varying_reason },
	{ "is_varying", FIELD_BOOL, "there is one, and a row that met the condition may not meet it later", get_is_varying },
	{ "volatility", FIELD_TEXT, "immutable, stable or volatile: the most volatile function in the condition", get_volatility },
	{ "proves_not_null", FIELD_BOOL, "it implies that one of its columns is not null", get_proves_not_null },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_add_check[] = {
	{ .name = "add_check", .doc = "ADD CHECK (...), also inside CREATE TABLE and ADD COLUMN", .node = T_Constraint,
	    .subtype = CONSTR_CHECK, .has = HAS_TABLE | HAS_COLUMN | HAS_CONSTRAINT, .pass = PASS_ADD_CONSTRAINT,
	    .size = sizeof(struct new_constraint), .fields = fields, .lower = lower, .bind = bind_constraint,
	    .effects = effects, .refused = refused, .apply = apply },
	{ .name = NULL }
};
