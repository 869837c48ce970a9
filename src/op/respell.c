#include "op/respell.h"

#include "sql/ident.h"

struct change {
	struct catalog *catalog;
	struct str column;
	struct str cast;                /* "a::text"; STR_NONE: it stands as it is */
	bool from_char;
};

/* IS NULL takes any type as it comes. */
static bool
uses_value(const struct expr *e, struct str column)
{
	bool any_type = e->kind == EXPR_IS_NULL || e->kind == EXPR_IS_NOT_NULL;

	if (e->kind == EXPR_COLUMN)
		return str_eq(e->name, column);
	for (size_t i = 0; i < e->nargs; i++)
		if (e->args[i] != NULL && !(any_type && e->args[i]->kind == EXPR_COLUMN) && uses_value(e->args[i], column))
			return true;
	return false;
}

static bool
is_integer(struct type t)
{
	return t.builtin && t.dims == 0 && (str_is(t.name, "int2") || str_is(t.name, "int4") || str_is(t.name, "int8"));
}

static bool
is_fraction(struct type t)
{
	return t.builtin && t.dims == 0 && (str_is(t.name, "numeric") || str_is(t.name, "float4") || str_is(t.name, "float8"));
}

/* There are no operators for domains, nor for varchar; what a fraction was compared with has become one. */
static struct str
cast_of(struct catalog *c, struct str column, struct type from, struct type to)
{
	struct type plain = type_below_domains(c, from);
	bool varchar = plain.builtin && plain.dims == 0 && str_is(plain.name, "varchar");

	if (type_same_base(from, to) || !type_known(plain))
		return STR_NONE;
	if (!varchar && type_same_base(from, plain) && !(is_fraction(from) && is_integer(type_below_domains(c, to))))
		return STR_NONE;
	plain.nmods = 0;
	return str_printf(c->arena, "%.*s::%.*s", STR_ARG(sql_ident(c->arena, column)),
	    STR_ARG(varchar ? STR("text") : type_format(c->arena, plain)));
}

/* The functions that take text have no twin for char. */
static bool
takes_text(const struct expr *e, struct str column)
{
	static const char *const functions[] = { "lower", "upper", "initcap", "md5", "reverse" };
	bool direct = e->kind == EXPR_FUNCTION && e->nargs == 1 && e->args[0] != NULL && e->args[0]->kind == EXPR_COLUMN &&
	    str_eq(e->args[0]->name, column);

	for (size_t i = 0; direct && i < sizeof(functions) / sizeof(functions[0]); i++)
		if (str_is(e->name, functions[i]))
			return true;
	for (size_t i = 0; i < e->nargs; i++)
		if (e->args[i] != NULL && takes_text(e->args[i], column))
			return true;
	return false;
}

/* *at becomes a copy, where anything of it is another. */
static bool
respell(const struct change *change, const struct expr **at)
{
	struct catalog *c = change->catalog;
	struct str name = sql_ident(c->arena, change->column), cast = change->cast;
	struct expr *copy;

	if (*at == NULL || !uses_value(*at, change->column))
		return false;
	if (change->from_char && takes_text(*at, change->column))
		cast = str_printf(c->arena, "%.*s::text", STR_ARG(name));
	if (cast.s == NULL)
		return true;
	copy = NEW(c->arena, struct expr);
	*copy = **at;
	copy->text = sql_exchange(c->arena, copy->text, name, cast);
	*at = copy;
	return true;
}

static void
respell_check(const struct change *change, struct constraint *k)
{
	struct constraint made = *k;

	if (!respell(change, &made.check))
		return;
	catalog_set(change->catalog, &k->check, made.check);
	catalog_set(change->catalog, &k->respelled, true);
}

/* The keys of an index may be shared with those it was copied from. */
static void
respell_index(const struct change *change, struct index *index)
{
	struct catalog *c = change->catalog;
	struct index made = *index;

	made.columns.items = NEW_ARRAY(c->arena, struct index_column, index->columns.n);
	made.columns.cap = index->columns.n;
	for (size_t i = 0; i < index->columns.n; i++)
		made.columns.items[i] = index->columns.items[i];
	made.respelled = respell(change, &made.predicate) || made.respelled;
	for (size_t i = 0; i < made.columns.n; i++)
		made.respelled = respell(change, &made.columns.items[i].expr) || made.respelled;
	catalog_set(c, index, made);
}

void
respell_column(struct catalog *c, struct relation *r, struct str column, struct type from, struct type to)
{
	struct change change = { c, column, cast_of(c, column, from, to), from.builtin && str_is(from.name, "bpchar") };

	for (size_t i = 0; i < r->constraints.n; i++)
		respell_check(&change, r->constraints.items[i]);
	for (size_t i = 0; i < r->indexes.n; i++)
		respell_index(&change, r->indexes.items[i]->index);
}
