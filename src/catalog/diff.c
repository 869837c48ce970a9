#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "catalog/diff.h"

static const struct item *
find(const struct items *items, const struct item *like)
{
	struct arena *arena = items->arena;

	return map_get(&items->by_key, str_printf(arena, "%.*s%c%.*s", STR_ARG(like->kind), '\0', STR_ARG(like->object)));
}

/* ---- where it was done ---- */

/* "email" of "users.email", "f" of "f(integer)" */
static struct str
short_name(struct str object)
{
	size_t end = str_find_char(object, '(');
	size_t from;

	object = str_slice(object, 0, end);
	for (from = object.n; from > 0 && object.s[from - 1] != '.'; from--)
		;
	return str_slice(object, from, object.n);
}

static bool
is_about(const struct comparison *c, const struct touched *t, const struct item *item)
{
	if (item->relation.s == NULL)
		return str_eq(t->name, short_name(item->object)) || str_eq(t->name, item->object);
	return str_eq(item->relation, str_printf(c->arena, "%.*s%c%.*s", STR_ARG(t->schema), '\0', STR_ARG(t->name)));
}

static bool
mentions(const struct touched *t, struct str name)
{
	return t->place.source != NULL && str_find(source_text(t->place.source, t->place.span), name) != (size_t)-1;
}

/* The first statement that touched its relation and speaks of it, or else the first that touched its relation. */
static struct place
place_of(const struct comparison *c, const struct item *item)
{
	struct place found = { 0 };

	for (size_t i = 0; i < c->ntouched; i++) {
		const struct touched *t = &c->touched[i];
		if (!is_about(c, t, item))
			continue;
		if (mentions(t, short_name(item->object)))
			return t->place;
		if (found.source == NULL)
			found = t->place;
	}
	return found;
}

/* ---- comparing ---- */

static void
report(const struct comparison *c, struct differences *out, struct str kind, const struct item *item, struct str expected,
    struct str actual)
{
	struct difference *d = vec_push(c->arena, out);
	bool left_over = expected.s == NULL && item->born.place.source != NULL;

	*d = (struct difference){ kind, item->object, expected, actual, left_over ? item->born.place : place_of(c, item) };
}

/* The relation is missing, or left over, as a whole: nothing is said about its parts. */
static bool
goes_with_relation(const struct items *other, const struct item *item)
{
	if (item->relation.s == NULL || item->whole)
		return false;
	for (size_t i = 0; i < other->list.n; i++)
		if (other->list.items[i]->relation.s != NULL && str_eq(other->list.items[i]->relation, item->relation))
			return false;
	return true;
}

static struct str
shown(const struct item *item)
{
	return item->text.s != NULL ? item->text : STR("");
}

/* Bytes of a type behind "::": names, modifiers and brackets, and the second word of those that have one. */
static size_t
type_size(struct str s)
{
	static const char *const seconds[] = { " precision", " varying", " with time zone", " without time zone" };
	size_t i = 0;

	while (i < s.n && (isalnum((unsigned char)s.s[i]) || strchr("_.\"[", s.s[i]) || (s.s[i] == ']' && s.s[i - 1] == '[')))
		i++;
	for (size_t k = 0; k < sizeof seconds / sizeof seconds[0]; k++)
		if (str_starts(str_slice(s, i, s.n), seconds[k]))
			i += strlen(seconds[k]);
	if (i < s.n && s.s[i] == '(' && str_find_char(str_slice(s, i, s.n), ')') != (size_t)-1)
		i += str_find_char(str_slice(s, i, s.n), ')') + 1;
	return i;
}

/* Without casts, which the server adds and shows on its own, and without the name of the default schema. */
static struct str
loose(const struct comparison *c, struct str s)
{
	struct buf b = BUF(c->arena);

	for (size_t i = 0; i < s.n; i++) {
		struct str rest = str_slice(s, i, s.n);
		bool starts_word = i == 0 || !(isalnum((unsigned char)s.s[i - 1]) || s.s[i - 1] == '_');
		if (str_starts(rest, "::"))
			i += 1 + type_size(str_slice(rest, 2, rest.n));
		else if (starts_word && rest.n > c->default_schema.n && rest.s[c->default_schema.n] == '.' &&
		    str_eq(str_slice(rest, 0, c->default_schema.n), c->default_schema))
			i += c->default_schema.n;
		else
			buf_char(&b, s.s[i]);
	}
	return buf_text(&b);
}

/* Where the bracket ends that is open before s; (size_t)-1: nowhere. */
static size_t
bracket_end(struct str s)
{
	bool quoted = false;
	int depth = 1;

	for (size_t i = 0; i < s.n; i++) {
		quoted ^= s.s[i] == '\'';
		depth += quoted ? 0 : strchr("[(", s.s[i]) != NULL ? 1 : strchr("])", s.s[i]) != NULL ? -1 : 0;
		if (depth == 0)
			return i;
	}
	return (size_t)-1;
}

/* "IN (1, 2)" for "= ANY(ARRAY[1, 2])", as the server keeps and shows it; *size: bytes of the latter. STR_NONE: there is none at the start. */
static struct str
list_at(const struct comparison *c, struct str s, size_t *size)
{
	static const struct {
		const char *array, *list;
	} heads[] = { { "= ANY(ARRAY[", "IN" }, { "<> ALL(ARRAY[", "NOT IN" } };

	for (size_t k = 0; k < sizeof heads / sizeof heads[0]; k++) {
		size_t head = strlen(heads[k].array), end;
		end = str_starts(s, heads[k].array) ? bracket_end(str_slice(s, head, s.n)) : (size_t)-1;
		if (end == (size_t)-1 || !str_starts(str_slice(s, head + end, s.n), "])"))
			continue;
		*size = head + end + 2;
		return str_printf(c->arena, "%s (%.*s)", heads[k].list, STR_ARG(str_slice(s, head, head + end)));
	}
	return STR_NONE;
}

static struct str
with_lists(const struct comparison *c, struct str s)
{
	struct buf b = BUF(c->arena);
	struct str list;
	size_t size;

	for (size_t i = 0; i < s.n; i += size) {
		size = 1;
		list = list_at(c, str_slice(s, i, s.n), &size);
		buf_printf(&b, "%.*s", STR_ARG(list.s != NULL ? list : str_slice(s, i, i + 1)));
	}
	return buf_text(&b);
}

static bool
same(const struct comparison *c, struct str a, struct str b)
{
	return str_eq(a, b) || str_eq(with_lists(c, loose(c, a)), with_lists(c, loose(c, b)));
}

static bool
is_one_of(struct str s, const char *const *words)
{
	while (*words != NULL && !str_is(s, *words))
		words++;
	return *words != NULL;
}

/* A whole number or a truth value in quotes. */
static bool
is_plain_in_quotes(struct str s, struct str type)
{
	static const char *const numbers[] = { "smallint", "integer", "bigint", NULL }, *const truths[] = { "true", "false", NULL };
	struct str inner = str_slice(s, 1, s.n > 0 ? s.n - 1 : 0);
	int64_t value;

	if (s.n < 3 || s.s[0] != '\'' || s.s[s.n - 1] != '\'')
		return false;
	return is_one_of(type, numbers) ? str_to_int(inner, &value) && (inner.s[0] != '0' || inner.n == 1) : str_is(type, "boolean") && is_one_of(inner, truths);
}

/* coerce_type(): a literal that is no string yet is read as the type of the column. */
static struct str
literal(const struct comparison *c, struct str s, struct str type)
{
	static const char head[] = "DEFAULT ";
	struct str value = str_slice(s, sizeof head - 1, s.n);

	if (!str_starts(s, head) || !is_plain_in_quotes(value, type))
		return s;
	return str_printf(c->arena, "%s%.*s", head, STR_ARG(str_slice(value, 1, value.n - 1)));
}

/* What gives the same value in a column of that type; a local time becomes another moment as clocks go back, so not with time zone. */
static struct str
default_value(struct str s, struct str type)
{
	static const char *const now[] = { "DEFAULT now()", "DEFAULT pg_catalog.now()", "DEFAULT transaction_timestamp()",
		"DEFAULT current_timestamp", NULL };
	static const char *const roles[] = { "DEFAULT user", "DEFAULT current_role", NULL };
	bool is_local = str_is(type, "date") || (str_starts(type, "time") && str_find(type, STR("without time zone")) != (size_t)-1);

	if (is_one_of(s, now) || (is_local && str_is(s, "DEFAULT localtimestamp")) || (str_is(type, "date") && str_is(s, "DEFAULT current_date")) ||
	    (is_local && str_starts(type, "time ") && str_is(s, "DEFAULT localtime")))
		return STR("DEFAULT now()");
	return is_one_of(s, roles) ? STR("DEFAULT current_user") : s;
}

static bool
same_property(const struct comparison *c, const struct item *of, const struct property *a, const struct property *b)
{
	struct str type = of->properties[0].text;

	if (strcmp(a->kind, "column default") != 0 || type.s == NULL)
		return same(c, a->text, b->text);
	return str_eq(literal(c, default_value(loose(c, a->text), type), type), literal(c, default_value(loose(c, b->text), type), type));
}

static void
compare(const struct comparison *c, const struct item *before, const struct item *after, struct differences *out)
{
	if (before->nproperties == 0) {
		if (before->text.s != NULL && after->text.s != NULL && !same(c, before->text, after->text))
			report(c, out, before->kind, before, before->text, after->text);
		return;
	}
	for (size_t i = 0; i < before->nproperties; i++) {
		const struct property *a = &before->properties[i], *b = &after->properties[i];
		if (a->text.s != NULL && b->text.s != NULL && !same_property(c, before, a, b))
			report(c, out, str_of(a->kind), before, a->text, b->text);
	}
}

/* Only the way back speaks of it, and what it was before nobody knows. */
static bool
may_have_been(const struct comparison *c, const struct item *after)
{
	return after->assumed || (after->unsure && (after->born.statement == 0 || after->born.statement >= c->back));
}

void
diff(const struct comparison *c, struct differences *out)
{
	for (size_t i = 0; i < c->before->list.n; i++) {
		const struct item *before = c->before->list.items[i], *after = find(c->after, before);
		if (after != NULL)
			compare(c, before, after, out);
		else if (!before->assumed && !goes_with_relation(c->after, before))
			report(c, out, before->kind, before, shown(before), STR_NONE);
	}
	for (size_t i = 0; i < c->after->list.n; i++) {
		const struct item *after = c->after->list.items[i];
		if (find(c->before, after) == NULL && !may_have_been(c, after) && !goes_with_relation(c->before, after))
			report(c, out, after->kind, after, STR_NONE, shown(after));
	}
}

/* ---- the order of columns ---- */

static bool
is_column_of(const struct item *item, const struct item *table)
{
	return item->nproperties > 0 && str_eq(item->relation, table->relation);
}

/* Those that are there both times, in the order of one of them. */
static struct str
column_order(const struct comparison *c, const struct items *in, const struct items *other, const struct item *table)
{
	struct buf b = BUF(c->arena);

	for (size_t i = 0; i < in->list.n; i++)
		if (is_column_of(in->list.items[i], table) && find(other, in->list.items[i]) != NULL)
			buf_printf(&b, "%s%.*s", b.n > 0 ? ", " : "", STR_ARG(short_name(in->list.items[i]->object)));
	return buf_text(&b);
}

void
diff_order(const struct comparison *c, struct differences *out)
{
	for (size_t i = 0; i < c->before->list.n; i++) {
		const struct item *table = c->before->list.items[i];
		if (!table->whole || table->assumed || find(c->after, table) == NULL)
			continue;
		struct str before = column_order(c, c->before, c->after, table), after = column_order(c, c->after, c->before, table);
		if (!str_eq(before, after))
			report(c, out, STR("column order"), table, before, after);
	}
}
