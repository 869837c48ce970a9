#include <stdlib.h>
#include <string.h>

#include "sql/ident.h"
#include "sql/type.h"

/*
 * SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype <> 'c' AND typname !~ '^_'
 * ORDER BY typname COLLATE "C"; the same in 15 and 18.
 */
static const char *const builtins[] = {
	"aclitem", "any", "anyarray", "anycompatible", "anycompatiblearray", "anycompatiblemultirange",
	"anycompatiblenonarray", "anycompatiblerange", "anyelement", "anyenum", "anymultirange", "anynonarray",
	"anyrange", "bit", "bool", "box", "bpchar", "bytea", "char", "cid", "cidr", "circle", "cstring", "date",
	"datemultirange", "daterange", "event_trigger", "fdw_handler", "float4", "float8", "gtsvector",
	"index_am_handler", "inet", "int2", "int2vector", "int4", "int4multirange", "int4range", "int8",
	"int8multirange", "int8range", "internal", "interval", "json", "jsonb", "jsonpath", "language_handler", "line",
	"lseg", "macaddr", "macaddr8", "money", "name", "numeric", "nummultirange", "numrange", "oid", "oidvector",
	"path", "pg_brin_bloom_summary", "pg_brin_minmax_multi_summary", "pg_ddl_command", "pg_dependencies", "pg_lsn",
	"pg_mcv_list", "pg_ndistinct", "pg_node_tree", "pg_snapshot", "point", "polygon", "record", "refcursor",
	"regclass", "regcollation", "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
	"regprocedure", "regrole", "regtype", "table_am_handler", "text", "tid", "time", "timestamp", "timestamptz",
	"timetz", "trigger", "tsm_handler", "tsmultirange", "tsquery", "tsrange", "tstzmultirange", "tstzrange",
	"tsvector", "txid_snapshot", "unknown", "uuid", "varbit", "varchar", "void", "xid", "xid8", "xml",
};

/* transformColumnDefinition() */
static const struct {
	const char *word, *integer;
} serials[] = {
	{ "smallserial", "int2" }, { "serial2", "int2" }, { "serial", "int4" }, { "serial4", "int4" },
	{ "bigserial", "int8" }, { "serial8", "int8" },
};

/* Bits of the first modifier of INTERVAL (INTERVAL_MASK() of datetime.h), from the least field to the greatest. */
static const struct interval_field {
	int32_t bit;
	const char *word;
} interval_fields[] = {
	{ 1 << 12, "second" }, { 1 << 11, "minute" }, { 1 << 10, "hour" }, { 1 << 3, "day" }, { 1 << 1, "month" }, { 1 << 2, "year" },
};

enum { INTERVAL_FIELDS = sizeof interval_fields / sizeof *interval_fields, INTERVAL_ALL = 0x7FFF, MAX_PRECISION = 6 };

static int
compare_name(const void *key, const void *entry)
{
	return str_cmp(*(const struct str *)key, str_of(*(const char *const *)entry));
}

static bool
is_builtin(struct str name)
{
	return bsearch(&name, builtins, sizeof builtins / sizeof *builtins, sizeof *builtins, compare_name) != NULL;
}

static bool
has_precision(struct str name)
{
	return str_in_words(name, "time timetz timestamp timestamptz");
}

/* ---- a type from its spelling ---- */

static bool
make_serial(struct type *t)
{
	for (size_t i = 0; i < sizeof serials / sizeof *serials; i++) {
		if (str_is(t->name, serials[i].word)) {
			t->name = str_of(serials[i].integer);
			t->serial = true;
			return true;
		}
	}
	return false;
}

static void
limit_precision(int32_t *precision)
{
	if (*precision > MAX_PRECISION)
		*precision = MAX_PRECISION;
}

/* numerictypmodin(), anytime_typmod_check(), intervaltypmodin() */
static void
canonical_modifiers(struct type *t)
{
	if (str_is(t->name, "numeric") && t->nmods == 1)
		t->mods[t->nmods++] = 0;
	else if (has_precision(t->name) && t->nmods == 1)
		limit_precision(&t->mods[0]);
	else if (str_is(t->name, "interval") && t->nmods == 2)
		limit_precision(&t->mods[1]);
}

struct type
type_make(struct str schema, struct str name, const int32_t *mods, int nmods, int dims)
{
	struct type t = { .schema = schema, .name = name, .nmods = nmods < 2 ? nmods : 2, .dims = dims > 0 };

	for (int i = 0; i < t.nmods; i++)
		t.mods[i] = mods[i];
	if (schema.n == 0)
		t.builtin = make_serial(&t) || is_builtin(name);
	else
		t.builtin = str_is(schema, "pg_catalog") && is_builtin(name);
	if (t.builtin) {
		t.schema = STR_NONE;
		canonical_modifiers(&t);
	}
	return t;
}

bool
type_known(struct type t)
{
	return t.name.s != NULL;
}

bool
type_same_base(struct type a, struct type b)
{
	return type_known(a) && a.builtin == b.builtin && a.dims == b.dims && str_eq(a.name, b.name) && str_eq(a.schema, b.schema);
}

static bool
same_modifiers(struct type a, struct type b)
{
	return str_eq(a.mod_text, b.mod_text) && a.nmods == b.nmods && memcmp(a.mods, b.mods, sizeof *a.mods * (size_t)a.nmods) == 0;
}

bool
type_eq(struct type a, struct type b)
{
	return type_same_base(a, b) && same_modifiers(a, b);
}

/* ---- spelling ---- */

static void
put_modifiers(struct buf *b, const int32_t *mods, int n)
{
	for (int i = 0; i < n; i++)
		buf_printf(b, "%c%d", i == 0 ? '(' : ',', (int)mods[i]);
	if (n > 0)
		buf_char(b, ')');
}

/* intervaltypmodout() */
static void
put_interval(struct buf *b, struct type t)
{
	int least = -1, greatest = -1;

	buf_c(b, "interval");
	for (int i = 0; t.nmods > 0 && t.mods[0] != INTERVAL_ALL && i < INTERVAL_FIELDS; i++) {
		if ((t.mods[0] & interval_fields[i].bit) != 0) {
			least = least < 0 ? i : least;
			greatest = i;
		}
	}
	if (least >= 0)
		buf_printf(b, greatest > least ? " %s to %s" : " %s", interval_fields[greatest].word, interval_fields[least].word);
	put_modifiers(b, t.mods + 1, t.nmods - 1);
}

/* format_type_extended(): bit and character without a length are not the standard's, which have the length 1. */
static void
put_builtin(struct buf *b, struct type t, bool bare)
{
	static const struct {
		const char *name, *words, *after;       /* after: behind the modifiers */
	} spellings[] = {
		{ "bool", "boolean", "" }, { "float4", "real", "" }, { "float8", "double precision", "" },
		{ "int2", "smallint", "" }, { "int4", "integer", "" }, { "int8", "bigint", "" },
		{ "time", "time", " without time zone" }, { "timetz", "time", " with time zone" },
		{ "timestamp", "timestamp", " without time zone" }, { "timestamptz", "timestamp", " with time zone" },
		{ "varbit", "bit varying", "" }, { "varchar", "character varying", "" },
		{ "bit", "bit", "" }, { "bpchar", "character", "" },
	};
	if (str_is(t.name, "interval")) {
		put_interval(b, t);
		return;
	}
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings && !bare; i++) {
		if (str_is(t.name, spellings[i].name)) {
			buf_c(b, spellings[i].words);
			put_modifiers(b, t.mods, t.nmods);
			buf_c(b, spellings[i].after);
			return;
		}
	}
	if (str_is(t.name, "numeric") || str_is(t.name, "json"))
		buf_str(b, t.name);
	else
		sql_put_ident(b, t.name);
	put_modifiers(b, t.mods, t.nmods);
}

static struct str
format(struct arena *arena, struct type t, bool bare)
{
	struct buf b = BUF(arena);

	if (t.builtin) {
		put_builtin(&b, t, bare);
	} else {
		if (t.schema.n > 0) {
			sql_put_ident(&b, t.schema);
			buf_char(&b, '.');
		}
		sql_put_ident(&b, t.name);
		if (t.mod_text.n > 0)
			buf_printf(&b, "(%.*s)", STR_ARG(t.mod_text));
		else
			put_modifiers(&b, t.mods, t.nmods);
	}
	if (t.dims > 0)
		buf_c(&b, "[]");
	return buf_text(&b);
}

struct str
type_format(struct arena *arena, struct type t)
{
	return format(arena, t, t.nmods == 0 && str_in_words(t.name, "bit bpchar"));
}

/* format_type_be() */
struct str
type_format_bare(struct arena *arena, struct type t)
{
	t.nmods = 0;
	t.mod_text = STR_NONE;
	return format(arena, t, false);
}

/* ---- casts ---- */

enum path { NO_PATH, CONVERT, RELABEL };

/*
 * Casts of pg_cast that are implicit or in assignment, and not to text, varchar, bpchar or name, to which everything casts
 * (find_coercion_pathway()); with "=" those that are binary coercible, which are listed for these too. "reg" stands for all of
 * the types that begin so. The same in 15 and 18.
 *   SELECT s.typname, string_agg(CASE castmethod WHEN 'b' THEN '=' ELSE '' END || t.typname, ' ' ORDER BY t.typname)
 *   FROM pg_cast JOIN pg_type s ON s.oid = castsource JOIN pg_type t ON t.oid = casttarget
 *   WHERE castcontext <> 'e' AND castsource <> casttarget GROUP BY 1 ORDER BY 1
 */
static const struct words {
	const char *from, *to;
} casts[] = {
	{ "bit", "=varbit" },
	{ "box", "polygon" },
	{ "bpchar", "char" },
	{ "cidr", "=inet" },
	{ "date", "timestamp timestamptz" },
	{ "float4", "float8 int2 int4 int8 numeric" },
	{ "float8", "float4 int2 int4 int8 numeric" },
	{ "inet", "cidr" },
	{ "int2", "float4 float8 int4 int8 numeric oid reg" },
	{ "int4", "float4 float8 int2 int8 money numeric =oid =reg" },
	{ "int8", "float4 float8 int2 int4 money numeric oid reg" },
	{ "interval", "time" },
	{ "json", "jsonb" },
	{ "jsonb", "json" },
	{ "macaddr", "macaddr8" },
	{ "macaddr8", "macaddr" },
	{ "money", "numeric" },
	{ "numeric", "float4 float8 int2 int4 int8 money" },
	{ "oid", "=int4 int8 =reg" },
	{ "path", "polygon" },
	{ "pg_dependencies", "=bytea" },
	{ "pg_mcv_list", "=bytea" },
	{ "pg_ndistinct", "=bytea" },
	{ "pg_node_tree", "=text" },
	{ "point", "box" },
	{ "polygon", "path" },
	{ "reg", "=int4 int8 =oid" },
	{ "regoper", "=regoperator" },
	{ "regoperator", "=regoper" },
	{ "regproc", "=regprocedure" },
	{ "regprocedure", "=regproc" },
	{ "text", "=bpchar char regclass =varchar" },
	{ "time", "interval timetz" },
	{ "timestamp", "date time timestamptz" },
	{ "timestamptz", "date time timestamp timetz" },
	{ "timetz", "time" },
	{ "varbit", "=bit" },
	{ "varchar", "=bpchar char regclass =text" },
	{ "xml", "=bpchar =text =varchar" },
};

/*
 * Every value of the left type has one of its own in the right type that nobody would call another, given room for it; a date
 * later than the year 294276 is not thought of. Text is not listed: it holds everything.
 */
static const struct words lossless[] = {
	{ "bit", "varbit" },
	{ "bool", "int4" },
	{ "box", "polygon" },
	{ "char", "int4" },
	{ "cidr", "inet" },
	{ "date", "timestamp timestamptz" },
	{ "daterange", "datemultirange" },
	{ "float4", "float8" },
	{ "int2", "bytea float4 float8 int4 int8 numeric" },
	{ "int4", "bytea float8 int8 money numeric oid reg" },
	{ "int4range", "int4multirange" },
	{ "int8", "bytea numeric" },
	{ "int8range", "int8multirange" },
	{ "jsonb", "json" },
	{ "macaddr", "macaddr8" },
	{ "money", "numeric" },
	{ "numrange", "nummultirange" },
	{ "oid", "int4 int8 reg" },
	{ "pg_dependencies", "bytea" },
	{ "pg_mcv_list", "bytea" },
	{ "pg_ndistinct", "bytea" },
	{ "point", "box" },
	{ "polygon", "path" },
	{ "reg", "int4 int8 oid" },
	{ "time", "interval timetz" },
	{ "tsrange", "tsmultirange" },
	{ "tstzrange", "tstzmultirange" },
	{ "varbit", "bit" },
};

/* The name, or the word that stands for it and its kin. */
static bool
stands_for(struct str word, struct str name)
{
	return str_eq(word, name) || (str_is(word, "reg") && str_starts(name, "reg"));
}

static enum path
find_words(const struct words *table, size_t n, struct str from, struct str to)
{
	for (size_t i = 0; i < n; i++) {
		struct str rest = str_of(table[i].to), word;
		if (!stands_for(str_of(table[i].from), from))
			continue;
		while (str_cut(&rest, ' ', &word)) {
			bool binary = str_starts(word, "=");
			if (stands_for(str_slice(word, binary, word.n), to))
				return binary ? RELABEL : CONVERT;
		}
	}
	return NO_PATH;
}

/* Of TYPCATEGORY_STRING: any type is assigned to them by its text, when there is no better way. */
static bool
is_string(struct type t)
{
	return t.dims == 0 && str_in_words(t.name, "bpchar name text varchar");
}

/* find_coercion_pathway() in an assignment, without regard to modifiers */
static enum path
find_path(struct type from, struct type to)
{
	enum path path = NO_PATH;

	if (type_same_base(from, to))
		return RELABEL;
	if (from.dims == to.dims)
		path = find_words(casts, sizeof casts / sizeof *casts, from.name, to.name);
	to.dims = from.dims > 0 && to.dims > 0 ? 0 : to.dims;
	return path == NO_PATH && is_string(to) ? CONVERT : path;
}

/* ---- modifiers ---- */

static int32_t
precision(struct type t)
{
	return t.nmods > 0 ? t.mods[0] : MAX_PRECISION;
}

/* intervaltypmodleastfield() */
static int
least_field(struct type t)
{
	for (int i = 0; t.nmods > 0 && i < INTERVAL_FIELDS; i++)
		if ((t.mods[0] & interval_fields[i].bit) != 0)
			return i;
	return 0;
}

/* interval_support() */
static bool
interval_fits(struct type from, struct type to)
{
	int32_t old = from.nmods > 1 ? from.mods[1] : MAX_PRECISION, new = to.nmods > 1 ? to.mods[1] : MAX_PRECISION;

	return least_field(to) <= least_field(from) && (least_field(from) > 0 || new >= old);
}

/* The length coercion is optimized away by its support function (varchar_support() and so on): the bytes stay as they are. */
static bool
modifiers_fit(struct type from, struct type to)
{
	if (to.nmods == 0 || (type_same_base(from, to) && same_modifiers(from, to)))
		return true;
	if (str_in_words(to.name, "varbit varchar"))
		return from.nmods > 0 && from.mods[0] <= to.mods[0];
	if (str_is(to.name, "numeric"))
		return from.nmods > 0 && from.mods[1] == to.mods[1] && from.mods[0] <= to.mods[0];
	if (has_precision(to.name))
		return precision(from) <= precision(to);
	return str_is(to.name, "interval") && interval_fits(from, to);
}

/* ---- what a change does ---- */

static bool
between_timestamps(struct type from, struct type to)
{
	return from.dims == 0 && to.dims == 0 && ((str_is(from.name, "timestamp") && str_is(to.name, "timestamptz")) ||
	    (str_is(from.name, "timestamptz") && str_is(to.name, "timestamp")));
}

/* ATColumnChangeRequiresRewrite() of the planned expression. Elements of arrays are converted one by one: no support function. */
static enum tri
rewrites(struct type from, struct type to, enum path path, enum tri utc)
{
	if (from.dims > 0 || to.dims > 0)
		return tri_of(!type_same_base(from, to) || to.nmods > 0);
	if (path != RELABEL && !between_timestamps(from, to))
		return YES;
	if (!type_same_base(from, to))
		from.nmods = 0;
	if (!modifiers_fit(from, to))
		return YES;
	return path == RELABEL ? NO : tri_not(utc);
}

/* CheckIndexCompatible(): the operator class stays; that of arrays is polymorphic, so their type must too. */
static bool
same_operators(struct type from, struct type to)
{
	static const char *const groups[] = { "text varchar", "cidr inet" };

	if (type_same_base(from, to))
		return true;
	if (from.dims > 0 || to.dims > 0)
		return false;
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (str_in_words(from.name, groups[i]) && str_in_words(to.name, groups[i]))
			return true;
	return stands_for(STR("reg"), from.name) ? stands_for(STR("reg"), to.name) || str_is(to.name, "oid") :
	    str_is(from.name, "oid") && stands_for(STR("reg"), to.name);
}

/* Characters, bits or digits that a value takes at most; 0: nobody knows. */
static int32_t
greatest_width(struct type t)
{
	static const struct {
		const char *name;
		int32_t width;
	} widths[] = {
		{ "bool", 5 }, { "char", 4 }, { "int2", 6 }, { "int4", 11 }, { "int8", 20 }, { "macaddr", 17 }, { "macaddr8", 23 },
		{ "name", 63 }, { "oid", 10 }, { "uuid", 36 }, { "xid", 10 }, { "xid8", 20 },
	};

	if (t.dims > 0)
		return 0;
	if (t.nmods > 0 && str_in_words(t.name, "bit bpchar varbit varchar"))
		return t.mods[0];
	if (t.nmods > 0 && str_is(t.name, "numeric"))
		return t.mods[1] < 0 ? 0 : t.mods[0] + 3;       /* sign, zero and point */
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
		if (str_is(t.name, widths[i].name))
			return widths[i].width;
	return 0;
}

/* Trailing blanks mean nothing in bpchar; a name is cut by bytes, not by characters. */
static bool
text_fits(struct type from, struct type to)
{
	int32_t width = greatest_width(from), limit = to.nmods > 0 ? to.mods[0] : 63;

	if (str_in_words(to.name, "bpchar name") && is_string(from))
		return false;
	return (to.nmods == 0 && !str_is(to.name, "name")) || (width > 0 && width <= limit);
}

static bool
number_fits(struct type from, struct type to)
{
	int32_t whole = str_is(from.name, "int2") ? 5 : str_is(from.name, "int4") ? 10 : str_is(from.name, "int8") ? 19 : 0;

	if (from.nmods == 2 && str_is(from.name, "numeric"))
		return from.mods[1] <= to.mods[1] && from.mods[0] - from.mods[1] <= to.mods[0] - to.mods[1];
	return whole > 0 && to.mods[1] >= 0 && whole <= to.mods[0] - to.mods[1];
}

/* Values of a type that the other one holds too are within its modifiers. */
static bool
has_room(struct type from, struct type to)
{
	if (to.nmods == 0 || str_is(from.name, "date"))
		return true;
	if (str_is(to.name, "numeric"))
		return number_fits(from, to);
	if (str_in_words(to.name, "bpchar varbit") && str_in_words(from.name, "bit bpchar varbit"))
		return from.nmods > 0 && from.mods[0] <= to.mods[0];
	if (has_precision(to.name) && has_precision(from.name))
		return precision(from) <= precision(to);
	return type_same_base(from, to) && modifiers_fit(from, to);
}

/* Outside UTC, the hour that summer time skips or repeats is not the same going back. */
static enum tri
narrows(struct type from, struct type to, enum tri utc)
{
	if (from.dims > 0 && to.dims > 0)
		from.dims = to.dims = 0;
	if (to.dims > 0)
		return YES;
	if (is_string(to) && !type_same_base(from, to))
		return tri_of(!text_fits(from, to));
	if (!has_room(from, to))
		return YES;
	if (between_timestamps(from, to))
		return utc == YES ? NO : UNKNOWN;
	return tri_of(!type_same_base(from, to) && (from.dims > 0 ||
	    find_words(lossless, sizeof lossless / sizeof *lossless, from.name, to.name) == NO_PATH));
}

/* AdjustTimestampForTypmod(), AdjustTimeForTypmod(): the rest is rounded. */
static struct str
drops_of_second(struct arena *arena, struct type from, struct type to)
{
	if (!type_same_base(from, to) || precision(from) <= precision(to))
		return STR_NONE;
	return precision(to) == 0 ? STR("fractions of a second") : str_printf(arena, "what they have beyond %d digits of a second", (int)precision(to));
}

/* apply_typmod() rounds, which makes 99.99 the three digits of 100. */
static struct str
drops_of_number(struct arena *arena, struct type from, struct type to)
{
	if (from.nmods != 2 || to.nmods != 2 || from.mods[1] <= to.mods[1] || to.mods[1] < 0 || from.mods[0] - from.mods[1] >= to.mods[0] - to.mods[1])
		return STR_NONE;
	return to.mods[1] == 0 ? STR("what they have behind the point") : str_printf(arena, "what they have beyond %d digits behind the point", (int)to.mods[1]);
}

struct str
type_change_drops(struct arena *arena, struct type from, struct type to)
{
	if (!from.builtin || !to.builtin || from.dims > 0 || to.dims > 0)
		return STR_NONE;
	if (str_is(to.name, "date") && str_in_words(from.name, "timestamp timestamptz"))
		return STR("the time of day");
	if (has_precision(to.name))
		return drops_of_second(arena, from, to);
	return str_is(to.name, "numeric") && str_is(from.name, "numeric") ? drops_of_number(arena, from, to) : STR_NONE;
}

/* bpchar(), varchar(), bit(), varbit() as assignment casts: what is too long is an error. */
bool
type_change_refuses(struct type from, struct type to)
{
	if (!from.builtin || !to.builtin || from.dims > 0 || to.dims > 0)
		return false;
	return (str_in_words(from.name, "int2 int4 int8") && str_in_words(to.name, "int2 int4 int8")) || str_in_words(to.name, "varchar bpchar") ||
	    (str_in_words(from.name, "bit varbit") && str_in_words(to.name, "bit varbit"));
}

struct type_change
type_change(struct type from, struct type to, enum tri timezone_utc)
{
	struct type_change c = { UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN };
	enum path path;

	if (to.builtin && is_string(to) && to.nmods == 0 && str_in_words(to.name, "text varchar"))
		c = (struct type_change){ .narrows = NO, .castable = YES };
	if (!type_known(from) || !type_known(to))
		return c;
	/* coerce_type_typmod(): no modifier, no coercion, whatever the type */
	if (type_same_base(from, to) && (to.nmods == 0 || same_modifiers(from, to)))
		return (struct type_change){ NO, NO, NO, YES, YES };
	if (!from.builtin || !to.builtin) {
		c.castable = type_same_base(from, to) || (to.builtin && is_string(to)) ? YES : UNKNOWN;
		return c;
	}
	path = find_path(from, to);
	c.castable = tri_of(path != NO_PATH);
	c.rewrites = rewrites(from, to, path, timezone_utc);
	c.scans = NO;
	c.narrows = narrows(from, to, timezone_utc);
	c.keeps_index = same_operators(from, to) ? tri_not(c.rewrites) : NO;
	return c;
}
