#include "op/operators.h"

/*
 * What the server refuses in an index or a generated column (contain_mutable_functions_after_planning()), measured with columns of
 * each type on 15 and 18. What is not here may be immutable, or only be so once it is inlined.
 */

/* arguments: how many; 0: any. type: of the last of the first two; NULL: any. */
static const struct {
	const char *names;
	size_t arguments;
	const char *type;
} functions[] = {
	{ "now random clock_timestamp statement_timestamp transaction_timestamp timeofday gen_random_uuid current_setting nextval lastval "
	    "to_char to_date to_number concat concat_ws format array_to_string to_json to_jsonb row_to_json json_build_object "
	    "jsonb_build_object jsonb_build_array make_timestamptz convert_to convert_from txid_current pg_backend_pid version", 0, NULL },
	{ "age", 1, "date timestamp timestamptz" }, { "to_tsvector", 1, "text varchar" }, { "to_timestamp", 2, NULL },
	{ "date_trunc", 2, "timestamptz date" }, { "date_part extract", 2, "timestamptz" }, { "date", 1, "timestamptz" },
};

/*
 * What is not immutable in pg_cast, and conversions by input and output functions that are not:
 *   SELECT castsource::regtype, casttarget::regtype FROM pg_cast JOIN pg_proc p ON p.oid = castfunc WHERE provolatile <> 'i'
 *   SELECT typname FROM pg_type JOIN pg_proc p ON p.oid = typoutput (typinput) WHERE provolatile <> 'i'
 * Each was tried in an index on 15, 17 and 18.
 */
static const struct {
	const char *from, *to;
} casts[] = {
	{ "timestamptz", "date timestamp time timetz text varchar bpchar name" }, { "timestamp date", "timestamptz text varchar bpchar name" },
	{ "interval regclass regtype regproc daterange int4range tstzrange", "text varchar bpchar name" }, { "time", "timetz" },
	{ "money", "numeric text varchar bpchar name" }, { "int4 int8 numeric", "money" },
	{ "text varchar bpchar name", "date timestamp timestamptz time timetz interval money xml regclass regtype regproc daterange int4range tstzrange" },
};

static struct type
type_of(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	struct type t = e->kind == EXPR_CONST ? (struct type){ .name = STR_NONE } : type_below_domains(c, expr_plain_type(c, r, e));

	return t.builtin && t.dims == 0 ? t : (struct type){ .name = STR_NONE };
}

static bool
function_is_mutable(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	if ((e->schema.s != NULL && !str_is(e->schema, "pg_catalog")) || catalog_functions(c, STR_NONE, e->name) != NULL)
		return false;
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (str_in_words(e->name, functions[i].names) && (functions[i].arguments == 0 || e->nargs == functions[i].arguments))
			return functions[i].type == NULL || str_in_words(type_of(c, r, e->args[e->nargs - 1]).name, functions[i].type);
	return false;
}

static bool
is_text(struct type t)
{
	return t.builtin && t.dims == 0 && str_in_words(t.name, "text varchar bpchar name");
}

/* enum_in(), enum_out() and array_out() are stable. */
static bool
is_read_or_written(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	const struct expr *of = e->args[0];
	struct type from = of->kind == EXPR_CONST ? (struct type){ .name = STR_NONE } : expr_plain_type(c, r, of);

	return (is_text(e->type) && (type_is_enum(c, from) || from.dims > 0)) || (is_text(from) && type_is_enum(c, e->type));
}

static bool
cast_is_mutable(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	struct str from = type_of(c, r, e->args[0]).name;

	if (is_read_or_written(c, r, e))
		return true;
	for (size_t i = 0; e->type.builtin && e->type.dims == 0 && from.n > 0 && i < sizeof casts / sizeof casts[0]; i++)
		if (str_in_words(from, casts[i].from) && str_in_words(e->type.name, casts[i].to))
			return true;
	return false;
}

static bool
has_constant(const struct expr *e)
{
	for (size_t i = 0; i < e->nargs; i++)
		if (expr_is_constant(e->args[i]))
			return true;
	return false;
}

static void
note_column(void *arg, const struct expr *e)
{
	bool *found = arg;

	*found = *found || e->kind == EXPR_COLUMN;
}

static bool
depends_on_row(const struct expr *e)
{
	bool found = false;

	expr_walk(e, note_column, &found);
	return found;
}

/* eval_const_expressions_mutator(): COALESCE keeps what comes before the first constant, and of CASE what stays depends on its conditions. */
static bool
choice_is_mutable(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	if (str_is(e->name, "case"))
		return false;
	for (size_t i = 0; i < e->nargs; i++) {
		if (expr_is_mutable(c, r, e->args[i]))
			return true;
		if (str_is(e->name, "coalesce") && !depends_on_row(e->args[i]))
			return false;
	}
	return false;
}

/* What the planner may leave out counts for nothing: a branch of CASE or COALESCE, what stands beside a constant under AND. */
bool
expr_is_mutable(const struct catalog *c, const struct relation *r, const struct expr *e)
{
	if (e != NULL && e->kind == EXPR_CHOICE)
		return choice_is_mutable(c, r, e);
	if (e == NULL || e->kind == EXPR_SUBQUERY || ((e->kind == EXPR_AND || e->kind == EXPR_OR) && has_constant(e)))
		return false;
	if (e->kind == EXPR_SQL_VALUE || (e->kind == EXPR_FUNCTION && function_is_mutable(c, r, e)) || (e->kind == EXPR_CAST && cast_is_mutable(c, r, e)))
		return true;
	for (size_t i = 0; i < e->nargs; i++)
		if (expr_is_mutable(c, r, e->args[i]))
			return true;
	return false;
}
