#include "op/operators.h"

#include "op/callee.h"
#include "op/failure.h"
#include "op/misplaced.h"
#include "op/rename.h"

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
	return tri_of(from.dims == 0 && key.dims == 0 && str_in_words(from.name, referring(key)));
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
	{ "spgist", "array bool int2 int4 int8 numeric float4 float8 bpchar name date timestamp timestamptz time timetz interval uuid json jsonb bytea bit "
	    "varbit macaddr macaddr8 money xml oid tsvector tsquery pg_lsn xid8 regclass int4multirange" },
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
		return tri_of(!str_in_words(method, "brin gin gist spgist"));
	return t->kind == TYPE_RANGE && str_is(method, "gin") ? NO : UNKNOWN;
}

bool
type_lacks_opclass(const struct catalog *c, struct type type, struct str method)
{
	type = type_below_domains(c, type);
	for (size_t i = 0; i < sizeof lacking / sizeof lacking[0]; i++)
		if (str_is(method, lacking[i].method) && str_in_words(type.dims > 0 ? STR("array") : type.builtin ? type.name : STR("?"), lacking[i].types))
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

/*
 * Operator classes that are no default, or have a name that many write: where they are, and what they take (measured with a column of
 * each type, on 15 and 18). Those that end like this no extension brings to another access method.
 */
static const struct {
	const char *names, *methods, *types;
} opclasses[] = {
	{ "text_pattern_ops varchar_pattern_ops", "btree hash", "text varchar" }, { "bpchar_pattern_ops", "btree hash", "text varchar bpchar" },
	{ "text_ops varchar_ops", "btree hash", "text varchar" }, { "bpchar_ops", "btree hash", "text varchar bpchar" },
	{ "int4_ops", "btree hash", "int4" }, { "int8_ops", "btree hash", "int8" }, { "timestamptz_ops", "btree hash", "timestamptz" },
	{ "date_ops", "btree hash", "date" }, { "uuid_ops", "btree hash", "uuid" }, { "jsonb_ops", "btree hash gin", "jsonb" },
	{ "jsonb_path_ops", "gin", "jsonb" }, { "array_ops", "btree hash gin", "array" }, { "inet_ops", "btree hash gist spgist", "inet cidr" },
	{ "tsvector_ops", "btree gin gist", "tsvector" },
};

static bool
may_have_opclasses(const struct catalog *c)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && str_is(o->kind, "operator class"))
			return true;
	}
	return may_have_operators(c);
}

struct str
opclass_misfit(const struct facts *f, struct str opclass, struct str method, struct type type)
{
	struct type below = type_below_domains(f->catalog, type);

	for (size_t i = 0; i < sizeof opclasses / sizeof opclasses[0]; i++) {
		if (!str_in_words(opclass, opclasses[i].names) || may_have_opclasses(f->catalog))
			continue;
		if (!str_in_words(method, opclasses[i].methods))
			return !str_in_words(method, "btree hash gin gist brin spgist") || !(str_ends(opclass, "_pattern_ops") || str_ends(opclass, "_path_ops")) ? STR_NONE
			    : str_printf(f->arena, "operator class \"%.*s\" does not exist for access method \"%.*s\"", STR_ARG(opclass), STR_ARG(method));
		return !type_is_covered(below) || str_in_words(below.dims > 0 ? STR("array") : below.name, opclasses[i].types) ? STR_NONE
		    : str_printf(f->arena, "operator class \"%.*s\" does not accept data type %.*s", STR_ARG(opclass), STR_ARG(type_format(f->arena, type)));
	}
	return STR_NONE;
}

struct str
collation_misfit(const struct facts *f, struct type type, struct str collation)
{
	struct type below = type_below_domains(f->catalog, type);

	return collation.n == 0 || !type_is_covered(below) || str_in_words(below.name, "text varchar bpchar name") ? STR_NONE
	    : str_printf(f->arena, "collations are not supported by type %.*s", STR_ARG(type_format(f->arena, type)));
}

/* ---- operators ---- */

/*
 * Measured with each pair of these types, on 15 and 18; "?": a literal that has no type yet. Of a pair that is ambiguous nothing is said,
 * nor of texts with %, which pg_trgm has.
 */
static const struct {
	const char *operators;
	struct { const char *left, *right; } pairs[20];
} fitting[] = {
	{ "= <> != < > <= >=", { { "bool", "bool ?" }, { "int2 int4 int8", "int2 int4 int8 numeric float4 float8 oid ?" },
	    { "numeric float4 float8", "int2 int4 int8 numeric float4 float8 ?" }, { "text varchar bpchar name", "text varchar bpchar name ?" },
	    { "date timestamp timestamptz", "date timestamp timestamptz ?" }, { "time", "time timetz interval ?" }, { "timetz", "time timetz ?" },
	    { "interval", "time interval ?" }, { "uuid", "uuid ?" }, { "jsonb", "jsonb ?" }, { "bytea", "bytea ?" }, { "bit varbit", "bit varbit ?" },
	    { "inet cidr", "inet cidr ?" }, { "macaddr", "macaddr ?" }, { "money", "money ?" }, { "oid", "int2 int4 int8 oid ?" },
	    { "tsvector", "tsvector ?" }, { "?", "bool int2 int4 int8 numeric float4 float8 text varchar bpchar name date timestamp timestamptz "
	    "time timetz interval uuid jsonb bytea bit varbit inet cidr macaddr money oid tsvector ?" } } },
	{ "+", { { "int2 int4", "int2 int4 int8 numeric float4 float8 date inet cidr ?" }, { "int8", "int2 int4 int8 numeric float4 float8 inet cidr ?" },
	    { "numeric float4 float8", "int2 int4 int8 numeric float4 float8 ?" }, { "date", "int2 int4 time timetz interval ?" },
	    { "timestamp timestamptz", "time interval ?" }, { "time interval", "date timestamp timestamptz time timetz interval ?" },
	    { "timetz", "date time interval ?" }, { "inet cidr", "int2 int4 int8 ?" }, { "money", "money ?" },
	    { "?", "int2 int4 int8 numeric float4 float8 date timestamp timestamptz time timetz interval inet cidr money ?" } } },
	{ "-", { { "int2 int4 int8 numeric float4 float8", "int2 int4 int8 numeric float4 float8 ?" },
	    { "date", "int2 int4 date timestamp timestamptz time interval ?" }, { "timestamp timestamptz", "date timestamp timestamptz time interval ?" },
	    { "time timetz interval", "time interval ?" }, { "jsonb", "int2 int4 text varchar bpchar name ?" },
	    { "inet cidr", "int2 int4 int8 inet cidr ?" }, { "money", "money ?" },
	    { "?", "int2 int4 int8 numeric float4 float8 text varchar bpchar name date timestamp timestamptz time interval inet cidr money ?" } } },
	{ "*", { { "int2 int4 int8 numeric float4 float8 ?", "int2 int4 int8 numeric float4 float8 time interval money ?" },
	    { "time interval money", "int2 int4 int8 numeric float4 float8 ?" } } },
	{ "/", { { "int2 int4 int8 numeric float4 float8 time interval", "int2 int4 int8 numeric float4 float8 ?" },
	    { "money ?", "int2 int4 int8 numeric float4 float8 money ?" } } },
	{ "%", { { "int2 int4 int8 numeric ?", "int2 int4 int8 numeric ?" }, { "text varchar bpchar name ?", "text varchar bpchar name ?" } } },
	{ "||", { { "bool int2 int4 int8 numeric float4 float8 date timestamp timestamptz time timetz interval uuid json inet cidr macaddr money xml oid",
	    "text varchar bpchar name ?" }, { "text varchar bpchar name ?", "bool int2 int4 int8 numeric float4 float8 text varchar bpchar name date "
	    "timestamp timestamptz time timetz interval uuid json jsonb bytea bit varbit inet cidr macaddr money xml oid tsvector ?" },
	    { "jsonb", "text varchar bpchar name jsonb ?" }, { "bytea", "text varchar bpchar name bytea ?" },
	    { "bit varbit", "text varchar bpchar name bit varbit ?" }, { "tsvector", "text varchar bpchar name tsvector ?" } } },
	{ "~~ !~~", { { "text varchar bpchar name", "text varchar bpchar name ?" }, { "bytea", "bytea ?" }, { "?", "text varchar bpchar name bytea ?" } } },
	{ "~~* !~~* ~ ~* !~ !~*", { { "text varchar bpchar name ?", "text varchar bpchar name ?" } } },
	{ "-> ->>", { { "json jsonb ?", "int2 int4 text varchar bpchar name ?" } } },
};

static const char covered[] = "bool int2 int4 int8 numeric float4 float8 text varchar bpchar name date timestamp timestamptz time timetz interval "
    "uuid json jsonb bytea bit varbit inet cidr macaddr money xml oid tsvector ?";

bool
type_is_covered(struct type t)
{
	return t.builtin && str_in_words(t.name, covered);
}

static bool
is_covered(struct type t)
{
	return t.dims == 0 && type_is_covered(t);
}

bool
may_have_operators(const struct catalog *c)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && (str_is(o->kind, "operator") || str_is(o->kind, "cast") || (str_is(o->kind, "extension") && !extension_is_known(o->name))))
			return true;
	}
	return c->unread[REACH_SCHEMA] > 0;
}

/* ---- operators of one's own ---- */

static struct type
builtin(const char *name)
{
	return type_make(STR_NONE, str_of(name), NULL, 0, 0);
}

/* A type of the list above by what it is called in SQL; unknown for any other. */
static struct type
type_called(struct arena *arena, struct str words)
{
	struct str rest = str_of(covered), one;

	while (str_cut(&rest, ' ', &one)) {
		struct type t = type_make(STR_NONE, one, NULL, 0, 0);
		if (!str_is(one, "?") && str_eq(type_format(arena, t), words))
			return t;
	}
	return (struct type){ .name = STR_NONE };
}

/* A time is taken for an interval, unlike where one of both is chosen. */
static bool
may_take(struct type parameter, struct type t)
{
	return types_match(parameter, t) != NO || (str_is(parameter.name, "interval") && str_is(t.name, "time"));
}

/* "+(integer, text)" */
static bool
is_called(const struct object *o, struct str name)
{
	struct str label = o == NULL ? STR_NONE : object_label(o);

	return o != NULL && str_is(o->kind, "operator") && label.n > name.n && label.s[name.n] == '(' && str_eq(str_slice(label, 0, name.n), name);
}

static void
read_operands(struct arena *arena, struct str label, struct str name, struct type operands[2])
{
	struct str right = str_slice(label, name.n + 1, label.n - 1);
	size_t comma = str_find(right, STR(", "));

	operands[0] = type_called(arena, str_slice(right, 0, comma));
	operands[1] = type_called(arena, str_slice(right, comma + 2, right.n));
}

static bool
operator_may_take(const struct catalog *c, const struct object *o, struct str name, struct type a, struct type b)
{
	struct type operands[2];

	read_operands(c->arena, object_label(o), name, operands);
	return may_take(operands[0], a) && may_take(operands[1], b);
}

static bool
is_anything(const struct object *o)
{
	return str_is(o->kind, "cast") || (str_is(o->kind, "extension") && !extension_is_known(o->name));
}

/* Something that is there may be, or bring, an operator of that name for these operands. */
static bool
may_have_operator(const struct catalog *c, struct str name, struct type a, struct type b)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && (is_anything(o) || (is_called(o, name) && operator_may_take(c, o, name, a, b))))
			return true;
	}
	return c->unread[REACH_SCHEMA] > 0;
}

static const struct object *
own_operator(const struct catalog *c, struct str name, struct type a, struct type b)
{
	a.nmods = b.nmods = 0;
	return catalog_object_labelled(c, "operator", str_printf(c->arena, "%.*s(%.*s, %.*s)", STR_ARG(name),
	    STR_ARG(type_format(c->arena, a)), STR_ARG(type_format(c->arena, b))));
}

/* pg_operator of 15 and 18, beside those looked at above */
bool
operator_is_known(struct str name)
{
	return str_in_words(name, "!! !~ !~* !~~ !~~* # ## #- #> #>> % & && &< &<| &> * *< *<= *<> *= *> *>= + - -> ->> -|- / < <-> << <<= <<| <= <> != <@ <^ = > "
	    ">= >> >>= >^ ? ?# ?& ?- ?-| ?| ?|| @ @-@ @> @? @@ @@@ ^ ^@ | |&> |/ |>> || ||/ ~ ~* ~<=~ ~<~ ~= ~>=~ ~>~ ~~ ~~*");
}

static bool
server_may_have(struct str name, struct type a, struct type b)
{
	for (size_t i = 0; i < sizeof fitting / sizeof fitting[0]; i++) {
		if (!str_in_words(name, fitting[i].operators))
			continue;
		for (size_t j = 0; j < sizeof fitting[i].pairs / sizeof fitting[i].pairs[0] && fitting[i].pairs[j].left != NULL; j++)
			if (str_in_words(a.name, fitting[i].pairs[j].left) && str_in_words(b.name, fitting[i].pairs[j].right))
				return true;
		return false;
	}
	return operator_is_known(name);
}

const struct object *
operator_meant(const struct catalog *c, struct str schema, struct str name, struct type a, struct type b)
{
	const struct object *o = type_known(a) && type_known(b) ? own_operator(c, name, a, b) : NULL;

	if (o == NULL || (schema.s != NULL ? !str_eq(o->schema, schema) : !str_in(o->schema, c->search_path.items, c->search_path.n)))
		return NULL;
	/* of two that take just these, the server's comes first */
	if (schema.s != NULL || !a.builtin || !b.builtin)
		return o;
	return is_covered(a) && is_covered(b) && !server_may_have(name, a, b) ? o : NULL;
}

/* "f" of "(function = f, leftarg = integer)"; STR_NONE: it has no such option. */
static struct str
option_of(const struct object *o, const char *begin)
{
	size_t at = o == NULL ? (size_t)-1 : str_find(o->text, str_of(begin)), end;
	struct str value;

	if (at == (size_t)-1)
		return STR_NONE;
	value = str_slice(o->text, at + strlen(begin), o->text.n);
	for (end = 0; end < value.n && value.s[end] != ',' && value.s[end] != ')';)
		end++;
	return str_slice(value, 0, end);
}

static struct type
type_returned(const struct catalog *c, struct str function)
{
	struct str schema = STR_NONE;
	size_t dot = str_find_char(function, '.');
	const struct function *f;

	if (dot != (size_t)-1) {
		schema = str_slice(function, 0, dot);
		function = str_slice(function, dot + 1, function.n);
	}
	f = catalog_find_function(c, schema, function, STR_NONE);
	return f == NULL ? result_builtin(function) : f->return_type;
}

/* What the function behind it returns. */
static struct type
own_operator_type(const struct catalog *c, const struct object *o)
{
	struct str function = option_of(o, "function = ");

	return function.s == NULL ? (struct type){ .name = STR_NONE } : type_returned(c, function);
}

/* How many there are; the last one of them. */
static size_t
find_aggregates(const struct catalog *c, struct str name, const struct object **found)
{
	size_t n = 0;

	for (size_t i = 0; i < c->aggregates.n; i++) {
		const struct object *o = c->aggregates.items[i]->object;
		struct str label = o == NULL ? STR_NONE : object_label(o);
		if (label.n <= name.n || label.s[name.n] != '(' || !str_eq(str_slice(label, 0, name.n), name))
			continue;
		*found = o;
		n++;
	}
	return n;
}

static const struct object *
only_aggregate(const struct catalog *c, struct str name)
{
	const struct object *found = NULL;

	return find_aggregates(c, name, &found) == 1 ? found : NULL;
}

bool
aggregate_is_own(const struct catalog *c, struct str name)
{
	const struct object *found;

	return find_aggregates(c, name, &found) > 0;
}

/* As the deparser writes it. */
static struct type
state_type(struct arena *arena, struct str words)
{
	bool array = str_ends(words, "[]");
	struct str one = array ? str_slice(words, 0, words.n - 2) : words;
	struct type type = words.s == NULL ? (struct type){ .name = STR_NONE } : str_is(one, "int") ? builtin("int4") : type_called(arena, one);

	if (type_known(type))
		type.dims = array;
	return type;
}

/* AggregateCreate(): the state is the result, when there is no function for that. */
struct type
aggregate_own_type(const struct catalog *c, struct str name)
{
	const struct object *o = only_aggregate(c, name);
	struct str last = option_of(o, "finalfunc = "), state = option_of(o, "stype = ");
	struct type type = last.s != NULL ? type_returned(c, last) : state_type(c->arena, state);

	return str_starts(type.name, "any") ? (struct type){ .name = STR_NONE } : type;
}

bool
operator_is_own(const struct catalog *c, struct str name, struct type a, struct type b)
{
	return type_known(a) && type_known(b) && own_operator(c, name, a, b) != NULL;
}

struct type
operator_own_type(const struct catalog *c, struct str name, struct type a, struct type b)
{
	return own_operator_type(c, type_known(a) && type_known(b) ? own_operator(c, name, a, b) : NULL);
}

bool
operator_is_the_only(const struct catalog *c, const struct object *operator, struct str name)
{
	struct str begin = str_printf(c->arena, "%.*s(", STR_ARG(name));

	if (operator_is_known(name))
		return false;
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && o != operator && str_is(o->kind, "operator") && str_eq(o->schema, operator->schema) &&
		    str_eq(str_slice(o->label, 0, begin.n), begin))
			return false;
	}
	return true;
}

/* Of a name that the server does not have. */
static enum tri
new_operator_exists(const struct catalog *c, struct str name, struct type a, struct type b)
{
	if (!c->complete || has_extensions(c) || operator_is_known(name))
		return UNKNOWN;
	return may_have_operator(c, name, a, b) ? UNKNOWN : NO;
}

static bool
is_array(struct type t)
{
	return t.dims > 0 && type_is_covered(t);
}

/* intarray has operators for them. */
static bool
are_plain(const struct catalog *c, struct type a, struct type b)
{
	return (c->complete && !has_extensions(c)) || !((a.dims > 0 && str_is(a.name, "int4")) || (b.dims > 0 && str_is(b.name, "int4")));
}

/* Measured likewise: an array is compared with one of just its type, and no number. */
static enum tri
array_operator_exists(const struct catalog *c, struct str name, struct type a, struct type b)
{
	bool fits = true;

	if (str_in_words(name, "= <> != < > <= >="))
		fits = str_is(a.name, "?") || str_is(b.name, "?") || (str_eq(a.name, b.name) && (a.dims > 0) == (b.dims > 0));
	else if (str_in_words(name, "+ * / % ~~ !~~ ~~* !~~* ~ ~* !~ !~* -> ->>") || (str_is(name, "-") && a.dims > 0))
		fits = false;
	return fits || !are_plain(c, a, b) || may_have_operator(c, name, a, b) ? UNKNOWN : NO;
}

enum tri
operator_exists(const struct catalog *c, struct str name, struct type a, struct type b)
{
	if ((is_array(a) && (is_array(b) || is_covered(b))) || (is_array(b) && is_covered(a)))
		return array_operator_exists(c, name, a, b);
	for (size_t i = 0; is_covered(a) && is_covered(b) && i < sizeof fitting / sizeof fitting[0]; i++) {
		if (!str_in_words(name, fitting[i].operators))
			continue;
		for (size_t j = 0; j < sizeof fitting[i].pairs / sizeof fitting[i].pairs[0] && fitting[i].pairs[j].left != NULL; j++)
			if (str_in_words(a.name, fitting[i].pairs[j].left) && str_in_words(b.name, fitting[i].pairs[j].right))
				return YES;
		return may_have_operator(c, name, a, b) ? UNKNOWN : NO;
	}
	return is_covered(a) && is_covered(b) ? new_operator_exists(c, name, a, b) : UNKNOWN;
}

/* ---- assignments ---- */

/* "?": a literal that has no type yet. */
static struct type
operand_type(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	struct type type = type_below_domains(c, expr_plain_type(c, r, e));

	return e->kind == EXPR_NULL || (e->kind == EXPR_CONST && !type_known(type)) ? (struct type){ .name = STR("?"), .builtin = true } : type;
}

/* What the one function of the files returns that the call can mean. */
static struct type
type_of_own_call(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	struct type *given = NEW_ARRAY(c->arena, struct type, e->nargs);
	const struct function *f;

	for (size_t i = 0; i < e->nargs; i++)
		given[i] = operand_type(c, r, expr_argument(e, i));
	f = callee_only(c, e, given);
	return f == NULL ? (struct type){ .name = STR_NONE } : f->return_type;
}

/* lower() and upper() take ranges, too, but a literal is a text to them. */
static struct type
type_of_call(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	const struct type unknown = { .name = STR_NONE };
	struct type type;

	if (e->schema.s != NULL || catalog_functions(c, STR_NONE, e->name) != NULL)
		return type_of_own_call(c, r, e);
	if (!str_in_words(e->name, "lower upper") || e->nargs != 1)
		return result_builtin(e->name);
	type = type_below_domains(c, expr_plain_type(c, r, e->args[0]));
	return (e->args[0]->kind == EXPR_CONST && !type_known(type)) || (type.builtin && type.dims == 0 && str_in_words(type.name, "text varchar bpchar name"))
	    ? builtin("text") : unknown;
}

static struct type
type_of_column(const struct relation *r, const struct expr *e)
{
	const struct column *column = r == NULL || (e->schema.s != NULL && !str_eq(e->schema, r->name)) ? NULL : catalog_find_column(r, e->name);

	return column == NULL || column->assumed ? (struct type){ .name = STR_NONE } : column->type;
}

/* Of numbers: the wider one; float4 with anything else is float8. Unknown: they are none. */
static struct type
sum_type(struct type a, struct type b)
{
	static const char *const order[] = { "int2", "int4", "int8", "numeric", "float4", "float8" };
	size_t x = 0, y = 0, n = sizeof order / sizeof order[0];

	while (x < n && !str_is(a.name, order[x]))
		x++;
	while (y < n && !str_is(b.name, order[y]))
		y++;
	if (x == n || y == n)
		return (struct type){ .name = STR_NONE };
	return x != y && (x == 4 || y == 4) ? builtin("float8") : builtin(order[x > y ? x : y]);
}

/* With || they stay what they are. */
static const char not_text[] = "jsonb bytea bit varbit tsvector";

static struct type
type_of_operator(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	const struct type unknown = { .name = STR_NONE };
	struct type a = e->nargs == 2 ? operand_type(c, r, e->args[0]) : unknown;
	struct type b = e->nargs == 2 ? operand_type(c, r, e->args[1]) : unknown;

	if (type_known(operator_own_type(c, e->name, a, b)))
		return operator_own_type(c, e->name, a, b);
	if (!type_known(a) || !type_known(b) || operator_exists(c, e->name, a, b) != YES)
		return unknown;
	if (str_in_words(e->name, "= <> != < > <= >="))
		return builtin("bool");
	if (str_is(e->name, "||") && !str_in_words(a.name, not_text) && !str_in_words(b.name, not_text))
		return builtin("text");
	return str_in_words(e->name, "+ - * /") ? sum_type(a, b) : unknown;
}

/* All of one type, beside literals that have none. */
static struct type
type_of_choice(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	const struct type unknown = { .name = STR_NONE };
	struct type type = unknown;

	for (size_t i = str_is(e->name, "case"); i < e->nargs; i++) {
		bool literal = e->args[i]->kind == EXPR_NULL || (e->args[i]->kind == EXPR_CONST && !type_known(e->args[i]->type));
		struct type one = literal ? type : expr_plain_type(c, r, e->args[i]);
		if (!literal && (!type_known(one) || (type_known(type) && !type_same_base(type, one))))
			return unknown;
		type = one;
	}
	type.nmods = 0;
	type.mod_text = STR_NONE;
	return type;
}

static struct type
type_of_array(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	struct type type = type_of_choice(c, r, e);

	if (type_known(type))
		type.dims = 1;
	return type;
}

const struct relation *
type_row(const struct catalog *c, struct type t)
{
	t = type_below_domains(c, t);
	return !type_known(t) || t.builtin || t.dims > 0 ? NULL : catalog_find_relation(c, (struct name){ t.schema, t.name, { 0, 0 } });
}

static struct type
type_of_other(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	const struct type unknown = { .name = STR_NONE };
	const struct relation *row;
	const struct column *column;

	if (str_is(e->name, "array"))
		return type_of_array(c, r, e);
	if (e->nargs != 1 || (!str_is(e->name, "collate") && !str_is(e->name, ".")))
		return unknown;
	if (str_is(e->name, "collate"))
		return expr_plain_type(c, r, e->args[0]);
	row = type_row(c, expr_plain_type(c, r, e->args[0]));
	column = row == NULL ? NULL : catalog_find_column(row, e->schema);
	return column == NULL || column->assumed ? unknown : column->type;
}

struct type
expr_plain_type(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	if (e == NULL)
		return (struct type){ .name = STR_NONE };
	switch (e->kind) {
	case EXPR_CONST:
	case EXPR_CAST:
		return e->type;
	case EXPR_COLUMN:
		return type_of_column(r, e);
	case EXPR_FUNCTION:
		return type_of_call(c, r, e);
	case EXPR_OPERATOR:
		return type_of_operator(c, r, e);
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_NOT:
	case EXPR_IS_NULL:
	case EXPR_IS_NOT_NULL:
	case EXPR_TEST:
		return builtin("bool");
	case EXPR_CHOICE:
		return type_of_choice(c, r, e);
	case EXPR_OTHER:
		return type_of_other(c, r, e);
	default:
		return (struct type){ .name = STR_NONE };
	}
}

static const struct typedef_ *
enum_called(const struct catalog *c, struct type t)
{
	const struct typedef_ *found = type_known(t) && !t.builtin && t.dims == 0 ? catalog_find_type(c, t.schema, t.name) : NULL;

	return found != NULL && found->kind == TYPE_ENUM && !found->assumed ? found : NULL;
}

/* find_coercion_pathway(): values become texts by assignment, and nothing else comes from them, or makes them, by itself */
static enum tri
enum_is_assignable(const struct catalog *c, struct type from, struct type to)
{
	const struct typedef_ *a = enum_called(c, from), *b = enum_called(c, to);

	if ((a == NULL && b == NULL) || (a == NULL && !is_covered(from)) || (b == NULL && !is_covered(to)) || str_is(from.name, "?"))
		return UNKNOWN;
	if (a == b || (b == NULL && str_in_words(to.name, "text varchar bpchar name")))
		return YES;
	return may_have_operators(c) ? UNKNOWN : NO;
}

enum tri
type_is_assignable(const struct catalog *c, struct type from, struct type to)
{
	from = type_below_domains(c, from);
	to = type_below_domains(c, to);
	if (enum_called(c, from) != NULL || enum_called(c, to) != NULL)
		return enum_is_assignable(c, from, to);
	if (is_covered(from) && type_row(c, to) != NULL && !type_row(c, to)->assumed)
		return NO;
	if (!type_known(from) || !type_known(to) || !from.builtin || !to.builtin)
		return UNKNOWN;
	return type_same_base(from, to) ? YES : type_change(from, to, UNKNOWN).castable;
}

bool
operator_is_lacking(const struct catalog *c, struct str name, struct str label)
{
	struct type operands[2];

	if (str_find(label, STR(", ")) == (size_t)-1)
		return false;
	read_operands(c->arena, label, name, operands);
	return operator_exists(c, name, operands[0], operands[1]) == NO;
}

/* Nothing but what the files say is in their schemas. */
static bool
knows_schema(const struct catalog *c, struct str schema)
{
	return schema.s != NULL && !str_starts(schema, "pg_") && c->complete && c->unread[REACH_SCHEMA] == 0 && !has_extensions(c) && c->stand_ins.n == 0;
}

struct str
operator_missing(const struct facts *f, struct str schema, struct str name)
{
	const struct catalog *c = f->catalog;
	struct str reason = STR_NONE;

	if (!knows_schema(c, schema) || c->shell_operators)
		return STR_NONE;
	reason = schema_missing(f, schema);
	for (size_t i = 0; reason.s == NULL && i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (is_called(o, name) && str_eq(o->schema, schema))
			return STR_NONE;
	}
	return reason.s != NULL ? reason : str_printf(f->arena, "operator does not exist: %.*s.%.*s", STR_ARG(schema), STR_ARG(name));
}

struct str
collation_missing(const struct facts *f, struct str schema, struct str collation)
{
	struct str reason = STR_NONE;

	if (!knows_schema(f->catalog, schema))
		return STR_NONE;
	reason = schema_missing(f, schema);
	if (reason.s != NULL || catalog_find_object(f->catalog, NULL, "collation", catalog_name_in_schema(f->catalog, "collation", schema, collation)) != NULL)
		return reason;
	return str_printf(f->arena, "collation \"%.*s.%.*s\" does not exist", STR_ARG(schema), STR_ARG(collation));
}

static bool
has_casts(const struct catalog *c)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && str_is(o->kind, "cast"))
			return true;
	}
	return false;
}

bool
assignment_fails(const struct facts *f, struct type type, struct type from)
{
	return type_is_covered(type_below_domains(f->catalog, from)) && type_is_assignable(f->catalog, from, type) == NO && !has_casts(f->catalog);
}

static struct str
value_misfit(const struct facts *f, struct str column, struct type type, struct type from, const char *what)
{
	return !assignment_fails(f, type, from) ? STR_NONE
	    : str_printf(f->arena, "column \"%.*s\" is of type %.*s but %s is of type %.*s", STR_ARG(column), STR_ARG(type_format(f->arena, type)), what,
	    STR_ARG(type_format(f->arena, from)));
}

struct str
default_misfit(const struct facts *f, struct str column, struct type type, const struct expr *e)
{
	struct str misfit = misplaced(f, e, "DEFAULT expressions");

	if (misfit.s == NULL)
		misfit = expr_misfit(f, NULL, e);
	return misfit.s != NULL ? misfit : value_misfit(f, column, type, expr_plain_type(f->catalog, NULL, e), "default expression");
}

struct str
generated_misfit(const struct facts *f, const struct relation *r, struct str column, struct type type, const struct expr *e)
{
	return value_misfit(f, column, type, expr_plain_type(f->catalog, r, e), "default expression");
}

struct str
assigned_misfit(const struct facts *f, struct str column, struct type type, struct type from)
{
	return value_misfit(f, column, type, from, "expression");
}
