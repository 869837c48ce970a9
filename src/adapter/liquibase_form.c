#include <string.h>

#include "adapter/liquibase_form.h"

/* How deep the values of properties may hold others. */
enum { NESTED = 8 };

/* ---- names and values ---- */

/* AbstractPostgresDatabase: what is quoted, as PostgreSQL 9.6 reserved it */
static const char reserved[] = "all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation "
	"column concurrently constraint create cross current_catalog current_date current_role current_schema current_time "
	"current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full "
	"grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime "
	"localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right "
	"select session_user similar some symmetric table tablesample then to trailing true union unique user using variadic verbose "
	"when where window with";

static bool
is_reserved(struct str name)
{
	struct str rest = str_of(reserved), word;

	while (str_cut(&rest, ' ', &word))
		if (str_eq_nocase(name, word))
			return true;
	return false;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* AbstractJdbcDatabase.mustQuoteObjectName() */
static bool
must_quote(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!is_letter(name.s[i]) && !is_digit(name.s[i]) && name.s[i] != '_')
			return true;
	return (name.n > 0 && is_digit(name.s[0])) || is_reserved(name);
}

/* AbstractPostgresDatabase.hasMixedCase() */
static bool
is_mixed(struct str name)
{
	bool small = false, large = false;

	for (size_t i = 0; i < name.n; i++) {
		small = small || (name.s[i] >= 'a' && name.s[i] <= 'z');
		large = large || (name.s[i] >= 'A' && name.s[i] <= 'Z');
	}
	return small && large;
}

struct str
liquibase_name(struct arena *a, struct str name, enum quoting quoting)
{
	struct buf b = BUF(a);

	name = str_trim(name);
	if (quoting != QUOTE_ALL && !(quoting == QUOTE_MIXED_CASE && is_mixed(name)) && !must_quote(name))
		return name;
	buf_char(&b, '"');
	for (size_t i = 0; i < name.n; i++)
		buf_printf(&b, name.s[i] == '"' ? "\"\"" : "%c", name.s[i]);
	buf_char(&b, '"');
	return buf_text(&b);
}

struct str
liquibase_stored_name(struct arena *a, struct str name, enum quoting quoting)
{
	struct buf b = BUF(a);

	name = str_trim(name);
	if (str_starts(liquibase_name(a, name, quoting), "\""))
		return name;
	for (size_t i = 0; i < name.n; i++)
		buf_char(&b, name.s[i] >= 'A' && name.s[i] <= 'Z' ? (char)(name.s[i] - 'A' + 'a') : name.s[i]);
	return b.n > 0 ? buf_text(&b) : STR("");
}

static const struct str *
property(struct changelog *log, struct str name)
{
	const struct adapter_settings *settings = log->run->settings;
	const struct str *value = settings != NULL ? map_get(&settings->placeholders, name) : NULL;

	return value != NULL ? value : map_get(&log->properties, name);
}

/* Values may hold properties in turn. */
static struct str
expand(struct changelog *log, struct str text, unsigned depth)
{
	struct buf b = BUF(log->run->arena);
	size_t done = 0, at, end;

	while ((at = str_find(str_slice(text, done, text.n), STR("${"))) != (size_t)-1) {
		at += done;
		end = at + str_find_char(str_slice(text, at, text.n), '}');
		if (end < at)
			break;
		struct str name = str_trim(str_slice(text, at + 2, end));
		const struct str *value = property(log, name);
		buf_str(&b, str_slice(text, done, at));
		buf_str(&b, value == NULL ? placeholder_value(log->run, name, str_slice(text, at, end + 1)) : depth < NESTED ? expand(log, *value, depth + 1) : *value);
		done = end + 1;
	}
	if (done == 0)
		return text;
	buf_str(&b, str_slice(text, done, text.n));
	return buf_text(&b);
}

struct str
liquibase_value(struct changelog *log, struct str text)
{
	return expand(log, text, 0);
}

struct arena *
form_arena(const struct change_writer *w)
{
	return w->log->run->arena;
}

const struct yaml *
form_find(const struct change_writer *w, const char *key)
{
	const struct yaml *found = NULL;

	for (size_t i = w->nscope; found == NULL && i > 0; i--)
		found = changelog_text_node(w->scope[i - 1], key);
	return found;
}

/* An attribute of the change, or of the part of it that is written; empty: it is not given. */
struct str
form_get(const struct change_writer *w, const char *key)
{
	const struct yaml *found = form_find(w, key);

	return found != NULL ? str_trim(liquibase_value(w->log, found->text)) : STR("");
}

bool
form_has(const struct change_writer *w, const char *key)
{
	const struct yaml *found = form_find(w, key);

	return found != NULL && found->text.n > 0;
}

bool
form_says(const struct change_writer *w, const char *key)
{
	return str_is_nocase(form_get(w, key), "true");
}

void
form_enter(struct change_writer *w, const struct yaml *node)
{
	if (node != NULL && w->nscope < sizeof w->scope / sizeof w->scope[0])
		w->scope[w->nscope++] = node;
}

/* ---- writing ---- */

void
form_words(struct change_writer *w, struct str text)
{
	changelog_put(w->out, text, w->here);
}

/* What is said of the whole change stands, in a statement of its own for each column, where the column does. */
void
form_put(struct change_writer *w, struct str text, const struct yaml *node)
{
	bool outside = w->nscope > 1 && node != NULL && (node->at.span.off < w->here->key_at.span.off);

	changelog_put(w->out, text, node != NULL && !outside ? node : w->here);
}

struct str
form_literal(struct arena *a, struct str text)
{
	struct buf b = BUF(a);

	buf_char(&b, '\'');
	for (size_t i = 0; i < text.n; i++)
		buf_printf(&b, text.s[i] == '\'' ? "''" : "%c", text.s[i]);
	buf_char(&b, '\'');
	return buf_text(&b);
}

void
form_name(struct change_writer *w, struct str text, const struct yaml *node)
{
	form_put(w, liquibase_name(form_arena(w), text, w->quoting), node);
}

/* AbstractJdbcDatabase.escapeColumnNameList() */
static void
names(struct change_writer *w, struct str list, const struct yaml *node)
{
	struct str one;
	bool first = true;

	while (str_cut(&list, ',', &one)) {
		struct str order = STR("");
		one = str_trim(one);
		if (one.n > 5 && str_is_nocase(str_slice(one, one.n - 5, one.n), " desc"))
			order = STR(" DESC");
		if (order.n > 0 || (one.n > 4 && str_is_nocase(str_slice(one, one.n - 4, one.n), " asc")))
			one = str_trim(str_slice(one, 0, one.n - (order.n > 0 ? 5 : 4)));
		if (!first)
			form_words(w, STR(", "));
		form_name(w, one, node);
		form_words(w, order);
		first = false;
	}
}

/* Reserved since PostgreSQL 16, which Liquibase does not know, but for behind a schema: the default one stands in front of a relation (AbstractJdbcDatabase.escapeObjectName()). */
static void
relation_name(struct change_writer *w, const char *key)
{
	struct str name = form_get(w, key);

	if (w->quoting != QUOTE_ALL && str_is_nocase(str_trim(name), "system_user"))
		form_put(w, STR("\"system_user\""), form_find(w, key));
	else
		form_name(w, name, form_find(w, key));
}

/* "a.b": b, in the schema a if that is given; "a,": a list */
static void
write_name(struct change_writer *w, struct str spec)
{
	struct str schema = STR("");
	bool relation = str_find_char(spec, '.') != (size_t)-1 || str_is(spec, "referencedTableName");
	const char *key;

	if (str_find_char(spec, '.') != (size_t)-1)
		str_cut(&spec, '.', &schema);
	if (schema.n > 0 && form_has(w, str_c(form_arena(w), schema))) {
		key = str_c(form_arena(w), schema);
		form_name(w, form_get(w, key), form_find(w, key));
		form_words(w, STR("."));
	}
	key = str_c(form_arena(w), str_ends(spec, ",") ? str_slice(spec, 0, spec.n - 1) : spec);
	if (str_ends(spec, ","))
		names(w, form_get(w, key), form_find(w, key));
	else if (form_has(w, key) && relation)
		relation_name(w, key);
	else if (form_has(w, key))
		form_name(w, form_get(w, key), form_find(w, key));
}

static void
write_text(struct change_writer *w, struct str spec)
{
	struct str key, kind = spec;
	const char *k;

	str_cut(&kind, ':', &key);
	k = str_c(form_arena(w), key);
	if (str_is(kind, "type"))
		form_put(w, liquibase_type(form_arena(w), form_get(w, k)).sql, form_find(w, k));
	else if (str_is(kind, "text"))
		form_put(w, form_literal(form_arena(w), liquibase_value(w->log, changelog_text(form_find(w, k), NULL))), form_find(w, k));
	else
		form_put(w, form_get(w, k), form_find(w, k));
}

static bool
holds(const struct change_writer *w, struct str test)
{
	bool wanted = !str_starts(test, "!");
	const char *key;

	if (!wanted)
		test = str_slice(test, 1, test.n);
	if (!str_ends(test, "?"))
		return form_has(w, str_c(form_arena(w), test)) == wanted;
	key = str_c(form_arena(w), str_slice(test, 0, test.n - 1));
	return wanted ? form_says(w, key) : str_is_nocase(form_get(w, key), "false");
}

static size_t
closing(struct str form, size_t at)
{
	size_t depth = 0;

	for (; at < form.n; at++) {
		depth += form.s[at] == '[';
		if (form.s[at] == ']' && --depth == 0)
			return at;
	}
	return form.n;
}

/* ---- <modifySql> ---- */

bool
liquibase_modifies(const struct yaml *node, bool back)
{
	return str_is(node->key, "modifySql") && liquibase_dbms(changelog_text(node, "dbms")) && (!back || changelog_says(node, "applyToRollback", false));
}

/* What the set's modifySql puts in front of each statement, or behind it. */
static void
modify(struct change_writer *w, const char *how)
{
	struct changelog_items parts = changelog_items(form_arena(w), w->set);

	for (size_t i = 0; i < parts.n; i++) {
		struct changelog_items all = { 0 };
		if (liquibase_modifies(parts.items[i], w->undoing))
			all = changelog_named(form_arena(w), parts.items[i], how, "");
		for (size_t j = 0; j < all.n; j++)
			form_put(w, changelog_text(all.items[j], "value"), changelog_text_node(all.items[j], "value"));
	}
}

void
liquibase_remarks(struct change_writer *w)
{
	for (size_t i = 0; i < w->remarks.n; i++) {
		struct span at = w->remarks.items[i], sign = span_of(at.off, (size_t)at.off + 1);
		making_put(w->out, STR("-- "), sign);
		making_take(w->out, at);
		making_put(w->out, STR("\n"), sign);
	}
}

void
form_begin(struct change_writer *w)
{
	liquibase_remarks(w);
	modify(w, "prepend");
	w->begin = w->out->text.n;
}

void
form_end(struct change_writer *w)
{
	if (w->out->text.n == w->begin)
		return;
	modify(w, "append");
	form_words(w, STR(";\n"));
	w->begin = w->out->text.n;
}

static void
write_form(struct change_writer *w, struct str form)
{
	size_t done = 0, end;

	for (size_t at = 0; at <= form.n; at++) {
		char c = at < form.n ? form.s[at] : '\0';
		if (at < form.n && strchr("<{[;", c) == NULL)
			continue;
		form_words(w, str_slice(form, done, at));
		end = at;
		if (c == ';') {
			form_end(w);
			form_begin(w);
		} else if (c == '[') {
			struct str inner = str_slice(form, at + 1, end = closing(form, at)), test;
			str_cut(&inner, '|', &test);
			if (holds(w, test))
				write_form(w, inner);
		} else if (c != '\0') {
			end = at + str_find_char(str_slice(form, at, form.n), c == '<' ? '>' : '}');
			(c == '<' ? write_name : write_text)(w, str_slice(form, at + 1, end));
		}
		at = end;
		done = end + 1;
	}
}

void
form_write(struct change_writer *w, const char *text)
{
	write_form(w, str_of(text));
}

/* A statement of its own. */
void
form_statement(struct change_writer *w, const char *text)
{
	form_begin(w);
	form_write(w, text);
	form_end(w);
}
