#include <string.h>

#include "op/constraint.h"
#include "op/column_def.h"
#include "op/failure.h"
#include "op/family.h"
#include "op/misplaced.h"
#include "op/operators.h"
#include "op/partition_bound.h"
#include "op/partition_parts.h"
#include "op/typed.h"

struct like {
	struct name name;
	size_t before;                  /* columns of the statement that stand before it */
	bool comments, constraints, defaults, identity, generated, indexes, statistics;
};

struct payload {
	VEC(struct column_def) columns;
	VEC(struct name) inherits;      /* INHERITS, or the parent of PARTITION OF */
	VEC(struct like) likes;
	struct setting_list options;
	bool with_oids;
	char persistence;
	bool foreign, partition_of, default_partition, of_type;
	struct name type;               /* OF it */
	struct query defaults;          /* the sequences that they draw from */
	struct str bound;
	struct partition_bound limits;  /* the same */
	struct str definition;          /* of a foreign table: "SERVER s" */
	struct foreign_options foreign_options;
	struct str strategy;            /* PARTITION BY */
	VEC(struct index_column) partition_key;
	struct relation *parent;        /* set by bind */
};

/* ---- lowering ---- */

static void
add_like(struct lowering *l, struct payload *p, const TableLikeClause *clause)
{
	struct like *like = vec_push(l->arena, &p->likes);

	*like = (struct like){ .name = lower_range_var(l, clause->relation), .before = p->columns.n };
	like->comments = clause->options & CREATE_TABLE_LIKE_COMMENTS;
	like->statistics = clause->options & CREATE_TABLE_LIKE_STATISTICS;
	like->constraints = clause->options & CREATE_TABLE_LIKE_CONSTRAINTS;
	like->defaults = clause->options & CREATE_TABLE_LIKE_DEFAULTS;
	like->identity = clause->options & CREATE_TABLE_LIKE_IDENTITY;
	like->generated = clause->options & CREATE_TABLE_LIKE_GENERATED;
	like->indexes = clause->options & CREATE_TABLE_LIKE_INDEXES;
}

static const char *
strategy_word(PartitionStrategy strategy)
{
	return strategy == PARTITION_STRATEGY_LIST ? "list" : strategy == PARTITION_STRATEGY_HASH ? "hash" : "range";
}

static void
lower_partitioning(struct lowering *l, struct payload *p, const CreateStmt *st)
{
	const ListCell *cell;

	if (st->partspec != NULL) {
		p->strategy = str_of(strategy_word(st->partspec->strategy));
		foreach (cell, st->partspec->partParams)
			*vec_push(l->arena, &p->partition_key) = lower_partition_column(l, lfirst(cell));
	}
	if (st->partbound != NULL) {
		p->partition_of = true;
		p->default_partition = st->partbound->is_default;
		p->bound = lower_bound(l, st->partbound);
		bound_lower(l, st->partbound, &p->limits);
	}
}

static void
lower_elements(struct lowering *l, struct payload *p, const CreateStmt *st)
{
	const ListCell *cell;

	foreach (cell, st->tableElts)
		if (IsA(lfirst(cell), ColumnDef)) {
			*vec_push(l->arena, &p->columns) = lower_column_def(l, lfirst(cell));
			lower_column_default(l, &p->defaults, lfirst(cell));
		} else if (IsA(lfirst(cell), TableLikeClause))
			add_like(l, p, lfirst(cell));
	foreach (cell, st->inhRelations)
		*vec_push(l->arena, &p->inherits) = lower_range_var(l, lfirst(cell));
}

/* DefineRelation() makes CHECKs; the index constraints follow, the primary key first, and the foreign keys in the end. */
static int
rank_of(const struct op *op)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	switch (k->kind) {
	case CONSTRAINT_CHECK: return 0;
	case CONSTRAINT_NOT_NULL: return 1;
	case CONSTRAINT_PRIMARY_KEY: return 2;
	case CONSTRAINT_FOREIGN_KEY: return 4;
	default: return 3;
	}
}

static void
sort_by_rank(struct op **ops, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct op *op = ops[i];
		size_t j = i;
		for (; j > 0 && rank_of(ops[j - 1]) > rank_of(op); j--)
			ops[j] = ops[j - 1];
		ops[j] = op;
	}
}

/* transformCreateStmt(): those of one rank as they stand, on columns or not */
static void
lower_constraints(struct lowering *l, const struct payload *p, const CreateStmt *st)
{
	size_t first = l->script->ops.n, column = 0;
	const ListCell *cell;

	foreach (cell, st->tableElts)
		if (IsA(lfirst(cell), ColumnDef))
			lower_column_constraints(l, lfirst(cell), &p->columns.items[column++]);
		else if (IsA(lfirst(cell), Constraint))
			lower_node(l, T_Constraint, (int)((const Constraint *)lfirst(cell))->contype, lfirst(cell));
	sort_by_rank(l->script->ops.items + first, l->script->ops.n - first);
}

/* transformCreateStmt(): foreign keys are added when all keys are there */
static void
put_foreign_keys_last(struct lowering *l, size_t first)
{
	size_t n = l->script->ops.n, kept = first, moved = 0;
	struct op **ops = l->script->ops.items, **keys = NEW_ARRAY(l->arena, struct op *, n - first);

	for (size_t i = first; i < n; i++)
		if (strcmp(ops[i]->kind->name, "add_foreign_key") == 0)
			keys[moved++] = ops[i];
		else
			ops[kept++] = ops[i];
	for (size_t i = 0; i < moved; i++)
		ops[kept + i] = keys[i];
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateStmt *st = node;
	struct op *op;
	struct payload *p;
	size_t first;

	l->table = lower_range_var(l, st->relation);
	l->creating = true;
	op = lower_add(l, kind);
	p = OP_DATA(op, struct payload);
	op->if_not_exists = st->if_not_exists;
	p->foreign = IsA(node, CreateForeignTableStmt);
	if (p->foreign) {
		const CreateForeignTableStmt *foreign = node;
		p->definition = str_printf(l->arena, "SERVER %.*s", STR_ARG(sql_ident(l->arena, str_of(foreign->servername))));
		p->foreign_options = lower_foreign_options(l, foreign->options);
	}
	p->persistence = st->relation->relpersistence;
	p->options = lower_table_parameters(l, st->options);
	p->with_oids = lower_option_true(st->options, "oids", false);
	p->of_type = st->ofTypename != NULL;
	if (p->of_type)
		names_from_list(l->arena, st->ofTypename->names, &p->type.schema, &p->type.name);
	lower_elements(l, p, st);
	lower_partitioning(l, p, st);
	if (p->inherits.n > 0)
		op->reference = p->inherits.items[0];
	l->leader = op;
	first = l->script->ops.n;
	lower_constraints(l, p, st);
	put_foreign_keys_last(l, first);
	l->leader = NULL;
	l->creating = false;
}

bool
create_table_takes_columns(const struct op *op)
{
	const struct payload *p = OP_DATA(op, struct payload);

	return p->inherits.n > 0 || p->likes.n > 0 || p->of_type;
}

/* Of a table that is there already: the first column that is missing or another one. What it has besides may have been added later. */
static struct str
difference(struct arena *arena, const struct payload *p, const struct relation *there)
{
	for (size_t i = 0; i < p->columns.n; i++) {
		const struct column *column = catalog_find_column(there, p->columns.items[i].name);
		struct str one = column == NULL ? str_printf(arena, "it has no column %.*s", STR_ARG(sql_ident(arena, p->columns.items[i].name)))
		    : column_def_difference(arena, &p->columns.items[i], column);
		if (one.s != NULL)
			return one;
	}
	return STR_NONE;
}

static void
bind(struct op *op, struct catalog *c)
{
	struct payload *p = OP_DATA(op, struct payload);
	struct relation *there = catalog_relation_to_be(c, op->target);

	query_bind(&p->defaults, c);
	for (size_t i = 0; i < p->inherits.n; i++)
		(void)catalog_relation(c, p->inherits.items[i], p->partition_of ? RELATION_PARTITIONED : RELATION_TABLE);
	for (size_t i = 0; i < p->likes.n; i++)
		(void)catalog_relation(c, p->likes.items[i].name, RELATION_TABLE);
	if (p->inherits.n > 0)
		p->parent = op->references = catalog_relation(c, p->inherits.items[0], RELATION_TABLE);
	op->table = there;
	op->noop = there != NULL && op->if_not_exists;
	if (op->noop && !there->assumed && (there->kind == RELATION_TABLE || there->kind == RELATION_PARTITIONED))
		op->difference = difference(c->arena, p, there);
}

/* ---- effects ---- */

static struct relation *
default_partition(const struct relation *parent)
{
	for (size_t i = 0; i < parent->partitions.n; i++)
		if (parent->partitions.items[i]->default_partition)
			return parent->partitions.items[i];
	return NULL;
}

/* DefineRelation(): the parent of a partition, and its DEFAULT partition, which is checked for rows that belong to the new one. */
static void
partition_effects(const struct op *op, const struct facts *f, struct catalog *c, const struct payload *p, struct effects *e)
{
	struct relation *other = default_partition(p->parent);
	const struct relation made = { .schema = catalog_target_schema(c, op->target), .name = op->target.name };

	effects_lock(e, p->parent, ACCESS_EXCLUSIVE);
	partition_lock_indexes(e, c, p->parent, &made);
	partition_lock_foreign_keys(e, f, p->parent, NULL);
	if (other != NULL && !p->default_partition)
		effects_lock(e, other, ACCESS_EXCLUSIVE)->scan = YES;
}

/* INCLUDING INDEXES: generateClonedIndexStmt() */
static void
like_effects(const struct op *op, struct catalog *c, const struct like *like, struct effects *e)
{
	struct relation *from = catalog_find_relation(c, like->name);
	const struct relation made = { .schema = catalog_target_schema(c, op->target), .name = op->target.name };

	effects_lock(e, from, ACCESS_SHARE);
	for (size_t i = 0; like->indexes && i < from->indexes.n; i++)
		effects_create(e, made.schema, copied_index_name(c, &made, from->indexes.items[i]))->lock = ACCESS_EXCLUSIVE;
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;

	if (op->noop)
		return;
	effects_create(e, catalog_target_schema(c, op->target), op->target.name);
	for (size_t i = 0; i < p->columns.n; i++)
		if (p->columns.items[i].type.serial || p->columns.items[i].identity != 0)
			effects_create(e, catalog_target_schema(c, op->target), p->columns.items[i].sequence_name.name.s != NULL ? p->columns.items[i].sequence_name.name
			    : catalog_object_name(f->arena, op->target.name, p->columns.items[i].name, STR("seq")));
	if (p->of_type && catalog_find_relation(c, p->type) != NULL)
		effects_lock(e, catalog_find_relation(c, p->type), ACCESS_SHARE);
	for (size_t i = 0; i < p->defaults.tables.n; i++)
		if (p->defaults.tables.items[i].relation != NULL)
			effects_depend(e, f, p->defaults.tables.items[i].relation);
	if (p->partition_of)
		partition_effects(op, f, c, p, e);
	for (size_t i = 0; !p->partition_of && i < p->inherits.n; i++)
		effects_lock(e, catalog_find_relation(c, p->inherits.items[i]), SHARE_UPDATE_EXCLUSIVE);
	for (size_t i = 0; i < p->likes.n; i++)
		like_effects(op, c, &p->likes.items[i], e);
}

/* ---- catalog ---- */

static enum relkind
kind_of(const struct payload *p)
{
	if (p->foreign)
		return RELATION_FOREIGN;
	return p->strategy.s != NULL ? RELATION_PARTITIONED : RELATION_TABLE;
}

static struct column *
copy_column(struct catalog *c, struct relation *to, const struct column *from)
{
	struct column *column = catalog_add_column(c, to, from->name);
	struct birth born = column->born;

	*column = *from;
	column->sequence = NULL;
	column->identity = 0;
	column->born = born;
	column->born.place = from->born.place;
	column->retyped = (struct birth){ 0 };
	column->analyzed = 0;
	column->not_null = NO;
	type_note_user(c, column->type, to);
	return column;
}

/* Under the name it has there, since 18. */
static void
copy_not_null(struct catalog *c, struct relation *to, struct column *column, const struct relation *from, bool inherited)
{
	const struct column *old = catalog_find_column(from, column->name);
	const struct constraint *k = catalog_find_not_null(from, column->name);
	struct constraint *made;

	if (inherited && k != NULL && k->no_inherit)
		return;
	/* one that is NOT VALID is valid in the copy */
	if (old->not_null == YES || k != NULL)
		catalog_set_not_null(c, to, column, YES, k != NULL ? k->name : STR_NONE);
	else
		column->not_null = old->not_null;
	made = k != NULL ? catalog_find_not_null(to, column->name) : NULL;
	if (made == NULL)
		return;
	made->no_inherit = k->no_inherit;
	made->own = !inherited;
	made->inherited = inherited;
}

static void
copy_checks(struct catalog *c, struct relation *to, const struct relation *from, bool inherited)
{
	for (size_t i = 0; i < from->constraints.n; i++) {
		struct constraint *k = from->constraints.items[i], *copy;
		struct birth born;
		if (k->kind != CONSTRAINT_CHECK || (inherited && k->no_inherit))
			continue;
		copy = inherited ? constraint_heir(to, k) : NULL;
		if (copy != NULL) {
			copy->inherited++;
			continue;
		}
		copy = catalog_add_constraint(c, to, k->name, k->kind);
		born = copy->born;
		*copy = *k;
		copy->table = to;
		copy->born = born;
		copy->valid = copy->enforced ? YES : NO;
		copy->own = !inherited;
		copy->inherited = inherited;
	}
}

/* Of a column that comes from another parent, too. */
static void
merge_not_null(struct catalog *c, struct relation *to, struct column *column, const struct relation *from)
{
	const struct constraint *k = catalog_find_not_null(from, column->name);

	if (k != NULL && constraint_passes_down(k))
		catalog_inherit_constraint(c, to, k);
	else if (k == NULL && catalog_find_column(from, column->name)->not_null == YES)
		column->not_null = YES;
}

/* MergeAttributes(): the default of any parent will do. */
static void
merge_default(struct column *column, const struct column *other)
{
	if (column->default_expr != NULL || column->default_sequence != NULL || column->generated != 0 || other->generated != 0)
		return;
	column->default_expr = other->default_expr;
	column->default_sequence = other->default_sequence;
	column->type.serial = other->type.serial;
}

static void
inherit_from(struct catalog *c, struct relation *to, struct relation *from)
{
	for (size_t i = 0; i < from->columns.n; i++) {
		const struct column *column = from->columns.items[i];
		struct column *copy = catalog_find_column(to, column->name);
		if (!column->dropped && copy != NULL) {
			merge_not_null(c, to, copy, from);
			merge_default(copy, column);
		}
		if (column->dropped || copy != NULL)
			continue;
		copy = copy_column(c, to, column);
		copy->inherited = true;
		copy->identity = from->kind == RELATION_PARTITIONED && c->pg_version >= 17 ? column->identity : 0;
		copy_not_null(c, to, copy, from, true);
	}
	copy_checks(c, to, from, true);
	to->assumed = to->assumed || from->assumed;
	catalog_add_child(c, from, to);
}

static void
become_partition(struct catalog *c, struct relation *r, const struct payload *p)
{
	struct relation *parent = p->parent;

	if (parent->kind == RELATION_TABLE && parent->assumed)
		catalog_set(c, &parent->kind, RELATION_PARTITIONED);
	r->is_partition = true;
	r->default_partition = p->default_partition;
	r->bound = p->bound;
	r->limits = &p->limits;
	partition_take_over(c, parent, r);
}

static void
copy_identity(struct catalog *c, struct relation *r, struct column *column, const struct column *from)
{
	struct setting_list settings = { 0 };
	const struct relation *sequence = from->sequence;

	for (size_t i = 0; sequence != NULL && i < sequence->objects.n; i++)
		if (str_is(sequence->objects.items[i]->kind, "option"))
			*vec_push(c->arena, &settings) = (struct setting_text){ sequence->objects.items[i]->name, sequence->objects.items[i]->text };
	column->identity = from->identity;
	(void)column_add_sequence(c, r, column, (struct name){ STR_NONE, STR_NONE, { 0, 0 } }, &settings);
}

/* MergeAttributes(): a column that a parent has, too. */
static void
merge_like_column(struct catalog *c, struct relation *r, struct column *column, const struct relation *from, const struct like *like)
{
	const struct column *old = catalog_find_column(from, column->name);
	const struct constraint *k = catalog_find_not_null(from, column->name);

	column->inherited = false;
	if (old->not_null == YES)
		catalog_own_not_null(c, r, column, k != NULL ? k->name : STR_NONE);
	if (old->generated == 0 && like->defaults && old->default_expr != NULL)
		catalog_set_default(c, column, old->default_expr);
}

static void
copy_like_columns(struct catalog *c, struct relation *r, const struct like *like)
{
	struct relation *from = catalog_relation(c, like->name, RELATION_TABLE);

	for (size_t i = 0; i < from->columns.n; i++) {
		const struct column *old = from->columns.items[i];
		struct column *column = catalog_find_column(r, old->name);
		if (!old->dropped && column != NULL)
			merge_like_column(c, r, column, from, like);
		if (old->dropped || column != NULL)
			continue;
		column = copy_column(c, r, old);
		copy_not_null(c, r, column, from, false);
		if (!(old->generated != 0 ? like->generated : like->defaults)) {
			column->default_expr = NULL;
			column->default_sequence = NULL;
			column->type.serial = false;
		}
		if (!like->generated)
			column->generated = 0;
		if (like->identity && old->identity != 0)
			copy_identity(c, r, column, old);
	}
	r->assumed = r->assumed || from->assumed;
	catalog_push(c, &from->copies, r);
}

/* The comment on a column or constraint, under the name it has there, too. */
static void
copy_comment(struct catalog *c, struct relation *to, const struct relation *from, const char *part, struct str name)
{
	struct str key = str_printf(c->arena, "%s %.*s", part, STR_ARG(name));
	const struct object *o = catalog_find_object(c, from, "comment", key);

	if (o != NULL)
		catalog_put_object(c, to, "comment", key, o->text);
}

static void
copy_like_comments(struct catalog *c, struct relation *r, const struct relation *from, const struct like *like)
{
	for (size_t i = 0; i < from->columns.n; i++)
		if (!from->columns.items[i]->dropped)
			copy_comment(c, r, from, "column", from->columns.items[i]->name);
	for (size_t i = 0; like->constraints && i < from->constraints.n; i++)
		if (from->constraints.items[i]->kind == CONSTRAINT_CHECK)
			copy_comment(c, r, from, "constraint", from->constraints.items[i]->name);
}

static void
copy_like_parts(struct catalog *c, struct relation *r, const struct like *like)
{
	const struct relation *from = catalog_relation(c, like->name, RELATION_TABLE);

	if (like->constraints)
		copy_checks(c, r, from, false);
	if (like->comments && from->objects.n > 0)
		copy_like_comments(c, r, from, like);
	for (size_t i = 0; like->indexes && i < from->indexes.n; i++) {
		const struct object *o = like->comments ? catalog_find_object(c, from->indexes.items[i], "comment", STR("")) : NULL;
		copy_index(c, r, from->indexes.items[i], NULL);
		if (o != NULL)
			catalog_put_object(c, *vec_last(&r->indexes), "comment", STR(""), o->text);
	}
	if (like->statistics)
		statistics_copy(c, from, r);
}

/* MergeAttributes(): a column that is inherited under the same name takes what is written here. */
static void
add_column(struct catalog *c, struct relation *r, const struct column_def *d, const struct source *source)
{
	struct column *column = catalog_find_column(r, d->name);

	if (column == NULL || (!column->inherited && r->row_of == NULL)) {
		(void)apply_column_def(c, r, d, source);
		return;
	}
	column->inherited = false;
	column->identity = d->identity;
	if (d->type.serial || d->identity != 0)
		apply_column_sequence(c, r, column, d);
	if (d->generated != 0)
		column->generated = d->generated;
	if (d->default_expr != NULL)
		catalog_set_default(c, column, d->default_expr);
	if (!d->not_null)
		return;
	catalog_own_not_null(c, r, column, d->not_null_name);
}

static void
add_columns(const struct op *op, struct catalog *c, struct relation *r, const struct payload *p)
{
	size_t like = 0;

	for (size_t i = 0; i <= p->columns.n; i++) {
		for (; like < p->likes.n && p->likes.items[like].before == i; like++)
			copy_like_columns(c, r, &p->likes.items[like]);
		if (i < p->columns.n)
			add_column(c, r, &p->columns.items[i], op->statement->source);
	}
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation *r;

	(void)session;
	if (op->noop)
		return;
	r = catalog_add_relation(c, catalog_target_schema(c, op->target), op->target.name, kind_of(p));
	r->persistence = p->persistence;
	r->assumed = p->of_type && composite_type(c, p->type) == NULL;
	if (r->assumed)
		type_note_user(c, (struct type){ .schema = p->type.schema, .name = p->type.name }, r);
	else if (p->of_type)
		table_become_typed(c, r, composite_type(c, p->type), true);
	r->partition_strategy = p->strategy;
	r->definition = p->definition;
	options_set(c, r, &p->options);
	foreign_options_set(c, r, STR(""), &p->foreign_options);
	catalog_give_defaults(c, r);
	memcpy(&r->partition_key, &p->partition_key, sizeof r->partition_key);
	r->born.place = (struct place){ op->statement->source, op->target.span };
	for (size_t i = 0; i < p->inherits.n; i++)
		inherit_from(c, r, catalog_relation(c, p->inherits.items[i], RELATION_TABLE));
	add_columns(op, c, r, p);
	for (size_t i = 0; i < p->likes.n; i++)
		copy_like_parts(c, r, &p->likes.items[i]);
	if (p->partition_of)
		become_partition(c, r, p);
	op->table = r;
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_partition_of(const struct facts *f)
{
	return value_bool(payload(f)->partition_of);
}

static struct value
get_inherits(const struct facts *f)
{
	return value_bool(payload(f)->inherits.n > 0 && !payload(f)->partition_of);
}

static struct value
get_strategy(const struct facts *f)
{
	return value_text(payload(f)->strategy);
}

static struct value
get_bound(const struct facts *f)
{
	return value_text(payload(f)->bound);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(op_target_words(f->arena, f->op));
}

static struct value
get_temporary(const struct facts *f)
{
	return value_bool(payload(f)->persistence == 't');
}

static struct value
get_unlogged(const struct facts *f)
{
	return value_bool(payload(f)->persistence == 'u');
}

static struct value
get_parent_has_default(const struct facts *f)
{
	const struct relation *parent = payload(f)->parent;

	if (parent == NULL || !payload(f)->partition_of)
		return value_absent();
	return value_tri(default_partition(parent) != NULL ? YES : parent->assumed ? UNKNOWN : NO);
}

static struct value
get_parent_new(const struct facts *f)
{
	const struct relation *parent = payload(f)->parent;

	return parent == NULL ? value_absent() : value_bool(relation_new_in_change(f->catalog, parent));
}

static struct value
get_columns(const struct facts *f)
{
	return value_number((int64_t)payload(f)->columns.n);
}

static struct value
get_if_not_exists(const struct facts *f)
{
	return value_bool(f->op->if_not_exists);
}

/* ---- what the server refuses: MergeAttributes() ---- */

/* 15 takes an expression where the parent's column is plain, and only there; later ones where it has one, too. */
static struct str
generation_conflict(const struct facts *f, const struct column *parent, const struct column_def *own)
{
	if (own->generated != 0)
		return (parent->generated == 0) == (f->pg_version < 16) ? STR_NONE
		    : str_printf(f->arena, "child column \"%.*s\" specifies generation expression", STR_ARG(own->name));
	if (parent->generated == 0 || (own->default_expr == NULL && !own->type.serial && own->identity == 0))
		return STR_NONE;
	return str_printf(f->arena, "column \"%.*s\" inherits from generated column but specifies %s", STR_ARG(own->name),
	    own->identity != 0 ? "identity" : "default");
}

static struct str
parent_conflict(const struct facts *f, const struct column_def *d)
{
	const struct payload *p = payload(f);
	struct str conflict;

	for (size_t i = 0; i < p->inherits.n; i++) {
		const struct relation *parent = catalog_find_relation(f->catalog, p->inherits.items[i]);
		const struct column *column = is_known(parent) ? catalog_find_column(parent, d->name) : NULL;
		if (column != NULL && type_is_same(f->catalog, column->type, d->type) == NO)
			return str_printf(f->arena, "column \"%.*s\" has a type conflict", STR_ARG(d->name));
		conflict = column != NULL ? generation_conflict(f, column, d) : STR_NONE;
		if (conflict.s != NULL)
			return conflict;
	}
	return STR_NONE;
}

static bool
gives_default(const struct payload *p, struct str name)
{
	for (size_t i = 0; i < p->columns.n; i++)
		if (str_eq(p->columns.items[i].name, name))
			return p->columns.items[i].default_expr != NULL || p->columns.items[i].type.serial || p->columns.items[i].generated != 0;
	return false;
}

/* A literal of another type than text is written in many ways. */
static bool
literals_differ(struct type type, const struct expr *a, const struct expr *b)
{
	bool plain = type.builtin && type.dims == 0 && str_in_words(type.name, "text varchar bpchar");

	return !str_eq(a->name, b->name) && (plain || (type_known(a->type) && type_known(b->type)));
}

/* A call of a type's name may be what a cast becomes. */
static bool
is_call_of_function(const struct expr *e)
{
	return e->kind == EXPR_FUNCTION && e->schema.s == NULL && !type_make(STR_NONE, e->name, NULL, 0, 0).builtin;
}

static bool
values_differ(struct type type, const struct expr *a, const struct expr *b)
{
	bool told = (a->kind == EXPR_CONST || a->kind == EXPR_SQL_VALUE || is_call_of_function(a)) &&
	    (b->kind == EXPR_CONST || b->kind == EXPR_SQL_VALUE || is_call_of_function(b));

	if (a->kind == EXPR_CONST && b->kind == EXPR_CONST)
		return literals_differ(type, a, b);
	return told ? a->kind != b->kind || !str_eq(a->name, b->name) : expr_differs(a, b);
}

/* Where it is certain: equal() */
static bool
defaults_differ(const struct column *a, const struct column *b)
{
	const struct expr *x = a->default_expr, *y = b->default_expr;

	if (a->default_sequence != NULL && b->default_sequence != NULL)
		return a->default_sequence != b->default_sequence;
	if (a->default_sequence != NULL || b->default_sequence != NULL)
		return a->default_sequence != NULL ? y != NULL && y->kind == EXPR_CONST : x != NULL && x->kind == EXPR_CONST;
	return x != NULL && y != NULL && values_differ(a->type, x, y);
}

static struct str
parents_column_conflict(const struct facts *f, const struct column *one, const struct column *other)
{
	if (one->assumed || other->assumed)
		return STR_NONE;
	if ((one->generated != 0) != (other->generated != 0))
		return str_printf(f->arena, "inherited column \"%.*s\" has a generation conflict", STR_ARG(other->name));
	return gives_default(payload(f), other->name) || !defaults_differ(one, other) ? STR_NONE
	    : str_printf(f->arena, "column \"%.*s\" inherits conflicting %s", STR_ARG(other->name), one->generated != 0 ? "generation expressions" : "default values");
}

static struct str
parents_columns_conflict(const struct facts *f, const struct relation *one, const struct relation *other)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && is_known(one) && is_known(other) && i < other->columns.n; i++) {
		const struct column *column = other->columns.items[i], *first = column->dropped ? NULL : catalog_find_column(one, column->name);
		if (first != NULL)
			reason = parents_column_conflict(f, first, column);
	}
	return reason;
}

static struct str
parents_conflict(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < p->inherits.n; i++)
		reason = parent_misfit(f, catalog_find_relation(f->catalog, p->inherits.items[i]));
	for (size_t i = 1; i < p->inherits.n; i++)
		for (size_t j = 0; reason.s == NULL && j < i; j++) {
			const struct relation *one = catalog_find_relation(f->catalog, p->inherits.items[j]);
			const struct relation *other = catalog_find_relation(f->catalog, p->inherits.items[i]);
			reason = one == NULL || one != other ? parents_misfit(f, one, other)
			    : str_printf(f->arena, "relation \"%.*s\" would be inherited from more than once", STR_ARG(one->name));
			if (reason.s == NULL)
				reason = parents_columns_conflict(f, one, other);
		}
	return reason;
}

static bool
repeats(const struct facts *f, const struct column_def *d, size_t before)
{
	const struct payload *p = payload(f);

	for (size_t i = 0; i < before; i++)
		if (str_eq(p->columns.items[i].name, d->name))
			return true;
	for (size_t i = 0; i < p->likes.n; i++) {
		const struct relation *like = catalog_find_relation(f->catalog, p->likes.items[i].name);
		if (is_known(like) && catalog_find_column(like, d->name) != NULL)
			return true;
	}
	return false;
}

/* The table as it is to be; NULL: other columns come from elsewhere. */
static const struct relation *
table_to_be(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct relation *r = NEW(f->arena, struct relation);

	if (p->inherits.n > 0 || p->likes.n > 0 || p->of_type || p->foreign || f->op->noop)
		return NULL;
	*r = (struct relation){ .schema = catalog_target_schema(f->catalog, f->op->target), .name = f->op->target.name, .kind = RELATION_TABLE };
	r->born.statement = f->op->number;
	for (size_t i = 0; i < p->columns.n; i++) {
		struct column *column = NEW(f->arena, struct column);
		*column = (struct column){ .name = p->columns.items[i].name, .type = p->columns.items[i].type, .generated = p->columns.items[i].generated };
		*vec_push(f->arena, &r->columns) = column;
	}
	return r;
}

/* The name of an identity column's sequence is the table's, or that of another one. */
static struct str
sequence_name_taken(const struct facts *f, size_t column)
{
	const struct payload *p = payload(f);
	struct name name = p->columns.items[column].sequence_name;
	struct str schema = catalog_target_schema(f->catalog, f->op->target), own = name.schema.s != NULL ? name.schema : schema;
	bool taken = name.name.s != NULL && str_eq(name.name, f->op->target.name) && str_eq(own, schema);

	for (size_t i = 0; name.name.s != NULL && i < column; i++) {
		struct name other = p->columns.items[i].sequence_name;
		taken = taken || (str_eq(other.name, name.name) && str_eq(other.schema.s != NULL ? other.schema : schema, own));
	}
	return taken ? str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(name.name)) : STR_NONE;
}

static struct str
missing_in_type(const struct facts *f, const struct column_def *d)
{
	const struct relation *type = composite_type(f->catalog, payload(f)->type);

	return !is_known(type) || catalog_find_column(type, d->name) != NULL ? STR_NONE
	    : str_printf(f->arena, "column \"%.*s\" does not exist", STR_ARG(d->name));
}

static struct type
column_type(const struct payload *p, struct str name)
{
	for (size_t i = 0; i < p->columns.n; i++)
		if (str_eq(p->columns.items[i].name, name))
			return p->columns.items[i].type;
	return (struct type){ .name = STR_NONE };
}

/* ComputePartitionAttrs() */
static struct str
partition_key_misfit(const struct facts *f, const struct index_column *k)
{
	const struct relation *r = table_to_be(f);
	struct type type = k->name.s != NULL ? column_type(payload(f), k->name) : r != NULL ? expr_plain_type(f->catalog, r, k->expr) : (struct type){ .name = STR_NONE };
	struct str reason = misplaced(f, k->expr, "partition key expressions");

	if (reason.s == NULL && k->expr != NULL && r != NULL)
		reason = expr_misfit(f, r, k->expr);
	return reason.s != NULL ? reason : collation_misfit(f, type, k->collation);
}

/* check_of_type() */
static struct str
no_composite_type(const struct facts *f)
{
	const struct relation *r = catalog_find_relation(f->catalog, payload(f)->type);

	return !is_settled(f, r, REACH_SCHEMA) || r->kind == RELATION_COMPOSITE ? STR_NONE
	    : str_printf(f->arena, "type %.*s is not a composite type", STR_ARG(r->name));
}

static struct str
refused(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct str reason = !p->partition_of || p->parent == NULL ? parents_conflict(f)
	    : f->op->if_not_exists ? STR_NONE : bound_conflict(f, p->parent, &p->limits, f->op->target.name);

	if (reason.s == NULL && p->of_type && !f->op->noop)
		reason = no_composite_type(f);
	if (reason.s == NULL && p->with_oids && !f->op->noop)
		reason = STR("tables declared WITH OIDS are not supported");
	for (size_t i = 0; reason.s == NULL && i < p->partition_key.n; i++)
		reason = partition_key_misfit(f, &p->partition_key.items[i]);
	for (size_t i = 0; reason.s == NULL && !p->partition_of && i < p->columns.n; i++) {
		const struct column_def *d = &p->columns.items[i];
		if (repeats(f, d, i))
			reason = str_printf(f->arena, "column \"%.*s\" specified more than once", STR_ARG(d->name));
		else
			reason = parent_conflict(f, d);
		if (reason.s == NULL && is_system_column(d->name))
			reason = str_printf(f->arena, "column name \"%.*s\" conflicts with a system column name", STR_ARG(d->name));
		if (reason.s == NULL && !f->op->noop)
			reason = sequence_name_taken(f, i);
		if (reason.s == NULL && p->of_type)
			reason = missing_in_type(f, d);
		if (reason.s == NULL && d->generated == 0 && !p->of_type)
			reason = default_misfit(f, d->name, d->type, d->default_expr);
		else if (reason.s == NULL && table_to_be(f) != NULL)
			reason = generation_misfit(f, table_to_be(f), d->name, d->type, d->default_expr);
		if (reason.s == NULL && !f->op->noop)
			reason = column_def_misfit(f, catalog_target_schema(f->catalog, f->op->target), d);
	}
	return reason;
}

static const struct field fields[] = {
	{ "new_name", FIELD_TEXT, "the table's name as written", get_name },
	{ "partition_of", FIELD_BOOL, "CREATE TABLE ... PARTITION OF", get_partition_of },
	{ "partition_bound", FIELD_TEXT, "FOR VALUES ... or DEFAULT, as written", get_bound },
	{ "parent_has_default", FIELD_BOOL, "the partitioned parent has a DEFAULT partition; absent: not a partition",
	    get_parent_has_default },
	{ "parent_is_new", FIELD_BOOL, "the parent was created in this migration or change; absent: no parent", get_parent_new },
	{ "inherits", FIELD_BOOL, "INHERITS is given", get_inherits },
	{ "partition_strategy", FIELD_TEXT, "range, list or hash; absent: not partitioned", get_strategy },
	{ "is_temporary", FIELD_BOOL, "TEMPORARY", get_temporary },
	{ "is_unlogged", FIELD_BOOL, "UNLOGGED", get_unlogged },
	{ "column_count", FIELD_NUMBER, "columns written in the statement", get_columns },
	{ "if_not_exists", FIELD_BOOL, "IF NOT EXISTS is given", get_if_not_exists },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_create_table[] = {
	{ .name = "create_table", .doc = "CREATE TABLE", .node = T_CreateStmt, .subtype = -1, .has = HAS_TABLE | HAS_REFERENCES,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, .effects = effects,
	    .refused = refused, .apply = apply },
	{ .name = "create_foreign_table", .doc = "CREATE FOREIGN TABLE", .node = T_CreateForeignTableStmt, .subtype = -1,
	    .has = HAS_TABLE | HAS_REFERENCES, .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind,
	    .effects = effects, .refused = refused, .apply = apply },
	{ .name = NULL }
};
