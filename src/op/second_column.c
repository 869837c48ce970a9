#include "op/second_column.h"

#include "base/buf.h"
#include "op/constraint.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/order.h"
#include "op/rename.h"
#include "op/swap.h"
#include "op/view_text.h"
#include "sql/ident.h"

/* ---- what the file does with it later ---- */

typedef bool (*is_it)(const struct op *later, const struct op *op, struct str name);

/* NULL: no such statement. */
static const struct op *
find_later(const struct facts *f, is_it is, struct str name)
{
	const struct script *script = f->op->script;
	bool later = false;

	for (size_t i = 0; script != NULL && f->inside == NULL && i < script->ops.n; later = later || script->ops.items[i] == f->op, i++)
		if (later && op_names_same(script->ops.items[i], f->op) && is(script->ops.items[i], f->op, name))
			return script->ops.items[i];
	return NULL;
}

static bool
drops_column(const struct op *later, const struct op *op, struct str name)
{
	(void)op;
	return is_kind(later, "drop_column") && str_eq(later->column_name, name);
}

static bool
renames_column(const struct op *later, const struct op *op, struct str name)
{
	(void)op;
	return is_kind(later, "rename_column") && str_eq(OP_DATA(later, struct rename)->old_name, name);
}

/* It is not bound yet. */
static bool
drops_constraint(const struct op *later, const struct op *op, struct str name)
{
	(void)op;
	return is_kind(later, "drop_constraint") && sql_find_word(source_text(later->statement->source, later->statement->span), name, 0) != (size_t)-1;
}

static bool
adds_primary_key(const struct op *later, const struct op *op, struct str name)
{
	(void)op;
	(void)name;
	return is_kind(later, "add_primary_key");
}

static bool
drops_index(const struct facts *f, struct str name)
{
	const struct script *script = f->op->script;

	for (size_t i = 0; script != NULL && i < script->ops.n; i++)
		if (is_kind(script->ops.items[i], "drop_index") && script->ops.items[i]->number > f->op->number && str_eq(script->ops.items[i]->target.name, name))
			return true;
	return false;
}

/* ---- what the copy needs ---- */

/* Of the table: it goes with the column, and the file does not drop it before. */
static bool
is_kept(const struct facts *f, const struct constraint *k)
{
	return !k->dropped && k->kind != CONSTRAINT_NOT_NULL && k->kind != CONSTRAINT_PRIMARY_KEY && str_in(f->op->column_name, k->columns.items, k->columns.n) &&
	    find_later(f, drops_constraint, k->name) == NULL;
}

static bool
is_kept_index(const struct facts *f, const struct relation *i)
{
	return !i->dropped && i->index->constraint == NULL && index_holds(i->index, f->op->column_name) && !drops_index(f, i->name);
}

/* NULL: it is not in the primary key. */
static const struct constraint *
own_key(const struct facts *f)
{
	const struct constraint *k = relation_primary_key(f->op->table);

	return k != NULL && str_in(f->op->column_name, k->columns.items, k->columns.n) ? k : NULL;
}

/* NULL: no statement of the file drops it. */
static const struct op *
drop_of_key(const struct facts *f, const struct constraint *k)
{
	return find_later(f, drops_constraint, k->name);
}

/* The name that it has in the end. */
static struct str
later_name(const struct facts *f, struct str column)
{
	const struct op *rename = str_eq(column, f->op->column_name) ? f->op : find_later(f, renames_column, column);
	const struct op *again = rename == NULL ? NULL : find_later(f, renames_column, OP_DATA(rename, struct rename)->new_name);

	return rename == NULL ? column : OP_DATA(again != NULL ? again : rename, struct rename)->new_name;
}

static bool
has_columns_of_key(const struct facts *f, const struct op *add, const struct constraint *k)
{
	const struct str_list *columns = &OP_DATA(add, struct new_constraint)->columns;

	for (size_t i = 0; i < k->columns.n; i++)
		if (!str_in(later_name(f, k->columns.items[i]), columns->items, columns->n))
			return false;
	return columns->n == k->columns.n;
}

/* What takes its place has the copy in it: the file drops none, or adds one of the same columns. */
static bool
key_is_copied(const struct facts *f, const struct constraint *k)
{
	const struct op *add = find_later(f, adds_primary_key, STR_NONE);

	return drop_of_key(f, k) == NULL || (add != NULL && has_columns_of_key(f, add, k));
}

static void
put_own(struct buf *b, const struct facts *f, const struct column *column)
{
	const struct relation *r = f->op->table;

	if (column->not_null == YES)
		buf_item(b, ", ", STR("NOT NULL"));
	if (column->sequence != NULL)
		buf_item(b, ", ", STR("the sequence"));
	else if (column->default_expr != NULL && column->generated == 0)
		buf_item(b, ", ", STR("the default"));
	for (size_t i = 0; i < r->constraints.n; i++)
		if (is_kept(f, r->constraints.items[i]))
			buf_item(b, ", ", str_printf(f->arena, "%s %.*s", constraint_word(r->constraints.items[i]->kind), STR_ARG(r->constraints.items[i]->name)));
	for (size_t i = 0; i < r->indexes.n; i++)
		if (is_kept_index(f, r->indexes.items[i]))
			buf_item(b, ", ", str_printf(f->arena, "index %.*s", STR_ARG(r->indexes.items[i]->name)));
}

static void
put_lacks(struct buf *steps, const struct facts *f)
{
	struct buf b = BUF(f->arena);

	if (f->op->table->assumed || f->op->column == NULL) {
		buf_str(steps, STR("\n--    what it has, NOT NULL, a default, indexes and constraints, is made anew on the copy"));
		return;
	}
	put_own(&b, f, f->op->column);
	if (b.n > 0)
		buf_printf(steps, "\n--    then make anew on the copy, under other names, what goes with the drop: %.*s", STR_ARG(buf_text(&b)));
	if (own_key(f) != NULL && key_is_copied(f, own_key(f)))
		buf_printf(steps, "\n--    and build, CONCURRENTLY, a unique index like primary key %.*s, with the copy in it", STR_ARG(own_key(f)->name));
}

/* ---- the drop of the first one ---- */

/* A table has one primary key at a time: the next takes its place at once, from the index. */
static void
put_key_swap(struct buf *b, const struct facts *f)
{
	const struct constraint *k = f->op->table->assumed ? NULL : own_key(f);
	const struct op *drop = k == NULL ? NULL : drop_of_key(f, k), *add = drop == NULL ? NULL : find_later(f, adds_primary_key, STR_NONE);

	if (k != NULL && !key_is_copied(f, k))
		return;
	if (add != NULL && add->statement != drop->statement)
		buf_printf(b, "\n-- 4. lines %u and %u as one ALTER TABLE, its primary key USING INDEX that index", order_line(drop), order_line(add));
	else if (add != NULL)
		buf_printf(b, "\n-- 4. line %u, its primary key USING INDEX that index", order_line(add));
	else if (k != NULL)
		buf_printf(b, "\n-- 4. ALTER TABLE %.*s DROP CONSTRAINT %.*s, ADD CONSTRAINT %.*s PRIMARY KEY USING INDEX ...", STR_ARG(words(f, f->op->table)),
		    STR_ARG(sql_ident(f->arena, k->name)), STR_ARG(sql_ident(f->arena, k->name)));
}

static void
put_in_way(struct buf *b, const struct facts *f, struct relation *r)
{
	struct str name = f->op->column_name;

	for (size_t i = 0; i < r->dependents.n; i++)
		if (!r->dependents.items[i]->dropped && view_uses_column(f->catalog, r->dependents.items[i], r, name) != NO)
			buf_item(b, ", ", str_printf(f->arena, "view %.*s", STR_ARG(words(f, r->dependents.items[i]))));
	for (size_t i = 0; i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		if (k->table != r && str_in(name, k->reference_columns.items, k->reference_columns.n))
			buf_item(b, ", ", str_printf(f->arena, "foreign key %.*s of %.*s", STR_ARG(sql_ident(f->arena, k->name)), STR_ARG(words(f, k->table))));
	}
	for (size_t i = 0; i < r->policies.n; i++)
		if (!policy_is_gone(r->policies.items[i]) && policy_uses_column(r->policies.items[i], f->op->column))
			buf_item(b, ", ", str_printf(f->arena, "policy %.*s", STR_ARG(sql_ident(f->arena, r->policies.items[i]->name))));
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && str_in(name, r->triggers.items[i]->columns.items, r->triggers.items[i]->columns.n))
			buf_item(b, ", ", str_printf(f->arena, "trigger %.*s", STR_ARG(sql_ident(f->arena, r->triggers.items[i]->name))));
}

static void
put_drop(struct buf *b, const struct facts *f, unsigned step)
{
	struct buf way = BUF(f->arena);

	if (!f->op->table->assumed && f->op->column != NULL)
		put_in_way(&way, f, f->op->table);
	buf_printf(b, "\n-- %u. drop %.*s (in a later release)", step, STR_ARG(sql_ident(f->arena, f->op->column_name)));
	if (way.n > 0)
		buf_printf(b, ", once these use the copy: %.*s", STR_ARG(buf_text(&way)));
}

/* Later statements, of this file or others, know what has gone by its name. */
static void
put_names(struct buf *b, const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++)
		if (is_kept(f, r->constraints.items[i]))
			buf_item(b, "; ", str_printf(f->arena, "ALTER TABLE %.*s RENAME CONSTRAINT ... TO %.*s", STR_ARG(words(f, r)),
			    STR_ARG(sql_ident(f->arena, r->constraints.items[i]->name))));
	for (size_t i = 0; i < r->indexes.n; i++)
		if (is_kept_index(f, r->indexes.items[i]))
			buf_item(b, "; ", str_printf(f->arena, "ALTER INDEX ... RENAME TO %.*s", STR_ARG(sql_ident(f->arena, r->indexes.items[i]->name))));
}

static void
put_names_back(struct buf *b, const struct facts *f)
{
	struct buf names = BUF(f->arena);

	if (!f->op->table->assumed && f->op->column != NULL)
		put_names(&names, f);
	if (names.n > 0)
		buf_printf(b, "\n--    and give the names of what goes with it to what was made anew: %.*s", STR_ARG(buf_text(&names)));
}

static bool
has_to_be_given(const struct column *column)
{
	return column != NULL && column->not_null == YES && column->default_expr == NULL && column->default_sequence == NULL && column->sequence == NULL;
}

static struct value
when_dropped_again(const struct facts *f, const struct op *drop, struct str name)
{
	struct str old = sql_ident(f->arena, f->op->column_name);
	struct buf b = BUF(f->arena);

	buf_printf(&b, "-- line %u drops %.*s again, so that no release gets to use that name\n-- 1. ", order_line(drop), STR_ARG(name));
	if (has_to_be_given(f->op->column))
		buf_printf(&b, "ALTER TABLE %.*s ALTER COLUMN %.*s DROP NOT NULL; then ", STR_ARG(words(f, f->op->table)), STR_ARG(old));
	buf_printf(&b, "release code that does not use %.*s\n-- 2. in a later release: this statement, with line %u", STR_ARG(old), order_line(drop));
	return value_text(buf_text(&b));
}

/* Until this file gave it away, another column had the new name. */
static bool
gives_name_away(const struct op *other, const struct op *op)
{
	return (is_kind(other, "rename_column") || is_kind(other, "drop_column")) && op_names_same(other, op) &&
	    str_eq(other->column_name, OP_DATA(op, struct rename)->new_name);
}

static struct str
name_of_copy(const struct facts *f, struct str new_name)
{
	return sql_ident(f->arena, script_earlier(f->op, gives_name_away) ? catalog_object_name(f->arena, new_name, STR_NONE, STR("new")) : new_name);
}

/* The server refuses DROP NOT NULL as long as the column is in the primary key. */
static struct str
key_goes_first(const struct facts *f)
{
	const struct constraint *k = f->op->table->assumed ? NULL : own_key(f);
	const struct op *add = find_later(f, adds_primary_key, STR_NONE);
	struct ops with = { 0 };

	if (k == NULL || key_is_copied(f, k))
		return k == NULL ? STR("") : STR("step 4 first, and ");
	order_push(f->arena, &with, drop_of_key(f, k));
	if (add != NULL)
		order_push(f->arena, &with, add);
	return str_printf(f->arena, "%.*s first%s, and ", STR_ARG(order_lines(f->arena, &with)), add != NULL ? ", with what is needed for that" : "");
}

/* Code that knows the copy only leaves the first one out. */
static void
put_release(struct buf *b, const struct facts *f, struct str old, struct str name)
{
	if (has_to_be_given(f->op->column))
		buf_printf(b, "\n-- 3. where no trigger gives it values, %.*sALTER TABLE %.*s ALTER COLUMN %.*s DROP NOT NULL;\n--    then release code that uses %.*s only",
		    STR_ARG(key_goes_first(f)), STR_ARG(words(f, f->op->table)), STR_ARG(old), STR_ARG(name));
	else
		buf_printf(b, "\n-- 3. release code that uses %.*s only", STR_ARG(name));
}

struct value
get_second_column(const struct facts *f)
{
	struct str new_name = OP_DATA(f->op, struct rename)->new_name, old = sql_ident(f->arena, f->op->column_name), name = name_of_copy(f, new_name), fires = copy_fires(f);
	const struct op *drop = find_later(f, drops_column, new_name), *again = find_later(f, renames_column, new_name);
	struct buf b = BUF(f->arena);
	size_t before;

	if (drop != NULL)
		return when_dropped_again(f, drop, name);
	if (again == NULL && str_eq(name, old))
		return value_text(str_printf(f->arena, "-- leave it out, and say %.*s in the rest of the file and in the code: to the release before, %.*s is another column", STR_ARG(name),
		    STR_ARG(sql_ident(f->arena, new_name))));
	buf_str(&b, column_name_taken(f));
	if (again != NULL)
		name = sql_ident(f->arena, OP_DATA(again, struct rename)->new_name);
	if (again != NULL)
		buf_printf(&b, "-- the name that it gets in the end, in line %u\n", order_line(again));
	buf_printf(&b, "-- 1. add %.*s with the type of %.*s; a trigger, or code that writes both, keeps them equal\n-- 2. copy %.*s to %.*s (in batches)", STR_ARG(name), STR_ARG(old),
	    STR_ARG(old), STR_ARG(name));
	if (fires.n > 0)
		buf_printf(&b, "\n--    %.*s", STR_ARG(fires));
	put_lacks(&b, f);
	put_release(&b, f, old, name);
	before = b.n;
	put_key_swap(&b, f);
	put_drop(&b, f, b.n > before ? 5 : 4);
	put_names_back(&b, f);
	return value_text(buf_text(&b));
}
