#include <string.h>

#include "op/rule.h"

/*
 * The first version of the server that knows what is written: tests/oracle/versions.tsv cites the release notes. Tried on 15, 17
 * and 18, of which the ones before the version refuse it and the others take it.
 */

struct need {
	const char *kind;
	const char *field;              /* NULL: the statement itself */
	const char *value;              /* of that field, in words */
	int version;
};

static const struct need needs[] = {
	{ "detach_partition", "concurrently", "true", 14 },
	{ "reindex_index", "is_partitioned", "true", 14 },
	{ "reindex_table", "table.is_partitioned", "true", 14 },
	{ "set_compression", NULL, NULL, 14 },
	{ "alter_publication", "has_schemas", "true", 15 },
	{ "cluster", "table.is_partitioned", "true", 15 },
	{ "create_publication", "has_schemas", "true", 15 },
	{ "merge", NULL, NULL, 15 },
	{ "set_access_method", NULL, NULL, 15 },
	{ "set_access_method", "table.is_partitioned", "true", 17 },
	{ "set_expression", NULL, NULL, 17 },
	{ "add_column", "generated", "virtual", 18 },
	{ "add_check", "enforced", "false", 18 },
	{ "add_foreign_key", "enforced", "false", 18 },
	{ "add_not_null", "names_column", "true", 18 },
};

static bool
holds(const struct facts *f, const struct need *need)
{
	const struct field *field = need->field == NULL ? NULL : field_find(f->op->kind, str_of(need->field));
	struct value v;

	if (field == NULL)
		return need->field == NULL;
	v = field->get(f);
	return v.state == VALUE_KNOWN && str_is(value_words(f->arena, v), need->value);
}

/* What no older server can read, wherever it stands in a statement. */
static const struct {
	const char *tokens;
	int version;
} signs[] = {
	{ ") virtual", 18 }, { "without overlaps", 18 }, { "not enforced", 18 }, { "returning old .", 18 }, { "returning new .", 18 },
	{ "returning with (", 18 }, { "vacuum only", 18 }, { "uuidv7 (", 18 }, { "uuidv4 (", 18 }, { "casefold (", 18 },
	{ "reject_limit", 18 }, { "array_sort (", 18 }, { "array_reverse (", 18 }, { "crc32 (", 18 }, { "crc32c (", 18 },
	{ "json_table (", 17 }, { "json_exists (", 17 }, { "json_value (", 17 }, { "json_query (", 17 },
	{ "set statistics default", 17 }, { "access method default", 17 }, { "on_error ignore", 17 }, { "on_error stop", 17 },
	{ "maintain on", 17 }, { "grant maintain ,", 17 }, { "not matched by", 17 }, { "to_bin (", 17 }, { "to_oct (", 17 },
	{ "xmltext (", 17 }, { "on login", 17 }, { "add not null", 17 }, { "add constraint _ not null", 17 },
	{ "uuid_extract_timestamp (", 17 },
	{ "is json", 16 }, { "json_array (", 16 }, { "json_object ( )", 16 }, { "json_object ( _ :", 16 },
	{ "json_object ( _ value", 16 }, { "json_arrayagg (", 16 }, { "json_objectagg (", 16 }, { "create statistics on", 16 },
	{ "set storage default", 16 }, { "storage plain", 16 }, { "storage external", 16 }, { "storage extended", 16 },
	{ "storage main", 16 }, { "storage default", 16 }, { "any_value (", 16 }, { "array_shuffle (", 16 }, { "array_sample (", 16 },
	{ "random_normal (", 16 }, { "date_add (", 16 }, { "with inherit", 16 }, { "with set true", 16 },
	{ "buffer_usage_limit", 16 }, { "generic_plan", 16 }, { "pg_input_is_valid (", 16 }, { "system_user", 16 },
	{ "nulls not distinct", 15 }, { "on delete set null (", 15 }, { "on delete set default (", 15 }, { "security_invoker", 15 },
	{ "unlogged sequence", 15 }, { "set unlogged", 15 }, { "set logged", 15 }, { "table _ (", 15 }, { "where (", 15 },
	{ "set on parameter", 15 }, { "system on parameter", 15 }, { "regexp_count (", 15 }, { "regexp_like (", 15 },
	{ "regexp_substr (", 15 }, { "regexp_instr (", 15 },
	{ "begin atomic", 14 }, { "reindex ( tablespace", 14 }, { "or replace trigger", 14 }, { "group by distinct", 14 },
	{ "date_bin (", 14 }, { "bit_xor (", 14 }, { "trim_array (", 14 }, { "unistr (", 14 }, { "search depth first", 14 },
	{ "search breadth first", 14 }, { "int4multirange", 14 }, { "int8multirange", 14 }, { "nummultirange", 14 },
	{ "datemultirange", 14 }, { "tsmultirange", 14 }, { "tstzmultirange", 14 }, { "string_to_table (", 14 },
	{ "compression pglz", 14 }, { "compression lz4", 14 },
};

/* A function of the user's own may have the name. */
static bool
is_own_function(const struct facts *f, const char *tokens)
{
	struct str rest = str_of(tokens), name;

	return str_cut(&rest, ' ', &name) && str_is(rest, "(") && catalog_functions(f->catalog, STR_NONE, name) != NULL;
}

/* Of these the ones that are names like any other, unless that stands in the statement, too. */
static const struct {
	const char *tokens;
	const char *with;
} options[] = {
	{ "reject_limit", "copy" }, { "maintain on", "grant" }, { "grant maintain ,", "on" }, { "on login", "event trigger" },
	{ "buffer_usage_limit", "vacuum (" }, { "buffer_usage_limit", "analyze (" }, { "generic_plan", "explain (" },
	{ "add not null", "alter domain" }, { "add constraint _ not null", "alter domain" }, { "storage plain", "create table" },
	{ "storage external", "create table" }, { "storage extended", "create table" }, { "storage main", "create table" },
	{ "storage default", "create table" }, { "security_invoker", "view" }, { "set unlogged", "alter sequence" },
	{ "set logged", "alter sequence" }, { "table _ (", "create publication" }, { "table _ (", "alter publication" },
	{ "where (", "create publication" }, { "where (", "alter publication" },
};

static bool
stands_in(const struct facts *f, struct span within, const char *tokens)
{
	return locate_tokens(f->op->statement, within, tokens).len > 0;
}

static bool
is_name(const struct facts *f, const char *tokens)
{
	bool listed = false;

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		if (strcmp(options[i].tokens, tokens) != 0)
			continue;
		if (stands_in(f, f->op->statement->span, options[i].with))
			return false;
		listed = true;
	}
	return listed;
}

/* RETURNING of UPDATE and DELETE always had them. */
static bool
is_row_of_rule(const struct facts *f, const char *tokens)
{
	return (strcmp(tokens, "returning old .") == 0 || strcmp(tokens, "returning new .") == 0) && rule_op_has_rows(f->op);
}

/* The clauses of a statement are looked at with the statement. */
static int
version_of_signs(const struct facts *f)
{
	int version = 13;

	if (f->op->statement == NULL || f->op->leader != NULL)
		return version;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0] && signs[i].version > version; i++)
		if (stands_in(f, f->op->spans[SPAN_ACTION], signs[i].tokens) && !is_name(f, signs[i].tokens) && !is_own_function(f, signs[i].tokens) &&
		    !is_row_of_rule(f, signs[i].tokens))
			version = signs[i].version;
	return version;
}

int
op_needs_version(const struct facts *f)
{
	int version = version_of_signs(f);

	for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
		if (strcmp(f->op->kind->name, needs[i].kind) == 0 && needs[i].version > version && holds(f, &needs[i]))
			version = needs[i].version;
	return version;
}
