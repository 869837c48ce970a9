#include "op/enum_swap.h"

#include "base/buf.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/order.h"
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

static bool
renames_to(const struct op *op, struct str name)
{
	return is_kind(op, "rename_type") && str_eq(OP_DATA(op, struct rename)->new_name, name);
}

static bool
makes_enum(const struct op *op, struct str name)
{
	return is_kind(op, "create_enum") && str_eq(op->target.name, name);
}

static size_t
place_in_script(const struct op *op)
{
	size_t i = 0;

	while (op->script->ops.items[i] != op)
		i++;
	return i;
}

/* Before the place the file makes a type of that name. */
static bool
is_made_before(const struct script *script, size_t at, struct str name)
{
	while (at-- > 0)
		if (makes_enum(script->ops.items[at], name))
			return true;
	return false;
}

static bool
retypes_column(const struct op *other, const struct op *op)
{
	return is_kind(other, "alter_column_type") && op_names_same(other, op) && str_eq(other->column_name, op->column_name);
}

/* By which others know it: before the file gave it another one to make room for its successor, or gave the column another type of its own first. */
static struct str
name_before(const struct op *op, struct str name, const struct op **exchanged)
{
	struct op *const *ops = op->script->ops.items;

	*exchanged = NULL;
	for (size_t i = place_in_script(op); i-- > 0;) {
		if (renames_to(ops[i], name))
			name = ops[i]->target.name;
		else if (retypes_column(ops[i], op) && str_eq(retype_of(ops[i]).name, name) && type_known(retype_was(ops[i])) &&
		    !retype_was(ops[i]).builtin && is_made_before(op->script, i, name)) {
			name = retype_was(ops[i]).name;
			*exchanged = *exchanged == NULL ? ops[i] : *exchanged;
		}
	}
	return name;
}

static struct str
first_name(const struct facts *f)
{
	struct type t = f->op->column->type;
	const struct op *exchanged;

	t.name = name_before(f->op, t.name, &exchanged);
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
	struct str type = first_name(f);
	const struct op *exchanged;
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
	if (b.n == 0)
		return STR_NONE;
	(void)name_before(f->op, s->old->name, &exchanged);
	return exchanged == NULL ? buf_text(&b)
	    : str_printf(f->arena, "-- behind what is done in place of line %u, which keeps the type; a CHECK made there has to allow what is added here\n%.*s",
	    order_line(exchanged), STR_ARG(buf_text(&b)));
}

struct str
enum_labels_first(const struct facts *f, struct type to)
{
	const struct typedef_ *old = f->op->column == NULL ? NULL : known_enum(f, f->op->column->type), *new = known_enum(f, to);

	for (size_t i = 0; old != NULL && new != NULL && i < new->values.n; i++)
		if (type_find_value(old, new->values.items[i].label) == NULL)
			return str_printf(f->arena, "-- before all else the labels that the old type lacks, and code that writes them: ALTER TYPE %.*s ADD VALUE ...;\n"
			    "-- next migration, when all code writes what the new type can hold\n", STR_ARG(first_name(f)));
	return STR("");
}

/* ---- what goes along ---- */

/* What the two types are called at a place of the file; STR_NONE: not there, or no longer told of. */
struct called_enums {
	struct str old, new, first;     /* the first one: before the file changed anything */
};

static bool
retypes_to(const struct op *op, struct str name)
{
	return is_kind(op, "alter_column_type") && str_eq(retype_of(op).name, name);
}

/* From the operation on towards the end. The new type is done with when it has the name that it is to have. */
static bool
exchanges_behind(const struct op *op, struct called_enums *now)
{
	bool old = now->old.s != NULL && str_eq(op->target.name, now->old), new = now->new.s != NULL && str_eq(op->target.name, now->new);
	bool renames = is_kind(op, "rename_type"), drops = is_kind(op, "drop_type"), done = new && str_eq(now->new, now->first);

	if (now->new.s != NULL && retypes_to(op, now->new))
		return true;
	if (!renames && !drops)
		return false;
	if (old)
		now->old = renames ? OP_DATA(op, struct rename)->new_name : STR_NONE;
	if (new)
		now->new = renames && !done ? OP_DATA(op, struct rename)->new_name : STR_NONE;
	return old || (new && renames && !done);
}

/* From the operation on towards the beginning. What gave the old type its name belongs to another exchange. */
static bool
exchanges_before(const struct op *op, struct called_enums *now)
{
	bool makes_new = now->new.s != NULL && makes_enum(op, now->new), gives_new = now->new.s != NULL && renames_to(op, now->new);
	bool gives_old = now->old.s != NULL && renames_to(op, now->old), aside = gives_old && !str_eq(now->old, now->first);

	if (now->new.s != NULL && retypes_to(op, now->new))
		return true;
	if (makes_new || gives_new)
		now->new = makes_new ? STR_NONE : op->target.name;
	else if (now->old.s != NULL && makes_enum(op, now->old))
		now->old = STR_NONE;
	else if (gives_old)
		now->old = op->target.name;
	return makes_new || gives_new || aside;
}

/* In front of a change of its type that is marked, so that there is none until that is done. */
static bool
takes_default(const struct op *op, const struct script *script, const bool *along)
{
	for (size_t i = 0; is_kind(op, "drop_default") && i < script->ops.n; i++)
		if (along[i] && retypes_column(script->ops.items[i], op))
			return true;
	return false;
}

static void
mark_along(const struct op *op, struct called_enums called, bool *along)
{
	const struct script *script = op->script;
	size_t self = place_in_script(op);
	struct called_enums now = called;

	along[self] = true;
	for (size_t i = self + 1; i < script->ops.n; i++)
		along[i] = !script->ops.items[i]->noop && exchanges_behind(script->ops.items[i], &now);
	now = called;
	for (size_t i = self; i-- > 0;)
		along[i] = !script->ops.items[i]->noop && exchanges_before(script->ops.items[i], &now);
}

struct ops
enum_swap_along(const struct facts *f, bool defaults)
{
	const struct typedef_ *old = f->op->column == NULL ? NULL : known_enum(f, f->op->column->type), *new = known_enum(f, retype_of(f->op));
	const struct script *script = f->op->script;
	const struct op *exchanged;
	struct ops along = { 0 };
	bool *marked;

	if (old == NULL || new == NULL || old == new || f->inside != NULL)
		return along;
	marked = NEW_ARRAY(f->arena, bool, script->ops.n);
	mark_along(f->op, (struct called_enums){ old->name, new->name, name_before(f->op, old->name, &exchanged) }, marked);
	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		if (op->statement != f->op->statement && (marked[i] || (defaults && !op->noop && takes_default(op, script, marked))))
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
