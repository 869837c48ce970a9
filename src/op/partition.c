#include "base/buf.h"
#include "op/concurrently.h"
#include "catalog/spell.h"
#include "op/constraint.h"
#include "op/family.h"
#include "op/failure.h"
#include "op/partition_bound.h"
#include "op/partition_parts.h"
#include "op/retype.h"

struct payload {
	struct name partition;
	struct str bound;
	struct partition_bound values;
	bool default_partition, concurrently, finalize;
	bool of_index;                  /* ALTER INDEX ... ATTACH PARTITION */
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	const PartitionCmd *part = (const PartitionCmd *)cmd->def;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	p->partition = lower_range_var(l, part->name);
	p->concurrently = part->concurrent;
	p->finalize = cmd->subtype == AT_DetachPartitionFinalize;
	p->of_index = l->objtype == OBJECT_INDEX;
	op->reference = p->partition;
	op->spans[SPAN_REFERENCES] = op->spans[SPAN_NAME] = p->partition.span;
	if (part->bound != NULL) {
		p->default_partition = part->bound->is_default;
		p->bound = lower_bound(l, part->bound);
		bound_lower(l, part->bound, &p->values);
	}
}

static void
bind(struct op *op, struct catalog *c)
{
	const struct payload *p = OP_DATA(op, struct payload);

	op->table = catalog_relation(c, op->target, p->of_index ? RELATION_PARTITIONED_INDEX : RELATION_PARTITIONED);
	op->references = catalog_relation(c, p->partition, p->of_index ? RELATION_INDEX : RELATION_TABLE);
	if (!p->of_index && op->table->kind == RELATION_TABLE && op->table->assumed)
		catalog_set(c, &op->table->kind, RELATION_PARTITIONED);
}

static struct relation *
default_of(const struct relation *parent)
{
	for (size_t i = 0; i < parent->partitions.n; i++)
		if (parent->partitions.items[i]->default_partition)
			return parent->partitions.items[i];
	return NULL;
}

/* ---- ATTACH ---- */

/* A valid CHECK mentions every partition key column. */
static bool
has_bound_check(const struct relation *parent, const struct relation *child)
{
	for (size_t i = 0; i < child->constraints.n; i++) {
		const struct constraint *k = child->constraints.items[i];
		bool all = parent->partition_key.n > 0 && k->kind == CONSTRAINT_CHECK && k->valid == YES;
		for (size_t j = 0; all && j < parent->partition_key.n; j++)
			all = parent->partition_key.items[j].name.s != NULL &&
			    expr_mentions_column(k->check, parent->partition_key.items[j].name);
		if (all)
			return true;
	}
	return false;
}

/* The rows of the DEFAULT partition are proven not to belong to the new one. */
static enum tri
default_is_free(const struct relation *parent, const struct relation *other)
{
	return other->assumed || parent->assumed || has_bound_check(parent, other) ? UNKNOWN : NO;
}

/* AttachPartitionEnsureIndexes() builds what the parent has and the partition lacks. */
static enum tri
builds_indexes(const struct relation *parent, const struct relation *child)
{
	for (size_t i = 0; i < parent->indexes.n; i++)
		if (partition_twin(child, parent->indexes.items[i]->index) == NULL)
			return child->assumed ? UNKNOWN : YES;
	return parent->assumed ? UNKNOWN : NO;
}

static void
scan_leaves(struct effects *e, struct relation *r, enum tri scan)
{
	struct relation_effect *entry = effects_lock(e, r, ACCESS_EXCLUSIVE);

	if (r->kind != RELATION_PARTITIONED)
		entry->scan = scan;
	for (size_t i = 0; i < r->partitions.n; i++)
		scan_leaves(e, r->partitions.items[i], scan);
}

/* For the bound, or for an index. */
static enum tri
scans_partition(const struct facts *f)
{
	const struct op *op = f->op;
	const struct payload *p = OP_DATA(op, struct payload);
	bool bounded = !p->default_partition || op->table->partitions.n > 0;

	return tri_or(bounded ? tri_not(bound_is_implied(f->catalog, op->table, op->references, &p->values)) : NO,
	    builds_indexes(op->table, op->references));
}

static void
attach_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation *other = default_of(op->table), *child = op->references;
	struct relation_effect *entry;
	enum tri entry_scan;

	effects_lock(e, op->table, SHARE_UPDATE_EXCLUSIVE);
	entry = effects_lock(e, child, ACCESS_EXCLUSIVE);
	if (p->of_index) {
		if (op->table->index != NULL && child->index != NULL) {
			effects_lock(e, op->table->index->table, ACCESS_SHARE);
			effects_lock(e, child->index->table, ACCESS_SHARE);
		}
		return;
	}
	entry->rebuild = builds_indexes(op->table, child);
	entry->scan = entry_scan = scans_partition(f);
	if (!child->assumed)
		partition_lock_indexes(e, (struct catalog *)(uintptr_t)f->catalog, op->table, child);
	partition_lock_foreign_keys(e, f, op->table, child);
	for (size_t i = 0; i < child->partitions.n; i++)
		scan_leaves(e, child->partitions.items[i], entry_scan);
	if (other == NULL || p->default_partition)
		return;
	entry = effects_lock(e, other, ACCESS_EXCLUSIVE);
	entry->scan = tri_not(default_is_free(op->table, other));
}

/* Since 17 a partition has the identity columns of the partitioned table (ATExecAttachPartition). */
static void
share_identity(struct catalog *c, const struct relation *parent, struct relation *child)
{
	for (size_t i = 0; c->pg_version >= 17 && i < child->columns.n; i++) {
		const struct column *column = catalog_find_column(parent, child->columns.items[i]->name);
		if (column != NULL && !child->columns.items[i]->dropped && column->identity != 0)
			catalog_set(c, &child->columns.items[i]->identity, column->identity);
	}
}

static void
attach_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation *child = op->references;

	(void)session;
	if (p->of_index) {
		if (op->table->index == NULL || child->index == NULL || op->table == child || child->index->children.n > 0)
			return;
		if (child->index->parent == op->table)
			return;
		partition_attach_index(c, op->table, child);
		if (op->table->index->children.n >= op->table->index->table->partitions.n)
			catalog_set(c, &op->table->index->valid, YES);
		return;
	}
	if (catalog_is_below(op->table, child))
		return;
	catalog_add_child(c, op->table, child);
	catalog_set(c, &child->is_partition, true);
	catalog_set(c, &child->default_partition, p->default_partition);
	catalog_set(c, &child->bound, p->bound);
	catalog_set(c, &child->limits, &p->values);
	catalog_merge_constraints(c, op->table, child);
	share_identity(c, op->table, child);
	partition_take_over(c, op->table, child);
}

/* ATExecAttachPartitionIdx() */
static struct str
attach_index_refused(const struct facts *f, const struct relation *parent, const struct relation *child)
{
	const char *why = NULL;

	if (!is_known(child) || child->index == NULL || parent->index == NULL || child->index->parent == parent)
		return STR_NONE;
	if (child->index->parent != NULL)
		why = "it is attached to another index";
	else if (parent->index->constraint != NULL && child->index->constraint == NULL)
		why = "the first belongs to no constraint, the second does";
	if (why == NULL)
		return STR_NONE;
	return str_printf(f->arena, "cannot attach index \"%.*s\" as a partition of index \"%.*s\": %s", STR_ARG(child->name),
	    STR_ARG(parent->name), why);
}

/* ATPrepCmd(), ATExecAttachPartition() */
static struct str
attach_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	const struct relation *parent = f->op->table, *child = f->op->references;
	struct str reason;

	if (!is_known(parent))
		return STR_NONE;
	if (parent->kind != (p->of_index ? RELATION_PARTITIONED_INDEX : RELATION_PARTITIONED))
		return str_printf(f->arena, "ALTER action ATTACH PARTITION cannot be performed on relation \"%.*s\"", STR_ARG(parent->name));
	if (p->of_index)
		return attach_index_refused(f, parent, child);
	if (!is_known(child))
		return bound_conflict(f, parent, &p->values, p->partition.name);
	if (child->is_partition)
		return str_printf(f->arena, "\"%.*s\" is already a partition", STR_ARG(child->name));
	if (child->parents.n > 0)
		return STR("cannot attach inheritance child as partition");
	if (child->kind != RELATION_PARTITIONED && child->partitions.n > 0)
		return STR("cannot attach inheritance parent as partition");
	reason = bound_conflict(f, parent, &p->values, child->name);
	for (size_t i = 0; reason.s == NULL && i < child->columns.n; i++)
		if (!child->columns.items[i]->dropped && catalog_find_column(parent, child->columns.items[i]->name) == NULL)
			reason = str_printf(f->arena, "table \"%.*s\" contains column \"%.*s\" not found in parent \"%.*s\"",
			    STR_ARG(child->name), STR_ARG(child->columns.items[i]->name), STR_ARG(parent->name));
	return reason.s != NULL ? reason : child_misfit(f, parent, child);
}

/* ---- DETACH ---- */

/* DetachPartitionFinalize(): what points at the parent is checked (RI_PartitionRemove_Check); what the partition points at gets new ones. */
static void
detach_foreign_keys(const struct op *op, struct effects *e)
{
	for (size_t i = 0; i < op->references->constraints.n; i++) {
		const struct constraint *k = op->references->constraints.items[i];
		if (k->references != NULL && k->parent != NULL)
			effects_lock_tree(e, k->references, SHARE_ROW_EXCLUSIVE, false);
	}
	for (size_t i = 0; i < op->table->referenced_by.n; i++)
		effects_lock(e, op->table->referenced_by.items[i]->table, ACCESS_EXCLUSIVE)->scan = YES;
}

/* Before 14 (commit 71f4c8c6f7) less than everything, unless triggers go with it (RemoveTriggerById()). */
static enum lock
detached_lock(const struct facts *f, const struct relation *partition)
{
	for (size_t i = 0; i < partition->triggers.n; i++)
		if (partition->triggers.items[i]->cloned)
			return ACCESS_EXCLUSIVE;
	return f->pg_version >= 14 ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE;
}

/* ATExecDetachPartition() */
static void
detach_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation *other = default_of(op->table);
	enum lock lock = p->concurrently || p->finalize ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;

	effects_lock(e, op->table, lock);
	effects_lock(e, op->references, detached_lock(f, op->references));
	for (size_t i = 0; i < op->references->indexes.n; i++)
		if (op->references->indexes.items[i]->index->parent != NULL)
			effects_lock(e, op->references->indexes.items[i], ACCESS_EXCLUSIVE);
	if (other != NULL && !p->concurrently)
		effects_lock(e, other, ACCESS_EXCLUSIVE);
	detach_foreign_keys(op, e);
}

static void
detach_index(struct catalog *c, struct relation *index)
{
	struct relation *parent = index->index->parent;

	for (size_t i = 0; parent != NULL && i < parent->index->children.n; i++)
		if (parent->index->children.items[i] == index) {
			catalog_remove(c, &parent->index->children, i);
			break;
		}
	catalog_set(c, &index->index->parent, NULL);
}

static void
detach_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct relation *child = op->references;

	(void)session;
	catalog_part_constraints(c, op->table, child);
	catalog_remove_child(c, op->table, child);
	partition_drop_clones(c, child);
	catalog_set(c, &child->is_partition, false);
	catalog_set(c, &child->default_partition, false);
	for (size_t i = 0; i < child->constraints.n; i++)
		catalog_set(c, &child->constraints.items[i]->parent, NULL);
	for (size_t i = 0; i < child->indexes.n; i++)
		detach_index(c, child->indexes.items[i]);
	for (size_t i = 0; c->pg_version >= 17 && i < child->columns.n; i++)
		catalog_set(c, &child->columns.items[i]->identity, 0);
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_partition(const struct facts *f)
{
	return value_text(relation_words(f->arena, f->catalog, f->op->references));
}

static struct value
get_of_index(const struct facts *f)
{
	return value_bool(payload(f)->of_index);
}

static struct value
get_concurrently(const struct facts *f)
{
	return value_bool(payload(f)->concurrently);
}

static struct value
get_finalize(const struct facts *f)
{
	return value_bool(payload(f)->finalize);
}

static struct value
get_has_default(const struct facts *f)
{
	if (default_of(f->op->table) != NULL)
		return value_bool(true);
	return value_tri(f->op->table->assumed ? UNKNOWN : NO);
}

static struct value
get_default_name(const struct facts *f)
{
	const struct relation *other = default_of(f->op->table);

	return other == NULL ? value_absent() : value_text(relation_words(f->arena, f->catalog, other));
}

static struct value
effect_scan(const struct facts *f, const struct relation *r)
{
	const struct relation_effect *e = r == NULL ? NULL : effects_find(f->effects, r);

	return e == NULL ? value_bool(false) : value_tri(e->scan);
}

static struct value
get_scans_partition(const struct facts *f)
{
	bool of_table = f->op->references != NULL && !OP_DATA(f->op, struct payload)->of_index && effects_find(f->effects, f->op->references) != NULL;

	return of_table ? value_tri(scans_partition(f)) : value_bool(false);
}

static struct value
get_scans_default(const struct facts *f)
{
	return effect_scan(f, default_of(f->op->table));
}

static struct value
get_partition_check(const struct facts *f)
{
	return value_bool(has_bound_check(f->op->table, f->op->references) &&
	    bound_is_implied(f->catalog, f->op->table, f->op->references, &payload(f)->values) == UNKNOWN);
}

static struct value
get_default_check(const struct facts *f)
{
	const struct relation *other = default_of(f->op->table);

	return value_bool(other != NULL && has_bound_check(f->op->table, other));
}

static struct value
get_builds(const struct facts *f)
{
	return payload(f)->of_index ? value_bool(false) : value_tri(builds_indexes(f->op->table, f->op->references));
}

static struct value
get_bound(const struct facts *f)
{
	return value_text(payload(f)->bound);
}

static struct value
get_bound_condition(const struct facts *f)
{
	struct str condition = bound_condition(f->arena, f->op->table, &payload(f)->values);

	return value_text(condition.s != NULL ? condition : STR("..."));
}

/* Those of the parent that the rows of the partition are checked against. */
static bool
is_checked(const struct facts *f, const struct constraint *k)
{
	return k->kind == CONSTRAINT_FOREIGN_KEY && k->references != NULL && k->valid == YES && !payload(f)->of_index &&
	    partition_own_foreign_key(f->catalog, f->op->references, k) == NULL;
}

static struct value
get_checked_tables(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < r->constraints.n; i++)
		if (is_checked(f, r->constraints.items[i]))
			buf_item(&b, ", ", relation_words(f->arena, f->catalog, r->constraints.items[i]->references));
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static struct value
get_checks_foreign_keys(const struct facts *f)
{
	return get_checked_tables(f).state != VALUE_KNOWN ? value_bool(false) : value_tri(f->op->references->assumed ? UNKNOWN : YES);
}

/* It becomes a part of the whole's whatever its name is. */
static void
put_own_key(struct buf *b, const struct facts *f, const struct constraint *k)
{
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;
	struct str name = sql_ident(f->arena, catalog_choose_name(c, f->op->references, k->columns.items, k->columns.n, "fkey", true));
	struct str partition = get_partition(f).text;

	buf_printf(b, "%sALTER TABLE %.*s ADD CONSTRAINT %.*s ", b->n > 0 ? "\n-- next migration\n" : "", STR_ARG(partition), STR_ARG(name));
	spell_constraint(b, f->catalog, k);
	buf_printf(b, " NOT VALID;\n-- next migration\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;", STR_ARG(partition), STR_ARG(name));
}

static struct value
get_own_keys(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < r->constraints.n; i++)
		if (is_checked(f, r->constraints.items[i]))
			put_own_key(&b, f, r->constraints.items[i]);
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static struct value
get_excluding_condition(const struct facts *f)
{
	struct str condition = bound_condition(f->arena, f->op->table, &payload(f)->values);

	return value_text(condition.s == NULL ? STR("...") : str_printf(f->arena, "NOT (%.*s)", STR_ARG(condition)));
}

/* An index for a constraint needs one that is for a constraint. */
static void
put_own_constraint(struct buf *b, const struct facts *f, const struct relation *index, struct str name)
{
	if (index->index->constraint != NULL)
		buf_printf(b, "\nALTER TABLE %.*s ADD CONSTRAINT %.*s %s USING INDEX %.*s;", STR_ARG(get_partition(f).text), STR_ARG(name),
		    index->index->primary ? "PRIMARY KEY" : "UNIQUE", STR_ARG(name));
}

static bool
is_lacking(const struct facts *f, const struct relation *index)
{
	return !payload(f)->of_index && partition_twin(f->op->references, index->index) == NULL &&
	    (index->index->constraint == NULL || index->index->constraint->kind != CONSTRAINT_EXCLUSION);
}

static struct value
get_own_indexes(const struct facts *f)
{
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;
	const struct relation *r = f->op->table, *partition = f->op->references;
	struct buf b = BUF(f->arena), keys = BUF(f->arena);

	buf_str(&b, get_lock_timeout_off(f).text);
	for (size_t i = 0, n = 0; i < r->indexes.n; i++) {
		if (!is_lacking(f, r->indexes.items[i]))
			continue;
		struct str name = copied_index_name(c, partition, r->indexes.items[i]);
		buf_printf(&b, "%.*s\n", STR_ARG(n > 0 ? get_next_concurrently(f).text : STR("")));
		n++;
		put_index_build(&b, f, r->indexes.items[i], partition, name);
		put_own_constraint(&keys, f, r->indexes.items[i], sql_ident(f->arena, name));
	}
	return value_text(str_printf(f->arena, "%.*s\n-- next migration%.*s", STR_ARG(buf_text(&b)), STR_ARG(buf_text(&keys))));
}

static struct value
get_partition_empty(const struct facts *f)
{
	return value_tri(relation_is_small(f->catalog, f->op->references));
}

static const struct field attach_fields[] = {
	{ "partition", FIELD_TEXT, "the table or index being attached", get_partition },
	{ "of_index", FIELD_BOOL, "ALTER INDEX ... ATTACH PARTITION", get_of_index },
	{ "partition_bound", FIELD_TEXT, "FOR VALUES ... or DEFAULT, as written", get_bound },
	{ "bound_condition", FIELD_TEXT, "the bound as a condition; \"...\" where the key has several columns or an expression, or the bound is a hash or DEFAULT",
	    get_bound_condition },
	{ "excluding_condition", FIELD_TEXT, "for advice: the condition that no row belongs there; \"...\" where that is", get_excluding_condition },
	{ "own_indexes", FIELD_TEXT, "for advice: behind the mark of no transaction, the statements that build the indexes that the attached table lacks, and make keys of them; the line behind them", get_own_indexes },
	{ "partition_is_empty", FIELD_BOOL, "the attached table was made in this migration or change, or emptied in it by TRUNCATE, and not filled since", get_partition_empty },
	{ "scans_partition", FIELD_BOOL, "every row of the attached table is read: no valid CHECK implies the bound", get_scans_partition },
	{ "checks_foreign_keys", FIELD_BOOL, "the parent has valid foreign keys that the attached table lacks: all its rows are checked", get_checks_foreign_keys },
	{ "checked_tables", FIELD_TEXT, "the tables that those reference, separated by commas; absent: there are none", get_checked_tables },
	{ "own_foreign_keys", FIELD_TEXT, "for advice: the statements that give it such keys; absent: there are none", get_own_keys },
	{ "has_default", FIELD_BOOL, "the partitioned table has a DEFAULT partition", get_has_default },
	{ "default_partition", FIELD_TEXT, "its name; absent: none known", get_default_name },
	{ "scans_default", FIELD_BOOL, "every row of the DEFAULT partition is read", get_scans_default },
	{ "partition_has_check", FIELD_BOOL, "a valid CHECK of the attached table mentions the partition key, and whether it implies the bound is not known",
	    get_partition_check },
	{ "default_has_check", FIELD_BOOL, "a valid CHECK of the DEFAULT partition mentions the partition key, and may exclude the bound",
	    get_default_check },
	{ "builds_indexes", FIELD_BOOL, "indexes of the parent that the attached table lacks are built now", get_builds },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field detach_fields[] = {
	{ "partition", FIELD_TEXT, "the partition being detached", get_partition },
	{ "concurrently", FIELD_BOOL, "CONCURRENTLY is given", get_concurrently },
	{ "finalize", FIELD_BOOL, "FINALIZE is given", get_finalize },
	{ "has_default", FIELD_BOOL, "the partitioned table has a DEFAULT partition", get_has_default },
	{ "default_partition", FIELD_TEXT, "its name; absent: none known", get_default_name },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define KIND(kind_name, kind_doc, kind_subtype, prefix, refused_function) \
	{ .name = kind_name, .doc = kind_doc, .node = T_AlterTableStmt, .subtype = kind_subtype, \
	    .has = HAS_TABLE | HAS_REFERENCES, .pass = PASS_MISC, .size = sizeof(struct payload), .fields = prefix##_fields, \
	    .lower = lower, .bind = bind, .effects = prefix##_effects, .refused = refused_function, .apply = prefix##_apply }

const struct op_kind op_kinds_partition[] = {
	KIND("attach_partition", "ALTER TABLE ... ATTACH PARTITION", AT_AttachPartition, attach, attach_refused),
	KIND("detach_partition", "ALTER TABLE ... DETACH PARTITION", AT_DetachPartition, detach, NULL),
	KIND("detach_partition_finalize", "ALTER TABLE ... DETACH PARTITION ... FINALIZE", AT_DetachPartitionFinalize, detach, NULL),
	{ .name = NULL }
};
