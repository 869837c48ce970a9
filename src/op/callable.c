#include "op/operators.h"

/* Functions of the server and what they take, measured with each type in each place and literals in the others, on 15 and 18. */

/* "array": of any type, "?": a literal that has no type yet. What is ambiguous counts as taken. */
static const struct {
	size_t arguments, place;
	const char *names, *types;
} functions[] = {
	{ 1, 0, "bool_and bool_or every", "bool ?" },
	{ 1, 0, "age", "date timestamp timestamptz ?" },
	{ 1, 0, "isfinite", "date timestamp timestamptz time interval ?" },
	{ 1, 0, "chr", "int2 int4 ?" },
	{ 1, 0, "abs ceil ceiling exp floor ln round sign sqrt stddev to_timestamp", "int2 int4 int8 numeric float4 float8 ?" },
	{ 1, 0, "trunc", "int2 int4 int8 numeric float4 float8 macaddr ?" },
	{ 1, 0, "max min", "int2 int4 int8 numeric float4 float8 text varchar bpchar name date timestamp timestamptz time timetz interval bytea inet cidr "
	    "money oid array ?" },
	{ 1, 0, "avg", "int2 int4 int8 numeric float4 float8 time interval ?" },
	{ 1, 0, "sum", "int2 int4 int8 numeric float4 float8 time interval money ?" },
	{ 1, 0, "json_array_elements json_array_length json_typeof", "json ?" },
	{ 1, 0, "jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_each jsonb_each_text jsonb_object_keys jsonb_strip_nulls "
	    "jsonb_typeof", "jsonb ?" },
	{ 1, 0, "ascii btrim char_length character_length hashtext initcap lower ltrim quote_ident rtrim upper", "text varchar bpchar name ?" },
	{ 1, 0, "md5 reverse", "text varchar bpchar name bytea ?" },
	{ 1, 0, "octet_length", "text varchar bpchar name bytea bit varbit ?" },
	{ 1, 0, "length", "text varchar bpchar name bytea bit varbit tsvector ?" },
	{ 1, 0, "array_ndims cardinality", "array ?" },
	{ 1, 0, "unnest", "tsvector array ?" },
	{ 2, 0, "encode", "bytea ?" },
	{ 2, 0, "age", "date timestamp timestamptz ?" },
	{ 2, 0, "div mod round trunc", "int2 int4 int8 numeric ?" },
	{ 2, 0, "power", "int2 int4 int8 numeric float4 float8 ?" },
	{ 2, 0, "to_char", "int2 int4 int8 numeric float4 float8 date timestamp timestamptz time interval ?" },
	{ 2, 0, "date_part date_trunc decode extract left regexp_match repeat right starts_with string_to_array strpos to_date to_number to_timestamp",
	    "text varchar bpchar name ?" },
	{ 2, 0, "btrim ltrim rtrim string_agg substr", "text varchar bpchar name bytea ?" },
	{ 2, 0, "position substring", "text varchar bpchar name bytea bit varbit ?" },
	{ 2, 0, "timezone", "text varchar bpchar name time interval ?" },
	{ 2, 0, "array_append array_length array_lower array_position array_remove array_to_string array_upper", "array ?" },
	{ 2, 1, "age", "date timestamp timestamptz ?" },
	{ 2, 1, "date_trunc", "date timestamp timestamptz time interval ?" },
	{ 2, 1, "timezone", "date timestamp timestamptz time timetz ?" },
	{ 2, 1, "date_part extract", "date timestamp timestamptz time timetz interval ?" },
	{ 2, 1, "array_length array_lower array_upper left repeat right round substr trunc", "int2 int4 ?" },
	{ 2, 1, "div mod", "int2 int4 int8 numeric ?" },
	{ 2, 1, "power", "int2 int4 int8 numeric float4 float8 ?" },
	{ 2, 1, "substring", "int2 int4 text varchar bpchar name ?" },
	{ 2, 1, "array_to_string decode encode regexp_match starts_with string_to_array strpos to_char to_date to_number to_timestamp",
	    "text varchar bpchar name ?" },
	{ 2, 1, "btrim ltrim rtrim string_agg", "text varchar bpchar name bytea ?" },
	{ 2, 1, "position", "text varchar bpchar name bytea bit varbit ?" },
	{ 3, 0, "jsonb_set", "jsonb ?" },
	{ 3, 0, "lpad regexp_replace replace rpad split_part translate", "text varchar bpchar name ?" },
	{ 3, 0, "substr", "text varchar bpchar name bytea ?" },
	{ 3, 0, "overlay substring", "text varchar bpchar name bytea bit varbit ?" },
	{ 3, 1, "lpad rpad substr", "int2 int4 ?" },
	{ 3, 1, "substring", "int2 int4 text varchar bpchar name ?" },
	{ 3, 1, "regexp_replace replace split_part translate", "text varchar bpchar name ?" },
	{ 3, 1, "overlay", "text varchar bpchar name bytea bit varbit ?" },
	{ 3, 2, "split_part substr", "int2 int4 ?" },
	{ 3, 2, "substring", "int2 int4 text varchar bpchar name ?" },
	{ 3, 2, "jsonb_set", "jsonb ?" },
	{ 3, 2, "lpad regexp_replace replace rpad translate", "text varchar bpchar name ?" },
};

static bool
may_have_another(const struct catalog *c, struct str name)
{
	if (catalog_functions(c, STR_NONE, name) != NULL || may_have_operators(c))
		return true;
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && str_is(o->kind, "extension") && extension_has(o->name, EXTENSION_FUNCTIONS, name))
			return true;
	}
	return false;
}

bool
function_rejects(const struct catalog *c, const struct expr *call, size_t place, struct type type)
{
	struct str word = type.dims > 0 ? STR("array") : type.name;

	if (!type_is_covered(type) || call->kind != EXPR_FUNCTION || (call->schema.s != NULL && !str_is(call->schema, "pg_catalog")))
		return false;
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (functions[i].arguments == call->nargs && functions[i].place == place && str_in_words(call->name, functions[i].names))
			return !str_in_words(word, functions[i].types) && !may_have_another(c, call->name);
	return false;
}
