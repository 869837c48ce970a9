#include "op/enum_swap.h"

#include "base/buf.h"
#include "op/failure.h"
#include "op/rename.h"
#include "op/retype.h"
#include "op/shortened.h"

static const struct typedef_ *
known_enum(const struct facts *f, struct type t)
{
	const struct typedef_ *d = t.builtin || t.dims > 0 || !type_known(t) ? NULL : catalog_find_type(f->catalog, t.schema, t.name);

	return d != NULL && d->kind == TYPE_ENUM && !d->assumed ? d : NULL;
}

/* "role::text::role_new", or a CASE whose values are those of the column. */
static bool
keeps_labels(const struct facts *f, const struct expr *e)
{
	while (e->kind == EXPR_CAST && e->nargs == 1)
		e = e->args[0];
	if (e->kind != EXPR_CHOICE || !str_is(e->name, "case"))
		return e->kind == EXPR_COLUMN && str_eq(e->name, f->op->column_name);
	for (size_t i = 1; i < e->nargs; i++)
		if (e->args[i]->kind != EXPR_CONST && !keeps_labels(f, e->args[i]))
			return false;
	return true;
}

bool
enum_swap_of(const struct facts *f, struct type to, const struct expr *using, struct enum_swap *s)
{
	const struct column *column = f->op->column;

	*s = (struct enum_swap){ .using = using };
	if (column == NULL || using == NULL || !keeps_labels(f, using))
		return false;
	s->old = known_enum(f, column->type);
	s->new = known_enum(f, to);
	return s->old != NULL && s->new != NULL && s->old != s->new;
}

/* A value that the new type lacks can only stand in a condition. */
static bool
names_label(const struct expr *e, struct str label)
{
	if (e->kind == EXPR_CONST && str_eq(e->name, label))
		return true;
	for (size_t i = 0; i < e->nargs; i++)
		if (names_label(e->args[i], label))
			return true;
	return false;
}

bool
enum_swap_loses(const struct facts *f, const struct enum_swap *s)
{
	for (size_t i = 0; i < s->old->values.n; i++) {
		struct str label = s->old->values.items[i].label;
		if (type_find_value(s->new, label) == NULL && !names_label(s->using, label) &&
		    !column_lacks_label(f, f->op->column_name, label))
			return true;
	}
	return false;
}

struct str
enum_condition(const struct facts *f, struct str value, const struct typedef_ *type)
{
	struct buf b = BUF(f->arena);

	buf_printf(&b, "%.*s::text IN (", STR_ARG(value));
	for (size_t i = 0; i < type->values.n; i++) {
		if (i > 0)
			buf_c(&b, ", ");
		sql_put_literal(&b, type->values.items[i].label);
	}
	buf_c(&b, ")");
	return buf_text(&b);
}

/* By which others know it: before the file gave it another one, to make room for its successor. */
static struct str
first_name(const struct facts *f, const struct typedef_ *type)
{
	struct op *const *ops = f->op->script->ops.items;
	struct type t = f->op->column->type;

	for (size_t i = 0; ops[i] != f->op; i++)
		if (is_kind(ops[i], "rename_type") && ops[i]->type == type) {
			t.name = ops[i]->target.name;
			break;
		}
	return type_format(f->arena, t);
}

static bool
has_old_behind(const struct enum_swap *s, size_t i)
{
	for (i++; i < s->new->values.n; i++)
		if (type_find_value(s->old, s->new->values.items[i].label) != NULL)
			return true;
	return false;
}

static void
put_add_value(struct buf *b, const struct enum_swap *s, struct str type, size_t i)
{
	buf_printf(b, "%sALTER TYPE %.*s ADD VALUE ", b->n > 0 ? "\n" : "", STR_ARG(type));
	sql_put_literal(b, s->new->values.items[i].label);
	if (has_old_behind(s, i)) {
		buf_c(b, i > 0 ? " AFTER " : " BEFORE ");
		sql_put_literal(b, i > 0 ? s->new->values.items[i - 1].label : s->old->values.items[0].label);
	}
	buf_c(b, ";");
}

static void
put_check(struct buf *b, const struct facts *f, const struct enum_swap *s)
{
	struct str table = relation_words(f->arena, f->catalog, f->op->table);
	struct str name = sql_ident(f->arena, catalog_object_name(f->arena, f->op->table->name, f->op->column_name, STR("allowed")));

	buf_printf(b, "%sALTER TABLE %.*s ADD CONSTRAINT %.*s CHECK (%.*s) NOT VALID;", b->n > 0 ? "\n" : "", STR_ARG(table), STR_ARG(name),
	    STR_ARG(enum_condition(f, sql_ident(f->arena, f->op->column_name), s->new)));
	buf_printf(b, "\n-- next migration: give the rows that hold another value one of these, then\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;",
	    STR_ARG(table), STR_ARG(name));
}

static bool
is_way_back(const struct facts *f)
{
	return f->unit != NULL && f->unit->down;
}

/* A CHECK would be there when the way forward runs again, which does not drop it. */
static void
put_staying(struct buf *b)
{
	buf_printf(b, "%s-- on the way back the values that are not wanted may stay in the type, where the way forward says ADD VALUE IF NOT EXISTS", b->n > 0 ? "\n" : "");
	buf_str(b, STR("\n-- where they have to go, with a lock_timeout, and while no one needs the table"));
}

struct str
enum_swap_instead(const struct facts *f, const struct enum_swap *s)
{
	struct str type = first_name(f, s->old);
	struct buf b = BUF(f->arena);
	bool loses = false;

	for (size_t i = 0; i < s->new->values.n; i++)
		if (type_find_value(s->old, s->new->values.items[i].label) == NULL)
			put_add_value(&b, s, type, i);
	for (size_t i = 0; i < s->old->values.n; i++)
		loses = loses || type_find_value(s->new, s->old->values.items[i].label) == NULL;
	if (loses && is_way_back(f))
		put_staying(&b);
	else if (loses)
		put_check(&b, f, s);
	return b.n > 0 ? buf_text(&b) : STR_NONE;
}

struct str
enum_labels_first(const struct facts *f, struct type to)
{
	const struct typedef_ *old = f->op->column == NULL ? NULL : known_enum(f, f->op->column->type), *new = known_enum(f, to);

	for (size_t i = 0; old != NULL && new != NULL && i < new->values.n; i++)
		if (type_find_value(old, new->values.items[i].label) == NULL)
			return str_printf(f->arena, "-- next migration, where rows are to get a label that the old type lacks: ALTER TYPE %.*s ADD VALUE ...;\n",
			    STR_ARG(first_name(f, old)));
	return STR("");
}

/* ---- what goes along ---- */

static bool
retypes_to(const struct op *op, const struct str_list *names)
{
	return is_kind(op, "alter_column_type") && str_in(retype_of(op).name, names->items, names->n);
}

static bool
exchanges(const struct facts *f, const struct op *op, struct str_list *names)
{
	bool names_type = (is_kind(op, "create_enum") || is_kind(op, "rename_type") || is_kind(op, "drop_type")) && str_in(op->target.name, names->items, names->n);

	if (names_type && is_kind(op, "rename_type"))
		*vec_push(f->arena, names) = OP_DATA(op, struct rename)->new_name;
	return names_type || retypes_to(op, names);
}

/* In front of the change of its type, so that there is none until that is done. */
static bool
takes_default(const struct op *op, const struct script *script, const struct str_list *names)
{
	for (size_t i = 0; is_kind(op, "drop_default") && i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i];
		if (retypes_to(other, names) && op_names_same(op, other) && str_eq(op->column_name, other->column_name))
			return true;
	}
	return false;
}

struct ops
enum_swap_along(const struct facts *f, bool defaults)
{
	const struct typedef_ *old = f->op->column == NULL ? NULL : known_enum(f, f->op->column->type), *new = known_enum(f, retype_of(f->op));
	const struct script *script = f->op->script;
	struct str_list names = { 0 };
	struct ops along = { 0 };

	if (old == NULL || new == NULL || old == new || f->inside != NULL)
		return along;
	*vec_push(f->arena, &names) = old->name;
	*vec_push(f->arena, &names) = new->name;
	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		if (op->statement != f->op->statement && !op->noop && (exchanges(f, op, &names) || (defaults && takes_default(op, script, &names))))
			*vec_push(f->arena, &along) = op;
	}
	return along;
}

/* ---- what stands in the way ---- */

/* Made by hand, so that they may serve any two types. */
static bool
has_own_operators(const struct catalog *c)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && (str_is(o->kind, "cast") || str_is(o->kind, "operator")))
			return true;
	}
	return false;
}

/* Between types of which none has an operator for the other: of enums all are for one type (anyenum). */
static bool
parts_operators(const struct facts *f, struct type from, struct type to)
{
	bool string = to.builtin && to.dims == 0 && (str_is(to.name, "text") || str_is(to.name, "varchar") || str_is(to.name, "bpchar"));
	const struct typedef_ *old = known_enum(f, from), *new = known_enum(f, to);

	if (from.builtin && from.dims == 0 && str_is(from.name, "text"))
		return new != NULL;
	return old != NULL && old != new && (new != NULL || string);
}

/* ATPostAlterTypeParse() takes conditions as they are deparsed, where a literal has the type that the column had. */
static struct str
compares(const struct facts *f, const struct expr *e, struct str from, struct str to)
{
	bool turned = e->nargs > 1 && e->kind == EXPR_OPERATOR && e->args[1]->kind == EXPR_COLUMN;
	struct str reason = STR_NONE;

	if (e->nargs > 1 && (e->kind == EXPR_OPERATOR || e->kind == EXPR_TEST) && e->args[turned]->kind == EXPR_COLUMN &&
	    str_eq(e->args[turned]->name, f->op->column_name) && e->args[!turned]->kind == EXPR_CONST && !type_known(e->args[!turned]->type)) {
		struct str name = str_ends(e->name, "DISTINCT FROM") ? STR("=") : e->name;
		if (name.n > 0 && name.n < 3 && str_find(STR("<=>"), str_slice(name, 0, 1)) != (size_t)-1)
			return str_printf(f->arena, "operator does not exist: %.*s %.*s %.*s", STR_ARG(turned ? from : to), STR_ARG(name),
			    STR_ARG(turned ? to : from));
	}
	for (size_t i = 0; reason.s == NULL && i < e->nargs; i++)
		reason = compares(f, e->args[i], from, to);
	return reason;
}

struct str
enum_condition_refuses(const struct facts *f, struct type to)
{
	const struct relation *r = f->op->table;
	struct type from = f->op->column->type, bare = to;
	struct str old, new, reason = STR_NONE;

	if (!is_settled(f, r, REACH_SCHEMA) || !parts_operators(f, from, to) || has_own_operators(f->catalog))
		return STR_NONE;
	bare.nmods = 0;
	old = type_format(f->arena, from);
	new = type_format(f->arena, bare);
	for (size_t i = 0; reason.s == NULL && i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_CHECK && !k->dropped && !k->born.doubtful && k->check != NULL)
			reason = compares(f, k->check, old, new);
	}
	for (size_t i = 0; reason.s == NULL && i < r->indexes.n; i++) {
		const struct relation *index = r->indexes.items[i];
		if (index->index->predicate != NULL && !index->born.doubtful)
			reason = compares(f, index->index->predicate, old, new);
	}
	return reason;
}
