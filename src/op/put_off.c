#include "op/order.h"

#include "base/buf.h"
#include "op/column_def.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/freed.h"
#include "op/lower.h"
#include "op/plan.h"
#include "op/rename.h"
#include "op/retype.h"
#include "op/swap.h"
#include "sql/ident.h"

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

/* What becomes of the rest of the file while the operation waits. */
struct waiting {
	bool rehearsed;
	bool given_up;                  /* it could not be, as in a long file */
	struct failing_ops failing;
	struct str renames;             /* statements that free names which the rest takes; empty: none is needed */
	struct ops taking;              /* what takes them */
	struct ops ambiguous;           /* what names the function that waits, and the one beside it, without arguments */
	struct ops own;                 /* clauses of the same statement that have to wait, too */
};

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

static bool
says_word(struct str advice, struct str name)
{
	return name.n > 0 && sql_find_word(advice, name, 0) != (size_t)-1;
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
		if (index_stays(f->op, r->indexes.items[i]->index) && says_taken(f->arena, reason, "relation", name) && !says_word(advice, name))
			return str_printf(f->arena, "\nALTER INDEX %.*s RENAME TO %.*s;", STR_ARG(relation_words(f->arena, f->catalog, r->indexes.items[i])), STR_ARG(old_name(f->arena, name)));
	}
	for (size_t i = 0; r != NULL && i < r->constraints.n; i++) {
		struct str name = r->constraints.items[i]->name;
		if (constraint_stays(f->op, r->constraints.items[i]) && says_taken(f->arena, reason, "constraint", name) && !says_word(advice, name))
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
static const struct op *
next_of_name(const struct facts *f, const struct relation *index)
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
		const struct op *taking = stays && !says_word(advice, index->name) && !says_word(w->renames, index->name) ? next_of_name(f, index) : NULL;
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

static struct waiting
rehearse(const struct facts *f, struct str advice)
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
static bool
takes_names(const struct op *op)
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
	return (by_name && changes && op_names_what_changes(f, second, first)) || (takes_names(second) && op_names_what_changes(f, first, second)) ||
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
static void
choose_following(const struct facts *f, const struct waiting *w, struct range *r)
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

/* In a line that is no comment, where a word may be one of a sentence. */
static bool
uses_name(struct str advice, struct str name)
{
	struct str line;

	while (str_cut(&advice, '\n', &line))
		if (!str_starts(line, "--") && says_word(line, name))
			return true;
	return false;
}

static struct str
renamed_name(const struct op *op)
{
	return is_kind(op, "rename_table") ? op->target.name : is_kind(op, "rename_column") ? OP_DATA(op, struct rename)->old_name : STR_NONE;
}

/* The rename that the name ends with, which several may give one after the other. */
static const struct op *
last_rename(const struct facts *f, const struct op *first)
{
	const struct script *script = first->script;
	const struct op *last = first;

	for (size_t i = 0, behind = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		const struct relation *r = order_table(f, op);
		if (behind && op->kind == first->kind && (r == NULL || r == f->op->table) && str_eq(renamed_name(op), OP_DATA(last, struct rename)->new_name))
			last = op;
		behind = behind || op == first;
	}
	return last;
}

/* Another column had the name, and has been renamed before. */
static bool
is_given_up(const struct facts *f, const struct op *rename, struct str name)
{
	const struct script *script = rename->script;

	for (size_t i = 0, behind = 0; script->ops.items[i] != rename; i++) {
		const struct op *op = script->ops.items[i];
		if (behind && op->kind == rename->kind && order_table(f, op) == f->op->table && str_eq(renamed_name(op), name))
			return true;
		behind = behind || op == f->op;
	}
	return false;
}

static void
put_rename(const struct facts *f, struct buf *b, const struct op *other, struct str advice)
{
	struct str old = renamed_name(other);

	if (old.s == NULL || order_table(f, other) != f->op->table || !uses_name(advice, old))
		return;
	const struct op *last = last_rename(f, other);
	struct str name = OP_DATA(last, struct rename)->new_name;
	if (!str_eq(name, old) && (!uses_name(advice, name) || is_given_up(f, other, name)))
		buf_printf(b, "\n-- by then %.*s is called %.*s (line %u)", STR_ARG(sql_ident(f->arena, old)), STR_ARG(sql_ident(f->arena, name)), order_line(last));
}

/* In a comment: elsewhere the number is not one of a line. */
static bool
says_line(struct arena *arena, struct str advice, unsigned number)
{
	struct str word = str_printf(arena, "%u", number), line;

	while (str_cut(&advice, '\n', &line))
		if (str_find(line, STR("--")) != (size_t)-1 && (says_word(line, STR("line")) || says_word(line, STR("lines"))) && says_word(line, word))
			return true;
	return false;
}

/* By its line, or as it stands. */
static bool
speaks_of(struct arena *arena, struct str advice, const struct op *op)
{
	struct str text = str_printf(arena, "%.*s;", STR_ARG(source_text(op->statement->source, op->statement->span)));

	return says_line(arena, advice, order_line(op)) || str_find(advice, text) != (size_t)-1;
}

static struct str
takes_lines(struct arena *arena, const struct ops *ops)
{
	return str_printf(arena, "%.*s take%s", STR_ARG(order_lines(arena, ops)), ops->n > 1 ? "" : "s");
}

/* It reads all rows as long as nothing proves that it need not. */
static void
put_repeated(const struct facts *f, struct buf *b, const struct op *other)
{
	if (is_kind(f->op, "set_not_null") && is_kind(other, "set_not_null") && str_eq(other->column_name, f->op->column_name) &&
	    order_table(f, other) == f->op->table)
		buf_printf(b, "\n-- line %u says it once more, and goes: it would read every row in its place", order_line(other));
}

/* With more of them the file is better cut in two. */
enum { MOST_PUT_OFF = 3 };

/* Code that says the new name of a column runs as soon as it is there, and not only when the old one has gone. */
static struct ops
speaking_new_name(const struct facts *f, struct str advice, struct ops *needing)
{
	struct ops speaking = { 0 };
	size_t n = 0;

	if (!is_kind(f->op, "rename_column") || str_find(advice, STR("\n-- 3. ")) == (size_t)-1)
		return speaking;
	for (size_t i = 0; i < needing->n; i++)
		if (op_makes_code(needing->items[i]))
			order_push(f->arena, &speaking, needing->items[i]);
		else
			needing->items[n++] = needing->items[i];
	needing->n = n;
	return speaking;
}

static void
put_needing(const struct facts *f, struct buf *b, const struct ops *needing, bool rest)
{
	if (rest && needing->n > 0)
		buf_printf(b, "\n-- the rest of this file, from line %u on, goes into a migration behind the last step: in front of that these steps would fail", order_line(needing->items[0]));
	else if (needing->n > MOST_PUT_OFF)
		buf_printf(b, "\n-- %zu statements of this file need it done, or need one that does: the rest of it, from line %u on, goes into a migration behind the last step",
		    needing->n, order_line(needing->items[0]) < order_line(f->op) ? order_line(needing->items[0]) : order_line(f->op));
	else if (needing->n > 0)
		buf_printf(b, "\n-- what needs it done goes behind it, too: %.*s", STR_ARG(order_lines(f->arena, needing)));
}

/* NULL: the file makes none of that name behind it. */
static const struct op *
made_beside(const struct op *op)
{
	const struct op *made = NULL;

	for (size_t i = op->script->ops.n; i-- > 0 && op->script->ops.items[i] != op;)
		if (op_makes_code(op->script->ops.items[i]) && op_names_same(op->script->ops.items[i], op))
			made = op->script->ops.items[i];
	return made;
}

static void
put_ambiguous(const struct facts *f, struct buf *b, const struct ops *ambiguous)
{
	const struct op *made = ambiguous->n > 0 ? made_beside(f->op) : NULL;
	struct str name = op_target_words(f->arena, f->op);

	if (ambiguous->n == 0)
		return;
	buf_printf(b, "\n-- %.*s %s no arguments, and the name is not unique while both are there: write ", STR_ARG(order_lines(f->arena, ambiguous)),
	    ambiguous->n > 1 ? "give" : "gives");
	if (made != NULL)
		buf_printf(b, "%.*s(%.*s)", STR_ARG(name), STR_ARG(function_op_arguments(made)));
	else
		buf_printf(b, "those of the %.*s that stays", STR_ARG(name));
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
static bool
makes_view_of(const struct facts *f, struct str advice, const struct op *other)
{
	const char *kind = is_kind(other, "create_view") ? "VIEW" : is_kind(other, "create_materialized_view") ? "MATERIALIZED VIEW" : NULL;
	struct relation view = { .schema = catalog_target_schema(f->catalog, other->target), .name = other->target.name };

	return kind != NULL && str_find(advice, str_printf(f->arena, "\nDROP %s %.*s;", kind, STR_ARG(relation_words(f->arena, f->catalog, &view)))) != (size_t)-1;
}

/* Those that need the operation done, and what has to follow these. */
static void
choose_put_off(const struct facts *f, struct str advice, const struct waiting *w, struct range *r)
{
	for (size_t i = r->self; i < r->to; i++) {
		const struct op *other = r->script->ops.items[i];
		if (other->statement != f->op->statement && !other->noop && !makes_view_of(f, advice, other) && needs_done(f, w, other))
			order_choose(r, other);
	}
	for (size_t i = r->from; i < r->self; i++)
		if (foresees_name(f, r->script->ops.items[i]))
			order_choose(r, r->script->ops.items[i]);
	choose_following(f, w, r);
	order_choose_code_drops(r);
}

struct renames {
	const struct facts *facts;
	struct buf *buf;
	struct str advice;
};

static bool
put_if_rename(const struct op *later, void *arg)
{
	struct renames *r = arg;

	put_rename(r->facts, r->buf, later, r->advice);
	return false;
}

/* What the rest of the file does before the last step, unless it waits for that. An index that needs nothing of the file may be built before it. */
static void
put_done_meanwhile(const struct facts *f, struct buf *b, const struct range *r, struct str advice, bool all_wait)
{
	bool later = op_puts_off(advice) || order_build_needs(f).n > 0;

	for (size_t i = r->self; i < r->to; i++) {
		const struct op *other = r->script->ops.items[i];
		if (other->statement == f->op->statement || other->noop)
			continue;
		if (later && !all_wait && !r->chosen[i] && renamed_name(other).s != NULL && !speaks_of(f->arena, advice, other))
			put_rename(f, b, other, advice);
		put_repeated(f, b, other);
	}
}

static bool
is_numbered(struct str line)
{
	return line.n > 3 && str_starts(line, "-- ") && line.s[3] >= '0' && line.s[3] <= '9';
}

/* What is put off is VALIDATE alone: nothing needs that done. */
static bool
only_validates(struct str advice)
{
	struct str line;
	bool later = false, validates = false;

	while (str_cut(&advice, '\n', &line)) {
		bool validate = str_find(line, STR(" VALIDATE CONSTRAINT ")) != (size_t)-1;
		later = later || op_puts_off(line);
		if (later && !validate && (is_numbered(line) || (line.n > 0 && !str_starts(line, "--"))))
			return false;
		validates = validates || (later && validate);
	}
	return validates;
}

/* ---- files that follow ---- */

struct sequence_use {
	const struct op *op;            /* waits, and with it the default */
	struct str column;
	struct relation *sequence;
	const struct op *drop;          /* NULL: the server does not refuse it */
};

static bool
ends_default(const struct op *later, const struct sequence_use *use)
{
	static const char *const kinds[] = { "drop_column", "set_default", "drop_default", "drop_identity", NULL };

	return op_names_same(later, use->op) && (is_kind(later, "drop_table") || (op_is_among(later, kinds) && str_eq(later->column_name, use->column)));
}

static bool
ends_sequence_use(const struct op *later, void *arg)
{
	struct sequence_use *use = arg;
	bool renames = str_starts(str_of(later->kind->name), "rename_") && str_eq(later->target.name, use->sequence->name);

	if (!op_drops_sequence(later, use->sequence))
		return renames || ends_default(later, use);
	use->drop = later->cascade ? NULL : later;
	return true;
}

/* DROP SEQUENCE: a column that is there takes its default from it. */
static void
put_sequence_drop(const struct facts *f, struct buf *b, const struct column *column)
{
	struct sequence_use use = { f->op, column->name, column->default_sequence != NULL ? column->default_sequence : column->sequence, NULL };

	if (use.sequence == NULL || use.sequence->dropped || script_find_later(f->op, ends_sequence_use, &use))
		return;
	(void)later_file_has(f, &use.sequence->name, 1, ends_sequence_use, &use);
	if (use.drop != NULL)
		buf_printf(b, "\n-- %.*s drops %.*s, from which %.*s takes its default, and has to wait until then, too", STR_ARG(file_name(use.drop->statement->source->path)),
		    STR_ARG(relation_words(f->arena, f->catalog, use.sequence)), STR_ARG(sql_ident(f->arena, column->name)));
}

/* DROP DEFAULT in the same statement is for the copy: until that has the name the old column draws from its sequence. */
static bool
drops_own_sequence(const struct facts *f, struct str advice, const struct op *other)
{
	const struct relation *sequence = f->op->column != NULL ? f->op->column->sequence : NULL;

	return is_kind(f->op, "alter_column_type") && sequence != NULL && is_kind(other, "drop_sequence") && order_table(f, other) == sequence &&
	    op_clauses_along(f->arena, f->op, advice).n > 0;
}

static void
put_own_sequence(const struct facts *f, struct buf *b, struct str advice)
{
	const struct script *script = f->op->script;

	for (size_t i = 0; script != NULL && i < script->ops.n; i++)
		if (drops_own_sequence(f, advice, script->ops.items[i]))
			buf_printf(b, "\n-- line %u is left out: %.*s belongs to the old column, and goes with it", order_line(script->ops.items[i]),
			    STR_ARG(relation_words(f->arena, f->catalog, f->op->column->sequence)));
}

static void
put_sequence_drops(const struct facts *f, struct buf *b)
{
	bool whole = is_kind(f->op, "drop_table"), part = is_kind(f->op, "drop_column") || is_kind(f->op, "drop_default");

	if ((!whole && !part) || f->op->table == NULL || (f->unit != NULL && f->unit->down))
		return;
	for (size_t i = 0; i < f->op->table->columns.n; i++) {
		const struct column *column = f->op->table->columns.items[i];
		if (!column->dropped && (whole || column == f->op->column))
			put_sequence_drop(f, b, column);
	}
}

/* ---- what comes of the advice ---- */

/* In front of the statement nothing is looked at that far away, nor behind it. */
static struct range
range_around(const struct facts *f)
{
	const struct script *script = f->op->script;
	size_t n = script == NULL || f->inside != NULL ? 0 : script->ops.n;
	struct range r = { .script = script, .to = n };

	while (r.self < n && script->ops.items[r.self++] != f->op)
		;
	if (n - r.self > MOST_OPS)
		r.to = r.self + MOST_OPS;
	r.from = r.self > MOST_OPS ? r.self - MOST_OPS : 0;
	r.chosen = NEW_ARRAY(f->arena, bool, n + 1);
	return r;
}

static bool
waits(const struct facts *f, const struct range *r, size_t i)
{
	const struct op *op = r->script->ops.items[i];

	return r->chosen[i] && !op->noop && op->statement != f->op->statement;
}

static bool
waits_not(const struct facts *f, const struct range *r, size_t i)
{
	const struct op *op = r->script->ops.items[i];

	return !r->chosen[i] && !op->noop && op->statement != f->op->statement;
}

/* The advice says it, as it stands. */
static bool
repeats(const struct facts *f, struct str advice, const struct op *op)
{
	return str_find(advice, str_printf(f->arena, "%.*s;", STR_ARG(source_text(op->statement->source, op->statement->span)))) != (size_t)-1;
}

/* The advice says of it that it gets another name, or waits. */
static bool
is_made_again(const struct facts *f, const struct op *op)
{
	struct span clause = op->spans[SPAN_ACTION];

	if (!is_kind(f->op, "drop_column") || op->statement == NULL || order_table(f, op) != f->op->table)
		return false;
	if (op->statement == f->op->statement)
		return op != f->op && !is_kind(op, "drop_constraint") && op_span_mentions(op->statement, clause, f->op->column_name);
	return is_kind(op, "add_column") && op->statement->span.off > f->op->statement->span.off && str_eq(op->column_name, f->op->column_name);
}

/* The advice says of it that it is built under another name, which it gives up for its own in the end. */
static bool
is_built_first(const struct facts *f, struct str advice, const struct op *op)
{
	return is_kind(f->op, "drop_index") && f->op->index != NULL && str_find(advice, STR(" of the one that gets its name")) != (size_t)-1 && op == next_of_name(f, f->op->index);
}

static bool
is_in(const struct ops *ops, const struct op *op)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i] == op)
			return true;
	return false;
}

/* Of a column of the primary key: the advice makes the next one. */
static bool
adds_key_of(const struct facts *f, struct str advice, const struct op *op)
{
	return is_kind(f->op, "drop_column") && is_kind(op, "add_primary_key") && op != f->op && op_names_same(op, f->op) && str_find(advice, STR(" PRIMARY KEY USING INDEX ")) != (size_t)-1;
}

/* The advice does it itself, or takes it away. */
static bool
is_left_out(const struct facts *f, struct str advice, const struct op *op)
{
	return (repeats(f, advice, op) && !makes_view_of(f, advice, op)) || drops_own_sequence(f, advice, op) || is_built_first(f, advice, op);
}

static void
plan_rest(const struct facts *f, struct str advice, const struct waiting *w, const struct range *r, struct plan *p)
{
	bool moves = str_find(advice, STR("this change of the type")) != (size_t)-1;

	p->left_out.n = p->behind.n = 0;
	op_sort_clauses(f->arena, f->op, advice, p);
	for (size_t i = 0; i < w->own.n; i++)
		*vec_push(f->arena, &p->behind) = w->own.items[i];
	for (size_t i = 0; i < r->script->ops.n; i++) {
		const struct op *op = r->script->ops.items[i];
		if (adds_key_of(f, advice, op) || (i >= r->self && op->statement != f->op->statement && (is_left_out(f, advice, op) || is_in(&w->ambiguous, op))))
			*vec_push(f->arena, &p->left_out) = op;
		else if (is_made_again(f, op))
			*vec_push(f->arena, &p->behind) = op;
		else if (waits(f, r, i) || (moves && (op->statement == f->op->statement || (i >= r->self && says_line(f->arena, advice, order_line(op))))))
			*vec_push(f->arena, &p->behind) = op;
	}
}

/* What fails only because of the plan has to wait as well; false: nothing more does. */
static bool
choose_refused(const struct facts *f, struct waiting *w, struct range *r, const struct refused *refused)
{
	bool any = false, own = false;

	for (size_t i = 0; i < refused->ops.n; i++) {
		const struct op *op = refused->ops.items[i].op;
		bool here = op->statement == f->op->statement && op->leader == NULL;
		if (is_in(&w->ambiguous, op))
			continue;
		if (here && !is_in(&w->own, op)) {
			*vec_push(f->arena, &w->own) = op;
			own = true;
		}
		for (size_t k = r->self; !here && k < r->to; k++)
			if (r->script->ops.items[k] == op && !r->chosen[k] && op->statement != f->op->statement) {
				order_choose(r, op);
				any = true;
			}
	}
	if (any)
		choose_following(f, w, r);
	return any || own;
}

/* What takes away, or renames, what the plan is about: its last steps would not find it. */
static bool
choose_taking(const struct facts *f, const struct waiting *w, struct range *r)
{
	bool any = false;

	for (size_t i = r->self; i < r->to; i++) {
		const struct op *op = r->script->ops.items[i];
		if (r->chosen[i] || op->noop || op->statement == f->op->statement || !takes_names(op) || !op_names_what_changes(f, f->op, op))
			continue;
		order_choose(r, op);
		any = true;
	}
	if (any)
		choose_following(f, w, r);
	return any;
}

/* Everything behind the statement keeps its order, and finds what it would have found. */
static bool
choose_rest(const struct facts *f, struct range *r)
{
	bool any = false;

	for (size_t i = r->self; i < r->script->ops.n; i++) {
		const struct op *op = r->script->ops.items[i];
		any = any || (!r->chosen[i] && op->statement != f->op->statement);
		r->chosen[i] = true;
	}
	r->to = r->script->ops.n;
	return any;
}

/* The advice says what it is called by then. */
static bool
is_renamed_meanwhile(const struct facts *f, struct str advice, const struct range *r)
{
	struct buf b = BUF(f->arena);

	for (size_t i = r->self; i < r->to; i++)
		if (waits_not(f, r, i) && renamed_name(r->script->ops.items[i]).s != NULL && !speaks_of(f->arena, advice, r->script->ops.items[i]))
			put_rename(f, &b, r->script->ops.items[i], advice);
	return b.n > 0;
}

/* The unique index of the copy has no statement in the advice. */
static bool
is_made_in_words(struct str advice, struct str reason)
{
	return str_starts(reason, "there is no unique constraint ") && str_find(advice, STR("\n-- next migration: indexes for ")) != (size_t)-1;
}

enum { MOST_PLANS = 8 };

/* Follows the advice to the end, and lets wait what it would make fail, or what would make it fail. true: all that is behind the statement has to wait. */
static bool
follow(const struct facts *f, struct str advice, struct waiting *w, struct range *r, struct refused *refused)
{
	struct plan plan;
	bool again = f->rehearsal != NULL && f->inside == NULL && f->op->failure.s == NULL && plan_read(f, advice, &plan), rest = false;

	if (again)
		plan.now = str_printf(f->arena, "%.*s%.*s", STR_ARG(plan.now), STR_ARG(w->renames));
	for (size_t i = 0; again && i < MOST_PLANS; i++) {
		*refused = (struct refused){ 0 };
		plan_rest(f, advice, w, r, &plan);
		again = f->rehearsal->follow(f->rehearsal->replayer, f->op, &plan, refused) && (refused->reason.s != NULL || refused->ops.n > 0);
		if (again && refused->reason.s != NULL && (is_renamed_meanwhile(f, advice, r) || is_made_in_words(advice, refused->reason))) {
			*refused = (struct refused){ 0 };
			break;
		}
		if (again && refused->reason.s != NULL && !plan.kept_first)
			plan.kept_first = true;
		else if (again && !choose_refused(f, w, r, refused) && (refused->reason.s == NULL || !choose_taking(f, w, r)))
			again = rest = !rest && choose_rest(f, r);
	}
	return rest;
}

static void
put_own(const struct facts *f, struct buf *b, const struct ops *own)
{
	for (size_t i = 0; i < own->n; i++)
		buf_printf(b, "%s%.*s", i > 0 ? ", " : "\n-- of this statement these wait with it: ", STR_ARG(str_brief(f->arena, source_text(own->items[i]->statement->source, own->items[i]->spans[SPAN_ACTION]))));
}

/* What is left of that is said, and not hidden. */
static void
put_refused(const struct facts *f, struct buf *b, const struct refused *refused)
{
	if (refused->reason.s != NULL)
		buf_printf(b, "\n-- tried against this file, these steps do not run as they stand: %.*s fails, %.*s", STR_ARG(str_brief(f->arena, refused->statement)),
		    STR_ARG(refused->reason));
	else if (refused->ops.n > 0)
		buf_printf(b, "\n-- tried against this file, line %u fails behind them: %.*s", order_line(refused->ops.items[0].op), STR_ARG(refused->ops.items[0].reason));
}

struct str
op_behind_note(const struct facts *f, struct str advice)
{
	const struct script *script = f->op->script;
	struct waiting waiting = f->inside == NULL ? rehearse(f, advice) : (struct waiting){ .renames = STR("") };
	struct range r = range_around(f);
	struct ops needing = { 0 }, speaking;
	struct refused refused = { 0 };
	bool rest;
	struct buf b = BUF(f->arena);

	if (!only_validates(advice))
		choose_put_off(f, advice, &waiting, &r);
	rest = follow(f, advice, &waiting, &r, &refused);
	for (size_t i = r.from; i < r.to; i++)
		if (waits(f, &r, i) && !speaks_of(f->arena, advice, script->ops.items[i]) && !is_left_out(f, advice, script->ops.items[i]) && !adds_key_of(f, advice, script->ops.items[i]))
			order_push(f->arena, &needing, script->ops.items[i]);
	put_done_meanwhile(f, &b, &r, advice, needing.n > MOST_PUT_OFF);
	/* the statements of a changeset behind a condition are scripts of their own */
	if (f->inside != NULL && f->inside->stands_for_condition)
		(void)script_find_later(f->op, put_if_rename, &(struct renames){ f, &b, advice });
	if (waiting.renames.n > 0)
		buf_printf(&b, "\n-- already in this file, as %.*s names that %s:%.*s", STR_ARG(takes_lines(f->arena, &waiting.taking)),
		    is_kind(f->op, "drop_table") ? "its indexes have" : "what goes with the column has", STR_ARG(waiting.renames));
	put_ambiguous(f, &b, &waiting.ambiguous);
	speaking = speaking_new_name(f, advice, &needing);
	if (speaking.n > 0)
		buf_printf(&b, "\n-- with step 3, as code in the database that says the new name: %.*s", STR_ARG(order_lines(f->arena, &speaking)));
	put_needing(f, &b, &needing, rest);
	put_own(f, &b, &waiting.own);
	put_refused(f, &b, &refused);
	if (waiting.given_up && r.self < script->ops.n)
		buf_str(&b, STR("\n-- what else of the file needs it done goes behind it, too: the rest was not tried without this"));
	put_own_sequence(f, &b, advice);
	put_sequence_drops(f, &b);
	return b.n > 0 ? buf_text(&b) : STR("");
}

/* It tells how to run the statement, which stays. */
static bool
keeps_statement(struct str advice)
{
	return str_find(advice, STR("this statement")) != (size_t)-1 || str_find(advice, STR("the statement,")) != (size_t)-1 || str_starts(advice, "SET ");
}

struct str
op_in_place_note(const struct facts *f, struct str advice)
{
	struct refused refused = { 0 };
	struct buf b = BUF(f->arena);
	struct plan plan;
	bool again = f->rehearsal != NULL && f->inside == NULL && f->op->failure.s == NULL && !keeps_statement(advice) && plan_read(f, advice, &plan);

	if (again)
		op_sort_clauses(f->arena, f->op, advice, &plan);
	for (int i = 0; again && i < 2; i++) {
		refused = (struct refused){ 0 };
		again = f->rehearsal->follow(f->rehearsal->replayer, f->op, &plan, &refused) && refused.reason.s != NULL;
		plan.kept_first = true;
	}
	put_refused(f, &b, &refused);
	return b.n > 0 ? buf_text(&b) : STR("");
}
