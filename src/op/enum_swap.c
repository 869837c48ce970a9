#include "op/enum_swap.h"

#include "base/buf.h"
#include "op/failure.h"
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
enum_condition(const struct facts *f, const struct typedef_ *type)
{
	struct buf b = BUF(f->arena);

	buf_printf(&b, "%.*s::text IN (", STR_ARG(sql_ident(f->arena, f->op->column_name)));
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
	    STR_ARG(enum_condition(f, s->new)));
	buf_printf(b, "\n-- next migration: give the rows that hold another value one of these, then\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;",
	    STR_ARG(table), STR_ARG(name));
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
	if (loses)
		put_check(&b, f, s);
	return b.n > 0 ? buf_text(&b) : STR_NONE;
}
