#include <string.h>

#include "op/failure.h"
#include "op/lower.h"

/* Enum types. None of this locks a relation: EnumValuesCreate() and AddEnumLabel() write pg_enum only. */

struct payload {
	struct str_list values;         /* of CREATE TYPE */
	struct str value;               /* added or new name */
	struct str old;                 /* renamed value */
	struct str neighbour;
	bool after;
};

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_in_new_type(const struct facts *f)
{
	const struct birth *born = &f->op->type->born;

	if (f->op->type->assumed)
		return value_bool(false);
	return value_bool(born->transaction != 0 && born->transaction == f->catalog->now.transaction);
}

static struct value
get_type_is_new(const struct facts *f)
{
	return value_bool(!f->op->type->assumed && birth_in_change(f->catalog, &f->op->type->born));
}

static struct value
get_type_name(const struct facts *f)
{
	return value_text(op_target_words(f->arena, f->op));
}

/* ---- CREATE TYPE ... AS ENUM ---- */

static void
lower_create(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateEnumStmt *st = node;
	struct op *op = lower_add(l, kind);

	op->target = lower_name_list(l, st->typeName);
	op->spans[SPAN_TYPE] = op->spans[SPAN_NAME] = op->target.span;
	OP_DATA(op, struct payload)->values = lower_strings(l, st->vals);
}

static void
create_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct str_list *values = &OP_DATA(op, struct payload)->values;
	struct typedef_ *t = catalog_add_type(c, catalog_target_schema(c, op->target), op->target.name, TYPE_ENUM);

	(void)session;
	t->born.place = (struct place){ op->statement->source, op->target.span };
	type_give_defaults(c, t);
	for (size_t i = 0; i < values->n; i++)
		*vec_push(c->arena, &t->values) = (struct enum_value){ values->items[i], t->born };
	op->type = t;
}

static struct value
get_value_count(const struct facts *f)
{
	return value_number((int64_t)payload(f)->values.n);
}

static struct value
get_values(const struct facts *f)
{
	const struct str_list *values = &payload(f)->values;
	struct str all = STR("");

	for (size_t i = 0; i < values->n; i++)
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(values->items[i]));
	return value_text(all);
}

/* ---- use of a value that is not there before the transaction commits (ENUM_UNSAFE) ---- */

static bool
has_column_of(const struct relation *r, const struct typedef_ *t)
{
	for (size_t i = 0; i < t->users.n; i++)
		if (t->users.items[i] == r)
			return true;
	return false;
}

static bool
writes_value(const struct statement *st, struct str value)
{
	for (size_t i = 0; i < st->ntokens; i++) {
		struct str text = source_text(st->source, (struct span){ st->tokens[i].off, st->tokens[i].len });
		if (text.n == value.n + 2 && text.s[0] == '\'' && str_eq(str_slice(text, 1, text.n - 1), value))
			return true;
	}
	return false;
}

static bool
ends_transaction(const struct op *op)
{
	return strcmp(op->kind->name, "commit") == 0 || strcmp(op->kind->name, "rollback") == 0;
}

/* A literal in a statement on a table that has no such column, and that does not name the type, is something else. */
static bool
uses_value(const struct facts *f, const struct op *other)
{
	const struct relation *r = other->target.name.s != NULL ? catalog_find_relation(f->catalog, other->target) : NULL;

	if (other->kind == f->op->kind || !writes_value(other->statement, payload(f)->value))
		return false;
	return (r != NULL && has_column_of(r, f->op->type)) ||
	    locate_name(other->statement, other->statement->span, f->op->target.name).len > 0;
}

static struct value
get_used_in_transaction(const struct facts *f)
{
	bool later = false;

	for (size_t i = 0; f->session->open == YES && f->op->script != NULL && f->op->type != NULL && i < f->op->script->ops.n; i++) {
		const struct op *other = f->op->script->ops.items[i];
		if (later && ends_transaction(other))
			break;
		if (later && uses_value(f, other))
			return value_bool(true);
		later = later || other == f->op;
	}
	return value_bool(false);
}

static const struct field create_fields[] = {
	{ "value_count", FIELD_NUMBER, "how many values it starts with", get_value_count },
	{ "values", FIELD_TEXT, "its values, separated by commas", get_values },
	{ "type_name", FIELD_TEXT, "the enum type", get_type_name },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* ---- ALTER TYPE ... ADD VALUE, RENAME VALUE ---- */

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterEnumStmt *st = node;
	struct span before;
	struct op *op = lower_add(l, st->oldVal != NULL ? op_kind_find(STR("rename_enum_value")) : kind);
	struct payload *p = OP_DATA(op, struct payload);

	op->target = lower_name_list(l, st->typeName);
	op->spans[SPAN_TYPE] = op->spans[SPAN_NAME] = op->target.span;
	op->if_not_exists = st->skipIfNewValExists;
	p->value = lower_text(l, st->newVal);
	p->old = lower_text(l, st->oldVal);
	p->neighbour = lower_text(l, st->newValNeighbor);
	p->after = st->newValIsAfter || st->newValNeighbor == NULL;
	op->spans[SPAN_KEYWORD] = locate_keywords(l->statement, l->statement->span, st->oldVal != NULL ? "rename value" : "add value");
	before = op->if_not_exists ? locate_keywords(l->statement, l->statement->span, "if not exists") : op->spans[SPAN_KEYWORD];
	op->spans[SPAN_VALUE] = locate_qualified(l->statement, before.off + before.len);
}

static void
alter_bind(struct op *op, struct catalog *c)
{
	const struct payload *p = OP_DATA(op, struct payload);

	op->type = catalog_type(c, op->target, TYPE_ENUM);
	op->noop = op->if_not_exists && type_find_value(op->type, p->value) != NULL;
}

static size_t
position_of(const struct typedef_ *t, const struct payload *p)
{
	for (size_t i = 0; p->neighbour.s != NULL && i < t->values.n; i++)
		if (str_eq(t->values.items[i].label, p->neighbour))
			return p->after ? i + 1 : i;
	return t->values.n;
}

static void
add_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct typedef_ *t = op->type;
	size_t at = position_of(t, p), n = t->values.n;
	struct enum_value *values = NEW_ARRAY(c->arena, struct enum_value, n + 1);

	(void)session;
	if (at > 0)
		memcpy(values, t->values.items, at * sizeof *values);
	values[at] = (struct enum_value){ p->value, c->now };
	values[at].born.place = (struct place){ op->statement->source, op->spans[SPAN_VALUE] };
	if (n > at)
		memcpy(values + at + 1, t->values.items + at, (n - at) * sizeof *values);
	catalog_save(c, &t->values, sizeof t->values);
	t->values.items = values;
	t->values.n = t->values.cap = n + 1;
}

/* ---- the label in the expressions of tables: the server keeps the value, not its name ---- */

struct relabel {
	struct catalog *catalog;
	const struct typedef_ *type;
	struct str old, name;
};

static bool
is_of_type(const struct relabel *l, struct type t)
{
	return !t.builtin && type_known(t) && catalog_find_type(l->catalog, t.schema, t.name) == l->type;
}

static bool
has_such_column(const struct relabel *l, const struct relation *r, const struct expr *e)
{
	const struct column *column = e->kind == EXPR_COLUMN ? catalog_find_column(r, e->name) : NULL;

	return column != NULL && is_of_type(l, column->type);
}

/* The label stands beside a column of the type, or is cast to it. */
static bool
uses_label(const struct relabel *l, const struct relation *r, const struct expr *e)
{
	bool column = false, label = false;

	for (size_t i = 0; i < e->nargs; i++) {
		const struct expr *arg = e->args[i];
		column = column || has_such_column(l, r, arg);
		label = label || (arg->kind == EXPR_CONST && str_eq(arg->name, l->old));
		if (uses_label(l, r, arg))
			return true;
	}
	return label && (column || (e->kind == EXPR_CAST && is_of_type(l, e->type)));
}

static struct expr *
copy_relabelled(struct arena *arena, const struct expr *e, const struct relabel *l)
{
	struct buf from = BUF(arena), to = BUF(arena);
	struct expr *copy = NEW(arena, struct expr);

	*copy = *e;
	sql_put_literal(&from, l->old);
	sql_put_literal(&to, l->name);
	if (e->kind == EXPR_CONST && str_eq(e->name, l->old))
		copy->name = l->name;
	if (e->text.s != NULL)
		copy->text = sql_exchange(arena, e->text, buf_text(&from), buf_text(&to));
	if (e->nargs > 0)
		copy->args = NEW_ARRAY(arena, struct expr *, e->nargs);
	for (size_t i = 0; i < e->nargs; i++)
		copy->args[i] = copy_relabelled(arena, e->args[i], l);
	return copy;
}

static void
relabel(const struct relabel *l, const struct relation *r, const struct expr **at, bool of_type)
{
	const struct expr *e = *at;

	if (e != NULL && ((of_type && e->kind == EXPR_CONST && str_eq(e->name, l->old)) || uses_label(l, r, e)))
		catalog_set(l->catalog, at, copy_relabelled(l->catalog->arena, e, l));
}

static void
relabel_in(const struct relabel *l, struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++)
		relabel(l, r, &r->columns.items[i]->default_expr, is_of_type(l, r->columns.items[i]->type));
	for (size_t i = 0; i < r->constraints.n; i++)
		relabel(l, r, &r->constraints.items[i]->check, false);
	for (size_t i = 0; i < r->indexes.n; i++)
		relabel(l, r, &r->indexes.items[i]->index->predicate, false);
	for (size_t i = 0; i < r->policies.n; i++) {
		relabel(l, r, &r->policies.items[i]->using_expr, false);
		relabel(l, r, &r->policies.items[i]->check_expr, false);
	}
}

static void
rename_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct enum_value *v = type_find_value(op->type, p->old);

	(void)session;
	if (v != NULL)
		catalog_set(c, &v->label, p->value);
	for (size_t i = 0; i < op->type->users.n; i++)
		if (!op->type->users.items[i]->dropped)
			relabel_in(&(struct relabel){ c, op->type, p->old, p->value }, op->type->users.items[i]);
}

/* RenameEnumLabel() */
static struct str
rename_refused(const struct facts *f)
{
	const struct typedef_ *t = f->op->type;

	if (type_find_value(t, payload(f)->value) != NULL)
		return str_printf(f->arena, "enum label \"%.*s\" already exists", STR_ARG(payload(f)->value));
	return t->assumed || t->kind != TYPE_ENUM || type_find_value(t, payload(f)->old) != NULL ? STR_NONE
	    : str_printf(f->arena, "\"%.*s\" is not an existing enum label", STR_ARG(payload(f)->old));
}

/* AddEnumLabel() */
static struct str
add_refused(const struct facts *f)
{
	const struct typedef_ *t = f->op->type;
	struct str neighbour = payload(f)->neighbour;

	return t->assumed || t->kind != TYPE_ENUM || neighbour.s == NULL || type_find_value(t, neighbour) != NULL ? STR_NONE
	    : str_printf(f->arena, "\"%.*s\" is not an existing enum label", STR_ARG(neighbour));
}

static struct value
get_value(const struct facts *f)
{
	return value_text(payload(f)->value);
}

static struct value
get_old_value(const struct facts *f)
{
	return value_text(payload(f)->old);
}

static struct value
get_neighbour(const struct facts *f)
{
	return value_text(payload(f)->neighbour);
}

static struct value
get_if_not_exists(const struct facts *f)
{
	return value_bool(f->op->if_not_exists);
}

static struct value
get_exists(const struct facts *f)
{
	const struct typedef_ *t = f->op->type;

	if (type_find_value(t, payload(f)->value) != NULL)
		return value_bool(true);
	return t->assumed ? value_unknown() : value_bool(false);
}

static struct value
get_repeatable(const struct facts *f)
{
	const struct statement *st = f->op->statement;
	struct span keyword = f->op->spans[SPAN_KEYWORD];
	uint32_t end = st->span.off + st->span.len, at = keyword.len > 0 ? keyword.off + keyword.len : end;

	return value_text(str_printf(f->arena, "%.*s%s%.*s;", STR_ARG(str_slice(st->source->sql, st->span.off, at)),
	    f->op->if_not_exists || at == end ? "" : " IF NOT EXISTS", STR_ARG(str_slice(st->source->sql, at, end))));
}

static const struct field add_fields[] = {
	{ "value", FIELD_TEXT, "the value that is added", get_value },
	{ "neighbor", FIELD_TEXT, "the value it is put BEFORE or AFTER; absent: at the end", get_neighbour },
	{ "if_not_exists", FIELD_BOOL, "IF NOT EXISTS is given", get_if_not_exists },
	{ "value_exists", FIELD_BOOL, "the type has this value already", get_exists },
	{ "repeatable", FIELD_TEXT, "for advice: the statement with IF NOT EXISTS", get_repeatable },
	{ "type_is_new_in_transaction", FIELD_BOOL, "the type was created by the transaction that is open now", get_in_new_type },
	{ "used_in_transaction", FIELD_BOOL, "a later statement of the open transaction writes the value", get_used_in_transaction },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* Code that says the old value means another one. */
static bool
takes_value(const struct op *other, const struct op *op)
{
	return (is_kind(other, "add_enum_value") || is_kind(other, "rename_enum_value")) &&
	    str_eq(OP_DATA(other, struct payload)->value, OP_DATA(op, struct payload)->old) && op_names_same(other, op);
}

static struct value
get_value_returns(const struct facts *f)
{
	return script_later_value(f->op, takes_value);
}

static const struct field rename_fields[] = {
	{ "value_returns", FIELD_BOOL, "a later statement of the file adds the old value again, or gives its name to another one", get_value_returns },
	{ "value", FIELD_TEXT, "the new name of the value", get_value },
	{ "old_value", FIELD_TEXT, "the old name of the value", get_old_value },
	{ "type_name", FIELD_TEXT, "the enum type", get_type_name },
	{ "type_is_new", FIELD_BOOL, "the type was created by this migration, or by another of the changed files", get_type_is_new },
	{ "type_is_new_in_transaction", FIELD_BOOL, "the type was created by the transaction that is open now", get_in_new_type },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_enum[] = {
	{ .name = "create_enum", .doc = "CREATE TYPE ... AS ENUM", .node = T_CreateEnumStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = create_fields, .lower = lower_create, .apply = create_apply },
	{ .name = "add_enum_value", .doc = "ALTER TYPE ... ADD VALUE", .node = T_AlterEnumStmt, .subtype = -1, .has = HAS_TYPE,
	    .size = sizeof(struct payload), .fields = add_fields, .lower = lower_alter, .bind = alter_bind, .refused = add_refused, .apply = add_apply },
	{ .name = "rename_enum_value", .doc = "ALTER TYPE ... RENAME VALUE", .has = HAS_TYPE, .size = sizeof(struct payload),
	    .fields = rename_fields, .lower = lower_alter, .bind = alter_bind, .refused = rename_refused,
	    .apply = rename_apply },
	{ .name = NULL }
};
