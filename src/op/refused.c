#include "op/constraint.h"
#include "op/failure.h"
#include "op/operators.h"
#include "op/rename.h"
#include "op/routine.h"
#include "op/typed.h"

/*
 * More that makes a statement fail for sure: new names that are taken, keys that do not fit, parts that are not there.
 */

typedef struct str (*check)(const struct facts *);

static bool
has_row_type(const struct relation *r)
{
	return r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED || r->kind == RELATION_VIEW || r->kind == RELATION_MATVIEW ||
	    r->kind == RELATION_FOREIGN || r->kind == RELATION_COMPOSITE;
}

/* ---- new names ---- */

static const struct relation *
relation_at(const struct facts *f, struct str schema, struct str name)
{
	const struct relation *r = catalog_slot_object(&f->catalog->relations, schema, name);

	return is_in_place(f, r) ? r : NULL;
}

static bool
type_at(const struct facts *f, struct str schema, struct str name)
{
	const struct typedef_ *t = catalog_slot_object(&f->catalog->types, schema, name);

	return t != NULL && !t->assumed && !t->dropped;
}

/* RenameRelationInternal() */
static struct str
new_name_taken(const struct facts *f)
{
	static const char *const kinds[] = { "rename_table", "rename_view", "rename_materialized_view", "rename_sequence", "rename_index" };
	const struct op *op = f->op;
	const struct relation *r = op->index != NULL ? op->index : op->table;
	struct str name;
	bool renames = false;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		renames = renames || is_kind(op, kinds[i]);
	if (!renames || !is_known(r))
		return STR_NONE;
	name = OP_DATA(op, struct rename)->new_name;
	if (relation_at(f, r->schema, name) != NULL)
		return str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(name));
	if (has_row_type(r) && type_at(f, r->schema, name))
		return str_printf(f->arena, "type \"%.*s\" already exists", STR_ARG(name));
	return STR_NONE;
}

static struct str
taken_there(const struct facts *f, const char *what, struct str name, struct str schema)
{
	return str_printf(f->arena, "%s \"%.*s\" already exists in schema \"%.*s\"", what, STR_ARG(name), STR_ARG(schema));
}

/* AlterRelationNamespaceInternal(), AlterTypeNamespaceInternal(), AlterIndexNamespaces() */
static struct str
new_schema_taken(const struct facts *f)
{
	const struct op *op = f->op;
	struct str schema;

	if (!is_kind(op, "set_schema") || !is_known(op->table))
		return STR_NONE;
	schema = OP_DATA(op, struct rename)->new_name;
	if (str_eq(schema, op->table->schema))
		return STR_NONE;
	if (relation_at(f, schema, op->table->name) != NULL)
		return taken_there(f, "relation", op->table->name, schema);
	if (has_row_type(op->table) && type_at(f, schema, op->table->name))
		return taken_there(f, "type", op->table->name, schema);
	if (has_row_type(op->table) && op->table->replaced.statement == 0 && array_type_taken(f, op->table->schema, op->table->name, schema).s != NULL)
		return array_type_taken(f, op->table->schema, op->table->name, schema);
	for (size_t i = 0; i < op->table->indexes.n; i++)
		if (relation_at(f, schema, op->table->indexes.items[i]->name) != NULL)
			return taken_there(f, "relation", op->table->indexes.items[i]->name, schema);
	return STR_NONE;
}

/* heap_create_with_catalog(): a relation comes with a type of its name, and minds a type of that name even when it has none */
static struct str
type_taken(const struct facts *f)
{
	static const char *const relations[] = { "create_table", "create_table_as", "create_view", "create_materialized_view",
		"create_sequence", "create_foreign_table" };
	static const char *const types[] = { "create_enum", "create_domain", "create_composite_type", "create_range_type" };
	const struct op *op = f->op;
	struct str schema = op->target.name.s == NULL ? STR_NONE : catalog_target_schema(f->catalog, op->target);
	const struct relation *r;
	bool taken = false;

	for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++)
		if (is_kind(op, relations[i]) && !holds(f, "is_temporary"))
			taken = taken || type_at(f, schema, op->target.name);
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		r = is_kind(op, types[i]) ? relation_at(f, schema, op->target.name) : NULL;
		taken = taken || (r != NULL && has_row_type(r));
		if (r != NULL && is_kind(op, "create_composite_type"))
			return str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(op->target.name));
	}
	return !taken ? STR_NONE : str_printf(f->arena, "type \"%.*s\" already exists", STR_ARG(op->target.name));
}

static struct str
new_column_taken(const struct facts *f)
{
	const struct op *op = f->op;
	const struct column *column;
	struct str name;

	if (!is_kind(op, "rename_column") || !is_known(op->table))
		return STR_NONE;
	name = OP_DATA(op, struct rename)->new_name;
	if (op->table->kind != RELATION_VIEW && op->table->kind != RELATION_COMPOSITE && is_system_column(name))
		return str_printf(f->arena, "column name \"%.*s\" conflicts with a system column name", STR_ARG(name));
	column = catalog_find_column(op->table, name);
	if (column == NULL || column->assumed || relation_unread_since(f->catalog, op->table, column->born, REACH_SCHEMA))
		return STR_NONE;
	return str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" already exists", STR_ARG(name), STR_ARG(op->table->name));
}

static struct str
constraint_renamed(const struct facts *f)
{
	const struct op *op = f->op;
	const struct rename *p;
	const struct constraint *k;

	if (!is_kind(op, "rename_constraint") || op->table == NULL || op->table->assumed)
		return STR_NONE;
	p = OP_DATA(op, struct rename);
	/* before 18 NOT NULL is no constraint, and which names it has is not known here */
	if (catalog_find_constraint(op->table, p->old_name) == NULL)
		return !is_settled(f, op->table, REACH_SCHEMA) ? STR_NONE
		    : str_printf(f->arena, "constraint \"%.*s\" for table \"%.*s\" does not exist", STR_ARG(p->old_name),
		    STR_ARG(op->table->name));
	k = catalog_find_constraint(op->table, p->old_name);
	if (k->kind == CONSTRAINT_CHECK && k->inherited > 0 && !k->assumed)
		return str_printf(f->arena, "cannot rename inherited constraint \"%.*s\"", STR_ARG(p->old_name));
	if (k->index != NULL && relation_at(f, op->table->schema, p->new_name) != NULL)
		return str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(p->new_name));
	k = catalog_find_constraint(op->table, p->new_name);
	if (k != NULL && !relation_unread_since(f->catalog, op->table, k->born, REACH_SCHEMA))
		return str_printf(f->arena, "constraint \"%.*s\" for relation \"%.*s\" already exists", STR_ARG(p->new_name),
		    STR_ARG(op->table->name));
	return STR_NONE;
}

static struct str
function_taken(const struct facts *f)
{
	const struct op *op = f->op;

	struct str schema, there;
	const struct function *old;

	if (!is_kind(op, "create_function") || op->target.name.s == NULL)
		return STR_NONE;
	schema = catalog_target_schema(f->catalog, op->target);
	there = routine_there(f, schema, op->target.name, fact(f, "arguments").text);
	if (there.s == NULL || !holds(f, "or_replace"))
		return there;
	/* ProcedureCreate() */
	old = catalog_find_function(f->catalog, schema, op->target.name, fact(f, "arguments").text);
	return old != NULL && old->procedure == holds(f, "is_procedure") && old->window == holds(f, "is_window") ? STR_NONE : STR("cannot change routine kind");
}

/* ---- keys ---- */

/* index_check_primary_key() */
static struct str
second_primary_key(const struct facts *f)
{
	const struct op *op = f->op;

	if (!is_kind(op, "add_primary_key") || op->table == NULL || relation_primary_key(op->table) == NULL)
		return STR_NONE;
	return str_printf(f->arena, "multiple primary keys for table \"%.*s\" are not allowed", STR_ARG(op->table->name));
}

/* The columns of the primary key that the table has, or gets of the same statement; 0: not known, or none. */
static size_t
own_key_columns(const struct op *op)
{
	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->statement == op->statement && is_kind(other, "add_primary_key"))
			return OP_DATA(other, struct new_constraint)->columns.n;
	}
	return 0;
}

/* transformFkeyGetPrimaryKey(); a table's own key may come later in the statement than its foreign key does here. */
static bool
may_get_key(const struct op *op)
{
	const struct statement *st = op->statement;

	return locate_keywords(st, st->span, "primary key").len > 0 ||
	    (OP_DATA(op, struct new_constraint)->creating && locate_keywords(st, st->span, "like").len > 0);
}

static struct str
reference_without_key(const struct facts *f)
{
	const struct op *op = f->op;
	const struct new_constraint *k;
	const struct constraint *key;
	size_t n;

	if (!is_kind(op, "add_foreign_key"))
		return STR_NONE;
	k = OP_DATA(op, struct new_constraint);
	n = k->reference_columns.n;
	if (n == 0) {
		if (!is_known(op->references))
			return STR_NONE;
		key = relation_primary_key(op->references);
		n = key != NULL ? key->columns.n : op->references == op->table ? own_key_columns(op) : 0;
		if (n == 0 && op->references == op->table && may_get_key(op))
			return STR_NONE;
		if (n == 0)
			return !is_settled(f, op->references, REACH_SCHEMA) ? STR_NONE
			    : str_printf(f->arena, "there is no primary key for referenced table \"%.*s\"", STR_ARG(op->references->name));
	}
	return k->columns.n == 0 || n == 0 || k->columns.n == n ? STR_NONE
	    : STR("number of referencing and referenced columns for foreign key disagree");
}

/* ATExecDropNotNull() */
static struct str
not_null_of_key(const struct facts *f)
{
	const struct op *op = f->op;
	const struct constraint *key;

	if (!is_kind(op, "drop_not_null") || !is_known(op->table) || (key = relation_primary_key(op->table)) == NULL)
		return STR_NONE;
	for (size_t i = 0; i < key->columns.n; i++)
		if (str_eq(key->columns.items[i], op->column_name))
			return str_printf(f->arena, "column \"%.*s\" is in a primary key", STR_ARG(op->column_name));
	return STR_NONE;
}

/* ATExecDropNotNull() */
static struct str
not_null_of_identity(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; is_kind(f->op, "drop_not_null") && is_known(r) && i < r->indexes.n; i++) {
		const struct index *index = r->indexes.items[i]->index;
		for (size_t j = 0; index->identity && is_in_place(f, r->indexes.items[i]) && j < index->columns.n; j++)
			if (index->columns.items[j].name.s != NULL && str_eq(index->columns.items[j].name, f->op->column_name))
				return str_printf(f->arena, "column \"%.*s\" is in index used as replica identity", STR_ARG(f->op->column_name));
	}
	return STR_NONE;
}

/* ATExecValidateConstraint() */
static struct str
not_to_validate(const struct facts *f)
{
	const struct op *op = f->op;
	const struct constraint *k = op->constraint;

	if (!is_kind(op, "validate_constraint") || k == NULL || k->assumed || k->index == NULL)
		return STR_NONE;
	return str_printf(f->arena, "constraint \"%.*s\" of relation \"%.*s\" is not a foreign key or check constraint", STR_ARG(k->name),
	    STR_ARG(op->table->name));
}

/* ---- families ---- */

static bool
is_child(const struct relation *parent, const struct relation *child)
{
	for (size_t i = 0; i < parent->partitions.n; i++)
		if (parent->partitions.items[i] == child)
			return true;
	return false;
}

static struct str
no_child(const struct facts *f)
{
	const struct op *op = f->op;
	bool inherits = is_kind(op, "drop_inherit");

	if ((!inherits && !is_kind(op, "detach_partition")) || !is_known(op->table) || !is_known(op->references))
		return STR_NONE;
	if (inherits && op->table->is_partition)
		return STR("cannot change inheritance of a partition");
	if (inherits && !is_child(op->references, op->table))
		return str_printf(f->arena, "relation \"%.*s\" is not a parent of relation \"%.*s\"", STR_ARG(op->references->name),
		    STR_ARG(op->table->name));
	if (!inherits && !is_child(op->table, op->references))
		return str_printf(f->arena, "relation \"%.*s\" is not a partition of relation \"%.*s\"", STR_ARG(op->references->name),
		    STR_ARG(op->table->name));
	return STR_NONE;
}

/* ATPrepAlterColumnType(), ATExecDropColumn() */
static struct str
column_of_partition_key(const struct facts *f)
{
	const struct op *op = f->op;
	bool drops = is_kind(op, "drop_column");

	if ((!drops && !is_kind(op, "alter_column_type")) || !is_known(op->table))
		return STR_NONE;
	for (size_t i = 0; i < op->table->partition_key.n; i++) {
		const struct index_column *k = &op->table->partition_key.items[i];
		if ((k->name.s != NULL && str_eq(k->name, op->column_name)) || (k->expr != NULL && expr_mentions_column(k->expr, op->column_name)))
			return str_printf(f->arena, "cannot %s column \"%.*s\" because it is part of the partition key of relation \"%.*s\"",
			    drops ? "drop" : "alter", STR_ARG(op->column_name), STR_ARG(op->table->name));
	}
	return STR_NONE;
}

enum { MOST_COLUMNS = 1600 };

/* ATExecAddColumn(): dropped ones count, for as long as the table exists. */
static struct str
too_many_columns(const struct facts *f)
{
	bool full = is_kind(f->op, "add_column") && is_known(f->op->table) && f->op->table->columns.n >= MOST_COLUMNS;

	return full ? STR("tables can have at most 1600 columns") : STR_NONE;
}

/* ---- what depends on it ---- */

bool
draws_from(const struct catalog *c, const struct column *column, const struct relation *sequence)
{
	return !column->dropped && column->identity == 0 && (column->default_sequence == sequence || expr_names_relation(c, column->default_expr, sequence));
}

static struct str
drawing_domain(const struct facts *f, const struct relation *sequence)
{
	for (size_t i = 0; i < f->catalog->all_types.n; i++) {
		const struct typedef_ *t = f->catalog->all_types.items[i];
		if (!t->dropped && !t->born.doubtful && expr_names_relation(f->catalog, t->default_expr, sequence))
			return str_printf(f->arena, "cannot drop %.*s: the default of domain %.*s depends on it", STR_ARG(words(f, sequence)), STR_ARG(t->name));
	}
	return STR_NONE;
}

/* Defaults hold a sequence, but the one of its own column only; the one behind an identity column goes with that only. */
static struct str
sequence_needed(const struct facts *f)
{
	const struct op *op = f->op;

	if (!is_kind(op, "drop_sequence") || !is_known(op->table))
		return STR_NONE;
	for (size_t i = 0; i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		for (size_t j = 0; !r->dropped && j < r->columns.n; j++)
			if (!r->columns.items[j]->dropped && r->columns.items[j]->identity != 0 && r->columns.items[j]->sequence == op->table)
				return str_printf(f->arena, "cannot drop sequence %.*s because column %.*s of table %.*s requires it",
				    STR_ARG(words(f, op->table)), STR_ARG(r->columns.items[j]->name), STR_ARG(words(f, r)));
			else if (!op->cascade && draws_from(f->catalog, r->columns.items[j], op->table))
				return str_printf(f->arena, "cannot drop %.*s: the default of column %.*s of %.*s depends on it",
				    STR_ARG(words(f, op->table)), STR_ARG(r->columns.items[j]->name), STR_ARG(words(f, r)));
	}
	return op->cascade ? STR_NONE : drawing_domain(f, op->table);
}

/* What is left with a default that draws from a sequence that goes with the table, or with its column. */
static struct str
left_drawing(const struct facts *f, const struct relation *sequence)
{
	const struct op *op = f->op;
	bool column_only = is_kind(op, "drop_column");

	for (size_t i = 0; i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		bool goes = !column_only && (r == op->table || dropped_with(f, r) || belongs_to(r, op->table));
		for (size_t j = 0; !goes && is_settled(f, r, REACH_SCHEMA) && j < r->columns.n; j++)
			if (draws_from(f->catalog, r->columns.items[j], sequence) && !(column_only && r->columns.items[j] == op->column) &&
			    !(column_only && r->columns.items[j]->inherited))
				return str_printf(f->arena, "cannot drop %.*s: the default of column %.*s of %.*s depends on its sequence %.*s",
				    STR_ARG(words(f, op->table)), STR_ARG(r->columns.items[j]->name), STR_ARG(words(f, r)), STR_ARG(words(f, sequence)));
	}
	return STR_NONE;
}

/* The sequence of a serial column goes with its table, and what CREATE TABLE ... (LIKE ... INCLUDING DEFAULTS) copied needs it. */
static struct str
sequence_needed_elsewhere(const struct facts *f)
{
	const struct op *op = f->op;
	bool column_only = is_kind(op, "drop_column");
	struct str reason = STR_NONE;

	if ((!column_only && !is_kind(op, "drop_table")) || op->cascade || !is_known(op->table) || (column_only && op->column == NULL))
		return STR_NONE;
	for (size_t i = 0; reason.s == NULL && i < op->table->owned.n; i++) {
		const struct relation *sequence = op->table->owned.items[i];
		if (is_known(sequence) && sequence->owner == op->table && (!column_only || str_eq(sequence->owner_column, op->column_name)))
			reason = left_drawing(f, sequence);
	}
	return reason;
}

static const check checks[] = { new_name_taken, new_schema_taken, type_taken, new_column_taken, constraint_renamed, function_taken,
	typed_misfit, second_primary_key, reference_without_key, not_null_of_key, not_null_of_identity, not_to_validate, no_child, column_of_partition_key, column_of_family,
	too_many_columns, sequence_needed, sequence_needed_elsewhere };

struct str
op_refused(const struct facts *f)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < sizeof checks / sizeof checks[0]; i++)
		reason = checks[i](f);
	return reason.s != NULL || f->op->kind->refused == NULL ? reason : f->op->kind->refused(f);
}
