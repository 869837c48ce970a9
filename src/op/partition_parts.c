#include "op/partition_parts.h"

#include "op/failure.h"
#include "op/operators.h"

/* ---- indexes ---- */

static bool
same_column(const struct index_column *a, const struct index_column *b)
{
	if (!str_eq(a->operator, b->operator))
		return false;
	if (a->name.s != NULL && b->name.s != NULL)
		return str_eq(a->name, b->name);
	return a->name.s == NULL && b->name.s == NULL && expr_eq(a->expr, b->expr);
}

/* AttachPartitionEnsureIndexes(), DefineIndex(): an index for a constraint needs one that is for a constraint, too */
static bool
has_constraint_for(const struct index *own, const struct index *index)
{
	if (index->constraint == NULL)
		return own->constraint == NULL || own->constraint->kind != CONSTRAINT_EXCLUSION;
	return own->constraint != NULL && own->constraint->kind == index->constraint->kind;
}

/* CompareIndexInfo() */
static bool
serves_for(const struct index *own, const struct index *index)
{
	bool same = own->columns.n == index->columns.n && own->include.n == index->include.n && own->unique == index->unique &&
	    own->nulls_not_distinct == index->nulls_not_distinct && own->valid != NO && own->parent == NULL &&
	    str_eq(own->method, index->method) && expr_eq(own->predicate, index->predicate) && has_constraint_for(own, index);

	for (size_t i = 0; same && i < own->columns.n; i++)
		same = same_column(&own->columns.items[i], &index->columns.items[i]);
	for (size_t i = 0; same && i < own->include.n; i++)
		same = str_eq(own->include.items[i], index->include.items[i]);
	return same;
}

struct relation *
partition_twin(const struct relation *partition, const struct index *index)
{
	for (size_t i = 0; i < partition->indexes.n; i++)
		if (serves_for(partition->indexes.items[i]->index, index))
			return partition->indexes.items[i];
	return NULL;
}

/* generateClonedIndexStmt(): a key WITHOUT OVERLAPS is cloned as an exclusion */
struct str
copied_index_name(struct catalog *c, const struct relation *to, const struct relation *index)
{
	const struct index *from = index->index;
	const char *label = from->primary ? "pkey" : from->constraint == NULL ? "idx"
	    : from->constraint->kind == CONSTRAINT_EXCLUSION || from->constraint->period ? "excl" : "key";

	return catalog_index_name(c, to, from, label, from->constraint != NULL);
}

void
partition_lock_indexes(struct effects *e, struct catalog *c, const struct relation *parent, const struct relation *partition)
{
	for (size_t i = 0; i < parent->indexes.n; i++) {
		struct relation *index = parent->indexes.items[i];
		effects_lock(e, index, SHARE_UPDATE_EXCLUSIVE);
		if (partition_twin(partition, index->index) == NULL)
			effects_create(e, partition->schema, copied_index_name(c, partition, index))->lock = ACCESS_EXCLUSIVE;
	}
}

/* transformFkeyCheckAttrs(): the unique index on these columns, in any order */
static bool
backs_reference(const struct index *index, const struct str *columns, size_t n)
{
	if (n == 0)
		return index->primary;
	if (!index->unique || index->predicate != NULL || index->columns.n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!index_has_key(index, columns[i]))
			return false;
	return true;
}

void
partition_lock_key_index(struct effects *e, const struct facts *f, struct relation *referenced, const struct str *columns, size_t n)
{
	for (size_t i = 0; i < referenced->indexes.n; i++)
		if (backs_reference(referenced->indexes.items[i]->index, columns, n)) {
			effects_depend(e, f, referenced->indexes.items[i]);
			break;
		}
	for (size_t i = 0; i < referenced->partitions.n; i++)
		partition_lock_key_index(e, f, referenced->partitions.items[i], columns, n);
}

/* tryAttachPartitionForeignKey(): since 18 it need not be valid. */
static bool
takes_over(const struct catalog *c, const struct constraint *own, const struct constraint *k)
{
	return own->kind == CONSTRAINT_FOREIGN_KEY && own->parent == NULL && own->references == k->references &&
	    str_same(own->columns.items, own->columns.n, k->columns.items, k->columns.n) &&
	    str_same(own->reference_columns.items, own->reference_columns.n, k->reference_columns.items, k->reference_columns.n) &&
	    own->on_delete == k->on_delete && own->on_update == k->on_update && own->match == k->match &&
	    own->deferrable == k->deferrable && own->initially_deferred == k->initially_deferred &&
	    (own->valid == YES || c->pg_version >= 18);
}

struct constraint *
partition_own_foreign_key(const struct catalog *c, const struct relation *partition, const struct constraint *k)
{
	for (size_t i = 0; i < partition->constraints.n; i++)
		if (takes_over(c, partition->constraints.items[i], k))
			return partition->constraints.items[i];
	return NULL;
}

/* The rows of the partition are looked up in the table it points at. */
static void
lock_copied(struct effects *e, const struct facts *f, const struct constraint *k, struct relation *partition)
{
	struct relation *to = k->references;

	effects_lock_tree(e, to, SHARE_ROW_EXCLUSIVE, false);
	partition_lock_key_index(e, f, to, k->reference_columns.items, k->reference_columns.n);
	if (partition == NULL)
		return;
	effects_lock(e, to, ACCESS_SHARE)->scan = UNKNOWN;
	for (size_t i = 0; i < to->indexes.n; i++)
		effects_lock(e, to->indexes.items[i], ACCESS_SHARE);
	for (size_t i = 0; i < partition->indexes.n; i++)
		effects_lock(e, partition->indexes.items[i], ACCESS_SHARE);
	struct relation_effect *rows = effects_lock(e, partition, ACCESS_EXCLUSIVE);
	if (partition->kind != RELATION_PARTITIONED)
		rows->scan = tri_or(rows->scan, partition->assumed || k->valid != YES ? UNKNOWN : YES);
}

void
partition_lock_foreign_keys(struct effects *e, const struct facts *f, const struct relation *parent, struct relation *partition)
{
	for (size_t i = 0; i < parent->constraints.n; i++) {
		const struct constraint *k = parent->constraints.items[i];
		if (k->references == NULL)
			continue;
		if (partition != NULL && partition_own_foreign_key(f->catalog, partition, k) != NULL)
			effects_lock_tree(e, k->references, ACCESS_EXCLUSIVE, false);
		else
			lock_copied(e, f, k, partition);
	}
	for (size_t i = 0; i < parent->referenced_by.n; i++)
		if (parent->referenced_by.items[i]->parent == NULL)
			effects_lock(e, parent->referenced_by.items[i]->table, SHARE_ROW_EXCLUSIVE);
}

static void
copy_constraint(struct catalog *c, struct relation *to, struct relation *made, const struct constraint *from, bool inherited)
{
	struct constraint *k = catalog_add_constraint(c, to, made->name, from->kind);

	k->columns = from->columns;
	k->period = from->period;
	k->deferrable = from->deferrable;
	k->initially_deferred = from->initially_deferred;
	k->index = made;
	k->parent = inherited ? (struct constraint *)(uintptr_t)from : NULL;
	made->index->constraint = k;
}

void
copy_index_options(struct catalog *c, struct relation *to, const struct relation *from)
{
	for (size_t i = to->objects.n; i-- > 0;)
		if (str_is(to->objects.items[i]->kind, "option"))
			catalog_remove_object(c, to, "option", to->objects.items[i]->name);
	for (size_t i = 0; i < from->objects.n; i++)
		if (str_is(from->objects.items[i]->kind, "option"))
			catalog_put_object(c, to, "option", from->objects.items[i]->name, from->objects.items[i]->text);
}

void
copy_index(struct catalog *c, struct relation *to, const struct relation *index, struct relation *parent)
{
	const struct index *from = index->index;
	struct relation *made = catalog_add_index(c, to, copied_index_name(c, to, index));
	struct index *copy = made->index;

	*copy = *from;
	copy->table = to;
	copy->children.n = copy->children.cap = 0;
	copy->parent = parent;
	copy->constraint = NULL;
	copy->valid = YES;
	copy->identity = false;
	copy_index_options(c, made, index);
	if (parent != NULL)
		catalog_push(c, &parent->index->children, made);
	if (from->constraint != NULL)
		copy_constraint(c, to, made, from->constraint, parent != NULL);
}

static bool
has_part_on(const struct index *index, const struct relation *partition)
{
	for (size_t i = 0; i < index->children.n; i++)
		if (index->children.items[i]->index->table == partition && !index->children.items[i]->dropped)
			return true;
	return false;
}

void
partition_fill_index(struct catalog *c, struct relation *index)
{
	struct relation *table = index->index->table;

	for (size_t i = 0; index->index->valid != YES && i < table->partitions.n; i++) {
		struct relation *partition = table->partitions.items[i];
		if (!partition->is_partition || has_part_on(index->index, partition))
			continue;
		copy_index(c, partition, index, index);
		(*vec_last(&partition->indexes))->index->valid = NO;
		partition_fill_index(c, *vec_last(&partition->indexes));
	}
	catalog_set(c, &index->index->valid, YES);
}

void
partition_lock_missing_indexes(struct effects *e, struct catalog *c, const struct relation *table, const struct relation *index)
{
	for (size_t i = 0; index->index->valid != YES && i < table->partitions.n; i++) {
		struct relation *partition = table->partitions.items[i];
		struct relation_effect *built;
		if (!partition->is_partition || has_part_on(index->index, partition))
			continue;
		effects_create(e, partition->schema, copied_index_name(c, partition, index))->lock = ACCESS_EXCLUSIVE;
		built = effects_lock(e, partition, ACCESS_EXCLUSIVE);
		if (partition->kind != RELATION_PARTITIONED)
			built->scan = built->rebuild = YES;
		partition_lock_missing_indexes(e, c, partition, index);
	}
}

void
partition_attach_index(struct catalog *c, struct relation *index, struct relation *twin)
{
	catalog_push(c, &index->index->children, twin);
	catalog_set(c, &twin->index->parent, index);
	if (twin->index->constraint != NULL && index->index->constraint != NULL)
		catalog_set(c, &twin->index->constraint->parent, index->index->constraint);
}

/* ---- foreign keys ---- */

static struct constraint *
copy_foreign_key(struct catalog *c, struct relation *to, struct constraint *k)
{
	struct str name = catalog_find_constraint(to, k->name) == NULL ? k->name
	    : catalog_choose_name(c, to, k->columns.items, k->columns.n, "fkey", true);
	struct constraint *copy = catalog_add_constraint(c, to, name, k->kind);
	struct birth born = copy->born;

	*copy = *k;
	copy->name = name;
	copy->table = to;
	copy->born = born;
	copy->born.place = k->born.place;
	copy->parent = k;
	catalog_push(c, &copy->references->referenced_by, copy);
	return copy;
}

void
partition_take_foreign_key(struct catalog *c, struct relation *partition, struct constraint *k)
{
	struct constraint *own = partition_own_foreign_key(c, partition, k), *copy;

	if (own != NULL) {
		catalog_set(c, &own->parent, k);
		if (k->valid == YES && own->valid == NO)
			catalog_validate_constraint(c, own);
		return;
	}
	copy = copy_foreign_key(c, partition, k);
	for (size_t i = 0; i < partition->partitions.n; i++)
		if (partition->partitions.items[i]->is_partition)
			partition_take_foreign_key(c, partition->partitions.items[i], copy);
}

/* CloneRowTriggersToPartition() */
static void
clone_trigger(struct catalog *c, struct relation *r, const struct trigger *t)
{
	struct trigger *copy = NEW(c->arena, struct trigger);

	*copy = *t;
	copy->table = r;
	copy->cloned = true;
	catalog_push(c, &r->triggers, copy);
	for (size_t i = 0; r->kind == RELATION_PARTITIONED && i < r->partitions.n; i++)
		clone_trigger(c, r->partitions.items[i], t);
}

void
partition_drop_clones(struct catalog *c, struct relation *partition)
{
	for (size_t i = partition->triggers.n; i-- > 0;)
		if (partition->triggers.items[i]->cloned)
			catalog_remove(c, &partition->triggers, i);
}

void
partition_take_over(struct catalog *c, struct relation *parent, struct relation *partition)
{
	for (size_t i = 0; i < parent->indexes.n; i++) {
		struct relation *index = parent->indexes.items[i], *twin = partition_twin(partition, index->index);
		if (twin != NULL)
			partition_attach_index(c, index, twin);
		else if (!partition->assumed)
			copy_index(c, partition, index, index);
	}
	for (size_t i = 0; i < parent->constraints.n; i++)
		if (parent->constraints.items[i]->kind == CONSTRAINT_FOREIGN_KEY)
			partition_take_foreign_key(c, partition, parent->constraints.items[i]);
	for (size_t i = 0; i < parent->triggers.n; i++)
		if (!parent->triggers.items[i]->dropped && str_find(parent->triggers.items[i]->definition, STR("FOR EACH ROW")) != (size_t)-1)
			clone_trigger(c, partition, parent->triggers.items[i]);
}
