#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/each_partition.h"
#include "op/failure.h"
#include "op/partition_parts.h"
#include "op/swap.h"

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	struct op *op = lower_constraint(l, kind, node);
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	if (k->using_index.s != NULL)
		op->spans[SPAN_INDEX] = locate_name(l->statement,
		    locate_rest(l->statement, locate_keywords(l->statement, op->spans[SPAN_ACTION], "using index")), k->using_index);
}

static bool
is_new_column(const struct op *op, struct str name)
{
	const struct column *c = catalog_find_column(op->table, name);

	return op->leader != NULL && c != NULL && c->born.statement == op->number;
}

/* A primary key makes its columns NOT NULL, which is checked unless proven. */
static enum tri
sets_not_null(const struct op *op)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);
	enum tri all = YES;

	if (k->kind != CONSTRAINT_PRIMARY_KEY)
		return NO;
	if (k->using_index.s != NULL && op->index != NULL && op->index->index != NULL) {
		const struct index *index = op->index->index;
		for (size_t i = 0; i < index->columns.n; i++)
			all = tri_and(all, relation_proves_not_null(op->table, index->columns.items[i].name));
		return tri_not(all);
	}
	if (k->using_index.s != NULL)
		return UNKNOWN;
	for (size_t i = 0; i < k->columns.n; i++)
		if (!is_new_column(op, k->columns.items[i]))
			all = tri_and(all, relation_proves_not_null(op->table, k->columns.items[i]));
	return tri_not(all);
}

static bool
all_not_null(const struct relation *r, const struct str_list *columns)
{
	for (size_t i = 0; i < columns->n; i++) {
		const struct column *column = catalog_find_column(r, columns->items[i]);
		if (column == NULL || column->not_null != YES)
			return false;
	}
	return true;
}

static void
fill_index(struct arena *a, struct index *index, const struct new_constraint *k)
{
	index->unique = k->kind != CONSTRAINT_EXCLUSION;
	index->primary = k->kind == CONSTRAINT_PRIMARY_KEY;
	index->nulls_not_distinct = k->nulls_not_distinct;
	index->predicate = k->predicate;
	if (k->kind == CONSTRAINT_EXCLUSION || k->period)
		index->method = k->method.s != NULL ? k->method : k->period ? STR("gist") : STR("btree");
	for (size_t i = 0; i < k->elements.n; i++)
		*vec_push(a, &index->columns) = k->elements.items[i];
	for (size_t i = 0; k->elements.n == 0 && i < k->columns.n; i++)
		*vec_push(a, &index->columns) = (struct index_column){ .name = k->columns.items[i] };
	for (size_t i = 0; i < k->include.n; i++)
		*vec_push(a, &index->include) = k->include.items[i];
}

/* DefineIndex(): the key that a partition has already; NULL: none. */
static struct relation *
twin_of(const struct facts *f, const struct new_constraint *k, const struct relation *partition)
{
	struct constraint key = { .kind = k->kind };
	struct index wanted = { .constraint = &key, .method = STR("btree"), .valid = YES };

	fill_index(f->arena, &wanted, k);
	return partition->is_partition ? partition_twin(partition, &wanted) : NULL;
}

/* Before 18 a partition is only locked for the build, unless its columns become NOT NULL. */
static enum lock
build_lock(const struct facts *f, const struct relation *r, const struct new_constraint *k)
{
	bool builds_only = r->is_partition && f->pg_version < 18 && r != f->op->table &&
	    (k->kind != CONSTRAINT_PRIMARY_KEY || all_not_null(r, &k->columns));

	return builds_only ? SHARE : ACCESS_EXCLUSIVE;
}

/* DefineIndex(): builds an index on the table and on each partition. */
static void
build(const struct facts *f, struct effects *e, struct relation *r, const struct new_constraint *k, struct str name)
{
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;
	struct relation_effect *entry = effects_lock(e, r, build_lock(f, r, k));

	if (r->kind != RELATION_PARTITIONED)
		entry->scan = entry->rebuild = YES;
	effects_create(e, r->schema, name);
	for (size_t i = 0; !f->op->only && i < r->partitions.n; i++) {
		struct relation *child = r->partitions.items[i], *twin = twin_of(f, k, child);
		if (twin != NULL) {
			effects_lock(e, child, build_lock(f, child, k));
			effects_lock(e, twin, SHARE);
		} else if (child->is_partition)
			build(f, e, child, k, constraint_index_name(c, child, k));
	}
}

/* transformIndexConstraint(): the columns become NOT NULL, those of inheritance children, too. */
static void
scan_heirs(struct effects *e, const struct relation *r, const struct str_list *columns)
{
	for (size_t i = 0; !all_not_null(r, columns) && i < r->partitions.n; i++) {
		struct relation *child = r->partitions.items[i];
		if (child->is_partition)
			continue;
		effects_lock(e, child, ACCESS_EXCLUSIVE)->scan = tri_not(tri_of(all_not_null(child, columns)));
		scan_heirs(e, child, columns);
	}
}

static void
effects_of_using_index(const struct op *op, const struct new_constraint *k, struct effects *e)
{
	struct relation_effect *entry = effects_lock(e, op->table, ACCESS_EXCLUSIVE);

	entry->scan = tri_or(entry->scan, sets_not_null(op));
	/* RenameRelationInternal() on the index when the constraint gets another name */
	if (op->index != NULL)
		effects_lock(e, op->index, str_eq(k->chosen, k->using_index) ? ACCESS_SHARE : SHARE_UPDATE_EXCLUSIVE);
}

static bool
same_names(const struct str *a, size_t na, const struct str *b, size_t nb)
{
	for (size_t i = 0; i < na && na == nb; i++)
		if (!str_eq(a[i], b[i]))
			return false;
	return na == nb;
}

static bool
same_elements(const struct index *index, const struct new_constraint *from)
{
	if (from->elements.n == 0)
		return true;
	for (size_t i = 0; i < index->columns.n && index->columns.n == from->elements.n; i++) {
		const struct index_column *a = &index->columns.items[i], *b = &from->elements.items[i];
		if (!str_eq(a->name, b->name) || !str_eq(a->operator, b->operator) || !expr_eq(a->expr, b->expr) ||
		    !str_eq(a->opclass, b->opclass) || a->descending != b->descending)
			return false;
	}
	return index->columns.n == from->elements.n && expr_eq(index->predicate, from->predicate);
}

/* transformIndexConstraints(): a key of the same statement that is the same but for its name and for being primary. */
static struct constraint *
equal_key(const struct op *op)
{
	const struct new_constraint *from = OP_DATA(op, struct new_constraint);

	if (from->using_index.s != NULL || (!from->creating && op->leader == NULL))
		return NULL;
	for (size_t i = 0; i < op->table->constraints.n; i++) {
		struct constraint *k = op->table->constraints.items[i];
		const struct index *index = k->index == NULL ? NULL : k->index->index;
		if (index != NULL && k->parent == NULL && (k->kind == CONSTRAINT_EXCLUSION) == (from->kind == CONSTRAINT_EXCLUSION) &&
		    same_elements(index, from) && k->born.statement == op->number && k->deferrable == from->deferrable &&
		    k->initially_deferred == from->initially_deferred && index->nulls_not_distinct == from->nulls_not_distinct &&
		    same_names(k->columns.items, k->columns.n, from->columns.items, from->columns.n) &&
		    same_names(index->include.items, index->include.n, from->include.items, from->include.n))
			return k;
	}
	return NULL;
}

bool
key_is_repeated(const struct op *op)
{
	return (is_kind(op, "add_unique") || is_kind(op, "add_primary_key") || is_kind(op, "add_exclusion")) && equal_key(op) != NULL;
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	if (equal_key(op) != NULL)
		return;
	if (k->creating)
		effects_create(e, op->table->schema, k->chosen);
	else if (k->using_index.s != NULL)
		effects_of_using_index(op, k, e);
	else
		build(f, e, op->table, k, k->chosen);
	if (k->kind == CONSTRAINT_PRIMARY_KEY && !k->creating && !op->only)
		scan_heirs(e, op->table, &k->columns);
	/* ATPrepCmd(): since 18 it locks the inheritance children, which get nothing */
	if (f->pg_version >= 18 && !k->creating)
		effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
}

static bool
is_of_parent(const struct relation *r, const struct constraint *own, struct str column)
{
	for (size_t i = 0; i < r->parents.n; i++) {
		const struct constraint *k = catalog_find_not_null(r->parents.items[i], column);
		if (k != NULL && str_eq(k->name, own->name))
			return true;
	}
	return false;
}

/* A primary key in CREATE TABLE gives inherited columns a NOT NULL of their own, which the parent's is merged into. */
static void
leave_parents(struct catalog *c, struct relation *r, const struct constraint *k)
{
	for (size_t i = 0; i < k->columns.n; i++) {
		const struct constraint *own = catalog_find_not_null(r, k->columns.items[i]);
		struct column *column = catalog_find_column(r, k->columns.items[i]);
		if (own != NULL && column != NULL && is_of_parent(r, own, column->name))
			catalog_own_not_null(c, r, column, STR_NONE);
	}
}

/* ATPrepAddPrimaryKey(): down to the children, too, under the same name. */
static void
set_not_null(struct catalog *c, struct relation *r, const struct constraint *k, bool only)
{
	for (size_t i = 0; i < k->columns.n; i++) {
		const struct constraint *there = catalog_find_not_null(r, k->columns.items[i]);
		if (there == NULL || there->valid == NO)
			catalog_make_not_null(c, r, k->columns.items[i], STR_NONE, only);
	}
}

static void adopt_partitions(struct catalog *, struct relation *, struct constraint *, const struct new_constraint *);

static void
attach_index(struct catalog *c, struct relation *r, struct constraint *k, const struct new_constraint *from, bool only)
{
	struct relation *index = catalog_add_index(c, r, k->name);

	fill_index(c->arena, index->index, from);
	catalog_label_index(c, index->index);
	index->index->constraint = k;
	index->born.place = k->born.place;
	options_set(c, index, &from->options);
	k->index = index;
	if (k->kind == CONSTRAINT_PRIMARY_KEY && from->creating)
		leave_parents(c, r, k);
	if (k->kind == CONSTRAINT_PRIMARY_KEY)
		set_not_null(c, r, k, only);
	if (!only)
		adopt_partitions(c, r, k, from);
	else if (r->kind == RELATION_PARTITIONED && r->partitions.n > 0)
		index->index->valid = NO;
	index->index->only = only;
}

static void
adopt_partitions(struct catalog *c, struct relation *r, struct constraint *k, const struct new_constraint *from)
{
	for (size_t i = 0; i < r->partitions.n; i++) {
		struct relation *child = r->partitions.items[i], *twin = partition_twin(child, k->index->index);
		struct constraint *copy;
		if (!child->is_partition)
			continue;
		if (twin != NULL) {
			partition_attach_index(c, k->index, twin);
			continue;
		}
		copy = catalog_add_constraint(c, child, constraint_index_name(c, child, from), k->kind);
		copy->columns.items = k->columns.items;
		copy->columns.n = copy->columns.cap = k->columns.n;
		copy->period = k->period;
		copy->deferrable = k->deferrable;
		copy->initially_deferred = k->initially_deferred;
		copy->parent = k;
		copy->born.place = k->born.place;
		attach_index(c, child, copy, from, false);
		copy->index->index->parent = k->index;
		catalog_push(c, &k->index->index->children, copy->index);
	}
}

static void
take_over_index(struct op *op, struct catalog *c, struct constraint *k)
{
	struct index *index = op->index->index;

	for (size_t i = 0; i < index->columns.n; i++)
		if (index->columns.items[i].name.s != NULL)
			*vec_push(c->arena, &k->columns) = index->columns.items[i].name;
	if (!str_eq(op->index->name, k->name))
		catalog_rename_relation(c, op->index, op->index->schema, k->name);
	catalog_set(c, &index->constraint, k);
	catalog_set(c, &index->primary, k->kind == CONSTRAINT_PRIMARY_KEY);
	k->index = op->index;
	if (k->kind == CONSTRAINT_PRIMARY_KEY)
		set_not_null(c, op->table, k, op->only);
}

static void
give_name(struct catalog *c, struct constraint *k, struct str name)
{
	catalog_rename_constraint(c, k, name);
	catalog_rename_relation(c, k->index, k->index->schema, name);
}

/* ChooseIndexNameAddition() takes the columns of INCLUDE, too. */
static bool
is_called_alike(const struct constraint *a, const struct constraint *b)
{
	return a->index != NULL && b->index != NULL && same_names(a->columns.items, a->columns.n, b->columns.items, b->columns.n) &&
	    same_names(a->index->index->include.items, a->index->index->include.n, b->index->index->include.items, b->index->index->include.n);
}

/* The server chooses names when it makes the indexes: a key that got another one leaves its own to the next that is called alike. */
static void
rename_key(struct catalog *c, struct constraint *k, struct str name)
{
	const struct relation *r = k->table;
	struct str left = k->name;
	bool later = false;

	give_name(c, k, name);
	for (size_t i = 0; i < r->constraints.n; i++) {
		struct constraint *other = r->constraints.items[i];
		if (later && other->born.statement == k->born.statement && !other->name_given && other->kind == CONSTRAINT_UNIQUE &&
		    is_called_alike(other, k)) {
			struct str next = other->name;
			give_name(c, other, left);
			left = next;
		}
		later = later || other == k;
	}
}

/* The two are one, under the name that was given to either. */
static void
merge(struct op *op, struct catalog *c, struct constraint *k)
{
	const struct new_constraint *from = OP_DATA(op, struct new_constraint);
	bool becomes_primary = from->kind == CONSTRAINT_PRIMARY_KEY && k->kind == CONSTRAINT_UNIQUE;
	struct str name = from->name.s != NULL && (becomes_primary || !k->name_given) ? from->name
	    : becomes_primary && !k->name_given ? from->chosen : k->name;

	if (becomes_primary) {
		catalog_set(c, &k->kind, CONSTRAINT_PRIMARY_KEY);
		catalog_set(c, &k->index->index->primary, true);
		set_not_null(c, op->table, k, op->only);
	}
	if (!str_eq(name, k->name))
		rename_key(c, k, name);
	catalog_set(c, &k->name_given, k->name_given || from->name.s != NULL);
	op->constraint = k;
}

/* CREATE TABLE makes one of a key and a primary key, which may come last. */
static bool
may_become_one(const struct op *op, const struct constraint *k)
{
	const struct script *script = op->script;

	for (size_t i = 0; k->kind == CONSTRAINT_UNIQUE && i < script->ops.n; i++)
		if (script->ops.items[i]->statement == op->statement && is_kind(script->ops.items[i], "add_primary_key"))
			return true;
	return !k->name_given;
}

static bool
stays(const struct op *op, const struct relation *there)
{
	return there->index == NULL || there->born.statement != op->number ||
	    (there->index->constraint != NULL && there->index->table == op->table && !may_become_one(op, there->index->constraint));
}

/* index_create(), RenameRelationInternal(): the index gets the name of the constraint; of two that are the same CREATE TABLE makes one. */
static bool
name_is_taken(const struct op *op, const struct catalog *c, struct str name)
{
	const struct relation *there = name.s == NULL ? NULL : catalog_slot_object(&c->relations, op->table->schema, name);

	return is_known(there) && there != op->index && !key_is_repeated(op) && stays(op, there);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct new_constraint *from = OP_DATA(op, struct new_constraint);
	struct constraint *k = equal_key(op);

	(void)session;
	if (k != NULL) {
		merge(op, c, k);
		return;
	}
	if (op->failure.s != NULL && name_is_taken(op, c, from->name))
		return;
	k = apply_constraint(op, c);
	if (from->using_index.s == NULL)
		attach_index(c, op->table, k, from, op->only);
	else if (op->index != NULL && op->index->index != NULL)
		take_over_index(op, c, k);
}

bool
key_op_leads_like(const struct op *op, const struct index_column *key)
{
	const struct new_constraint *k = is_kind(op, "add_unique") || is_kind(op, "add_primary_key") ? OP_DATA(op, struct new_constraint) : NULL;

	return k != NULL && k->using_index.s == NULL && k->columns.n > 0 && key->name.s != NULL && str_eq(k->columns.items[0], key->name);
}

/* ---- facts ---- */

static struct value
get_using_index(const struct facts *f)
{
	struct str name = OP_DATA(f->op, struct new_constraint)->using_index;

	return name.s == NULL ? value_absent() : value_text(sql_ident(f->arena, name));
}

static struct value
get_index_relation(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct relation index = { .schema = f->op->table->schema, .name = k->using_index.s != NULL ? k->using_index : k->chosen };

	return value_text(relation_words(f->arena, f->catalog, &index));
}

static struct value
get_sets_not_null(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	if (k->using_index.s != NULL && (f->op->index == NULL || f->op->index->index == NULL))
		return value_absent();
	return value_tri(sets_not_null(f->op));
}

/* transformIndexConstraint(): what the server accepts for USING INDEX */
static struct value
get_index_usable(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct index *index = f->op->index == NULL ? NULL : f->op->index->index;

	if (k->using_index.s == NULL)
		return value_absent();
	if (index == NULL)
		return value_absent();
	if (!index->unique || index->predicate != NULL || index->valid == NO || index->constraint != NULL)
		return value_bool(false);
	for (size_t i = 0; i < index->columns.n; i++)
		if (index->columns.items[i].name.s == NULL || index->columns.items[i].descending || index->columns.items[i].nulls_first ||
		    str_ends(index->columns.items[i].opclass, "_pattern_ops"))
			return value_bool(false);
	return value_bool(true);
}

static struct value
get_nullable_columns(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct str_list list = { 0 };
	const struct index *index = f->op->index == NULL ? NULL : f->op->index->index;

	for (size_t i = 0; index != NULL && i < index->columns.n; i++)
		if (index->columns.items[i].name.s != NULL &&
		    relation_proves_not_null(f->op->table, index->columns.items[i].name) != YES)
			*vec_push(f->arena, &list) = index->columns.items[i].name;
	for (size_t i = 0; index == NULL && i < k->columns.n; i++)
		if (relation_proves_not_null(f->op->table, k->columns.items[i]) != YES)
			*vec_push(f->arena, &list) = k->columns.items[i];
	return list.n == 0 ? value_absent() : value_text(ident_list(f->arena, list.items, list.n));
}

/* ---- for advice on USING INDEX ---- */

static struct str
as_written(const struct facts *f)
{
	return source_text(f->op->statement->source, f->op->spans[SPAN_ACTION]);
}

static struct value
get_not_null_first(const struct facts *f)
{
	const struct index *index = f->op->index == NULL ? NULL : f->op->index->index;
	struct str table = words(f, f->op->table);
	struct buf b = BUF(f->arena);

	for (size_t i = 0; index != NULL && i < index->columns.n; i++)
		if (index->columns.items[i].name.s != NULL && relation_proves_not_null(f->op->table, index->columns.items[i].name) != YES)
			buf_str(&b, not_null_steps(f, f->op->table, index->columns.items[i].name));
	buf_printf(&b, "\n-- next migration\nALTER TABLE %.*s ADD %.*s;", STR_ARG(table), STR_ARG(as_written(f)));
	return value_text(buf_text(&b));
}

/* index_check_primary_key(): USING INDEX makes them NOT NULL, which reads all rows unless a CHECK proves it. */
static struct value
get_columns_not_null(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	buf_str(&b, get_name_freed(f).text);
	for (size_t i = 0; r != NULL && i < k->columns.n; i++)
		if (catalog_find_column(r, k->columns.items[i]) != NULL && relation_proves_not_null(r, k->columns.items[i]) == NO)
			buf_str(&b, not_null_steps(f, f->op->table, k->columns.items[i]));
	return value_text(b.n > 0 ? buf_text(&b) : STR(""));
}

/* The plain columns of the index; "..." where it has an expression. */
static struct str
index_columns(const struct facts *f, const struct index *index)
{
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < index->columns.n; i++) {
		if (index->columns.items[i].name.s == NULL)
			return STR("...");
		buf_item(&b, ", ", sql_ident(f->arena, index->columns.items[i].name));
	}
	return buf_text(&b);
}

/* An index that is of use stays, unless it has the name that the constraint is to get. */
static struct value
get_usable_steps(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct relation *old = f->op->index;
	struct str table = words(f, f->op->table), name = sql_ident(f->arena, name_beside(f, k->chosen));
	struct buf b = BUF(f->arena);

	if (old == NULL || old->index == NULL)
		return value_absent();
	buf_printf(&b, "-- (no transaction)%.*s\nCREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);", STR_ARG(get_lock_timeout_off(f).text), STR_ARG(name),
	    STR_ARG(table), STR_ARG(index_columns(f, old->index)));
	if (old->index->constraint == NULL && (old->index->valid == NO || str_eq(old->name, k->chosen)))
		buf_printf(&b, "%.*s\nDROP INDEX CONCURRENTLY %.*s;", STR_ARG(get_next_concurrently(f).text), STR_ARG(words(f, old)));
	buf_printf(&b, "\n-- next migration\nALTER TABLE %.*s ADD CONSTRAINT %.*s %s USING INDEX %.*s%s;", STR_ARG(table), STR_ARG(sql_ident(f->arena, k->chosen)),
	    k->kind == CONSTRAINT_PRIMARY_KEY ? "PRIMARY KEY" : "UNIQUE", STR_ARG(name), key_deferral(f));
	return value_text(buf_text(&b));
}

static struct value
get_new_column(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	return value_bool(k->columns.n == 1 && is_new_column(f->op, k->columns.items[0]));
}

static bool
in_key(const struct new_constraint *k, struct str column)
{
	for (size_t i = 0; i < k->columns.n; i++)
		if (str_eq(k->columns.items[i], column))
			return true;
	return false;
}

static struct value
get_covers_partition_key(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct relation *r = f->op->table;

	if (r->kind != RELATION_PARTITIONED)
		return value_absent();
	for (size_t i = 0; i < r->partition_key.n; i++)
		if (r->partition_key.items[i].name.s == NULL || !in_key(k, r->partition_key.items[i].name))
			return value_bool(false);
	return value_bool(true);
}

/* STR_NONE: none. */
static struct str
repeated_column(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct str_list names = { 0 };

	for (size_t i = 0; k->using_index.s == NULL && k->kind != CONSTRAINT_EXCLUSION && i < k->columns.n; i++)
		*vec_push(f->arena, &names) = k->columns.items[i];
	for (size_t i = 0; k->using_index.s != NULL && is_known(f->op->index) && f->op->index->index != NULL && i < f->op->index->index->columns.n; i++)
		if (f->op->index->index->columns.items[i].name.s != NULL)
			*vec_push(f->arena, &names) = f->op->index->index->columns.items[i].name;
	for (size_t i = 1; i < names.n; i++)
		if (str_in(names.items[i], names.items, i))
			return names.items[i];
	return STR_NONE;
}

/* transformIndexConstraint() */
static struct str
refused(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct relation *r = f->op->table;
	struct str repeated;

	if (r != NULL && r->is_hypertable && k->using_index.s != NULL)
		return STR("hypertables do not support adding a constraint using an existing index");
	if (!is_known(r))
		return STR_NONE;
	if (k->using_index.s != NULL && f->op->index == NULL && is_settled(f, r, REACH_SCHEMA))
		return str_printf(f->arena, "index \"%.*s\" does not exist", STR_ARG(k->using_index));
	for (size_t i = 0; i < k->columns.n; i++)
		if (lacks_column(f, r, k->columns.items[i]))
			return str_printf(f->arena, "column \"%.*s\" named in key does not exist", STR_ARG(k->columns.items[i]));
	repeated = repeated_column(f);
	if (repeated.s != NULL)
		return str_printf(f->arena, "column \"%.*s\" appears twice in %s constraint", STR_ARG(repeated),
		    k->kind == CONSTRAINT_PRIMARY_KEY ? "primary key" : "unique");
	if (f->pg_version >= 17 && k->kind == CONSTRAINT_PRIMARY_KEY && k->using_index.s != NULL && is_known(f->op->index) && f->op->index->index != NULL &&
	    f->op->index->index->nulls_not_distinct)
		return STR("primary keys cannot use NULLS NOT DISTINCT indexes");
	if (name_is_taken(f->op, f->catalog, k->name) && is_in_place(f, catalog_slot_object(&f->catalog->relations, r->schema, k->name)))
		return str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(k->name));
	return STR_NONE;
}

static const struct field fields[] = {
	CONSTRAINT_FIELDS,
	{ "partition_steps", FIELD_TEXT, "for advice on a partitioned table: the migrations that give it to the partitions first", get_key_steps },
	{ "using_index", FIELD_TEXT, "the index named with USING INDEX; absent: the index is built now", get_using_index },
	{ "index_relation", FIELD_TEXT, "that index, or the one that is built, with its schema when that is not the default one", get_index_relation },
	{ "index_usable", FIELD_BOOL, "the USING INDEX index is unique, valid, plain and whole; absent without USING INDEX, and where the index is not known",
	    get_index_usable },
	{ "sets_not_null", FIELD_BOOL, "the columns of the primary key are not proven NOT NULL yet; absent when nothing is known about the index that it uses", get_sets_not_null },
	{ "nullable_columns", FIELD_TEXT, "key columns not proven NOT NULL yet, separated by commas", get_nullable_columns },
	{ "not_null_first", FIELD_TEXT, "for advice: the further migrations that make the key's columns NOT NULL, and the key as written", get_not_null_first },
	{ "columns_not_null", FIELD_TEXT, "for advice, behind the build: what name_freed says, and the further migrations that make those of the key's columns NOT NULL that "
	    "accept NULL; empty: none does", get_columns_not_null },
	{ "usable_steps", FIELD_TEXT, "for advice: the migrations that build an index that can become the constraint, and make it that; absent: the index is not known",
	    get_usable_steps },
	{ "index_beside", FIELD_TEXT, "a name for an index that is built before the file runs: the constraint's, or one made of it when that is taken until "
	    "the file drops what has it", get_index_beside },
	{ "build_begins", FIELD_TEXT, "for advice: what marks the migration that builds the index, behind one that adds those of its columns that the same "
	    "ALTER TABLE adds", get_build_begins },
	{ "index_columns", FIELD_TEXT, "for advice: its columns, of which one that the same ALTER TABLE puts in the place of another has a name of its own until then",
	    get_index_columns },
	{ "index_options", FIELD_TEXT, "for advice: behind them, INCLUDE and NULLS NOT DISTINCT where the key says so; empty: neither", get_index_options },
	{ "using_beside", FIELD_TEXT, "for advice: USING INDEX and that name, with DEFERRABLE and INITIALLY DEFERRED where the key says so", get_using_beside },
	{ "name_freed", FIELD_TEXT, "for advice: behind the build, what drops the index that has the constraint's name until the file drops it; empty: none has", get_name_freed },
	{ "build_ends", FIELD_TEXT, "for advice: behind that, what gives those their names, a comment where to drop the old key, and one that an index that the file has dropped can be the key's; "
	    "empty: there are none", get_build_ends },
	{ "column_is_new", FIELD_BOOL, "its only column is added by the same statement", get_new_column },
	{ "covers_partition_key", FIELD_BOOL, "the key holds all partition key columns; absent for a plain table",
	    get_covers_partition_key },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define KEY_KIND(kind_name, kind_doc, kind_subtype) \
	{ .name = kind_name, .doc = kind_doc, .node = T_Constraint, .subtype = kind_subtype, \
	    .has = HAS_TABLE | HAS_COLUMN | HAS_CONSTRAINT | HAS_INDEX, .pass = PASS_ADD_INDEX, \
	    .size = sizeof(struct new_constraint), .fields = fields, .lower = lower, .bind = bind_constraint, \
	    .effects = effects, .refused = refused, .apply = apply }

const struct op_kind op_kinds_add_key[] = {
	KEY_KIND("add_unique", "ADD UNIQUE, also inside CREATE TABLE and ADD COLUMN", CONSTR_UNIQUE),
	KEY_KIND("add_primary_key", "ADD PRIMARY KEY, also inside CREATE TABLE and ADD COLUMN", CONSTR_PRIMARY),
	KEY_KIND("add_exclusion", "ADD EXCLUDE, also inside CREATE TABLE", CONSTR_EXCLUSION),
	{ .name = NULL }
};
