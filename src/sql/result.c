#include <stdlib.h>

#include "sql/expr.h"

/*
 * Functions of pg_catalog whose overloads all return the same type, in bytewise order. From pg_proc of PostgreSQL 18:
 *   SELECT proname, min(typname) FROM pg_proc JOIN pg_type t ON t.oid = prorettype
 *   WHERE pronamespace = 'pg_catalog'::regnamespace AND NOT proretset GROUP BY proname
 *   HAVING count(DISTINCT typname) = 1 ORDER BY proname COLLATE "C"
 */
struct result {
	const char *function, *type;
};

static const struct result results[] = {
	{ "array_dims", "text" }, { "array_length", "int4" }, { "array_lower", "int4" }, { "array_ndims", "int4" },
	{ "array_position", "int4" }, { "array_positions", "_int4" }, { "array_to_json", "json" },
	{ "array_to_string", "text" }, { "array_to_tsvector", "tsvector" }, { "array_upper", "int4" }, { "ascii", "int4" },
	{ "bit_length", "int4" }, { "bool", "bool" }, { "bool_and", "bool" }, { "bool_or", "bool" }, { "cardinality", "int4" },
	{ "casefold", "text" }, { "char_length", "int4" }, { "character_length", "int4" }, { "chr", "text" },
	{ "clock_timestamp", "timestamptz" }, { "col_description", "text" }, { "concat", "text" }, { "concat_ws", "text" },
	{ "convert", "bytea" }, { "convert_from", "text" }, { "convert_to", "bytea" }, { "corr", "float8" },
	{ "cos", "float8" }, { "count", "int8" }, { "crc32", "int8" }, { "cume_dist", "float8" },
	{ "current_database", "name" }, { "current_query", "text" }, { "current_schema", "name" },
	{ "current_setting", "text" }, { "current_user", "name" }, { "currval", "int8" }, { "date_part", "float8" },
	{ "decode", "bytea" }, { "dense_rank", "int8" }, { "encode", "text" }, { "erf", "float8" }, { "every", "bool" },
	{ "extract", "numeric" }, { "format", "text" }, { "format_type", "text" }, { "gen_random_uuid", "uuid" },
	{ "get_bit", "int4" }, { "get_byte", "int4" }, { "has_schema_privilege", "bool" }, { "has_table_privilege", "bool" },
	{ "host", "text" }, { "hostmask", "inet" }, { "inet_client_addr", "inet" }, { "inet_merge", "cidr" },
	{ "inet_server_addr", "inet" }, { "initcap", "text" }, { "isempty", "bool" }, { "isfinite", "bool" },
	{ "json_agg", "json" }, { "json_array_length", "int4" }, { "json_build_array", "json" },
	{ "json_build_object", "json" }, { "json_extract_path", "json" }, { "json_extract_path_text", "text" },
	{ "json_object", "json" }, { "json_object_agg", "json" }, { "json_strip_nulls", "json" }, { "json_typeof", "text" },
	{ "jsonb_agg", "jsonb" }, { "jsonb_array_length", "int4" }, { "jsonb_build_array", "jsonb" },
	{ "jsonb_build_object", "jsonb" }, { "jsonb_extract_path", "jsonb" }, { "jsonb_extract_path_text", "text" },
	{ "jsonb_insert", "jsonb" }, { "jsonb_object", "jsonb" }, { "jsonb_object_agg", "jsonb" },
	{ "jsonb_path_exists", "bool" }, { "jsonb_path_match", "bool" }, { "jsonb_path_query_array", "jsonb" },
	{ "jsonb_path_query_first", "jsonb" }, { "jsonb_pretty", "text" }, { "jsonb_set", "jsonb" },
	{ "jsonb_strip_nulls", "jsonb" }, { "jsonb_typeof", "text" }, { "justify_days", "interval" },
	{ "justify_hours", "interval" }, { "justify_interval", "interval" }, { "lastval", "int8" }, { "left", "text" },
	{ "lower_inc", "bool" }, { "lpad", "text" }, { "make_date", "date" }, { "make_interval", "interval" },
	{ "make_time", "time" }, { "make_timestamp", "timestamp" }, { "make_timestamptz", "timestamptz" },
	{ "masklen", "int4" }, { "md5", "text" }, { "netmask", "inet" }, { "network", "cidr" }, { "nextval", "int8" },
	{ "normalize", "text" }, { "now", "timestamptz" }, { "ntile", "int4" }, { "num_nonnulls", "int4" },
	{ "num_nulls", "int4" }, { "numnode", "int4" }, { "obj_description", "text" }, { "octet_length", "int4" },
	{ "parse_ident", "_text" }, { "percent_rank", "float8" }, { "pg_backend_pid", "int4" }, { "pg_column_size", "int4" },
	{ "pg_get_viewdef", "text" }, { "pg_relation_size", "int8" }, { "pg_size_pretty", "text" },
	{ "pg_total_relation_size", "int8" }, { "phraseto_tsquery", "tsquery" }, { "pi", "float8" },
	{ "plainto_tsquery", "tsquery" }, { "position", "int4" }, { "querytree", "text" }, { "quote_ident", "text" },
	{ "quote_literal", "text" }, { "quote_nullable", "text" }, { "rank", "int8" }, { "regexp_count", "int4" },
	{ "regexp_instr", "int4" }, { "regexp_like", "bool" }, { "regexp_replace", "text" },
	{ "regexp_split_to_array", "_text" }, { "regexp_substr", "text" }, { "regr_slope", "float8" }, { "repeat", "text" },
	{ "replace", "text" }, { "right", "text" }, { "row_number", "int8" }, { "row_to_json", "json" }, { "rpad", "text" },
	{ "session_user", "name" }, { "setval", "int8" }, { "setweight", "tsvector" }, { "sha224", "bytea" },
	{ "sha256", "bytea" }, { "sha384", "bytea" }, { "sha512", "bytea" }, { "sin", "float8" }, { "split_part", "text" },
	{ "starts_with", "bool" }, { "statement_timestamp", "timestamptz" }, { "string_to_array", "_text" },
	{ "strip", "tsvector" }, { "strpos", "int4" }, { "tan", "float8" }, { "text", "text" }, { "timeofday", "text" },
	{ "to_ascii", "text" }, { "to_char", "text" }, { "to_date", "date" }, { "to_hex", "text" }, { "to_json", "json" },
	{ "to_jsonb", "jsonb" }, { "to_number", "numeric" }, { "to_timestamp", "timestamptz" }, { "to_tsquery", "tsquery" },
	{ "to_tsvector", "tsvector" }, { "transaction_timestamp", "timestamptz" }, { "translate", "text" },
	{ "ts_delete", "tsvector" }, { "ts_filter", "tsvector" }, { "ts_rank", "float4" }, { "ts_rank_cd", "float4" },
	{ "tsvector_to_array", "_text" }, { "txid_current", "int8" }, { "unistr", "text" }, { "upper_inc", "bool" },
	{ "uuid_extract_timestamp", "timestamptz" }, { "uuid_extract_version", "int2" }, { "uuidv4", "uuid" },
	{ "uuidv7", "uuid" }, { "version", "text" }, { "websearch_to_tsquery", "tsquery" }, { "width_bucket", "int4" },
	{ "xmlagg", "xml" },
};

static int
compare(const void *key, const void *entry)
{
	const struct str *name = key;

	return str_cmp(*name, str_of(((const struct result *)entry)->function));
}

struct type
result_builtin(struct str function)
{
	const struct result *found = bsearch(&function, results, sizeof results / sizeof *results, sizeof *results, compare);
	struct str name;
	bool array;

	if (found == NULL)
		return (struct type){ .name = STR_NONE };
	name = str_of(found->type);
	array = str_starts(name, "_");
	return type_make(STR_NONE, str_slice(name, array, name.n), NULL, 0, array);
}
