#include "catalog/spell.h"
#include "op/constraint.h"
#include "op/depend.h"
#include "op/failure.h"
#include "op/operators.h"
#include "op/query.h"
#include "op/view_text.h"

/*
 * What makes a statement fail on the catalog as it is: something is missing, exists already, or is depended on. Only
 * what is certain: an assumed relation may be anything.
 */

typedef struct str (*check)(const struct facts *);

static bool
creates_relation(const struct op *op)
{
	static const char *const kinds[] = { "create_table", "create_table_as", "create_view", "create_materialized_view",
		"create_sequence", "create_foreign_table" };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (is_kind(op, kinds[i]))
			return true;
	return false;
}

/* ---- before its objects are bound ---- */

static struct str
missing(struct arena *arena, const struct catalog *c, struct name name)
{
	if (name.name.s == NULL || catalog_find_relation(c, name) != NULL || !catalog_knows_name(c, &c->relations, name))
		return STR_NONE;
	return str_printf(arena, "relation \"%.*s\" does not exist", STR_ARG(name.name));
}

/* A function, a domain ... may be renamed, too. */
bool
op_names_relation(const struct op *op)
{
	return (op->kind->has & HAS_TABLE) && !creates_relation(op) && (!is_kind(op, "rename_object") || op->target_kind != RELATION_UNKNOWN);
}

/* Of what stood in the search path, and is gone, nobody looks elsewhere. */
static void
learn_path(struct catalog *c, struct name name)
{
	if (!catalog_ended_now(c, name) && !catalog_knows_name(c, &c->relations, name))
		catalog_learn_path(c, name);
}

void
op_learn_path(const struct op *op, struct catalog *c)
{
	if (op_names_relation(op) && !op->if_exists)
		learn_path(c, op->target);
	if ((op->kind->has & HAS_REFERENCES) && !op->if_exists)
		learn_path(c, op->reference);
}

static struct str
missing_in_query(struct arena *arena, const struct op *op, const struct catalog *c)
{
	const struct query *q = op->kind->query != NULL ? op->kind->query(op) : op->kind->stored != NULL ? op->kind->stored(op) : NULL;
	struct str reason = STR_NONE;

	for (size_t i = 0; q != NULL && reason.s == NULL && i < q->tables.n; i++)
		reason = missing(arena, c, q->tables.items[i].name);
	return reason;
}

struct str
op_missing(struct arena *arena, const struct op *op, const struct catalog *c)
{
	struct str reason = STR_NONE;

	if (strncmp(op->kind->name, "drop_", 5) == 0 && catalog_ended_now(c, op->target))
		return STR_NONE;
	if (!op->if_exists && op_names_relation(op))
		reason = missing(arena, c, op->target);
	if (reason.s == NULL && (op->kind->has & HAS_REFERENCES) && !op->if_exists)
		reason = missing(arena, c, op->reference);
	return reason.s != NULL ? reason : missing_in_query(arena, op, c);
}

static bool
is_guess(const struct facts *f, struct name name, const struct relation *r)
{
	return r != NULL && name.name.s != NULL && catalog_guesses(f->catalog, name, r->schema);
}

/* What is there, or is not, may be the work of a version that is not shown. */
bool
op_fails_by_gap(const struct facts *f)
{
	const struct op *op = f->op;
	const struct catalog *c = f->catalog;

	if (c->gap == 0 || op->target.name.s == NULL)
		return false;
	return catalog_gap_since(c, op->type != NULL ? &c->types : &c->relations, op->target) ||
	    (op->reference.name.s != NULL && catalog_gap_since(c, &c->relations, op->reference));
}

struct str
op_fails_by_other(const struct facts *f)
{
	const struct op *op = f->op;
	struct str rest = op->failure, name, relation = op->table != NULL ? op->table->name : op->target.name;

	if (f->catalog->others_name == NULL || !str_ends(op->failure, " does not exist") || !str_cut(&rest, '"', &name) || !str_cut(&rest, '"', &name))
		return STR_NONE;
	return f->catalog->others_name(f->catalog->others, relation.s != NULL ? relation : name, name);
}

enum tri
op_fails(const struct facts *f)
{
	const struct op *op = f->op;

	if (op->failure.s == NULL)
		return NO;
	if (is_guess(f, op->target, op->table != NULL ? op->table : op->index) || is_guess(f, op->reference, op->references) ||
	    (op->type != NULL && catalog_guesses(f->catalog, op->target, op->type->schema)) || catalog_is_translated(f->catalog) || op_fails_by_gap(f) ||
	    op->elsewhere || op_fails_by_other(f).s != NULL)
		return UNKNOWN;
	return YES;
}

/* ---- exists already ---- */

static struct str
relation_exists(const struct facts *f)
{
	const struct op *op = f->op;
	const struct relation *r;

	if (!creates_relation(op) || op->if_not_exists || holds(f, "or_replace") || holds(f, "is_temporary"))
		return STR_NONE;
	r = catalog_relation_to_be(f->catalog, op->target);
	if (!is_in_place(f, r))
		return STR_NONE;
	return str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(op->target.name));
}

static struct str
column_exists(const struct facts *f)
{
	const struct op *op = f->op;

	if (!is_kind(op, "add_column") || op->if_not_exists || op->table == NULL)
		return STR_NONE;
	const struct column *column = catalog_find_column(op->table, op->column_name);
	if (column == NULL || column->assumed || column->born.doubtful || (op->if_exists && op->table->assumed) ||
	    relation_unread_since(f->catalog, op->table, column->born, REACH_SCHEMA))
		return STR_NONE;
	return str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" already exists", STR_ARG(op->column_name),
	    STR_ARG(op->table->name));
}

/* MergeWithExistingConstraint(): in CREATE TABLE, or one that so far is inherited only. */
static bool
merges(const struct constraint *k, const struct op *op)
{
	return k->kind == CONSTRAINT_CHECK && is_kind(op, "add_check") && k->inherited > 0 &&
	    (OP_DATA(op, struct new_constraint)->creating || (!k->own && !op->table->is_partition));
}

static struct str
constraint_exists(const struct facts *f)
{
	const struct op *op = f->op;
	struct str name;
	const struct constraint *k;

	if (strncmp(op->kind->name, "add_", 4) != 0 || !(op->kind->has & HAS_CONSTRAINT) || op->table == NULL)
		return STR_NONE;
	name = OP_DATA(op, struct new_constraint)->chosen;
	k = name.s != NULL ? catalog_find_constraint(op->table, name) : NULL;
	if (k != NULL && merges(k, op))
		return STR_NONE;
	/* transformIndexConstraints() may make one of the two */
	if (k == NULL || k->assumed || k->born.doubtful || (k->kind == CONSTRAINT_NOT_NULL && k->born.statement == op->number) || is_kind(op, "add_not_null") ||
	    relation_unread_since(f->catalog, op->table, k->born, REACH_SCHEMA) || (k->index != NULL && k->born.statement == op->number && !is_kind(op, "add_foreign_key")) || key_is_repeated(op))
		return STR_NONE;
	return str_printf(f->arena, "constraint \"%.*s\" for relation \"%.*s\" already exists", STR_ARG(name),
	    STR_ARG(op->table->name));
}

static struct str
type_exists(const struct facts *f)
{
	const struct op *op = f->op;
	const struct typedef_ *t;

	if (!is_kind(op, "create_enum") && !is_kind(op, "create_domain") && !is_kind(op, "create_composite_type"))
		return STR_NONE;
	t = catalog_slot_object(&f->catalog->types, catalog_target_schema(f->catalog, op->target), op->target.name);
	if (t == NULL || t->assumed || t->born.doubtful || catalog_unread_since(f->catalog, t->born, REACH_SCHEMA))
		return STR_NONE;
	return str_printf(f->arena, "type \"%.*s\" already exists", STR_ARG(op->target.name));
}

static struct str
value_exists(const struct facts *f)
{
	if (!is_kind(f->op, "add_enum_value") || f->op->if_not_exists || !holds(f, "value_exists"))
		return STR_NONE;
	return str_printf(f->arena, "enum label \"%.*s\" already exists", STR_ARG(fact(f, "value").text));
}

static struct str
trigger_exists(const struct facts *f)
{
	if (!is_kind(f->op, "create_trigger") || holds(f, "or_replace") || !holds(f, "trigger_exists"))
		return STR_NONE;
	return str_printf(f->arena, "trigger \"%.*s\" for relation \"%.*s\" already exists", STR_ARG(fact(f, "trigger").text),
	    STR_ARG(f->op->table->name));
}

static struct str
schema_exists(const struct facts *f)
{
	const struct op *op = f->op;

	if (!is_kind(op, "create_schema") || op->if_not_exists || op->target.name.s == NULL ||
	    catalog_slot_object(&f->catalog->schemas, STR(""), op->target.name) == NULL)
		return STR_NONE;
	return str_printf(f->arena, "schema \"%.*s\" already exists", STR_ARG(op->target.name));
}

/* ---- is missing ---- */

static struct str
column_missing(const struct facts *f)
{
	const struct op *op = f->op;
	const struct relation *r = op->table;

	bool adds = strncmp(op->kind->name, "add_", 4) == 0 && !is_kind(op, "add_identity") && !is_kind(op, "add_not_null");

	if (!(op->kind->has & HAS_COLUMN) || op->leader != NULL || adds ||
	    (op->part_if_exists && is_kind(op, "drop_column")) || op->column_name.s == NULL || !is_known(r) || r->index != NULL ||
	    r->kind == RELATION_FOREIGN || r->kind == RELATION_UNKNOWN || !lacks_column(f, r, op->column_name))
		return STR_NONE;
	return str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(op->column_name),
	    STR_ARG(r->name));
}

/* LookupTypeName() */
static struct str
type_reference_missing(const struct facts *f)
{
	const struct type_reference *lost = &f->op->lost_type;
	const struct relation *r = lost->column.s == NULL ? NULL : catalog_find_relation(f->catalog, lost->table);

	if (lost->column.s == NULL || f->op->if_exists)
		return STR_NONE;
	if (!is_known(r))
		return missing(f->arena, f->catalog, lost->table);
	if (r->kind == RELATION_SEQUENCE || is_system_column(lost->column) || !lacks_column(f, r, lost->column))
		return STR_NONE;
	return str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(lost->column), STR_ARG(r->name));
}

/* A foreign key to a partitioned table has one more for each partition, whose names the shadow does not keep. */
static bool
has_keys_to_partitions(const struct relation *r)
{
	for (size_t i = 0; r != NULL && i < r->constraints.n; i++)
		if (r->constraints.items[i]->references != NULL && r->constraints.items[i]->references->partitions.n > 0)
			return true;
	return false;
}

static struct str
constraint_missing(const struct facts *f)
{
	const struct op *op = f->op;
	struct value exists = fact(f, "constraint_exists");
	bool names_one = is_kind(op, "drop_constraint") || is_kind(op, "validate_constraint") || is_kind(op, "alter_constraint");

	if (!names_one || op->part_if_exists || exists.state != VALUE_KNOWN || exists.yes || has_keys_to_partitions(op->table) ||
	    !is_settled(f, op->table, REACH_SCHEMA))
		return STR_NONE;
	return str_printf(f->arena, "constraint \"%.*s\" of relation \"%.*s\" does not exist",
	    STR_ARG(fact(f, "constraint_name").text), STR_ARG(op->table->name));
}

static struct str
type_missing(const struct facts *f)
{
	const struct op *op = f->op;

	if ((!is_kind(op, "drop_type") && !is_kind(op, "drop_domain")) || op->type != NULL || op->if_exists ||
	    !catalog_knows_name(f->catalog, &f->catalog->types, op->target))
		return STR_NONE;
	return str_printf(f->arena, "type \"%.*s\" does not exist", STR_ARG(op->target.name));
}

/* ---- is depended on ---- */

static bool
drops_relation(const struct op *op)
{
	return is_kind(op, "drop_table") || is_kind(op, "drop_view") || is_kind(op, "drop_materialized_view") || is_kind(op, "drop_sequence") ||
	    is_kind(op, "drop_foreign_table");
}

bool
belongs_to(const struct relation *r, const struct relation *whole)
{
	while (r != NULL && r != whole)
		r = r->parent;
	return r != NULL;
}

bool
dropped_with(const struct facts *f, const struct relation *r)
{
	const struct op *op = f->op;

	for (size_t i = 0; op->script != NULL && op->statement != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		const struct relation *dropped = other != op && other->statement == op->statement && drops_relation(other)
		    ? (other->table != NULL ? other->table : catalog_find_relation(f->catalog, other->target)) : NULL;
		if (dropped != NULL && belongs_to(r, dropped))
			return true;
	}
	return false;
}

/* That points at the relation, or at what it is a partition of, and does not go with it. */
static struct constraint *
foreign_key_left(const struct facts *f, const struct relation *r)
{
	for (const struct relation *at = r; at != NULL; at = relation_whole(at))
		for (size_t i = 0; i < at->referenced_by.n; i++) {
			struct constraint *k = at->referenced_by.items[i];
			if (!belongs_to(k->table, r) && !k->assumed && !dropped_with(f, k->table) && (at == r || k->parent == NULL) &&
			    !relation_unread_since(f->catalog, k->table, k->born, REACH_SCHEMA))
				return k;
		}
	return NULL;
}

/* Code that nobody could read may be one of the loops that drop every policy. */
static bool
may_be_gone(const struct catalog *c, const struct policy *p)
{
	return policy_is_gone(p) || relation_unread_since(c, p->table, p->born, REACH_POLICIES);
}

static struct str
relation_needed(const struct facts *f)
{
	const struct op *op = f->op;
	const struct relation *r = op->table;

	struct constraint *k;
	struct str user;

	if (!drops_relation(op) || op->cascade || r == NULL)
		return STR_NONE;
	k = foreign_key_left(f, r);
	if (k != NULL)
		return str_printf(f->arena, "cannot drop %.*s: foreign key \"%.*s\" of %.*s depends on it", STR_ARG(words(f, r)),
		    STR_ARG(k->name), STR_ARG(words(f, k->table)));
	for (size_t i = 0; i < r->dependents.n; i++)
		if (is_in_place(f, r->dependents.items[i]) && !dropped_with(f, r->dependents.items[i]))
			return str_printf(f->arena, "cannot drop %.*s: view %.*s depends on it", STR_ARG(words(f, r)),
			    STR_ARG(words(f, r->dependents.items[i])));
	for (size_t i = 0; i < r->readers.n; i++)
		if (policy_reads(r->readers.items[i], r) && !may_be_gone(f->catalog, r->readers.items[i]) &&
		    !dropped_with(f, r->readers.items[i]->table))
			return str_printf(f->arena, "cannot drop %.*s: policy %.*s of %.*s depends on it", STR_ARG(words(f, r)),
			    STR_ARG(r->readers.items[i]->name), STR_ARG(words(f, r->readers.items[i]->table)));
	for (size_t i = 0; i < r->partitions.n; i++)
		if (!r->partitions.items[i]->is_partition && is_settled(f, r->partitions.items[i], REACH_SCHEMA) && !dropped_with(f, r->partitions.items[i]))
			return str_printf(f->arena, "cannot drop %.*s: table %.*s depends on it", STR_ARG(words(f, r)),
			    STR_ARG(words(f, r->partitions.items[i])));
	user = is_settled(f, r, REACH_SCHEMA) ? depend_needed(f, &(struct depended){ .relation = r }) : STR_NONE;
	return user.s == NULL ? STR_NONE : str_printf(f->arena, "cannot drop %.*s: %.*s depends on it", STR_ARG(words(f, r)), STR_ARG(user));
}

static struct str
policy_that_uses(const struct facts *f, const struct relation *r, const struct column *column)
{
	for (size_t i = 0; i < r->policies.n; i++)
		if (!may_be_gone(f->catalog, r->policies.items[i]) && policy_uses_column(r->policies.items[i], column))
			return str_printf(f->arena, "policy %.*s", STR_ARG(r->policies.items[i]->name));
	for (size_t i = 0; i < r->readers.n; i++)
		if (!may_be_gone(f->catalog, r->readers.items[i]) && policy_uses_column(r->readers.items[i], column))
			return str_printf(f->arena, "policy %.*s of %.*s", STR_ARG(r->readers.items[i]->name),
			    STR_ARG(words(f, r->readers.items[i]->table)));
	return STR_NONE;
}

/* What mentions a column depends on it, but for CHECKs, keys and indexes, which go with it. */
static struct str
column_used(const struct facts *f, const struct relation *r, const struct column *column)
{
	struct str policy = policy_that_uses(f, r, column), name = column->name;

	if (policy.s != NULL)
		return policy;
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && r->columns.items[i]->generated != 0 && r->columns.items[i] != column &&
		    expr_mentions_column(r->columns.items[i]->default_expr, name))
			return str_printf(f->arena, "column %.*s", STR_ARG(r->columns.items[i]->name));
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && str_in(name, r->triggers.items[i]->columns.items, r->triggers.items[i]->columns.n))
			return str_printf(f->arena, "trigger %.*s", STR_ARG(r->triggers.items[i]->name));
	for (size_t i = 0; i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		if (k->table != r && str_in(name, k->reference_columns.items, k->reference_columns.n))
			return str_printf(f->arena, "foreign key \"%.*s\" of %.*s", STR_ARG(k->name), STR_ARG(words(f, k->table)));
	}
	for (size_t i = 0; i < r->dependents.n; i++)
		if (is_in_place(f, r->dependents.items[i]) &&
		    view_uses_column(f->catalog, r->dependents.items[i], (struct relation *)(uintptr_t)r, name) == YES)
			return str_printf(f->arena, "view %.*s", STR_ARG(words(f, r->dependents.items[i])));
	return column_named_by(f, r, name);
}

/* It goes with that of its only parent, unless it is the child's own as well. */
static bool
goes_along(const struct relation *child, const struct column *column)
{
	return is_known(child) && column != NULL && (child->is_partition || (column->inherited && child->parents.n == 1));
}

static struct str
column_needed_in(const struct facts *f, const struct relation *r, const struct column *column)
{
	struct str user = column == NULL ? STR_NONE : column_used(f, r, column);

	if (user.s != NULL)
		return str_printf(f->arena, "cannot drop column %.*s of %.*s: %.*s depends on it", STR_ARG(column->name), STR_ARG(words(f, r)),
		    STR_ARG(user));
	for (size_t i = 0; user.s == NULL && !f->op->only && i < r->partitions.n; i++) {
		const struct relation *child = r->partitions.items[i];
		const struct column *copy = catalog_find_column(child, f->op->column_name);
		if (goes_along(child, copy))
			user = column_needed_in(f, child, copy);
	}
	return user;
}

static struct str
column_needed(const struct facts *f)
{
	const struct op *op = f->op;

	return !is_kind(op, "drop_column") || op->cascade || op->table == NULL ? STR_NONE
	    : column_needed_in(f, op->table, catalog_find_column(op->table, op->column_name));
}

/* RememberAllDependentForRebuilding(): whatever the new type is. */
static struct str
type_change_seen(const struct facts *f)
{
	const struct relation *r = f->op->table;

	struct str policy = !is_kind(f->op, "alter_column_type") || f->op->column == NULL ? STR_NONE : policy_that_uses(f, r, f->op->column);

	if (policy.s != NULL)
		return str_printf(f->arena, "cannot alter type of a column used in a policy definition: %.*s uses %.*s", STR_ARG(policy),
		    STR_ARG(f->op->column_name));
	for (size_t i = 0; is_kind(f->op, "alter_column_type") && r != NULL && i < r->dependents.n; i++)
		if (is_in_place(f, r->dependents.items[i]) && view_uses_column(f->catalog, r->dependents.items[i], f->op->table, f->op->column_name) == YES)
			return str_printf(f->arena, "cannot alter type of a column used by a view or rule: view %.*s uses %.*s",
			    STR_ARG(words(f, r->dependents.items[i])), STR_ARG(f->op->column_name));
	return STR_NONE;
}

/* heap_create_with_catalog(): a sequence and an index have no row type. */
static const struct relation *
row_type_owner(const struct facts *f)
{
	static const enum relkind kinds[] = { RELATION_TABLE, RELATION_PARTITIONED, RELATION_FOREIGN, RELATION_VIEW, RELATION_MATVIEW };
	const struct relation *r = is_kind(f->op, "drop_type") && f->op->type == NULL ? catalog_find_relation(f->catalog, f->op->target) : NULL;

	for (size_t i = 0; r != NULL && !r->assumed && !r->doubted && i < sizeof kinds / sizeof *kinds; i++)
		if (r->kind == kinds[i])
			return r;
	return NULL;
}

/* findDependentObjects(): with CASCADE, too */
static struct str
row_type_needed(const struct facts *f)
{
	const struct relation *r = row_type_owner(f);

	return r == NULL ? STR_NONE : str_printf(f->arena, "cannot drop type %.*s because %s %.*s requires it", STR_ARG(f->op->target.name),
	    spell_relkind(r->kind == RELATION_PARTITIONED ? RELATION_TABLE : r->kind), STR_ARG(words(f, r)));
}

static bool
type_dropped_with(const struct facts *f, const struct typedef_ *t)
{
	const struct op *op = f->op;

	for (size_t i = 0; t != op->type && op->script != NULL && op->statement != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->statement == op->statement && (other->type == t || catalog_find_type(f->catalog, other->target.schema, other->target.name) == t))
			return true;
	}
	return t == op->type;
}

static struct str
type_needed(const struct facts *f)
{
	const struct op *op = f->op;
	struct str user;

	if ((!is_kind(op, "drop_type") && !is_kind(op, "drop_domain")) || op->cascade || op->type == NULL)
		return STR_NONE;
	for (size_t i = 0; i < op->type->users.n; i++) {
		const struct relation *r = op->type->users.items[i];
		if (!r->dropped && type_is_needed_by(f->catalog, op->type, r))
			return str_printf(f->arena, "cannot drop type %.*s: a column of %.*s depends on it", STR_ARG(op->type->name),
			    STR_ARG(words(f, r)));
	}
	for (size_t i = 0; i < f->catalog->all_types.n; i++) {
		const struct typedef_ *t = f->catalog->all_types.items[i];
		if (!t->dropped && t->kind == TYPE_DOMAIN && !t->base.builtin && catalog_find_type(f->catalog, t->base.schema, t->base.name) == op->type &&
		    !type_dropped_with(f, t))
			return str_printf(f->arena, "cannot drop type %.*s: domain %.*s depends on it", STR_ARG(op->type->name), STR_ARG(t->name));
	}
	user = op->type->assumed ? STR_NONE : depend_needed(f, &(struct depended){ .type = op->type });
	return user.s == NULL ? STR_NONE : str_printf(f->arena, "cannot drop type %.*s: %.*s depends on it", STR_ARG(op->type->name), STR_ARG(user));
}

/* findDependentObjects(): with CASCADE, too */
static struct str
index_needed(const struct facts *f)
{
	const struct relation *r = f->op->index, *whole;

	if (!is_kind(f->op, "drop_index") || r == NULL || r->index == NULL)
		return STR_NONE;
	whole = r->index->parent;
	if (whole != NULL && (fact(f, "object_count").number == 1 ||
	    str_find(source_text(f->op->statement->source, f->op->statement->span), whole->name) == (size_t)-1))
		return str_printf(f->arena, "cannot drop index %.*s: index %.*s requires it", STR_ARG(words(f, r)), STR_ARG(words(f, whole)));
	if (r->index->constraint == NULL)
		return STR_NONE;
	return str_printf(f->arena, "cannot drop index %.*s: constraint \"%.*s\" of %.*s requires it", STR_ARG(words(f, r)),
	    STR_ARG(r->index->constraint->name), STR_ARG(words(f, r->index->table)));
}

/* MergeAttributesIntoExisting's callers: "circular inheritance not allowed" */
static struct str
circle(const struct facts *f)
{
	const struct op *op = f->op;
	bool inherits = is_kind(op, "add_inherit"), attaches = is_kind(op, "attach_partition");

	if ((!inherits && !attaches) || op->table == NULL || op->references == NULL || op->references->index != NULL ||
	    !catalog_is_below(inherits ? op->references : op->table, inherits ? op->table : op->references))
		return STR_NONE;
	return str_printf(f->arena, "%.*s would be below itself", STR_ARG(words(f, inherits ? op->table : op->references)));
}

static const check checks[] = { wrong_kind, circle, relation_exists, column_exists, constraint_exists, type_exists, value_exists,
	trigger_exists, schema_exists, column_missing, type_reference_missing, constraint_missing, type_missing, relation_needed, type_change_seen,
	column_needed, type_needed, row_type_needed, index_needed };

bool
op_makes_again(const struct facts *f)
{
	return f->op->failure.s != NULL && str_ends(f->op->failure, " already exists");
}

/* DefineIndex() looks at all of it before index_create() at the name. */
static bool
minds_definition(const struct op *op)
{
	return is_kind(op, "create_index") && op->index != NULL;
}

/* The column of: column "a" of relation ..., column t.a does not exist */
static struct str
column_of_reason(struct str reason, size_t end)
{
	struct str rest = str_slice(reason, strlen("column "), end), name;

	if (!str_cut(&rest, str_starts(rest, "\"") ? '"' : '.', &name))
		return STR("");
	if (name.n > 0)
		return rest.n > 0 ? rest : name;
	return str_cut(&rest, '"', &name) ? name : STR("");
}

/* A column whose name the file does not hold has a placeholder in it, and may be any. */
static bool
is_column_of_placeholder(const struct facts *f, struct str reason)
{
	size_t end = str_find(reason, STR(" does not exist"));
	struct place written;

	if (f->op->statement == NULL || f->inside != NULL || !str_starts(reason, "column ") || end == (size_t)-1)
		return false;
	written = place_in_file((struct place){ f->op->statement->source, f->op->statement->span });
	return str_find(str_fold(f->arena, source_text(written.source, written.span)), str_fold(f->arena, column_of_reason(reason, end))) == (size_t)-1;
}

struct str
op_conflict(const struct facts *f)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && !f->op->noop && i < sizeof checks / sizeof checks[0]; i++)
		reason = checks[i](f);
	if (f->op->noop)
		return minds_definition(f->op) ? f->op->kind->refused(f) : STR_NONE;
	if (reason.s == NULL)
		reason = op_refused(f);
	return reason.s == NULL || is_column_of_placeholder(f, reason) ? STR_NONE : reason;
}

/* ---- what catches it ---- */

/* errcodes.txt */
static const struct {
	const char *starts, *ends;      /* of the failure */
	const char *condition, *code;
} conditions[] = {
	{ "relation", "already exists", "duplicate_table", "42p07" },
	{ "relation", "does not exist", "undefined_table", "42p01" },
	{ "column", "already exists", "duplicate_column", "42701" },
	{ "column", "does not exist", "undefined_column", "42703" },
	{ "schema", "already exists", "duplicate_schema", "42p06" },
	{ "cannot drop", "", "dependent_objects_still_exist", "2bp01" },
	{ "it raises", "", "raise_exception", "p0001" },
	{ "invalid transaction", "", "invalid_transaction_termination", "2d000" },
	{ "", "already exists", "duplicate_object", "42710" },
	{ "", "does not exist", "undefined_object", "42704" },
};

static bool
names_condition(struct str given, const char *name, const char *code)
{
	return str_is(given, name) || (str_starts(given, "sqlstate ") && str_is(str_slice(given, strlen("sqlstate "), given.n), code));
}

/* A key's index is in the way before its constraint is: index_create(), index_check_primary_key() */
static bool
fails_otherwise(const struct op *op, struct str given)
{
	return (is_kind(op, "add_unique") || is_kind(op, "add_primary_key") || is_kind(op, "add_exclusion")) &&
	    (names_condition(given, "duplicate_table", "42p07") || names_condition(given, "invalid_table_definition", "42p16"));
}

bool
op_failure_is(const struct op *op, struct str condition)
{
	if (str_is(condition, "others") || fails_otherwise(op, condition))
		return true;
	for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++)
		if (str_starts(op->failure, conditions[i].starts) && str_ends(op->failure, conditions[i].ends))
			return names_condition(condition, conditions[i].condition, conditions[i].code) ||
			    (str_starts(str_of(conditions[i].code), "42") &&
			    names_condition(condition, "syntax_error_or_access_rule_violation", "42000"));
	return false;
}

/* ---- run twice ---- */

static bool
same_text(const struct op *a, const struct op *b, enum op_span span)
{
	return str_eq(source_text(a->statement->source, a->spans[span]), source_text(b->statement->source, b->spans[span]));
}

/* DROP ... IF EXISTS of what the other one makes. */
static bool
clears(const struct op *earlier, const struct op *op)
{
	const char *makes = op->kind->name, *drops = earlier->kind->name;

	if (!earlier->if_exists && !earlier->part_if_exists)
		return false;
	if (is_kind(op, "create_index"))
		return is_kind(earlier, "drop_index") && index_op_makes(op, earlier->target.name);
	if (!op_names_same(earlier, op))
		return false;
	if (is_kind(op, "add_column"))
		return is_kind(earlier, "drop_column") && str_eq(earlier->column_name, op->column_name);
	if (op->kind->has & HAS_CONSTRAINT)
		return constraint_op_drops(earlier, OP_DATA(op, struct new_constraint)->chosen);
	if (strncmp(makes, "create_", 7) != 0 || strncmp(drops, "drop_", 5) != 0 || strcmp(makes + 7, drops + 5) != 0)
		return false;
	return !(is_kind(op, "create_trigger") || is_kind(op, "create_policy") || is_kind(op, "create_rule")) || same_text(earlier, op, SPAN_NAME);
}

bool
op_fails_again(const struct facts *f)
{
	const struct op *op = f->op;
	const char *kind = op->kind->name;
	bool creates = strncmp(kind, "create_", 7) == 0, drops = strncmp(kind, "drop_", 5) == 0;

	if (op->leader != NULL || op->noop || op->part_if_exists || op->if_exists || op->if_not_exists)
		return false;
	if ((creates || strncmp(kind, "add_", 4) == 0) && script_earlier(op, clears))
		return false;
	if (creates)
		return !holds(f, "or_replace");
	/* What the first run made, and dropped, the second makes again. */
	if (drops)
		return strcmp(kind, "drop_not_null") != 0 && strcmp(kind, "drop_default") != 0 && !holds(f, "object_is_new");
	return strncmp(kind, "rename_", 7) == 0 || is_kind(op, "add_column") || is_kind(op, "add_enum_value") ||
	    (strncmp(kind, "add_", 4) == 0 && (op->kind->has & HAS_CONSTRAINT));
}
