#include <ctype.h>
#include <stdio.h>

#include "op/concurrently.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/order.h"

/* A string of two statements is a transaction, so that a SET cannot stand there, either. */
static bool
is_alone(const struct facts *f)
{
	return f->unit != NULL && (f->unit->alone || f->unit->tx == TX_STRING);
}

/* A migration to come starts with the defaults. */
static bool
is_limited(const struct facts *f, enum setting_name name)
{
	const struct setting *s = f->op->statement != NULL ? &f->session->settings[name] : &f->session->defaults[name];

	return s->known == YES && s->value > 0;
}

/* Behind a COMMIT of the file, too, whatever the runner does. */
static bool
stands_outside(const struct facts *f)
{
	return f->op->statement != NULL && f->inside == NULL && f->session->open == NO;
}

bool
runs_by_hand(const struct facts *f)
{
	return f->unit != NULL && f->unit->wraps && !stands_outside(f);
}

/* ---- the search_path of the file ---- */

static bool
is_in_default(const struct facts *f, const struct relation *r)
{
	return r == NULL || str_eq(r->schema, f->catalog->default_schema);
}

/* Advice names tables with their schema, but what is dropped or built anew as it is written. */
static bool
is_found_by_path(const struct facts *f, bool as_written)
{
	const struct op *op = f->op;
	bool bare = op->target.name.s != NULL && op->target.schema.s == NULL && !(is_in_default(f, op->table) && is_in_default(f, op->index));

	return ((as_written || is_kind(op, "drop_index") || is_kind(op, "reindex_index") || is_kind(op, "reindex_table")) && bare) || index_op_is_found_by_path(op, f->catalog);
}

/* What the file has said before the statement, and the sessions of other files do not begin with; STR_NONE: nothing that the statement needs. */
static struct str
path_of_file(const struct facts *f, bool as_written)
{
	const struct setting *now = &f->session->settings[SETTING_SEARCH_PATH], *otherwise = &f->session->defaults[SETTING_SEARCH_PATH];

	if (f->op->statement == NULL || now->known != YES || (otherwise->known == YES && str_eq(now->text, otherwise->text)))
		return STR_NONE;
	return is_found_by_path(f, as_written) ? now->text : STR_NONE;
}

static struct str
path_again(const struct facts *f)
{
	struct str path = path_of_file(f, false);

	if (path.s == NULL)
		return STR("");
	return is_alone(f) && !runs_by_hand(f)
	    ? str_printf(f->arena, "\n-- with the schemas in front of what only this file's search_path finds: %.*s", STR_ARG(path))
	    : str_printf(f->arena, "\nSET search_path = %.*s;", STR_ARG(path.n > 0 ? path : STR("''")));
}

static bool
in_word(struct str s, size_t at)
{
	return at < s.n && (isalnum((unsigned char)s.s[at]) || s.s[at] == '_');
}

static bool
says(struct str text, struct str name)
{
	size_t at;

	for (size_t i = 0; i < text.n; i += at + name.n) {
		at = str_find(str_slice(text, i, text.n), name);
		if (at == (size_t)-1)
			return false;
		if (!in_word(text, i + at + name.n) && (i + at == 0 || !in_word(text, i + at - 1)))
			return true;
	}
	return false;
}

static bool
is_renamed_here(const struct facts *f, const struct relation *r)
{
	return r != NULL && r->former.transaction != 0 && r->former.transaction == f->catalog->now.transaction;
}

static bool
has_column_of_here(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct str text = source_text(f->op->statement->source, f->op->statement->span);
	unsigned now = f->catalog->now.transaction;

	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *c = r->columns.items[i];
		if ((c->born.transaction == now || c->named.transaction == now) && says(text, c->name))
			return true;
	}
	return false;
}

/* What it names is not there, or not by that name, before the transaction has ended. */
static bool
needs_what_is_made_here(const struct facts *f)
{
	const struct relation *r = f->op->table;

	if (f->op->statement == NULL || r == NULL)
		return false;
	return relation_new_in_transaction(f->catalog, r) || is_renamed_here(f, r) || is_renamed_here(f, f->op->index) || has_column_of_here(f) ||
	    order_ties(f, &(struct ops){ 0 }).before.n > 0 || order_build_needs(f).n > 0;
}

bool
builds_in_other_file(const struct facts *f)
{
	return runs_by_hand(f) ? needs_what_is_made_here(f) : is_alone(f) || f->session->open != NO || order_build_needs(f).n > 0;
}

static const char *
when_by_hand(const struct facts *f)
{
	if (f->op->statement == NULL)
		return "when the migrations have run";
	/* VACUUM is about the rows that the statements before it leave. */
	return is_kind(f->op, "vacuum") || needs_what_is_made_here(f) ? "when this migration has run without it" : "before this migration runs";
}

static struct str
by_hand(const struct facts *f, const char *when)
{
	return str_printf(f->arena, "-- by hand, %s: its runner puts every file into a transaction. Where a file does it, too, it says IF [NOT] EXISTS", when);
}

static struct str
where_outside(const struct facts *f)
{
	return f->unit == NULL || f->unit->outside == NULL || stands_outside(f) ? STR("") : str_printf(f->arena, "\n-- %s", f->unit->outside);
}

struct str
lock_timeout_off_before(const struct facts *f)
{
	const char *limited = is_limited(f, SETTING_LOCK_TIMEOUT) ? "\nSET lock_timeout = 0;" : "";

	if (runs_by_hand(f))
		return str_printf(f->arena, "\n%.*s%s%.*s", STR_ARG(by_hand(f, "before this migration runs")), limited, STR_ARG(path_again(f)));
	return str_printf(f->arena, "\n-- in a migration before this one%.*s", STR_ARG(get_lock_timeout_off(f).text));
}

struct value
get_lock_timeout_off(const struct facts *f)
{
	const char *limited = is_limited(f, SETTING_LOCK_TIMEOUT) ? "\nSET lock_timeout = 0;" : "";
	struct str path = path_again(f);

	if (runs_by_hand(f))
		return value_text(str_printf(f->arena, "\n%.*s%s%.*s", STR_ARG(by_hand(f, when_by_hand(f))), limited, STR_ARG(path)));
	if (!is_alone(f))
		return value_text(str_printf(f->arena, "%.*s%s%.*s", STR_ARG(where_outside(f)), limited, STR_ARG(path)));
	return value_text(str_printf(f->arena, "\n-- alone in its file%s%.*s%.*s", limited[0] != '\0' ? ", with lock_timeout 0 for the role or connection" : "",
	    STR_ARG(where_outside(f)), STR_ARG(path)));
}

struct value
get_timeouts_off(const struct facts *f)
{
	bool limited = is_limited(f, SETTING_LOCK_TIMEOUT);

	if (runs_by_hand(f) && op_is_concurrent(f))
		return value_text(str_printf(f->arena, "\n%.*s%s\nSET statement_timeout = 0;", STR_ARG(by_hand(f, when_by_hand(f))), limited ? "\nSET lock_timeout = 0;" : ""));
	if (!is_alone(f) || !op_is_concurrent(f))
		return value_text(limited ? STR("\nSET lock_timeout = 0;\nSET statement_timeout = 0;") : STR("\nSET statement_timeout = 0;"));
	return value_text(limited ? STR("\n-- alone in its file, with lock_timeout 0 and statement_timeout 0 for the role or connection")
	    : STR("\n-- alone in its file, with statement_timeout 0 for the role or connection"));
}

struct value
get_no_transaction(const struct facts *f)
{
	return value_text(runs_by_hand(f) ? str_printf(f->arena, "by hand, %s: its runner puts every file into a transaction", when_by_hand(f)) : STR("(no transaction)"));
}

struct value
get_place_outside(const struct facts *f)
{
	return value_text(runs_by_hand(f) ? str_printf(f->arena, "by hand, %s, as its runner puts every file into a transaction", when_by_hand(f))
	    : STR("in a migration of its own that runs without a transaction"));
}

struct value
get_next_concurrently(const struct facts *f)
{
	return value_text(is_alone(f) ? STR("\n-- next migration (no transaction)") : STR(""));
}

struct value
get_own_migration(const struct facts *f)
{
	struct str path = path_of_file(f, true);
	struct str with = path.s == NULL ? STR("") : str_printf(f->arena, "\n-- there, too, it needs search_path = %.*s, or schemas in front of its names", STR_ARG(path));

	return value_text(str_printf(f->arena, "%.*s%.*s", STR_ARG(runs_by_hand(f) ? by_hand(f, when_by_hand(f))
	    : str_printf(f->arena, "-- move this statement into a migration of its own that runs without a transaction%.*s", STR_ARG(where_outside(f)))), STR_ARG(with)));
}

/* ---- the index of a key ---- */

static bool
is_said_later(const struct facts *f, struct str name)
{
	for (size_t i = 0; f->unit != NULL && i < f->unit->nlater; i++)
		if (f->unit->later[i].up.source != NULL && says(f->unit->later[i].up.source->text, name))
			return true;
	return false;
}

struct str
advised_index(const struct facts *f, struct relation *table, const struct str *columns, size_t n)
{
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;
	struct str name = catalog_choose_name(c, table, columns, n, "idx", false);
	char label[32];

	for (unsigned pass = 1; is_said_later(f, name); pass++) {
		(void)snprintf(label, sizeof label, "idx%u", pass);
		name = catalog_choose_name(c, table, columns, n, label, false);
	}
	return name;
}

struct indexing {
	struct str table, column;
	const struct op *found;
};

/* Of operations that are not bound. */
static bool
is_indexing(const struct op *later, void *arg)
{
	struct indexing *s = arg;

	s->found = index_op_leads_with(later, s->column) && str_eq(later->target.name, s->table) ? later : NULL;
	return s->found != NULL;
}

struct str
later_file_indexing(const struct facts *f, const struct relation *table, struct str column)
{
	const struct str words[] = { table->name, column };
	struct indexing s = { table->name, column, NULL };

	return f->unit != NULL && !f->unit->down && later_file_has(f, words, 2, is_indexing, &s) ? file_name(statement_file(s.found->statement)) : STR_NONE;
}
