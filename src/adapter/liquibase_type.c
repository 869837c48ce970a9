#include <string.h>

#include "adapter/liquibase_change.h"

/*
 * DataTypeFactory.fromDescription() and the types of liquibase.datatype.core. What is in none of them is written as it is, in
 * capital letters (UnknownType).
 */
static const struct known_type {
	const char *names;              /* in lower case, divided by "|" */
	const char *sql;
	bool sized;                     /* its numbers are kept */
	bool goes_on;                   /* what stands behind them, too, as "[]": getAdditionalInformation() */
	enum value_class values;
} types[] = {
	{ "bigint|int8|integer8|bigserial|serial8|java.lang.long|java.math.biginteger", "BIGINT", false, true, VALUE_IS_NUMBER },
	{ "int|integer|int4|serial|serial4|java.lang.integer", "INTEGER", false, false, VALUE_IS_NUMBER },
	{ "smallint|int2|smallserial|tinyint", "SMALLINT", false, false, VALUE_IS_NUMBER },
	{ "mediumint", "MEDIUMINT", false, true, VALUE_IS_NUMBER },
	{ "numeric|number", "numeric", true, false, VALUE_IS_NUMBER },
	{ "decimal|java.math.bigdecimal", "DECIMAL", true, true, VALUE_IS_NUMBER },
	{ "currency|money|smallmoney", "DECIMAL", false, false, VALUE_IS_NUMBER },
	{ "double|java.lang.double", "DOUBLE PRECISION", false, false, VALUE_IS_NUMBER },
	{ "float|java.lang.float", "FLOAT", true, true, VALUE_IS_NUMBER },
	{ "boolean|bool|java.lang.boolean", "BOOLEAN", true, true, VALUE_IS_BOOLEAN },
	{ "bit", "BIT", true, false, VALUE_IS_BOOLEAN },
	{ "blob", "OID", false, false, VALUE_IS_TEXT },
	{ "longblob|tinyblob|mediumblob|longvarbinary|varbinary|binary|image", "BYTEA", false, false, VALUE_IS_TEXT },
	{ "bytea", "BYTEA", false, true, VALUE_IS_TEXT },
	{ "clob|longtext|mediumtext|tinytext|text|ntext|nclob|longvarchar|longnvarchar", "TEXT", false, false, VALUE_IS_TEXT },
	{ "char|character|bpchar", "CHAR", true, true, VALUE_IS_TEXT },
	{ "nchar", "NCHAR", true, true, VALUE_IS_TEXT },
	{ "varchar|varchar2|character varying|java.lang.string", "VARCHAR", true, true, VALUE_IS_TEXT },
	{ "nvarchar|nvarchar2|national", "VARCHAR", true, false, VALUE_IS_TEXT },
	{ "date|java.sql.date", "date", false, false, VALUE_IS_TIME },
	{ "uuid|uniqueidentifier|java.util.uuid", "UUID", false, false, VALUE_IS_TEXT },
	{ "xml|xmltype", "XML", false, false, VALUE_IS_TEXT },
};

enum { NTYPES = sizeof types / sizeof types[0] };

static const struct known_time {
	const char *names, *sql, *zone;
	bool goes_on;                   /* as of the types above, in the place of the zone: TimestampType; TimeType and DateTimeType look for the zone only */
} times[] = {
	{ "timestamp|java.sql.timestamp", "TIMESTAMP", "WITHOUT TIME ZONE", true },
	{ "timestamptz|timestamp_with_timezone", "TIMESTAMP", "WITH TIME ZONE", true },
	{ "datetime|datetime2|smalldatetime", "TIMESTAMP", "WITHOUT TIME ZONE", false },
	{ "time|java.sql.time", "time", "WITHOUT TIME ZONE", false },
	{ "timetz", "time", "WITH TIME ZONE", false },
};

enum { NTIMES = sizeof times / sizeof times[0] };

/* A description, taken apart: "varchar" "20" "COLLATE x" of varchar(20) COLLATE x */
struct description {
	struct str name, sizes, more;
	bool counts;                    /* "int identity" */
};

static bool
among(struct str name, const char *names)
{
	struct str rest = str_of(names), one;

	while (str_cut(&rest, '|', &one))
		if (str_eq(name, one))
			return true;
	return false;
}

static struct str
lower(struct arena *a, struct str text)
{
	char *s = str_c(a, text);

	for (char *c = s; *c != '\0'; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c | 0x20) : *c;
	return (struct str){ s, text.n };
}

static struct str
upper(struct arena *a, struct str text)
{
	char *s = str_c(a, text);

	for (char *c = s; *c != '\0'; c++)
		*c = *c >= 'a' && *c <= 'z' ? (char)(*c & ~0x20) : *c;
	return (struct str){ s, text.n };
}

/* The words of a type of two words stay together. */
static bool
two_words(struct str name)
{
	return str_starts_nocase(name, "bit varying") || str_starts_nocase(name, "character varying") || str_starts_nocase(name, "long ");
}

static struct description
take_apart(struct arena *a, struct str text)
{
	struct description d = { 0 };
	size_t open = str_find_char(text, '('), close = str_find_char(text, ')'), space;

	if (open != (size_t)-1 && close != (size_t)-1 && close > open) {
		d.sizes = str_trim(str_slice(text, open + 1, close));
		text = str_printf(a, "%.*s%.*s", STR_ARG(str_slice(text, 0, open)), STR_ARG(str_slice(text, close + 1, text.n)));
	}
	text = str_trim(text);
	if (text.n > 9 && str_is_nocase(str_slice(text, text.n - 9, text.n), " identity")) {
		d.counts = true;
		text = str_trim(str_slice(text, 0, text.n - 9));
	}
	if (text.n > 1 && text.s[0] == '"' && text.s[text.n - 1] == '"')
		text = str_slice(text, 1, text.n - 1);
	space = two_words(text) ? (size_t)-1 : str_find_char(text, ' ');
	d.name = space == (size_t)-1 ? text : str_slice(text, 0, space);
	d.more = space == (size_t)-1 ? STR("") : str_trim(str_slice(text, space, text.n));
	return d;
}

/* "10, 2" of "10,2", "20" of "20 CHAR" */
static struct str
sizes_of(struct arena *a, struct str sizes)
{
	struct buf b = BUF(a);
	struct str rest = sizes, one;

	while (str_cut(&rest, ',', &one)) {
		one = str_trim(one);
		if (one.n > 5 && (str_is_nocase(str_slice(one, one.n - 5, one.n), " char") || str_is_nocase(str_slice(one, one.n - 5, one.n), " byte")))
			one.n -= 5;
		buf_printf(&b, "%s%.*s", b.n > 0 ? ", " : "", STR_ARG(one));
	}
	return sizes.n > 0 ? str_printf(a, "(%.*s)", STR_ARG(buf_text(&b))) : STR("");
}

static struct column_type
make(struct arena *a, const struct description *d, const struct known_type *type)
{
	struct str sizes = type->sized ? sizes_of(a, d->sizes) : STR(""), more = type->goes_on ? d->more : STR("");

	/* CharType, VarcharType */
	if (type->values == VALUE_IS_TEXT && type->goes_on && str_is(sizes, "(2147483647)"))
		return (struct column_type){ .values = type->values, .sql = STR("CHARACTER VARYING") };
	return (struct column_type){ .values = type->values,
	    .sql = str_printf(a, "%s%.*s%s%.*s", type->sql, STR_ARG(sizes), more.n > 0 ? " " : "", STR_ARG(more)) };
}

/* Only TimestampType takes "timezone" for two words. */
static struct str
zone_of(struct arena *a, const struct description *d, const struct known_time *type)
{
	struct str more = lower(a, d->more);

	if (more.n == 0)
		return str_of(type->zone);
	if (!type->goes_on)
		return str_find(more, STR("with time zone")) != (size_t)-1 ? STR("WITH TIME ZONE") : str_of(type->zone);
	if (!str_ends(more, " timezone"))
		return d->more;
	return str_starts(more, "without") ? STR("WITHOUT TIME ZONE") : STR("WITH TIME ZONE");
}

static struct column_type
make_time(struct arena *a, const struct description *d, const struct known_time *type)
{
	struct str zone = zone_of(a, d, type);

	return (struct column_type){ str_printf(a, "%s%.*s %.*s", type->sql, STR_ARG(sizes_of(a, d->sizes)), STR_ARG(zone)), VALUE_IS_TIME, false };
}

static struct column_type
find(struct arena *a, const struct description *d, struct str name)
{
	struct column_type t = { .values = VALUE_IS_TEXT };

	for (size_t i = 0; i < NTYPES; i++)
		if (among(name, types[i].names))
			return make(a, d, &types[i]);
	for (size_t i = 0; i < NTIMES; i++)
		if (among(name, times[i].names))
			return make_time(a, d, &times[i]);
	t.sql = str_printf(a, "%.*s%.*s%s%.*s", STR_ARG(upper(a, d->name)), STR_ARG(sizes_of(a, d->sizes)), d->more.n > 0 ? " " : "", STR_ARG(d->more));
	return t;
}

struct column_type
liquibase_type(struct arena *a, struct str text)
{
	static const char prefix[] = "java.sql.types.";
	struct description d = take_apart(a, str_trim(text));
	struct str name = lower(a, d.name);
	struct column_type t;

	if (str_starts(name, prefix))
		name = str_slice(name, sizeof prefix - 1, name.n);
	/* FloatType */
	if (str_is(name, "real") && !str_is_nocase(str_trim(text), "real"))
		name = STR("float");
	t = find(a, &d, name);
	t.counts = d.counts || among(name, "bigserial|serial8|serial|serial4|smallserial");
	return t;
}
