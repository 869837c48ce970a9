#include "op/put_off.h"

#include "base/buf.h"
#include "op/advice.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/freed.h"
#include "op/rename.h"
#include "op/swap.h"

/*
 * A statement that waits until the code that needs it done, or undone, is gone: what waits with it, and what would have to be said differently.
 */

static bool
makes_or_drops(const struct op *op)
{
	static const char *const kinds[] = { "add_column", "drop_column", "rename_column", "drop_constraint", "drop_index", NULL };

	return op_is_constraint(op) || op_is_among(op, kinds) || op_makes_or_drops_target(op);
}

/* The statement would have dropped it, and nothing else does before the other one. */
static bool
is_left(const struct facts *f, const struct constraint *k, const struct op *other)
{
	const struct op *op = f->op;
	bool goes = is_kind(op, "drop_table") || (is_kind(op, "drop_column") && str_in(op->column_name, k->columns.items, k->columns.n)) ||
	    (is_kind(op, "drop_constraint") && op->constraint == k);

	for (size_t i = 0; goes && op->script->ops.items[i] != other; i++) {
		const struct op *between = op->script->ops.items[i];
		goes = between == op || !is_kind(between, "drop_constraint") || order_table(f, between) != k->table || !op_mentions(between, k->name);
	}
	return goes;
}

/* DROP TABLE fails while a foreign key points at it. */
static bool
drops_what_it_references(const struct facts *f, const struct op *other)
{
	const struct relation *r = f->op->table, *dropped = is_kind(other, "drop_table") && !other->cascade ? order_table(f, other) : NULL;

	for (size_t i = 0; r != NULL && dropped != NULL && i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && !k->dropped && k->references == dropped && is_left(f, k, other))
			return true;
	}
	return false;
}

static bool
wants_type(const struct facts *f, const struct op *other)
{
	static const char *const kinds[] = { "add_foreign_key", "set_default", "add_identity", "attach_partition", NULL };

	return is_kind(f->op, "alter_column_type") && op_is_among(other, kinds) && op_touches(f, other, f->op->table) && op_mentions(other, f->op->column_name);
}

bool
op_puts_off(struct str advice)
{
	static const char *const words[] = { "next migration", "later release", "when this migration has run" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find(advice, str_of(words[i])) != (size_t)-1)
			return true;
	return false;
}

static bool
builds_concurrently(struct str advice)
{
	struct str line;

	while (str_cut(&advice, '\n', &line))
		if (str_starts(line, "CREATE ") && str_find(line, STR(" CONCURRENTLY ")) != (size_t)-1)
			return true;
	return false;
}

bool
op_leaves_file(const struct facts *f, struct str advice)
{
	return is_kind(f->op, "create_index") && builds_in_other_file(f) && ((!op_is_concurrent(f) && builds_concurrently(advice)) || str_starts(advice, "-- move this statement into"));
}

/* Advice for what else is made leaves part of it where it stands: NOT VALID. */
static bool
waits_whole(const struct op *op)
{
	static const char *const kinds[] = { "create_index", "drop_table", "drop_column", "drop_constraint", "drop_default", "drop_view", "drop_sequence", "drop_type", "drop_domain",
		"drop_function", "drop_procedure", "drop_routine", "drop_materialized_view", "drop_index", "set_expression", "add_column", "rename_column", "rename_table", "alter_column_type", "set_not_null", "add_primary_key", "add_unique", NULL };

	return op_is_among(op, kinds);
}

/* The server would not refuse it: code is looked into when it runs, rows are what they are, and all columns are those that are there. */
static bool
passes_anyway(const struct op *other)
{
	return other->kind->query != NULL || op_makes_code(other) || op_takes_all_columns(other) || strcmp(other->kind->name, "do_block") == 0;
}

/* What of the advice is done where the operation stands. */
static struct str
done_now(struct str advice)
{
	struct str rest = advice, line;
	size_t n = 0;

	while (str_cut(&rest, '\n', &line) && !op_puts_off(line))
		n = (size_t)(line.s + line.n - advice.s);
	return str_slice(advice, 0, n);
}

/* It stays with what waits: with a table all of it, with a column what holds it. */
static bool
index_stays(const struct op *op, const struct index *index)
{
	return is_kind(op, "drop_table") || (is_kind(op, "drop_column") && index_holds(index, op->column_name));
}

static bool
constraint_stays(const struct op *op, const struct constraint *k)
{
	return is_kind(op, "drop_column") && k->kind != CONSTRAINT_NOT_NULL && !k->dropped && str_in(op->column_name, k->columns.items, k->columns.n);
}

static bool
says_taken(struct arena *arena, struct str reason, const char *kind, struct str name)
{
	return str_starts(reason, str_c(arena, str_printf(arena, "%s \"%.*s\" ", kind, STR_ARG(name)))) && str_ends(reason, "already exists");
}

static struct str
old_name(struct arena *arena, struct str name)
{
	return sql_ident(arena, catalog_object_name(arena, name, STR_NONE, STR("old")));
}

/* What frees the name that the failing one wants; STR_NONE: it fails for something else, or the advice itself may drop what has the name. */
static struct str
rename_of_taken(const struct facts *f, struct str advice, struct str reason)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; r != NULL && i < r->indexes.n; i++) {
		struct str name = r->indexes.items[i]->name;
		if (index_stays(f->op, r->indexes.items[i]->index) && says_taken(f->arena, reason, "relation", name) && !advice_says_word(advice, name))
			return str_printf(f->arena, "\nALTER INDEX %.*s RENAME TO %.*s;", STR_ARG(relation_words(f->arena, f->catalog, r->indexes.items[i])), STR_ARG(old_name(f->arena, name)));
	}
	for (size_t i = 0; r != NULL && i < r->constraints.n; i++) {
		struct str name = r->constraints.items[i]->name;
		if (constraint_stays(f->op, r->constraints.items[i]) && says_taken(f->arena, reason, "constraint", name) && !advice_says_word(advice, name))
			return str_printf(f->arena, "\nALTER TABLE %.*s RENAME CONSTRAINT %.*s TO %.*s;", STR_ARG(relation_words(f->arena, f->catalog, r)),
			    STR_ARG(sql_ident(f->arena, name)), STR_ARG(old_name(f->arena, name)));
	}
	return STR_NONE;
}

/* Of a column that waits, or of another one that gets its name and waits, too. */
static bool
may_wait_along(const struct facts *f, const struct op *failing)
{
	struct span clause = failing->spans[SPAN_ACTION];

	return is_kind(f->op, "drop_column") && op_span_mentions(failing->statement, clause.len > 0 ? clause : failing->statement->span, f->op->column_name);
}

/* What is kept, under another name or until later, keeps the names of its indexes and constraints. */
static bool
free_names(const struct facts *f, struct str advice, struct waiting *w)
{
	bool any = false;

	for (size_t i = 0; i < w->failing.n; i++) {
		const struct op *failing = w->failing.items[i].op;
		struct str rename = may_wait_along(f, failing) ? STR_NONE : rename_of_taken(f, advice, w->failing.items[i].reason);
		if (rename.s == NULL)
			continue;
		w->renames = str_printf(f->arena, "%.*s%.*s", STR_ARG(w->renames), STR_ARG(rename));
		order_push(f->arena, &w->taking, failing);
		any = true;
	}
	return any;
}

static bool
makes_index_named(const struct facts *f, const struct op *op, const struct relation *index)
{
	const struct new_constraint *k = op_is_constraint(op) && op_makes_key(op) ? OP_DATA(op, struct new_constraint) : NULL;

	return !op->noop && !op->if_not_exists && str_eq(catalog_target_schema(f->catalog, op->target), index->schema) &&
	    (k != NULL ? str_eq(k->name, index->name) : index_op_makes(op, index->name));
}

/* The first behind the operation that has to do with the name makes an index of it; NULL: none does. */
const struct op *
put_off_next_of_name(const struct facts *f, const struct relation *index)
{
	const struct script *script = f->op->script;

	for (size_t i = 0, behind = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		if (behind && op->statement != f->op->statement && makes_index_named(f, op, index))
			return op;
		if (behind && op->statement != f->op->statement && op_mentions(op, index->name))
			return NULL;
		behind = behind || op == f->op;
	}
	return NULL;
}

/* Of what may have been made by other means the rehearsal tells nothing: under a condition all the same, its name is the one that the files give it. */
static void
free_doubtful_names(const struct facts *f, struct str advice, struct waiting *w)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; r != NULL && i < r->indexes.n; i++) {
		const struct relation *index = r->indexes.items[i];
		bool stays = index->born.doubtful && !index->dropped && index_stays(f->op, index->index);
		const struct op *taking = stays && !advice_says_word(advice, index->name) && !advice_says_word(w->renames, index->name) ? put_off_next_of_name(f, index) : NULL;
		if (taking == NULL)
			continue;
		w->renames = str_printf(f->arena, "%.*s\nALTER INDEX IF EXISTS %.*s RENAME TO %.*s;", STR_ARG(w->renames), STR_ARG(relation_words(f->arena, f->catalog, index)),
		    STR_ARG(old_name(f->arena, index->name)));
		order_push(f->arena, &w->taking, taking);
	}
}

/* It need not wait: it can say which one it means. */
static bool
is_ambiguous(const struct facts *f, const struct failing_op *failing)
{
	return op_drops_code(f->op) && str_find(failing->reason, STR(" name \"")) != (size_t)-1 && str_ends(failing->reason, " is not unique");
}

static void
set_ambiguous_apart(const struct facts *f, struct waiting *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->failing.n; i++)
		if (is_ambiguous(f, &w->failing.items[i]))
			order_push(f->arena, &w->ambiguous, w->failing.items[i].op);
		else
			w->failing.items[n++] = w->failing.items[i];
	w->failing.n = n;
}

enum { MOST_REHEARSALS = 4 };

struct waiting
put_off_try(const struct facts *f, struct str advice)
{
	struct waiting w = { .renames = STR("") };
	struct str now = is_kind(f->op, "create_index") ? STR("") : done_now(advice);
	struct ops along = op_clauses_along(f->arena, f->op, advice);
	bool again = f->rehearsal != NULL && waits_whole(f->op) && !str_starts(advice, "-- instead of");

	for (size_t i = 0; again && i < MOST_REHEARSALS; i++) {
		struct str instead = str_printf(f->arena, "%.*s%.*s", STR_ARG(now), STR_ARG(w.renames));
		struct refused refused = { 0 };
		w.rehearsed = f->rehearsal->follow(f->rehearsal->replayer, f->op, &(struct plan){ .now = instead, .later = STR(""), .left_out = along }, &refused);
		w.failing = refused.ops;
		again = w.rehearsed && free_names(f, advice, &w);
	}
	w.given_up = f->rehearsal != NULL && waits_whole(f->op) && !str_starts(advice, "-- instead of") && !w.rehearsed;
	set_ambiguous_apart(f, &w);
	if (w.rehearsed)
		free_doubtful_names(f, advice, &w);
	return w;
}

static bool
fails(const struct waiting *w, const struct op *op)
{
	for (size_t i = 0; i < w->failing.n; i++)
		if (w->failing.items[i].op == op)
			return true;
	return false;
}

/* The column is there, and has no values yet. */
static bool
wants_values(const struct facts *f, const struct op *other)
{
	struct str column = f->op->column_name;
	struct str_list filled = { &column, 1, 1 };

	return is_kind(f->op, "add_column") && op_checks_rows_of(f, other, f->op->table, &filled);
}

/* Behind the drop a query that names the column means one of another table, or one that a statement between makes; and none can name an index. */
static bool
reads_another_of_name(const struct facts *f, const struct op *other)
{
	return other->kind->query != NULL && (is_kind(f->op, "drop_index") || (is_kind(f->op, "drop_column") && !op_takes_all_columns(other)));
}

/* ON CONFLICT without columns passes without the index, but then keeps rows that the index does not take. */
static bool
conflicts_on_index(const struct facts *f, const struct op *other)
{
	const struct dml *p = is_kind(other, "insert") && index_op_is_unique(f->op) && order_table(f, other) == f->op->table ? OP_DATA(other, struct dml) : NULL;
	const struct conflict_target *at = p != NULL && p->on_conflict ? &p->conflict : NULL;

	return at != NULL && (at->none || (!is_known(f->op->table) && at->plain && index_op_is_unique_over(f->op, at->columns.items, at->columns.n)));
}

/* Also of a table that nobody knows, of which the rehearsal tells nothing. */
static bool
needs_index(const struct facts *f, const struct op *other)
{
	struct str used = op_is_constraint(other) ? OP_DATA(other, struct new_constraint)->using_index : other->target_kind == RELATION_INDEX ? other->target.name : STR_NONE;

	return (used.s != NULL && index_op_makes(f->op, used)) || conflicts_on_index(f, other);
}

static bool
needs_done(const struct facts *f, const struct waiting *w, const struct op *other)
{
	bool by_name = makes_or_drops(f->op) && !is_kind(f->op, "drop_table");     /* whose advice gives its name away */

	if (is_kind(f->op, "create_index") && w->rehearsed)
		return fails(w, other) || needs_index(f, other);
	if (w->rehearsed && (!passes_anyway(other) || reads_another_of_name(f, other)))
		by_name = false;
	if ((op_makes_code(other) || is_kind(other, "do_block")) && str_starts(str_of(f->op->kind->name), "drop_"))
		by_name = false;
	return fails(w, other) || wants_values(f, other) || (by_name && op_names_what_changes(f, other, f->op)) || drops_what_it_references(f, other) ||
	    wants_type(f, other) || op_builds_on(f, f->op, other) || (!w->rehearsed && op_frees(f, f->op, other));
}

static bool
changes_names(const struct op *op)
{
	return makes_or_drops(op) || str_starts(str_of(op->kind->name), "rename_");
}

/* What names those could not do so behind it. */
bool
put_off_takes_name(const struct op *op)
{
	struct str kind = str_of(op->kind->name);

	return str_starts(kind, "drop_") || str_starts(kind, "rename_") || is_kind(op, "alter_column_type") || is_kind(op, "set_schema");
}

/* In code, as far as its words tell. */
static bool
changes_anything(const struct op *op)
{
	static const char *const words[] = { "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "ALTER", "CREATE", "DROP", "EXECUTE", "PERFORM", "insert", "update",
		"delete", "merge", "truncate", "alter", "create", "drop", "execute", "perform", NULL };
	struct str text = source_text(op->statement->source, op->statement->span);

	for (size_t i = 0; words[i] != NULL; i++)
		if (sql_find_word(text, str_of(words[i]), 0) != (size_t)-1)
			return true;
	return false;
}

static bool
fires_for_rows(const struct op *op)
{
	struct str kind = str_of(op->kind->name);

	return str_find(kind, STR("_trigger")) != (size_t)-1 || str_find(kind, STR("_rule")) != (size_t)-1;
}

static bool
needs_rows_of(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct relation *r = order_table(f, first);

	return op_writes_rows(first) && (op_checks_rows_of(f, second, r, op_set_columns(first)) || (fires_for_rows(second) && op_touches(f, second, r)) ||
	    ((op_reads_rows(second) || op_is_opaque(f, second)) && op_gives_what_is_read(f, first, second)));
}

/* What has the name as long as the operation waits is not what a later statement means by it. */
static bool
finds_name_taken(const struct waiting *w, const struct op *op)
{
	for (size_t i = 0; i < w->failing.n; i++)
		if (w->failing.items[i].op == op && str_ends(w->failing.items[i].reason, "already exists"))
			return true;
	return false;
}

static bool
follows(const struct facts *f, const struct op *first, const struct op *second, bool by_name)
{
	const struct relation *r = order_table(f, second);
	bool changes = changes_names(first) || is_kind(first, "alter_column_type");

	if (op_is_opaque(f, first))
		return r != NULL && changes_anything(first) && op_mentions(first, r->name);
	return (by_name && changes && op_names_what_changes(f, second, first)) || (put_off_takes_name(second) && op_names_what_changes(f, first, second)) ||
	    needs_rows_of(f, first, second) || op_shares_whole(f, first, second) || op_builds_on(f, first, second) || op_frees_type(f, first, second) ||
	    (by_name && op_frees(f, first, second));
}

bool
order_has_to_follow(const struct facts *f, const struct op *first, const struct op *second)
{
	return follows(f, first, second, true);
}

/* Behind a first one that fails the rehearsal tells, but not of code, which may be there from elsewhere. */
static bool
has_to_follow(const struct facts *f, const struct waiting *w, const struct op *first, const struct op *second)
{
	return follows(f, first, second, !fails(w, first) || finds_name_taken(w, first) || op_makes_code(first) || passes_anyway(second));
}

static size_t
first_of_statement(const struct range *r, size_t i)
{
	while (i > r->from && r->script->ops.items[i - 1]->statement == r->script->ops.items[i]->statement)
		i--;
	return i;
}

/* What has to follow those that are chosen. */
void
put_off_choose_following(const struct facts *f, const struct waiting *w, struct range *r)
{
	struct ops before = { 0 };

	for (size_t i = r->from; i < r->to; i++) {
		const struct op *op = r->script->ops.items[i];
		size_t first = i;
		for (size_t k = 0; k < before.n && !r->chosen[i] && !op->noop && op->statement != f->op->statement; k++)
			if (before.items[k]->statement != op->statement && has_to_follow(f, w, before.items[k], op)) {
				order_choose(r, op);
				first = first_of_statement(r, i);
			}
		for (size_t k = first; r->chosen[i] && k <= i; k++)
			order_push(f->arena, &before, r->script->ops.items[k]);
	}
}

/* Code in front of it whose body has the new name already. */
static bool
foresees_name(const struct facts *f, const struct op *other)
{
	const struct relation *r = f->op->table;

	return is_kind(f->op, "rename_column") && op_makes_code(other) && op_mentions(other, OP_DATA(f->op, struct rename)->new_name) &&
	    (op_touches(f, other, r) || op_is_code_of_trigger(f, other, r));
}

/* A view that the last steps make again, of the new column. */
bool
put_off_remakes_view(const struct facts *f, struct str advice, const struct op *other)
{
	const char *kind = is_kind(other, "create_view") ? "VIEW" : is_kind(other, "create_materialized_view") ? "MATERIALIZED VIEW" : NULL;
	struct relation view = { .schema = catalog_target_schema(f->catalog, other->target), .name = other->target.name };

	return kind != NULL && str_find(advice, str_printf(f->arena, "\nDROP %s %.*s;", kind, STR_ARG(relation_words(f->arena, f->catalog, &view)))) != (size_t)-1;
}

/* Those that need the operation done, and what has to follow these. */
void
put_off_choose(const struct facts *f, struct str advice, const struct waiting *w, struct range *r)
{
	for (size_t i = r->self; i < r->to; i++) {
		const struct op *other = r->script->ops.items[i];
		if (other->statement != f->op->statement && !other->noop && !put_off_remakes_view(f, advice, other) && needs_done(f, w, other))
			order_choose(r, other);
	}
	for (size_t i = r->from; i < r->self; i++)
		if (foresees_name(f, r->script->ops.items[i]))
			order_choose(r, r->script->ops.items[i]);
	put_off_choose_following(f, w, r);
	order_choose_code_drops(r, f->op);
}
