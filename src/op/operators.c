#include "op/operators.h"

#include "op/failure.h"

/* ---- types ---- */

static const struct typedef_ *
defined(const struct catalog *c, struct type t)
{
	const struct typedef_ *d = t.builtin || !type_known(t) ? NULL : catalog_find_type(c, t.schema, t.name);

	return d == NULL || d->assumed || d->dropped ? NULL : d;
}

enum tri
type_is_same(const struct catalog *c, struct type a, struct type b)
{
	const struct typedef_ *x = defined(c, a), *y = defined(c, b);

	if (!type_known(a) || !type_known(b))
		return UNKNOWN;
	if (a.builtin && b.builtin)
		return tri_of(type_eq(a, b));
	if ((x == NULL && !a.builtin) || (y == NULL && !b.builtin))
		return type_eq(a, b) ? YES : UNKNOWN;
	return tri_of(x == y && a.dims == b.dims);
}

static bool
among(struct str word, const char *words)
{
	struct str list = str_of(words), one;

	while (str_cut(&list, ' ', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

/* ---- foreign keys ---- */

/* Measured with one table for each pair, on 15 and 18: the key, and what may point at it. */
static const struct {
	const char *key, *from;
} references[] = {
	{ "bit", "bit varbit" }, { "bool", "bool" }, { "bpchar", "text varchar bpchar" }, { "bytea", "bytea" }, { "cidr", "inet cidr" },
	{ "date", "date timestamp timestamptz" }, { "float4", "int2 int4 int8 numeric float4 float8" },
	{ "float8", "int2 int4 int8 numeric float4 float8" }, { "inet", "inet cidr" }, { "int2", "int2 int4 int8" },
	{ "int4", "int2 int4 int8" }, { "int8", "int2 int4 int8" }, { "interval", "time interval" }, { "jsonb", "jsonb" },
	{ "macaddr", "macaddr macaddr8" }, { "macaddr8", "macaddr macaddr8" }, { "money", "money" }, { "name", "name text varchar bpchar" },
	{ "numeric", "int2 int4 int8 numeric" }, { "text", "name text varchar bpchar" }, { "time", "time" },
	{ "timestamp", "date timestamp timestamptz" }, { "timestamptz", "date timestamp timestamptz" }, { "timetz", "time timetz" },
	{ "uuid", "uuid" }, { "varbit", "bit varbit" }, { "varchar", "name text varchar bpchar" },
};

static const char *
referring(struct type key)
{
	for (size_t i = 0; i < sizeof references / sizeof references[0]; i++)
		if (key.builtin && str_is(key.name, references[i].key))
			return references[i].from;
	return NULL;
}

enum tri
type_refers_to(const struct catalog *c, struct type from, struct type key)
{
	const struct typedef_ *x, *y;

	from = type_below_domains(c, from);
	key = type_below_domains(c, key);
	x = defined(c, from);
	y = defined(c, key);
	if (type_same_base(from, key))
		return YES;
	if ((x == NULL && referring(from) == NULL) || (y == NULL && referring(key) == NULL))
		return UNKNOWN;
	if (x != NULL || y != NULL)
		return x == y && from.dims == key.dims ? YES : (x != NULL && x->kind == TYPE_BASE) || (y != NULL && y->kind == TYPE_BASE) ? UNKNOWN : NO;
	return tri_of(from.dims == 0 && key.dims == 0 && among(from.name, referring(key)));
}

/* ---- indexes ---- */

/* Built-in types without a default operator class (pg_opclass of 15 and 18); "array": arrays have none. */
static const struct {
	const char *method, *types;
} lacking[] = {
	{ "btree", "json xml point box" },
	{ "hash", "json xml point box money bit varbit tsvector tsquery" },
	{ "brin", "array bool json xml point money tsvector tsquery jsonb xid8" },
	{ "gin", "bool bytea name int8 int2 int4 text oid json xml point box cidr float4 float8 macaddr8 money macaddr inet bpchar varchar "
	    "date time timestamp timestamptz interval timetz bit varbit numeric regclass uuid pg_lsn tsquery int4range int4multirange xid8" },
	{ "gist", "array bool bytea name int8 int2 int4 text oid json xml cidr float4 float8 macaddr8 money macaddr inet bpchar varchar "
	    "date time timestamp timestamptz interval timetz bit varbit numeric regclass uuid pg_lsn jsonb xid8" },
};

bool
has_extensions(const struct catalog *c)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && str_is(o->kind, "extension"))
			return true;
	}
	return false;
}

static enum tri
defined_has_opclass(const struct typedef_ *t, struct str method)
{
	if (t->kind == TYPE_ENUM || t->kind == TYPE_COMPOSITE)
		return tri_of(!among(method, "brin gin gist"));
	return t->kind == TYPE_RANGE && str_is(method, "gin") ? NO : UNKNOWN;
}

bool
type_lacks_opclass(const struct catalog *c, struct type type, struct str method)
{
	type = type_below_domains(c, type);
	for (size_t i = 0; i < sizeof lacking / sizeof lacking[0]; i++)
		if (str_is(method, lacking[i].method) && among(type.dims > 0 ? STR("array") : type.builtin ? type.name : STR("?"), lacking[i].types))
			return true;
	return false;
}

enum tri
type_has_opclass(const struct catalog *c, struct type type, struct str method)
{
	const struct typedef_ *t;

	type = type_below_domains(c, type);
	t = defined(c, type);
	if (!type_known(type) || !c->complete || has_extensions(c))
		return UNKNOWN;
	if (t != NULL && type.dims == 0)
		return defined_has_opclass(t, method);
	return type_lacks_opclass(c, type, method) ? NO : UNKNOWN;
}

/* ---- assignments ---- */

static struct type
builtin(const char *name)
{
	return type_make(STR_NONE, str_of(name), NULL, 0, 0);
}

/* lower() and upper() take ranges, too, but a literal is a text to them. */
static struct type
type_of_call(const struct catalog *c, const struct expr *e)
{
	const struct type unknown = { .name = STR_NONE };
	struct type type;

	if (e->schema.s != NULL || catalog_functions(c, STR_NONE, e->name) != NULL)
		return unknown;
	if (!among(e->name, "lower upper") || e->nargs != 1)
		return result_builtin(e->name);
	type = expr_plain_type(c, e->args[0]);
	return (e->args[0]->kind == EXPR_CONST && !type_known(type)) || (type_known(type) && type_eq(type, builtin("text"))) ? builtin("text") : unknown;
}

struct type
expr_plain_type(const struct catalog *c, const struct expr *e)
{
	const struct type unknown = { .name = STR_NONE };
	struct type a, b;

	if (e == NULL)
		return unknown;
	switch (e->kind) {
	case EXPR_CONST:
	case EXPR_CAST:
		return e->type;
	case EXPR_FUNCTION:
		return type_of_call(c, e);
	case EXPR_OPERATOR:
		a = e->nargs == 2 ? expr_plain_type(c, e->args[0]) : unknown;
		b = e->nargs == 2 ? expr_plain_type(c, e->args[1]) : unknown;
		return type_known(a) && type_eq(a, builtin("int4")) && type_eq(a, b) && among(e->name, "+ - *") ? a : unknown;
	case EXPR_NOT:
	case EXPR_TEST:
		return builtin("bool");
	default:
		return unknown;
	}
}

enum tri
type_is_assignable(const struct catalog *c, struct type from, struct type to)
{
	from = type_below_domains(c, from);
	to = type_below_domains(c, to);
	if (!type_known(from) || !type_known(to) || !from.builtin || !to.builtin)
		return UNKNOWN;
	return type_same_base(from, to) ? YES : type_change(from, to, UNKNOWN).castable;
}

struct str
default_misfit(const struct facts *f, struct str column, struct type type, const struct expr *e)
{
	struct type from = expr_plain_type(f->catalog, e);

	return type_is_assignable(f->catalog, from, type) != NO ? STR_NONE
	    : str_printf(f->arena, "column \"%.*s\" is of type %.*s but default expression is of type %.*s", STR_ARG(column),
	    STR_ARG(type_format(f->arena, type)), STR_ARG(type_format(f->arena, from)));
}

/* An array is compared with no number, and matches no pattern. */
static bool
lacks_operator(const struct facts *f, const struct relation *r, const struct expr *e)
{
	const struct column *column = e->nargs < 2 || e->args[0]->kind != EXPR_COLUMN ? NULL : catalog_find_column(r, e->args[0]->name);
	struct type type = column == NULL ? (struct type){ .name = STR_NONE } : type_below_domains(f->catalog, column->type);

	if ((e->kind != EXPR_OPERATOR && e->kind != EXPR_TEST) || !type_known(type) || !type.builtin || type.dims == 0 ||
	    e->args[1]->kind != EXPR_CONST || !f->catalog->complete || has_extensions(f->catalog))
		return false;
	return among(e->name, type_known(e->args[1]->type) ? "= <> != < > <= >= BETWEEN" : "~ ~* !~ !~* ~~ ~~* !~~ !~~*");
}

struct str
expr_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	struct str reason = STR_NONE;

	if (e == NULL || !is_known(r))
		return STR_NONE;
	if (lacks_operator(f, r, e))
		return str_printf(f->arena, "operator does not exist: %.*s %.*s %.*s",
		    STR_ARG(type_format(f->arena, catalog_find_column(r, e->args[0]->name)->type)), STR_ARG(e->name),
		    STR_ARG(type_known(e->args[1]->type) ? type_format(f->arena, e->args[1]->type) : STR("unknown")));
	for (size_t i = 0; reason.s == NULL && i < e->nargs; i++)
		reason = expr_misfit(f, r, e->args[i]);
	return reason;
}
