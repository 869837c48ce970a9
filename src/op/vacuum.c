#include "op/lower.h"

/* VACUUM and ANALYZE: an operation per table; without a table, one for the whole database. */

struct payload {
	struct str_list columns;        /* of ANALYZE */
	bool analyze, freeze, skip_locked;
	bool everything;
};

static const struct op_kind *
kind_for(const VacuumStmt *st)
{
	if (!st->is_vacuumcmd)
		return op_kind_find(STR("analyze"));
	return lower_option_true(st->options, "full", false) ? op_kind_find(STR("vacuum_full")) : op_kind_find(STR("vacuum"));
}

static void
lower_one(struct lowering *l, const VacuumStmt *st, const VacuumRelation *r)
{
	struct op *op = lower_add(l, kind_for(st));
	struct payload *p = OP_DATA(op, struct payload);

	p->analyze = !st->is_vacuumcmd || lower_option_true(st->options, "analyze", false);
	p->freeze = lower_option_true(st->options, "freeze", false);
	p->skip_locked = lower_option_true(st->options, "skip_locked", false);
	p->everything = r == NULL;
	if (r == NULL)
		return;
	op->target = lower_range_var(l, r->relation);
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
	op->only = !r->relation->inh;
	p->columns = lower_strings(l, r->va_cols);
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const VacuumStmt *st = node;
	const ListCell *cell;

	(void)kind;
	if (st->rels == NIL)
		lower_one(l, st, NULL);
	foreach (cell, st->rels)
		lower_one(l, st, lfirst(cell));
}

static void
lock_indexes(struct effects *e, const struct relation *r, enum lock lock)
{
	for (size_t i = 0; r->kind != RELATION_PARTITIONED && i < r->indexes.n; i++)
		effects_lock(e, r->indexes.items[i], lock);
}

/* expand_vacuum_rel(): partitions; inheritance children, too, since 18 */
static bool
goes_down(const struct facts *f, const struct relation *r)
{
	return r->kind == RELATION_PARTITIONED || f->pg_version >= 18;
}

/* vacuum_rel(): the whole table is read unless the visibility map says otherwise */
static void
vacuum_tree(const struct facts *f, struct effects *e, struct relation *r, bool only, enum lock index_lock, enum tri scan)
{
	struct relation_effect *entry = effects_lock(e, r, SHARE_UPDATE_EXCLUSIVE);

	if (r->kind != RELATION_PARTITIONED)
		entry->scan = scan;
	lock_indexes(e, r, index_lock);
	for (size_t i = 0; !only && goes_down(f, r) && i < r->partitions.n; i++)
		vacuum_tree(f, e, r->partitions.items[i], false, index_lock, scan);
}

static void
vacuum_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (op->table == NULL)
		e->all_unknown = true;
	else
		vacuum_tree(f, e, op->table, op->only, ROW_EXCLUSIVE, UNKNOWN);
}

static void
rewrite_tree(const struct facts *f, struct effects *e, struct relation *r, bool only)
{
	if (r->kind != RELATION_PARTITIONED)
		effects_rewrite_table(e, r, YES);
	else
		effects_lock(e, r, ACCESS_EXCLUSIVE);
	for (size_t i = 0; !only && goes_down(f, r) && i < r->partitions.n; i++)
		rewrite_tree(f, e, r->partitions.items[i], false);
}

static void
full_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (op->table == NULL)
		e->all_unknown = true;
	else
		rewrite_tree(f, e, op->table, op->only);
}

/*
 * A sample of the rows is read. Partitions are analyzed, too; inheritance children only sampled before 18
 * (acquire_inherited_sample_rows), and so are partitions under ONLY.
 */
static void
analyze_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	struct relation *r = op->table;
	bool sampled;

	if (r == NULL) {
		e->all_unknown = true;
		return;
	}
	sampled = op->only || (r->kind != RELATION_PARTITIONED && f->pg_version < 18);
	effects_lock(e, r, SHARE_UPDATE_EXCLUSIVE);
	lock_indexes(e, r, ACCESS_SHARE);
	for (size_t i = 0; i < r->partitions.n; i++) {
		if (sampled)
			effects_lock_tree(e, r->partitions.items[i], ACCESS_SHARE, false);
		else
			vacuum_tree(f, e, r->partitions.items[i], false, ACCESS_SHARE, NO);
	}
}

/* ---- catalog ---- */

/* do_analyze_rel(): with a list of columns the expressions of indexes are left out */
static void
analyze_one(const struct payload *p, struct catalog *c, struct relation *r)
{
	if (p->columns.n == 0)
		catalog_set(c, &r->analyzed, c->now.statement);
	for (size_t i = 0; i < p->columns.n; i++) {
		struct column *column = catalog_find_column(r, p->columns.items[i]);
		if (column != NULL)
			catalog_set(c, &column->analyzed, c->now.statement);
	}
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	if (op->table != NULL && p->analyze)
		analyze_one(p, c, op->table);
	for (size_t i = 0; p->everything && p->analyze && i < c->all.n; i++)
		analyze_one(p, c, c->all.items[i]);
}

/* ---- facts ---- */

static struct value
get_analyzes(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->analyze);
}

static struct value
get_freezes(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->freeze);
}

static struct value
get_everything(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->everything);
}

static struct value
get_skip_locked(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->skip_locked);
}

static const struct field fields[] = {
	{ "analyzes", FIELD_BOOL, "statistics are gathered", get_analyzes },
	{ "freezes", FIELD_BOOL, "FREEZE is given", get_freezes },
	{ "skip_locked", FIELD_BOOL, "SKIP_LOCKED is given", get_skip_locked },
	{ "whole_database", FIELD_BOOL, "no table is named: every table of the database", get_everything },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_vacuum[] = {
	{ .name = "vacuum", .doc = "VACUUM, but for VACUUM FULL", .node = T_VacuumStmt, .subtype = -1, .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = vacuum_effects, .apply = apply },
	{ .name = "vacuum_full", .doc = "VACUUM FULL", .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields,
	    .effects = full_effects, .apply = apply },
	{ .name = "analyze", .doc = "ANALYZE", .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields,
	    .effects = analyze_effects, .apply = apply },
	{ .name = NULL }
};
