#include "adapter/liquibase_change.h"
#include "base/tri.h"

/* Reads and writes one condition: known, or SQL that asks the database. */
struct condition {
	enum tri known;
	struct str sql;
};

/* "{attribute}" in a form is a literal with the name as the database has it; a part in brackets is left out where its attribute is. */
static const struct {
	const char *name, *form;
} questions[] = {
	{ "tableExists", "EXISTS (SELECT FROM pg_catalog.pg_tables WHERE tablename = {tableName}[ AND schemaname = {schemaName}])" },
	{ "viewExists", "EXISTS (SELECT FROM pg_catalog.pg_views WHERE viewname = {viewName}[ AND schemaname = {schemaName}])" },
	{ "columnExists", "EXISTS (SELECT FROM information_schema.columns WHERE table_name = {tableName} AND column_name = {columnName}"
	    "[ AND table_schema = {schemaName}])" },
	{ "indexExists", "EXISTS (SELECT FROM pg_catalog.pg_indexes WHERE indexname = {indexName}[ AND tablename = {tableName}]"
	    "[ AND schemaname = {schemaName}])" },
	{ "sequenceExists", "EXISTS (SELECT FROM pg_catalog.pg_sequences WHERE sequencename = {sequenceName}[ AND schemaname = {schemaName}])" },
	{ "foreignKeyConstraintExists", "EXISTS (SELECT FROM information_schema.table_constraints WHERE constraint_name = {foreignKeyName}"
	    "[ AND table_name = {foreignKeyTableName}])" },
	{ "primaryKeyExists", "EXISTS (SELECT FROM information_schema.table_constraints WHERE constraint_type = 'PRIMARY KEY'"
	    "[ AND table_name = {tableName}][ AND constraint_name = {primaryKeyName}])" },
	{ "uniqueConstraintExists", "EXISTS (SELECT FROM information_schema.table_constraints WHERE constraint_type = 'UNIQUE'"
	    "[ AND table_name = {tableName}][ AND constraint_name = {constraintName}])" },
};

/* What is asked of something else than the schema. */
#define OPEN "current_setting('liquibase.precondition', true) = 'met'"
#define OPEN_QUESTION ((struct condition){ UNKNOWN, STR(OPEN) })

static struct condition condition(struct changelog *, const struct yaml *);

/* AbstractPostgresDatabase.correctObjectName(): what is not quoted is in small letters */
static struct str
name_there(struct arena *a, struct str name)
{
	char *s;

	if (str_starts(liquibase_name(a, name, QUOTE_MIXED_CASE), "\""))
		return name;
	s = str_c(a, name);
	for (char *c = s; *c != '\0'; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c | 0x20) : *c;
	return (struct str){ s, name.n };
}

/* false: the attribute of that form is not given. */
static bool
ask(struct changelog *log, const struct yaml *node, struct str form, struct buf *sql)
{
	struct arena *a = log->run->arena;
	struct str before, key;

	while (str_find_char(form, '{') != (size_t)-1) {
		str_cut(&form, '{', &before);
		str_cut(&form, '}', &key);
		struct str text = str_trim(liquibase_value(log, changelog_text(node, str_c(a, key))));
		if (text.n == 0)
			return false;
		buf_printf(sql, "%.*s'%.*s'", STR_ARG(before), STR_ARG(name_there(a, text)));
	}
	buf_str(sql, form);
	return true;
}

/* The question, where what it needs is given. */
static struct condition
question(struct changelog *log, const struct yaml *node, struct str form)
{
	struct arena *a = log->run->arena;
	struct buf sql = BUF(a);
	struct str piece, end = str_slice(form, form.n - 1, form.n);

	form.n--;
	str_cut(&form, '[', &piece);
	if (!ask(log, node, piece, &sql))
		return OPEN_QUESTION;
	while (str_cut(&form, '[', &piece)) {
		struct buf more = BUF(a);
		piece = str_slice(piece, 0, str_find_char(piece, ']'));
		if (ask(log, node, piece, &more))
			buf_str(&sql, buf_text(&more));
	}
	buf_str(&sql, end);
	return (struct condition){ UNKNOWN, buf_text(&sql) };
}

static struct condition
join(struct arena *a, struct condition x, struct condition y, bool all)
{
	enum tri known = all ? tri_and(x.known, y.known) : tri_or(x.known, y.known);

	if (known != UNKNOWN || x.known != UNKNOWN || y.known != UNKNOWN)
		return known != UNKNOWN ? (struct condition){ known, STR("") } : x.known == UNKNOWN ? x : y;
	return (struct condition){ UNKNOWN, str_printf(a, "(%.*s %s %.*s)", STR_ARG(x.sql), all ? "AND" : "OR", STR_ARG(y.sql)) };
}

static struct condition
each_of(struct changelog *log, const struct yaml *node, bool all)
{
	struct changelog_items items = changelog_items(log->run->arena, node);
	struct condition c = { all ? YES : NO, STR("") };
	bool any = false;

	for (size_t i = 0; i < items.n; i++) {
		if (items.items[i]->kind == YAML_TEXT && !str_is(items.items[i]->key, "sqlCheck"))
			continue;
		struct condition one = condition(log, items.items[i]);
		c = any ? join(log->run->arena, c, one, all) : one;
		any = true;
	}
	return c;
}

struct str
liquibase_sql_check(struct arena *a, struct str query, struct str expected)
{
	query = str_trim(query);
	while (str_ends(query, ";"))
		query = str_trim(str_slice(query, 0, query.n - 1));
	if (query.n == 0 || !str_starts_nocase(query, "select") || str_find_char(expected, '\'') != (size_t)-1)
		return STR(OPEN);
	if (!str_is(expected, "0"))
		return str_printf(a, "(%.*s)::text = '%.*s'", STR_ARG(query), STR_ARG(expected));
	return str_printf(a, "(%.*s) = 0", STR_ARG(query));
}

struct str
liquibase_exists(struct arena *a, bool view, struct str schema, struct str name)
{
	const char *what = view ? "view" : "table";
	struct buf sql = BUF(a);

	if (name.n == 0 || str_find_char(name, '\'') != (size_t)-1 || str_find_char(schema, '\'') != (size_t)-1)
		return STR(OPEN);
	buf_printf(&sql, "EXISTS (SELECT FROM pg_catalog.pg_%ss WHERE %sname = '%.*s'", what, what, STR_ARG(name_there(a, name)));
	if (schema.n > 0)
		buf_printf(&sql, " AND schemaname = '%.*s'", STR_ARG(name_there(a, schema)));
	buf_str(&sql, STR(")"));
	return buf_text(&sql);
}

bool
liquibase_leaves_out(struct str fails)
{
	return str_is_nocase(fails, "mark_ran") || str_is_nocase(fails, "continue");
}

/* <sqlCheck expectedResult="0">SELECT count(*) ... */
static struct condition
sql_check(struct changelog *log, const struct yaml *node)
{
	const struct yaml *text = changelog_text_node(node, changelog_get(node, "sql") != NULL ? "sql" : NULL);
	struct str sql = text != NULL ? liquibase_value(log, text->text) : STR("");

	return (struct condition){ UNKNOWN, liquibase_sql_check(log->run->arena, sql, str_trim(changelog_text(node, "expectedResult"))) };
}

static struct condition
negation(struct arena *a, struct condition c)
{
	if (c.known != UNKNOWN)
		return (struct condition){ tri_not(c.known), STR("") };
	return (struct condition){ UNKNOWN, str_printf(a, "NOT (%.*s)", STR_ARG(c.sql)) };
}

static struct condition
condition(struct changelog *log, const struct yaml *node)
{
	if (str_is(node->key, "and") || str_is(node->key, "preConditions"))
		return each_of(log, node, true);
	if (str_is(node->key, "or"))
		return each_of(log, node, false);
	if (str_is(node->key, "not"))
		return negation(log->run->arena, each_of(log, node, true));
	if (str_is(node->key, "dbms"))
		return (struct condition){ tri_of(liquibase_dbms(changelog_text(node, "type"))), STR("") };
	if (str_is(node->key, "sqlCheck"))
		return sql_check(log, node);
	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
		if (str_is(node->key, questions[i].name))
			return question(log, node, str_of(questions[i].form));
	return OPEN_QUESTION;
}

enum tri
liquibase_condition(struct changelog *log, const struct yaml *node, struct str *sql)
{
	struct condition c = condition(log, node);

	*sql = c.sql;
	return c.known;
}

/* Of alternatives each has to. */
bool
liquibase_condition_excludes(struct arena *a, const struct yaml *node)
{
	struct changelog_items items = changelog_items(a, node);
	bool either = str_is(node->key, "or"), all = either && items.n > 0;

	if (str_is(node->key, "dbms"))
		return liquibase_only_here(changelog_text(node, "type"));
	if (!either && !str_is(node->key, "and") && !str_is(node->key, "preConditions"))
		return false;
	for (size_t i = 0; i < items.n; i++) {
		bool excludes = items.items[i]->kind != YAML_TEXT && liquibase_condition_excludes(a, items.items[i]);
		if (excludes && !either)
			return true;
		all = all && excludes;
	}
	return all;
}
