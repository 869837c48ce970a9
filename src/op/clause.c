#include <string.h>

#include "op/op.h"

static const struct op *
clause_of(const struct op *op)
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

struct str
op_clause_note(const struct op *op, struct str advice)
{
	const struct op *clause = clause_of(op);
	size_t kept = 0, repeated = 0, along = 0;

	if (op->statement == NULL || clause->kind->pass == PASS_NONE || !alters_table(advice) || prepares(advice))
		return STR("");
	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		bool beside = other->statement == op->statement && other->leader == NULL && other != clause;
		bool stands = beside && str_find(advice, source_text(other->statement->source, other->spans[SPAN_ACTION])) != (size_t)-1;
		along += beside && !stands && goes_along(clause, other, advice);
		kept += beside && !stands && !goes_along(clause, other, advice);
		repeated += stands;
	}
	if (along > 0)
		return kept > 0 ? STR("-- in the place of all clauses about the column, and what the others of them say is for the copy; the statement keeps the rest\n")
		    : STR("-- in the place of all clauses, and what the others say is for the copy\n");
	if (kept == 0)
		return STR("");
	return repeated > 0 ? STR("-- in the place of the clauses that stand here; the statement keeps the others\n")
	    : STR("-- in the place of this clause; the statement keeps the others\n");
}
