#include <string.h>

#include "op/constraint.h"
#include "op/failure.h"

const struct op *
op_clause_of(const struct op *op)
{
	while (op->leader != NULL)
		op = op->leader;
	return op;
}

/* A line of it changes a table: it takes a clause's place. What only tells of something to be done besides takes none. */
static bool
alters_table(struct str text)
{
	struct str line;

	while (str_cut(&text, '\n', &line))
		if (str_starts(line, "ALTER TABLE "))
			return true;
	return false;
}

/* Where a copy takes the place of the column, a new type comes with what else changes of it: that is for the copy. */
static bool
goes_along(const struct op *clause, const struct op *other, struct str advice)
{
	return str_find(advice, STR(" ADD COLUMN ")) != (size_t)-1 && strcmp(clause->kind->name, "alter_column_type") == 0 && clause->column_name.n > 0 && str_eq(clause->column_name, other->column_name);
}

/* Steps that prepare the table for the clause leave it where it is. */
static bool
prepares(struct str advice)
{
	return str_find(advice, STR(", just before\n")) != (size_t)-1;
}

/* A column under another name takes the place of the one that the clause adds, and gets its name in the end. */
static bool
replaces(struct str advice, const struct op *clause)
{
	struct str line, end = str_printf(clause->script->arena, " TO %.*s;", STR_ARG(sql_ident(clause->script->arena, clause->column_name)));

	while (is_kind(clause, "add_column") && str_cut(&advice, '\n', &line))
		if (str_find(line, STR(" RENAME COLUMN ")) != (size_t)-1 && line.n >= end.n && str_eq(str_slice(line, line.n - end.n, line.n), end))
			return true;
	return false;
}

static const struct new_constraint *
constraint_of(const struct op *op)
{
	return op->kind->node == T_Constraint ? OP_DATA(op, struct new_constraint) : NULL;
}

/* In several steps a column is filled: what it is part of waits for that. */
static bool
waits_for_rows(const struct op *clause, const struct op *other, struct str advice)
{
	const struct new_constraint *k = constraint_of(other);

	return k != NULL && is_kind(clause, "add_column") && str_find(advice, STR("-- next migration")) != (size_t)-1 &&
	    str_in(clause->column_name, k->columns.items, k->columns.n);
}

/* ChooseConstraintName(): whichever is added first gets the name without a number. */
static bool
would_take_name(const struct op *op, const struct op *later)
{
	const struct new_constraint *k = constraint_of(op), *l = constraint_of(later);

	if (k == NULL || l == NULL || k->name.s != NULL || l->name.s != NULL || k->kind != l->kind || k->columns.n != l->columns.n)
		return false;
	for (size_t i = 0; i < k->columns.n; i++)
		if (!str_eq(k->columns.items[i], l->columns.items[i]))
			return false;
	return true;
}

/* RemoveConstraintById() by dependency: a CHECK or foreign key of that name may go with a column, which the server drops before it adds any. */
static bool
may_give_name(const struct op *op, const struct op *other)
{
	return constraint_of(op) != NULL && !(op->kind->has & HAS_INDEX) && is_kind(other, "drop_column");
}

static bool
stands_in(struct str advice, const struct op *other)
{
	return replaces(advice, other) || sql_find_word(advice, source_text(other->statement->source, other->spans[SPAN_ACTION]), 0) != (size_t)-1;
}

/* How many of the statement's other clauses do what. */
struct beside {
	size_t kept;                    /* stay in it */
	size_t repeated;                /* stand in the advice */
	size_t along;                   /* are for the copy of the column */
	size_t waiting;                 /* of those that stay: wait for the last step */
	bool takes_name;                /* one that stays would get the name of the constraint */
	bool gives_name;                /* one that stays may drop what has it */
};

static struct beside
count_beside(const struct op *op, struct str advice)
{
	const struct op *clause = op_clause_of(op);
	struct beside n = { 0 };
	bool later = false;

	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		later = later || other == clause;
		if (other->statement != op->statement || other->leader != NULL || other == clause)
			continue;
		bool stands = stands_in(advice, other);
		bool along = !stands && goes_along(clause, other, advice), kept = !stands && !along;
		n.repeated += stands;
		n.along += along;
		n.kept += kept;
		n.waiting += kept && waits_for_rows(clause, other, advice);
		n.takes_name = n.takes_name || (kept && later && would_take_name(op, other));
		n.gives_name = n.gives_name || (kept && may_give_name(op, other));
	}
	return n;
}

struct ops
op_clauses_along(struct arena *arena, const struct op *op, struct str advice)
{
	struct ops along = { 0 };

	for (size_t i = 0; op->statement != NULL && op->script != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->statement == op->statement && other->leader == NULL && other != op_clause_of(op) && goes_along(op_clause_of(op), other, advice))
			*vec_push(arena, &along) = other;
	}
	return along;
}

/* As count_beside(). */
void
op_sort_clauses(struct arena *arena, const struct op *op, struct str advice, struct plan *plan)
{
	const struct op *clause = op_clause_of(op);

	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->statement != op->statement || other->leader != NULL || other == clause)
			continue;
		if ((clause->kind->pass == PASS_NONE && !is_kind(op, "drop_index")) || stands_in(advice, other) || goes_along(clause, other, advice))
			*vec_push(arena, &plan->left_out) = other;
		else if (waits_for_rows(clause, other, advice))
			*vec_push(arena, &plan->behind) = other;
	}
}

struct str
op_clause_note(const struct op *op, struct str advice)
{
	if (op->statement == NULL || op_clause_of(op)->kind->pass == PASS_NONE || !alters_table(advice) || prepares(advice))
		return STR("");
	struct beside n = count_beside(op, advice);
	if (n.along > 0)
		return n.kept > 0 ? STR("-- in the place of all clauses about the column, and what the others of them say is for the copy; the statement keeps the rest\n")
		    : STR("-- in the place of all clauses, and what the others say is for the copy\n");
	if (n.kept == 0)
		return STR("");
	if (n.waiting > 0)
		return n.waiting < n.kept ? STR("-- in the place of this clause; the statement keeps the others, but keys and constraints of the column come behind the last step\n")
		    : STR("-- in the place of this clause; the others are about the column, and come behind the last step\n");
	if (n.takes_name)
		return STR("-- in the place of this clause, and before the statement with the others, one of which would get its name\n");
	if (n.gives_name && n.repeated == 0)
		return STR("-- in the place of this clause, and behind the statement with the others: what it drops may have had the name\n");
	return n.repeated > 0 ? STR("-- in the place of the clauses that stand here; the statement keeps the others\n")
	    : STR("-- in the place of this clause; the statement keeps the others\n");
}

/* Statements that stand behind the one that adds the column. */
static bool
goes_on(struct str advice)
{
	size_t at = str_find(advice, STR(" ADD COLUMN IF NOT EXISTS "));
	struct str line, rest = str_slice(advice, at, advice.n);

	if (at == (size_t)-1 || !str_cut(&rest, '\n', &line) || !str_ends(line, ";"))
		return false;
	while (str_cut(&rest, '\n', &line))
		if (line.n > 0 && !str_starts(line, "--"))
			return true;
	return false;
}

struct str
op_guard_note(const struct op *op, struct str advice)
{
	const struct op *clause = op_clause_of(op);

	if (!is_kind(clause, "add_column") || !clause->if_not_exists || !goes_on(advice))
		return STR("");
	return STR("-- only where the column is missing: IF NOT EXISTS guards ADD COLUMN, not the statements around it\n");
}

struct str
op_missing_note(const struct op *op, struct str advice)
{
	int node = op->kind->node;
	bool alters = node == T_AlterTableStmt || node == T_RenameStmt || node == T_Constraint;

	if (!alters || !op->if_exists || !op_may_be_missing(op) || !alters_table(advice) || str_find(advice, STR("ALTER TABLE IF EXISTS")) != (size_t)-1)
		return STR("");
	return STR("-- only where the table is there: this has no IF EXISTS\n");
}
