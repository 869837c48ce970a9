#include <string.h>

#include "base/buf.h"
#include "op/failure.h"
#include "op/rename.h"
#include "op/second_column.h"
#include "op/typed.h"
#include "op/view_text.h"

/* ---- lowering ---- */

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	struct op *op = lower_rename(l, kind, node);

	op->column_name = OP_DATA(op, struct rename)->old_name;
	op->spans[SPAN_COLUMN] = locate_name(l->statement, op->spans[SPAN_ACTION], op->column_name);
}

static void
bind(struct op *op, struct catalog *c)
{
	bind_renamed(op, c);
	if (op->table != NULL)
		op->column = catalog_column(c, op->table, op->column_name);
}

/* renameatt_internal(): the children too */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (!op->noop)
		effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
	for (size_t i = 0; !op->noop && typed_table(op, i) != NULL; i++)
		effects_lock_tree(e, typed_table(op, i), ACCESS_EXCLUSIVE, false);
}

/* ---- expressions ---- */

static struct str
text_renamed(struct arena *arena, struct str s, struct str old, struct str name)
{
	return sql_exchange(arena, s, sql_ident(arena, old), sql_ident(arena, name));
}

static struct expr *
copy_renamed(struct arena *arena, const struct expr *e, struct str old, struct str name)
{
	struct expr *copy = NEW(arena, struct expr);

	*copy = *e;
	if (e->kind == EXPR_COLUMN && str_eq(e->name, old))
		copy->name = name;
	if (e->text.s != NULL)
		copy->text = text_renamed(arena, e->text, old, name);
	if (e->nargs > 0)
		copy->args = NEW_ARRAY(arena, struct expr *, e->nargs);
	for (size_t i = 0; i < e->nargs; i++)
		copy->args[i] = e->args[i] == NULL ? NULL : copy_renamed(arena, e->args[i], old, name);
	return copy;
}

static void
rename_in_expr(struct catalog *c, const struct expr **at, struct str old, struct str name)
{
	if (*at != NULL && expr_mentions_column(*at, old))
		catalog_set(c, at, copy_renamed(c->arena, *at, old, name));
}

static void
rename_row(struct catalog *c, const struct relation *r, const struct expr **at, struct str name)
{
	if (*at != NULL && (expr_mentions_column(*at, r->name) || expr_has_star(*at)))
		catalog_set(c, at, copy_renamed(c->arena, *at, r->name, name));
}

void
rows_follow_relation(struct catalog *c, struct relation *r, struct str name)
{
	bool row = catalog_find_column(r, r->name) == NULL;

	for (size_t i = 0; row && i < r->constraints.n; i++)
		rename_row(c, r, &r->constraints.items[i]->check, name);
	for (size_t i = 0; row && i < r->policies.n; i++) {
		rename_row(c, r, &r->policies.items[i]->using_expr, name);
		rename_row(c, r, &r->policies.items[i]->check_expr, name);
	}
}

/* ---- catalog ---- */

/* Lists are shared between a constraint and its copies on partitions, so a changed one is made anew. */
static void
rename_in_names(struct catalog *c, struct str **items, size_t n, size_t cap, struct str old, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq((*items)[i], old)) {
			struct str *copy = NEW_ARRAY(c->arena, struct str, cap > n ? cap : n);
			memcpy(copy, *items, n * sizeof *copy);
			copy[i] = name;
			catalog_set(c, items, copy);
			return;
		}
}

#define RENAME_IN(c, v, old, name) rename_in_names((c), &(v)->items, (v)->n, (v)->cap, (old), (name))

static bool
key_mentions(const struct index_column *k, struct str column)
{
	return (k->name.s != NULL && str_eq(k->name, column)) || (k->expr != NULL && expr_mentions_column(k->expr, column));
}

static void
rename_in_keys(struct catalog *c, struct index_column **items, size_t n, size_t cap, struct str old, struct str name)
{
	struct index_column *copy = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!key_mentions(&(*items)[i], old))
			continue;
		if (copy == NULL) {
			copy = NEW_ARRAY(c->arena, struct index_column, cap > n ? cap : n);
			memcpy(copy, *items, n * sizeof *copy);
		}
		if (copy[i].name.s != NULL)
			copy[i].name = name;
		else
			copy[i].expr = copy_renamed(c->arena, copy[i].expr, old, name);
	}
	if (copy != NULL)
		catalog_set(c, items, copy);
}

static void
rename_in_constraints(struct catalog *c, struct relation *r, struct str old, struct str name)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		struct constraint *k = r->constraints.items[i];
		RENAME_IN(c, &k->columns, old, name);
		RENAME_IN(c, &k->set_columns, old, name);
		rename_in_expr(c, &k->check, old, name);
	}
	for (size_t i = 0; i < r->referenced_by.n; i++)
		RENAME_IN(c, &r->referenced_by.items[i]->reference_columns, old, name);
}

static void
rename_in_index(struct catalog *c, struct index *index, struct str old, struct str name)
{
	rename_in_keys(c, &index->columns.items, index->columns.n, index->columns.cap, old, name);
	RENAME_IN(c, &index->include, old, name);
	rename_in_expr(c, &index->predicate, old, name);
}

static void
rename_in_columns(struct catalog *c, struct relation *r, struct str old, struct str name)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		struct column *column = r->columns.items[i];
		if (column->dropped)
			continue;
		if (column->generated != 0)
			rename_in_expr(c, &column->default_expr, old, name);
		if (!str_eq(column->name, old))
			continue;
		catalog_set(c, &column->name, name);
		catalog_set(c, &column->named, c->now);
		catalog_rename_remarks(c, r, "column", old, name);
	}
	for (size_t i = 0; i < r->owned.n; i++)
		if (r->owned.items[i]->owner == r && str_eq(r->owned.items[i]->owner_column, old))
			catalog_set(c, &r->owned.items[i]->owner_column, name);
}

/* Before ON stand the columns of UPDATE OF; behind it only WHEN names any. */
static struct str
definition_renamed(struct arena *arena, struct str definition, struct str old, struct str name)
{
	size_t on = str_find(definition, STR(" ON t ")), when = str_find(definition, STR(" WHEN "));
	struct str events = str_slice(definition, 0, on), rest = str_slice(definition, on, when);
	struct str condition = when == (size_t)-1 ? STR("") : str_slice(definition, when, definition.n);

	if (on == (size_t)-1)
		return definition;
	events = text_renamed(arena, events, old, name);
	condition = text_renamed(arena, condition, old, name);
	return str_printf(arena, "%.*s%.*s%.*s", STR_ARG(events), STR_ARG(rest), STR_ARG(condition));
}

static void
rename_in_triggers(struct catalog *c, struct relation *r, struct str old, struct str name)
{
	for (size_t i = 0; i < r->triggers.n; i++) {
		struct trigger *t = r->triggers.items[i];
		catalog_set(c, &t->definition, definition_renamed(c->arena, t->definition, old, name));
		RENAME_IN(c, &t->columns, old, name);
		rename_in_expr(c, &t->when, old, name);
	}
}

static void
rename_in_condition(struct catalog *c, struct relation *r, const struct expr **at, struct str old, struct str name)
{
	if (!policy_follows_column(c, r, at, old, name))
		rename_in_expr(c, at, old, name);
}

/* Statistics objects know only their text. */
static void
rename_in_statistics(struct catalog *c, const struct relation *r, struct str old, struct str name)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		struct object *o = slot->object;
		if (o != NULL && o->gone == &r->dropped && str_is(o->kind, "statistics object"))
			catalog_set(c, &o->text, text_renamed(c->arena, o->text, old, name));
	}
}

/* "(a, b) WHERE (a > 1)" */
static void
rename_in_publications(struct catalog *c, const struct relation *r, struct str old, struct str name)
{
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "publication"))
			catalog_set(c, &r->objects.items[i]->text, text_renamed(c->arena, r->objects.items[i]->text, old, name));
}

static void
rename_in_tree(struct catalog *c, struct relation *r, struct str old, struct str name, bool only)
{
	views_follow_column(c, r, old, name);
	rename_in_columns(c, r, old, name);
	rename_in_constraints(c, r, old, name);
	rename_in_statistics(c, r, old, name);
	rename_in_publications(c, r, old, name);
	rename_in_triggers(c, r, old, name);
	for (size_t i = 0; i < r->indexes.n; i++)
		rename_in_index(c, r->indexes.items[i]->index, old, name);
	rename_in_keys(c, &r->partition_key.items, r->partition_key.n, r->partition_key.cap, old, name);
	for (size_t i = 0; i < r->policies.n; i++) {
		rename_in_condition(c, r, &r->policies.items[i]->using_expr, old, name);
		rename_in_condition(c, r, &r->policies.items[i]->check_expr, old, name);
	}
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		rename_in_tree(c, r->partitions.items[i], old, name, false);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (!op->noop)
		rename_in_tree(c, op->table, op->column_name, OP_DATA(op, struct rename)->new_name, op->only);
	for (size_t i = 0; !op->noop && typed_table(op, i) != NULL; i++)
		rename_in_tree(c, typed_table(op, i), op->column_name, OP_DATA(op, struct rename)->new_name, false);
}

/* ---- facts ---- */

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->if_exists);
}

static struct value
get_cascade(const struct facts *f)
{
	return value_bool(f->op->cascade);
}

static struct value
get_attribute(const struct facts *f)
{
	return value_text(sql_ident(f->arena, f->op->column_name));
}

bool
column_op_takes_name(const struct op *other, const struct op *op)
{
	bool takes = is_kind(other, "add_column") ? str_eq(other->column_name, op->column_name)
	    : is_kind(other, "rename_column") && str_eq(OP_DATA(other, struct rename)->new_name, op->column_name);

	return takes && op_names_same(other, op);
}

bool
script_column_name_returns(const struct op *op)
{
	return script_later(op, column_op_takes_name);
}

static struct value
get_name_returns(const struct facts *f)
{
	return script_value(f->op, script_column_name_returns(f->op));
}

static struct value
get_name_is_new(const struct facts *f)
{
	return value_bool(f->op->column != NULL && birth_in_change(f->catalog, &f->op->column->named));
}

static const struct field fields[] = {
	{ "second_column", FIELD_TEXT, "for advice: how a second column of the new name takes the place of the first one, release by release; or that the file drops it again",
	    get_second_column },
	{ "name_is_new", FIELD_BOOL, "it was given the name that it has before by this migration, or by another of the changed files", get_name_is_new },
	{ "old_name", FIELD_TEXT, "the name it has before", get_attribute },
	{ "name_returns", FIELD_BOOL, "a later statement of the file adds a column of the old name, or gives it to another one", get_name_returns },
	{ "new_name", FIELD_TEXT, "the name it gets", get_rename_new_name },
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists },
	{ "cascade", FIELD_BOOL, "CASCADE is given (of an attribute: typed tables follow)", get_cascade },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_rename_column[] = {
	{ .name = "rename_column", .doc = "ALTER TABLE ... RENAME COLUMN, also of views and foreign tables", .node = T_RenameStmt,
	    .subtype = OBJECT_COLUMN, .has = HAS_TABLE | HAS_COLUMN, .size = sizeof(struct rename), .fields = fields,
	    .lower = lower, .bind = bind, .effects = effects, .apply = apply },
	{ .name = "rename_attribute", .doc = "ALTER TYPE ... RENAME ATTRIBUTE", .node = T_RenameStmt,
	    .subtype = OBJECT_ATTRIBUTE, .has = HAS_TABLE | HAS_COLUMN, .size = sizeof(struct rename), .fields = fields,
	    .lower = lower, .bind = bind, .effects = effects, .apply = apply },
	{ .name = NULL }
};
