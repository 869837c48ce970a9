#include <stddef.h>
#include <string.h>

#include "catalog/catalog.h"
#include "sql/ident.h"

struct catalog *
catalog_new(struct arena *arena, struct str default_schema)
{
	struct catalog *c = NEW(arena, struct catalog);

	c->arena = arena;
	c->default_schema = default_schema;
	c->relations = MAP(arena);
	c->types = MAP(arena);
	c->functions = MAP(arena);
	c->schemas = MAP(arena);
	c->constraint_names = MAP(arena);
	c->objects = MAP(arena);
	*vec_push(arena, &c->search_path) = default_schema;
	return c;
}

void
catalog_save(struct catalog *c, void *at, size_t size)
{
	void *bytes = arena_alloc(c->arena, size);

	memcpy(bytes, at, size);
	*vec_push(c->arena, &c->undo) = (struct undo){ at, bytes, size, false };
}

void
catalog_note_unread(struct catalog *c, enum reach reach)
{
	catalog_set(c, &c->unread[reach], c->now.statement);
	catalog_set(c, &c->unnamed[reach], c->now.statement);
}

void
catalog_note_making(struct catalog *c, enum reach reach)
{
	catalog_set(c, &c->may_make[reach], ((struct unread_maker){ c->now.statement, c->statement }));
}

const struct unread_maker *
catalog_may_make(const struct catalog *c, enum reach part)
{
	const struct unread_maker *all = &c->may_make[REACH_SCHEMA], *own = &c->may_make[part];

	return own->statement > all->statement ? own : all;
}

void
catalog_note_unsure(struct catalog *c, struct relation *r, enum reach reach)
{
	catalog_set(c, &c->unread[reach], c->now.statement);
	catalog_set(c, &r->unsure[reach], c->now.statement);
	if (r->index != NULL)
		catalog_set(c, &r->index->table->unsure[reach], c->now.statement);
	for (size_t i = 0; i < r->partitions.n; i++)
		catalog_note_unsure(c, r->partitions.items[i], reach);
}

void
catalog_note_changed_unseen(struct catalog *c, struct relation *r)
{
	if (r->unread.source != NULL)
		return;
	catalog_set(c, &r->unread, c->statement);
	catalog_set(c, &r->changed_unseen, true);
	catalog_set(c, &r->unsure[REACH_SCHEMA], c->now.statement);
}

static unsigned
later(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

bool
catalog_unread_since(const struct catalog *c, struct birth born, enum reach part)
{
	unsigned last = later(c->unread[REACH_SCHEMA], c->unread[part]);

	return last > 0 && born.statement <= last;
}

bool
relation_unread_since(const struct catalog *c, const struct relation *r, struct birth born, enum reach part)
{
	unsigned unnamed = later(c->unnamed[REACH_SCHEMA], c->unnamed[part]), unsure = later(r->unsure[REACH_SCHEMA], r->unsure[part]);
	unsigned last = later(unnamed, unsure);

	return last > 0 && born.statement <= last;
}

size_t
catalog_mark(const struct catalog *c)
{
	return c->undo.n;
}

void
catalog_undo(struct catalog *c, size_t mark)
{
	while (c->undo.n > mark) {
		const struct undo *u = &c->undo.items[--c->undo.n];
		memcpy(u->at, u->bytes, u->size);
	}
}

static void
swap_bytes(char *a, char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char byte = a[i];
		a[i] = b[i];
		b[i] = byte;
	}
}

void
catalog_rewind(struct catalog *c, size_t mark)
{
	for (size_t i = c->undo.n; i-- > mark;)
		swap_bytes(c->undo.items[i].at, c->undo.items[i].bytes, c->undo.items[i].size);
}

void
catalog_forward(struct catalog *c, size_t mark)
{
	for (size_t i = mark; i < c->undo.n; i++)
		swap_bytes(c->undo.items[i].at, c->undo.items[i].bytes, c->undo.items[i].size);
}

/* What is appended there next is not to be written over what is to come back. */
static void
close_list(void *at)
{
	char *list = at;

	memcpy(list + offsetof(struct undos, cap), list + offsetof(struct undos, n), sizeof(size_t));
}

void
catalog_branch(struct catalog *c, size_t mark, struct branch *b)
{
	*b = (struct branch){ .mark = mark };
	catalog_rewind(c, mark);
	for (size_t i = mark; i < c->undo.n; i++) {
		*vec_push(c->arena, &b->undone) = c->undo.items[i];
		if (c->undo.items[i].grows)
			close_list(c->undo.items[i].at);
	}
	c->undo.n = mark;
}

void
catalog_rejoin(struct catalog *c, const struct branch *b)
{
	catalog_undo(c, b->mark);
	for (size_t i = 0; i < b->undone.n; i++)
		*vec_push(c->arena, &c->undo) = b->undone.items[i];
	catalog_forward(c, b->mark);
}

void
catalog_watch(struct catalog *c)
{
	c->watched = true;
	c->touched.n = 0;
}

void
catalog_touch(struct catalog *c, enum touched_kind kind, struct str schema, struct str name, bool assumed)
{
	if (c->watched)
		*vec_push(c->arena, &c->touched) = (struct touched){ kind, schema, name, assumed, c->statement };
}

void *
catalog_without(struct catalog *c, const void *items, size_t n, size_t i, size_t size)
{
	const char *from = items;
	char *to = arena_alloc(c->arena, n * size);

	memcpy(to, from, i * size);
	memcpy(to + i * size, from + (i + 1) * size, (n - i - 1) * size);
	return to;
}

void
catalog_set_search_path(struct catalog *c, const struct str *schemas, size_t n)
{
	catalog_save(c, &c->search_path, sizeof c->search_path);
	memset(&c->search_path, 0, sizeof c->search_path);
	for (size_t i = 0; i < n; i++)
		*vec_push(c->arena, &c->search_path) = schemas[i];
	for (size_t i = 0; i < c->runner_path.n; i++)
		if (!str_in(c->runner_path.items[i], schemas, n))
			*vec_push(c->arena, &c->search_path) = c->runner_path.items[i];
}

static bool
is_made(const struct relation *r)
{
	return !r->dropped && !r->assumed && !r->born.doubtful && r->born.migration > 0;
}

/* The only schema that holds one of the name; STR_NONE: there is none, or one in the search path holds anything. */
static struct str
only_schema_with(const struct catalog *c, struct str name)
{
	struct str found = STR_NONE;

	for (size_t i = 0; i < c->all.n; i++) {
		const struct relation *r = c->all.items[i];
		if (is_made(r) && str_in(r->schema, c->search_path.items, c->search_path.n))
			return STR_NONE;
		if (!is_made(r) || !str_eq(r->name, name))
			continue;
		if (found.s != NULL && !str_eq(found, r->schema))
			return STR_NONE;
		found = r->schema;
	}
	return found;
}

void
catalog_learn_path(struct catalog *c, struct name name)
{
	struct str schema = name.name.s == NULL || name.schema.s != NULL || catalog_find_relation(c, name) != NULL ? STR_NONE
	    : only_schema_with(c, name.name);

	if (schema.s == NULL || str_is(schema, "pg_temp"))
		return;
	catalog_push(c, &c->runner_path, schema);
	catalog_push(c, &c->search_path, schema);
}

/* ---- relations ---- */

static struct slot *
relation_slot(struct catalog *c, struct str schema, struct str name)
{
	return catalog_slot(c, &c->relations, schema, name);
}

struct relation *
catalog_add_relation(struct catalog *c, struct str schema, struct str name, enum relkind kind)
{
	struct relation *r = NEW(c->arena, struct relation);

	r->schema = schema;
	r->name = name;
	r->kind = kind;
	r->persistence = 'p';
	r->born = c->now;
	r->filled = NO;
	r->row_security = r->force_row_security = NO;
	catalog_set(c, &relation_slot(c, schema, name)->object, r);
	catalog_push(c, &c->all, r);
	catalog_touch(c, TOUCHED_RELATION, schema, name, false);
	return r;
}

static void
vacate(struct catalog *c, struct slot *slot, const void *object)
{
	if (slot->object == object)
		catalog_set(c, &slot->object, NULL);
	catalog_set(c, &slot->vacated, c->now.statement);
	if (c->now.doubtful)
		catalog_set(c, &slot->doubtful, true);
}

void
catalog_rename_relation(struct catalog *c, struct relation *r, struct str schema, struct str name)
{
	catalog_touch(c, TOUCHED_RELATION, r->schema, r->name, r->assumed);
	catalog_touch(c, TOUCHED_RELATION, schema, name, r->assumed);
	vacate(c, relation_slot(c, r->schema, r->name), r);
	if (r->former.transaction != c->now.transaction)
		catalog_set(c, &r->former, ((struct former_name){ r->schema, r->name, c->now.transaction }));
	catalog_set(c, &r->schema, schema);
	catalog_set(c, &r->name, name);
	catalog_set(c, &r->replaced, c->now);
	catalog_set(c, &relation_slot(c, schema, name)->object, r);
}

bool
catalog_is_below(const struct relation *r, const struct relation *whole)
{
	if (r == whole)
		return true;
	for (size_t i = 0; i < whole->partitions.n; i++)
		if (catalog_is_below(r, whole->partitions.items[i]))
			return true;
	return false;
}

void
catalog_add_child(struct catalog *c, struct relation *parent, struct relation *child)
{
	if (catalog_is_below(parent, child))
		return;
	catalog_push(c, &parent->partitions, child);
	catalog_push(c, &child->parents, parent);
	catalog_set(c, &child->parent, child->parents.items[0]);
}

void
catalog_remove_child(struct catalog *c, struct relation *parent, struct relation *child)
{
	for (size_t i = parent->partitions.n; i-- > 0;)
		if (parent->partitions.items[i] == child)
			catalog_remove(c, &parent->partitions, i);
	for (size_t i = child->parents.n; i-- > 0;)
		if (child->parents.items[i] == parent)
			catalog_remove(c, &child->parents, i);
	catalog_set(c, &child->parent, child->parents.n > 0 ? child->parents.items[0] : NULL);
}

static void
leave_parents(struct catalog *c, struct relation *r)
{
	while (r->parents.n > 0)
		catalog_remove_child(c, r->parents.items[0], r);
}

static void
note_lost_key(struct catalog *c, struct relation *table, const struct index *index)
{
	bool told_rows_apart = index->predicate == NULL && (index->unique || index->constraint != NULL);

	if (!told_rows_apart)
		return;
	catalog_set(c, &table->unkeyed, c->now);
	table->unkeyed.place = c->statement;
}

static void
drop_index(struct catalog *c, struct relation *index)
{
	struct relation *table = index->index->table;

	note_lost_key(c, table, index->index);
	for (size_t i = 0; i < table->indexes.n; i++)
		if (table->indexes.items[i] == index) {
			catalog_remove(c, &table->indexes, i);
			break;
		}
	for (size_t i = 0; i < index->index->children.n; i++)
		if (!index->index->children.items[i]->dropped)
			catalog_drop_relation(c, index->index->children.items[i]);
	/* one may take others along */
	for (size_t i = table->referenced_by.n; i-- > 0;)
		if (i < table->referenced_by.n && table->referenced_by.items[i]->reference_index == index)
			catalog_drop_constraint(c, table->referenced_by.items[i]);
}

/* Of one column, or with STR_NONE of all. */
static void
drop_owned_sequences(struct catalog *c, struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->owned.n; i++) {
		struct relation *sequence = r->owned.items[i];
		if (sequence->owner == r && !sequence->dropped && (column.s == NULL || str_eq(sequence->owner_column, column)))
			catalog_drop_relation(c, sequence);
	}
}

/* Dropping an element takes it, and perhaps others, out of the list. */
#define DROP_ALL(c, list, drop) \
	do { \
		while ((list)->n > 0) { \
			size_t n_ = (list)->n; \
			drop((c), *vec_last(list)); \
			if ((list)->n == n_) \
				catalog_remove((c), (list), n_ - 1); \
		} \
	} while (0)

/* addFkRecurseReferenced(): the constraint's copy for a partition depends on that, and on the constraint. */
static void
drop_references_to_whole(struct catalog *c, const struct relation *whole)
{
	for (; whole != NULL; whole = relation_whole(whole))
		for (size_t i = whole->referenced_by.n; i-- > 0;)
			if (i < whole->referenced_by.n && whole->referenced_by.items[i]->parent == NULL)
				catalog_drop_constraint(c, whole->referenced_by.items[i]);
}

static void
drop_table_parts(struct catalog *c, struct relation *r)
{
	DROP_ALL(c, &r->constraints, catalog_drop_constraint);
	DROP_ALL(c, &r->referenced_by, catalog_drop_constraint);
	DROP_ALL(c, &r->indexes, catalog_drop_relation);
	DROP_ALL(c, &r->partitions, catalog_drop_relation);
	drop_owned_sequences(c, r, STR_NONE);
	catalog_drop_policies(c, r, NULL);
}

/* On cascade the defaults that take their values from it go. */
static void
drop_defaults(struct catalog *c, const struct relation *sequence)
{
	for (size_t i = 0; i < c->all.n; i++)
		for (size_t j = 0; !c->all.items[i]->dropped && j < c->all.items[i]->columns.n; j++) {
			struct column *column = c->all.items[i]->columns.items[j];
			bool draws = column->default_sequence == sequence || expr_names_relation(c, column->default_expr, sequence);
			if (!draws && column->sequence != sequence)
				continue;
			catalog_save(c, column, sizeof *column);
			if (column->sequence == sequence)
				column->sequence = NULL;
			if (!draws)
				continue;
			column->default_sequence = NULL;
			column->default_expr = NULL;
			column->type.serial = false;
		}
	for (size_t i = 0; i < c->all_types.n; i++)
		if (expr_names_relation(c, c->all_types.items[i]->default_expr, sequence))
			catalog_set(c, &c->all_types.items[i]->default_expr, NULL);
}

void
catalog_drop_relation(struct catalog *c, struct relation *r)
{
	const struct relation *whole = relation_whole(r);

	if (r->dropped)
		return;
	catalog_touch(c, TOUCHED_RELATION, r->schema, r->name, r->assumed);
	/* while its name is still found */
	if (r->kind == RELATION_SEQUENCE)
		drop_defaults(c, r);
	catalog_set(c, &r->dropped, true);
	catalog_set(c, &r->ended, c->now.statement);
	c->last_ended = c->now.statement;
	vacate(c, relation_slot(c, r->schema, r->name), r);
	leave_parents(c, r);
	drop_references_to_whole(c, whole);
	if (r->index != NULL)
		drop_index(c, r);
	else
		drop_table_parts(c, r);
}

/* ---- columns ---- */

struct column *
catalog_add_column(struct catalog *c, struct relation *r, struct str name)
{
	struct column *column = NEW(c->arena, struct column);

	column->name = name;
	column->born = c->now;
	catalog_push(c, &r->columns, column);
	return column;
}

bool
index_mentions(const struct index *index, struct str column)
{
	for (size_t i = 0; i < index->columns.n; i++) {
		const struct index_column *k = &index->columns.items[i];
		if ((k->name.s != NULL && str_eq(k->name, column)) || expr_mentions_column(k->expr, column))
			return true;
	}
	for (size_t i = 0; i < index->include.n; i++)
		if (str_eq(index->include.items[i], column))
			return true;
	return expr_mentions_column(index->predicate, column);
}

static void drop_constraint(struct catalog *, struct constraint *);

/* The children lose theirs with the column, if they lose that. */
static void
drop_constraints_on(struct catalog *c, struct relation *r, struct str column)
{
	for (size_t i = r->constraints.n; i-- > 0;) {
		struct constraint *k = i < r->constraints.n ? r->constraints.items[i] : NULL;
		if (k == NULL)
			continue;
		if (!str_in(column, k->columns.items, k->columns.n) && (k->index == NULL || !index_mentions(k->index->index, column)))
			continue;
		if (constraint_passes_down(k))
			drop_constraint(c, k);
		else
			catalog_drop_constraint(c, k);
	}
	for (size_t i = r->referenced_by.n; i-- > 0;) {
		struct constraint *k = i < r->referenced_by.n ? r->referenced_by.items[i] : NULL;
		if (k != NULL && str_in(column, k->reference_columns.items, k->reference_columns.n))
			catalog_drop_constraint(c, k);
	}
}

/* What stands behind WHEN names columns of NEW and OLD. */
static bool
trigger_mentions(struct catalog *c, const struct trigger *t, struct str column)
{
	size_t when = str_find(t->definition, STR(" WHEN "));
	struct str condition = when == (size_t)-1 ? STR("") : str_slice(t->definition, when, t->definition.n);

	return str_in(column, t->columns.items, t->columns.n) ||
	    !str_eq(sql_exchange(c->arena, condition, sql_ident(c->arena, column), STR("?")), condition);
}

static void
drop_triggers_on(struct catalog *c, struct relation *r, struct str column)
{
	for (size_t i = r->triggers.n; i-- > 0;)
		if (trigger_mentions(c, r->triggers.items[i], column))
			catalog_remove(c, &r->triggers, i);
}

static bool
is_remark(struct str object, struct str prefix)
{
	return str_eq(str_slice(object, 0, prefix.n), prefix) && (object.n == prefix.n || object.s[prefix.n] == ' ');
}

void
catalog_drop_remarks(struct catalog *c, struct relation *r, const char *part, struct str name)
{
	struct str prefix;

	if (r->objects.n == 0)
		return;
	prefix = str_printf(c->arena, "%s %.*s", part, STR_ARG(name));
	for (size_t i = r->objects.n; i-- > 0;)
		if (is_remark(r->objects.items[i]->name, prefix))
			catalog_remove(c, &r->objects, i);
}

void
catalog_rename_remarks(struct catalog *c, struct relation *r, const char *part, struct str old, struct str name)
{
	struct str prefix;

	if (r->objects.n == 0)
		return;
	prefix = str_printf(c->arena, "%s %.*s", part, STR_ARG(old));
	for (size_t i = 0; i < r->objects.n; i++) {
		struct object *o = r->objects.items[i];
		if (is_remark(o->name, prefix))
			catalog_set(c, &o->name, str_printf(c->arena, "%s %.*s%.*s", part, STR_ARG(name),
			    STR_ARG(str_slice(o->name, prefix.n, o->name.n))));
	}
}

/* RemoveStatisticsById(): one that names the column goes; the others know only their text, too. */
static void
drop_statistics_on(struct catalog *c, const struct relation *r, struct str column)
{
	struct str name = sql_ident(c->arena, column);

	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && o->of == r && !str_eq(sql_exchange(c->arena, o->text, name, STR("?")), o->text))
			catalog_remove_object(c, NULL, "statistics object", o->name);
	}
}

void
catalog_drop_column(struct catalog *c, struct relation *r, struct column *column)
{
	if (column->dropped)
		return;
	catalog_set(c, &column->dropped, true);
	catalog_drop_remarks(c, r, "column", column->name);
	drop_constraints_on(c, r, column->name);
	catalog_drop_policies(c, r, column);
	drop_statistics_on(c, r, column->name);
	drop_triggers_on(c, r, column->name);
	for (size_t i = r->indexes.n; i-- > 0;)
		if (i < r->indexes.n && index_mentions(r->indexes.items[i]->index, column->name))
			catalog_drop_relation(c, r->indexes.items[i]);
	drop_owned_sequences(c, r, column->name);
	for (size_t i = 0; i < r->columns.n; i++)
		if (r->columns.items[i]->generated != 0 && expr_mentions_column(r->columns.items[i]->default_expr, column->name))
			catalog_drop_column(c, r, r->columns.items[i]);
}

/* ---- constraints ---- */

static void
count_name(struct catalog *c, const struct constraint *k, bool up)
{
	struct slot *slot = catalog_slot(c, &c->constraint_names, k->table->schema, k->name);

	if (up || slot->count > 0)
		catalog_set(c, &slot->count, up ? slot->count + 1 : slot->count - 1);
}

struct constraint *
catalog_add_constraint(struct catalog *c, struct relation *r, struct str name, enum constraint_kind kind)
{
	struct constraint *k = NEW(c->arena, struct constraint);

	k->name = name;
	k->kind = kind;
	k->table = r;
	k->valid = YES;
	k->enforced = true;
	k->own = true;
	k->on_delete = k->on_update = 'a';
	k->match = 's';
	k->born = c->now;
	catalog_push(c, &r->constraints, k);
	if (kind == CONSTRAINT_FOREIGN_KEY)
		catalog_push(c, &c->foreign_keys, k);
	count_name(c, k, true);
	return k;
}

void
catalog_rename_constraint(struct catalog *c, struct constraint *k, struct str name)
{
	count_name(c, k, false);
	catalog_rename_remarks(c, k->table, "constraint", k->name, name);
	catalog_set(c, &k->name, name);
	count_name(c, k, true);
}

static void
forget_reference(struct catalog *c, struct constraint *k)
{
	struct relation *other = k->references;

	for (size_t i = 0; other != NULL && i < other->referenced_by.n; i++)
		if (other->referenced_by.items[i] == k) {
			catalog_remove(c, &other->referenced_by, i);
			break;
		}
}

/* Not from the children. */
static void
drop_constraint(struct catalog *c, struct constraint *k)
{
	struct relation *r = k->table;
	struct column *column = k->kind == CONSTRAINT_NOT_NULL && k->columns.n == 1 ? catalog_find_column(r, k->columns.items[0]) : NULL;

	catalog_set(c, &k->dropped, true);
	catalog_push(c, &r->past_constraints, k);
	catalog_drop_remarks(c, r, "constraint", k->name);
	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i] == k) {
			catalog_remove(c, &r->constraints, i);
			break;
		}
	count_name(c, k, false);
	forget_reference(c, k);
	if (k->index != NULL)
		catalog_drop_relation(c, k->index);
	if (column != NULL)
		catalog_set(c, &column->not_null, NO);
}

void
catalog_drop_constraint(struct catalog *c, struct constraint *k)
{
	struct relation *r = k->table;

	if (k->dropped)
		return;
	drop_constraint(c, k);
	catalog_disinherit_constraint(c, k);
	for (size_t i = 0; i < r->partitions.n; i++)
		for (size_t j = r->partitions.items[i]->constraints.n; j-- > 0;)
			if (r->partitions.items[i]->constraints.items[j]->parent == k)
				catalog_drop_constraint(c, r->partitions.items[i]->constraints.items[j]);
}

/* ---- indexes ---- */

struct relation *
catalog_add_index(struct catalog *c, struct relation *table, struct str name)
{
	bool partitioned = table->kind == RELATION_PARTITIONED;
	struct relation *r = catalog_add_relation(c, table->schema, name,
	    partitioned ? RELATION_PARTITIONED_INDEX : RELATION_INDEX);

	r->persistence = table->persistence;
	r->index = NEW(c->arena, struct index);
	r->index->table = table;
	r->index->method = STR("btree");
	r->index->valid = YES;
	catalog_push(c, &table->indexes, r);
	return r;
}

/* ---- types ---- */

struct typedef_ *
catalog_add_type(struct catalog *c, struct str schema, struct str name, enum typekind kind)
{
	struct typedef_ *t = NEW(c->arena, struct typedef_);

	t->schema = schema;
	t->name = name;
	t->kind = kind;
	t->born = c->now;
	catalog_set(c, &catalog_slot(c, &c->types, schema, name)->object, t);
	catalog_push(c, &c->all_types, t);
	catalog_touch(c, TOUCHED_TYPE, schema, name, false);
	return t;
}

void
catalog_drop_type(struct catalog *c, struct typedef_ *t)
{
	catalog_touch(c, TOUCHED_TYPE, t->schema, t->name, t->assumed);
	catalog_set(c, &t->dropped, true);
	catalog_set(c, &t->ended, c->now.statement);
	c->last_ended = c->now.statement;
	vacate(c, catalog_slot(c, &c->types, t->schema, t->name), t);
}

void
catalog_rename_type(struct catalog *c, struct typedef_ *t, struct str schema, struct str name)
{
	catalog_touch(c, TOUCHED_TYPE, t->schema, t->name, t->assumed);
	catalog_touch(c, TOUCHED_TYPE, schema, name, t->assumed);
	vacate(c, catalog_slot(c, &c->types, t->schema, t->name), t);
	catalog_set(c, &t->schema, schema);
	catalog_set(c, &t->name, name);
	catalog_set(c, &t->named, c->now);
	catalog_set(c, &catalog_slot(c, &c->types, schema, name)->object, t);
}
