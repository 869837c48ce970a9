#include <string.h>

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
	const struct birth *born = &f->op->type->born;

	return value_bool(!f->op->type->assumed &&
	    (born->changed || (born->migration != 0 && born->migration == f->catalog->now.migration)));
}

static struct value
get_type_name(const struct facts *f)
{
	return value_text(sql_ident(f->arena, f->op->target.name));
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

static const struct field create_fields[] = {
	{ "value_count", FIELD_NUMBER, "how many values it starts with", get_value_count },
	{ "values", FIELD_TEXT, "its values, separated by commas", get_values },
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

static void
rename_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct enum_value *v = type_find_value(op->type, p->old);

	(void)session;
	if (v != NULL)
		catalog_set(c, &v->label, p->value);
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

static const struct field add_fields[] = {
	{ "value", FIELD_TEXT, "the value that is added", get_value },
	{ "neighbor", FIELD_TEXT, "the value it is put BEFORE or AFTER; absent: at the end", get_neighbour },
	{ "if_not_exists", FIELD_BOOL, "IF NOT EXISTS is given", get_if_not_exists },
	{ "value_exists", FIELD_BOOL, "the type has this value already", get_exists },
	{ "type_is_new_in_transaction", FIELD_BOOL, "the type was created by the transaction that is open now", get_in_new_type },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field rename_fields[] = {
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
	    .size = sizeof(struct payload), .fields = add_fields, .lower = lower_alter, .bind = alter_bind, .apply = add_apply },
	{ .name = "rename_enum_value", .doc = "ALTER TYPE ... RENAME VALUE", .has = HAS_TYPE, .size = sizeof(struct payload),
	    .fields = rename_fields, .lower = lower_alter, .bind = alter_bind, .apply = rename_apply },
	{ .name = NULL }
};
