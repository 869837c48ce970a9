#include "base/buf.h"
#include "op/uses.h"

/* Who uses a function, and whether its meaning depends on the session. */

static bool
looks_names_up(const struct function *fn)
{
	return str_is_nocase(fn->language, "sql") || str_is_nocase(fn->language, "plpgsql");
}

static bool
in_word(char c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool
is_object(const struct catalog *c, const struct function *fn, struct str word, bool called)
{
	const struct function_set *set = called ? catalog_functions(c, STR_NONE, word) : NULL;

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped && set->overloads.items[i] != fn)
			return true;
	return !called && catalog_find_relation(c, (struct name){ STR_NONE, word, { 0, 0 } }) != NULL;
}

/* A word of the body, not behind a dot, is a relation, or, before a parenthesis, a function that the files made. */
static bool
names_objects(const struct catalog *c, const struct function *fn)
{
	struct str body = fn->body;

	for (size_t i = 0, end; i < body.n; i = end) {
		for (end = i; end < body.n && in_word(body.s[end]); end++)
			;
		if (end == i) {
			end++;
			continue;
		}
		if ((i == 0 || body.s[i - 1] != '.') && is_object(c, fn, str_slice(body, i, end), end < body.n && body.s[end] == '('))
			return true;
	}
	return false;
}

/* A body in standard SQL was resolved when it was made. */
static bool
is_unpinned(const struct catalog *c, const struct function *fn)
{
	if (fn->dropped || fn->body.s == NULL || !looks_names_up(fn) || fn->search_path)
		return false;
	for (size_t i = 0; i < fn->changes.n; i++)
		if (str_find(fn->changes.items[i], STR("search_path")) != (size_t)-1)
			return false;
	return names_objects(c, fn);
}

struct search {
	const struct catalog *catalog;
	struct str found;
};

bool
calls_unpinned(const struct catalog *c, struct str schema, struct str name)
{
	const struct function_set *set = catalog_functions(c, schema, name);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (is_unpinned(c, set->overloads.items[i]))
			return true;
	return false;
}

static void
visit(void *arg, const struct expr *e)
{
	struct search *s = arg;

	if (s->found.s == NULL && e->kind == EXPR_FUNCTION && calls_unpinned(s->catalog, e->schema, e->name))
		s->found = e->name;
}

struct str
unpinned_function(const struct catalog *c, const struct expr *e)
{
	struct search s = { c, STR_NONE };

	if (e != NULL)
		expr_walk(e, visit, &s);
	return s.found;
}

/* Those that people write in conditions; the volatility of a name is that of its most volatile overload. */
static bool
varies(const struct catalog *c, const struct expr *e)
{
	static const char *const names[] = { "now", "transaction_timestamp", "statement_timestamp", "clock_timestamp", "timeofday", "random",
		"gen_random_uuid", "uuid_generate_v4", "nextval", "currval", "lastval", "current_setting", "txid_current", NULL };
	const struct function_set *set = catalog_functions(c, e->schema, e->name);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped)
			return set->overloads.items[i]->volatility >= STABLE;
	for (const char *const *n = names; *n != NULL; n++)
		if (str_is(e->name, *n))
			return true;
	return false;
}

static void
visit_varying(void *arg, const struct expr *e)
{
	struct search *s = arg;

	if (s->found.s == NULL && (e->kind == EXPR_SQL_VALUE || (e->kind == EXPR_FUNCTION && varies(s->catalog, e))))
		s->found = e->name;
}

struct str
varying_function(const struct catalog *c, const struct expr *e)
{
	struct search s = { c, STR_NONE };

	if (e != NULL)
		expr_walk(e, visit_varying, &s);
	return s.found;
}

/* ---- users ---- */

static void
put_user(struct buf *b, const char *kind, struct str name, const struct relation *table)
{
	buf_printf(b, "%s%s %.*s of %.*s", b->n > 0 ? ", " : "", kind, STR_ARG(name), STR_ARG(table->name));
}

static bool
keys_call(const struct index_column *columns, size_t n, struct str function)
{
	for (size_t i = 0; i < n; i++)
		if (columns[i].expr != NULL && expr_calls_function(columns[i].expr, function))
			return true;
	return false;
}

static bool
calls(const struct expr *e, struct str function)
{
	return e != NULL && expr_calls_function(e, function);
}

static void
put_users_of_table(struct buf *b, const struct relation *r, struct str function)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		if (calls(r->constraints.items[i]->check, function))
			put_user(b, "check constraint", r->constraints.items[i]->name, r);
	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *x = r->indexes.items[i]->index;
		if (keys_call(x->columns.items, x->columns.n, function) || calls(x->predicate, function))
			put_user(b, "index", r->indexes.items[i]->name, r);
	}
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && r->columns.items[i]->generated != 0 && calls(r->columns.items[i]->default_expr, function))
			put_user(b, "generated column", r->columns.items[i]->name, r);
	if (keys_call(r->partition_key.items, r->partition_key.n, function))
		buf_printf(b, "%sthe partition key of %.*s", b->n > 0 ? ", " : "", STR_ARG(r->name));
}

struct str
function_users(struct arena *arena, const struct catalog *c, const struct function *fn)
{
	struct buf b = BUF(arena);

	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && c->all.items[i]->index == NULL)
			put_users_of_table(&b, c->all.items[i], fn->name);
	return b.n > 0 ? buf_text(&b) : STR_NONE;
}
