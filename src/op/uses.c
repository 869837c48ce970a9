#include "base/buf.h"
#include "catalog/spell.h"
#include "op/code.h"
#include "op/uses.h"
#include "op/view_text.h"

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
	struct arena *arena;
	const struct catalog *catalog;
	struct str found;
	const char *reason;             /* of varying_function() */
};

struct str
unpinned_name(struct arena *arena, const struct catalog *c, struct str schema, struct str name)
{
	const struct function_set *set = catalog_functions(c, schema, name);
	const struct function *found = NULL;
	struct buf b = BUF(arena);
	size_t n = 0;

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		n += !set->overloads.items[i]->dropped;
		if (found == NULL && is_unpinned(c, set->overloads.items[i]))
			found = set->overloads.items[i];
	}
	if (found != NULL)
		spell_name(&b, c, found->schema, name);
	/* the name alone is not unique */
	if (found != NULL && n > 1)
		buf_printf(&b, "(%.*s)", STR_ARG(found->arguments));
	return b.n > 0 ? buf_text(&b) : STR_NONE;
}

static void
visit(void *arg, const struct expr *e)
{
	struct search *s = arg;

	if (s->found.s == NULL && e->kind == EXPR_FUNCTION)
		s->found = unpinned_name(s->arena, s->catalog, e->schema, e->name);
}

struct str
unpinned_function(struct arena *arena, const struct catalog *c, const struct expr *e)
{
	struct search s = { arena, c, STR_NONE, NULL };

	if (e != NULL)
		expr_walk(e, visit, &s);
	return s.found;
}

/* NULL: its result does not vary, or it is only that nobody has said so. */
static const char *
reason_of(const struct catalog *c, const struct function *fn)
{
	if (fn->volatility == IMMUTABLE || (!fn->volatility_given && code_is_immutable(c, fn->code)))
		return NULL;
	return !fn->volatility_given ? "VOLATILE, as nothing declares it" : fn->volatility == STABLE ? "declared STABLE" : "declared VOLATILE";
}

/* Those that people write in conditions; the volatility of a name is that of its most volatile overload. NULL: it does not. */
static const char *
varies(const struct catalog *c, const struct expr *e)
{
	static const char *const names[] = { "now", "transaction_timestamp", "statement_timestamp", "clock_timestamp", "timeofday", "random",
		"gen_random_uuid", "uuid_generate_v4", "nextval", "currval", "lastval", "current_setting", "txid_current", NULL };
	const struct function_set *set = catalog_functions(c, e->schema, e->name);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped)
			return reason_of(c, set->overloads.items[i]);
	for (const char *const *n = names; *n != NULL; n++)
		if (str_is(e->name, *n))
			return "not immutable";
	return NULL;
}

static bool
is_named(const struct expr *e, const char *const *names)
{
	while (*names != NULL && !str_is(e->name, *names))
		names++;
	return *names != NULL;
}

/* There is always a time; a schema to create in may be missing. */
static bool
is_never_null(const struct catalog *c, const struct expr *e)
{
	static const char *const times[] = { "now", "transaction_timestamp", "statement_timestamp", "clock_timestamp", "timeofday", "random", NULL };

	if (e->kind == EXPR_SQL_VALUE)
		return !str_is(e->name, "current_schema");
	return e->kind == EXPR_FUNCTION && e->nargs == 0 && is_named(e, times) && catalog_functions(c, e->schema, e->name) == NULL;
}

/* Strict, and no NULL for anything else: now() AT TIME ZONE zone. What fails raises an error. */
static bool
is_null_with_arguments(const struct catalog *c, const struct expr *e)
{
	static const char *const functions[] = { "timezone", "date_trunc", "date_part", "extract", NULL };
	static const char *const operators[] = { "+", "-", "*", "/", "=", "<>", "<", "<=", ">", ">=", NULL };

	if (e->kind == EXPR_FUNCTION)
		return is_named(e, functions) && catalog_functions(c, e->schema, e->name) == NULL;
	return e->kind == EXPR_CAST || (e->kind == EXPR_OPERATOR && is_named(e, operators));
}

static void
find_varying(struct search *s, const struct expr *e, bool null_only)
{
	const char *reason;

	if (e == NULL || s->found.s != NULL || (null_only && is_never_null(s->catalog, e)))
		return;
	reason = e->kind == EXPR_SQL_VALUE ? "not immutable" : e->kind == EXPR_FUNCTION ? varies(s->catalog, e) : NULL;
	if (reason != NULL) {
		s->found = e->name;
		s->reason = reason;
	}
	null_only = e->kind == EXPR_IS_NULL || e->kind == EXPR_IS_NOT_NULL || (null_only && is_null_with_arguments(s->catalog, e));
	for (size_t i = 0; i < e->nargs; i++)
		find_varying(s, e->args[i], null_only);
}

struct str
varying_function(const struct catalog *c, const struct expr *e, struct str *reason)
{
	struct search s = { NULL, c, STR_NONE, NULL };

	find_varying(&s, e, false);
	if (reason != NULL)
		*reason = s.reason == NULL ? STR_NONE : str_of(s.reason);
	return s.found;
}

/* ---- users ---- */

/* Functions that call functions that call ...: people do not go deeper. */
enum { CALL_DEPTH = 4 };

static bool reaches(const struct catalog *, struct str schema, struct str name, const struct function *, int depth);

/* A standard SQL body is in the definition. */
static bool
body_reaches(const struct catalog *c, const struct function *caller, const struct function *fn, int depth)
{
	struct str body = caller->body.s != NULL ? caller->body : caller->definition;

	for (size_t i = 0, end; i < body.n; i = end) {
		for (end = i; end < body.n && in_word(body.s[end]); end++)
			;
		if (end > i && end < body.n && body.s[end] == '(' && reaches(c, STR_NONE, str_slice(body, i, end), fn, depth + 1))
			return true;
		end += end == i;
	}
	return false;
}

static bool
reaches(const struct catalog *c, struct str schema, struct str name, const struct function *fn, int depth)
{
	const struct function_set *set = catalog_functions(c, schema, name);

	if (str_eq(name, fn->name))
		return true;
	for (size_t i = 0; set != NULL && depth < CALL_DEPTH && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped && looks_names_up(set->overloads.items[i]) && body_reaches(c, set->overloads.items[i], fn, depth))
			return true;
	return false;
}

struct use {
	const struct catalog *catalog;
	const struct function *function;
	bool found;
};

static void
visit_use(void *arg, const struct expr *e)
{
	struct use *use = arg;

	use->found = use->found || (e->kind == EXPR_FUNCTION && reaches(use->catalog, e->schema, e->name, use->function, 0));
}

static bool
uses(const struct catalog *c, const struct expr *e, const struct function *fn)
{
	struct use use = { c, fn, false };

	if (e != NULL)
		expr_walk(e, visit_use, &use);
	return use.found;
}

static bool
keys_use(const struct catalog *c, const struct index_column *columns, size_t n, const struct function *fn)
{
	for (size_t i = 0; i < n; i++)
		if (uses(c, columns[i].expr, fn))
			return true;
	return false;
}

/* What uses the function, in words, and what computes it anew. */
struct users {
	struct arena *arena;
	const struct catalog *catalog;
	const struct function *function;
	struct buf words, checks, indexes, columns;
};

static void
put_user(struct users *u, const char *kind, struct str name, const struct relation *table)
{
	buf_printf(&u->words, "%s%s %.*s of %.*s", u->words.n > 0 ? ", " : "", kind, STR_ARG(name),
	    STR_ARG(relation_words(u->arena, u->catalog, table)));
}

static void
put_check(struct users *u, const struct constraint *k)
{
	struct str table = relation_words(u->arena, u->catalog, k->table), name = sql_ident(u->arena, k->name);

	put_user(u, "check constraint", k->name, k->table);
	buf_printf(&u->checks, "\nALTER TABLE %.*s DROP CONSTRAINT %.*s, ADD CONSTRAINT %.*s CHECK (%.*s) NOT VALID;"
	    "\n-- next migration\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;", STR_ARG(table), STR_ARG(name), STR_ARG(name),
	    STR_ARG(k->check->text), STR_ARG(table), STR_ARG(name));
}

static void
note_source(void *arg, const struct expr *e)
{
	struct str *source = arg;

	if (source->s == NULL && e->kind == EXPR_COLUMN)
		*source = e->name;
}

/* ExecComputeStoredGenerated(): only an UPDATE that sets a column of the expression computes it; REINDEX does not. */
static void
put_column(struct users *u, const struct relation *r, const struct column *column)
{
	struct str source = STR_NONE;

	put_user(u, "generated column", column->name, r);
	expr_walk(column->default_expr, note_source, &source);
	source = source.s == NULL ? STR("...") : sql_ident(u->arena, source);
	buf_printf(&u->columns, "\n-- for %.*s, one range of rows after the other, each in a transaction of its own"
	    "\nUPDATE %.*s SET %.*s = %.*s WHERE ...;", STR_ARG(sql_ident(u->arena, column->name)),
	    STR_ARG(relation_words(u->arena, u->catalog, r)), STR_ARG(source), STR_ARG(source));
}

static void
put_users_of_table(struct users *u, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		if (uses(u->catalog, r->constraints.items[i]->check, u->function))
			put_check(u, r->constraints.items[i]);
	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *x = r->indexes.items[i]->index;
		if (!keys_use(u->catalog, x->columns.items, x->columns.n, u->function) && !uses(u->catalog, x->predicate, u->function))
			continue;
		put_user(u, "index", r->indexes.items[i]->name, r);
		buf_printf(&u->indexes, "\nREINDEX INDEX CONCURRENTLY %.*s;  -- outside of a transaction", STR_ARG(relation_words(u->arena, u->catalog, r->indexes.items[i])));
	}
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && r->columns.items[i]->generated == 's' &&
		    uses(u->catalog, r->columns.items[i]->default_expr, u->function))
			put_column(u, r, r->columns.items[i]);
	if (keys_use(u->catalog, r->partition_key.items, r->partition_key.n, u->function))
		buf_printf(&u->words, "%sthe partition key of %.*s", u->words.n > 0 ? ", " : "", STR_ARG(relation_words(u->arena, u->catalog, r)));
}

static struct users
users_of(struct arena *arena, const struct catalog *c, const struct function *fn)
{
	struct users u = { arena, c, fn, BUF(arena), BUF(arena), BUF(arena), BUF(arena) };

	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && c->all.items[i]->index == NULL)
			put_users_of_table(&u, c->all.items[i]);
	return u;
}

struct str
function_users(struct arena *arena, const struct catalog *c, const struct function *fn)
{
	struct users u = users_of(arena, c, fn);

	return u.words.n > 0 ? buf_text(&u.words) : STR_NONE;
}

struct str
function_rebuild(struct arena *arena, const struct catalog *c, const struct function *fn)
{
	struct users u = users_of(arena, c, fn);

	return str_printf(arena, "%.*s%.*s%.*s", STR_ARG(buf_text(&u.columns)), STR_ARG(buf_text(&u.indexes)), STR_ARG(buf_text(&u.checks)));
}

/* ---- what depends on it ---- */

bool
function_is_the_only(const struct catalog *c, const struct function *fn)
{
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct slot *slot = c->functions.entries[i].value;
		const struct function_set *set = slot->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++)
			if (set->overloads.items[j] != fn && !set->overloads.items[j]->dropped && str_eq(set->overloads.items[j]->name, fn->name))
				return false;
	}
	return volatile_builtin(fn->name) == VOLATILITY_UNKNOWN;
}
