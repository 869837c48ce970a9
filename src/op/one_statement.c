#include "op/one_statement.h"

#include "op/constraint.h"
#include "op/failure.h"
#include "op/tie.h"

static bool
is_clause(const struct op *op)
{
	return op->leader == NULL && op->kind->pass != PASS_NONE && op->statement != NULL;
}

static bool
is_same_part(const struct op *earlier, const struct op *later)
{
	if (earlier->column_name.s != NULL && later->column_name.s != NULL && str_eq(earlier->column_name, later->column_name))
		return true;
	return earlier->kind->node == T_Constraint && constraint_op_drops(later, OP_DATA(earlier, struct new_constraint)->chosen);
}

/* ATPrepAlterColumnType(): the columns are taken as they are before the statement, and none is changed twice. */
static bool
reads_changed(const struct op *earlier, const struct op *later)
{
	bool both = earlier->kind->pass == PASS_ALTER_TYPE && later->kind->pass == PASS_ALTER_TYPE;

	return both && (str_eq(earlier->column_name, later->column_name) || op_span_mentions(later->statement, later->spans[SPAN_ACTION], earlier->column_name));
}

/* As one of its clauses the later one would run first, and lack or destroy what the earlier makes. */
static bool
would_overtake(const struct op *earlier, const struct op *later)
{
	return (later->kind->pass < earlier->kind->pass && is_same_part(earlier, later)) || reads_changed(earlier, later);
}

static bool
fits_before(const struct op *earlier, size_t at, const struct op *last)
{
	const struct script *script = last->script;

	for (size_t i = at + 1; i < script->ops.n && script->ops.items[i]->number <= last->number; i++)
		if (script->ops.items[i]->table == last->table && script->ops.items[i]->statement != earlier->statement && would_overtake(earlier, script->ops.items[i]))
			return false;
	return true;
}

/* validateForeignKeyConstraint() asks in a query of its own, whatever else the statement does. */
static bool
checks_foreign_key(const struct op *op)
{
	return is_kind(op, "add_foreign_key") || (is_kind(op, "validate_constraint") && op->constraint != NULL && op->constraint->kind == CONSTRAINT_FOREIGN_KEY);
}

/* A foreign key gains nothing in the statement of the others, and would be checked under their lock. What changes it comes behind it. */
static bool
stays_apart(const struct op *op)
{
	return checks_foreign_key(op) || (is_kind(op, "alter_constraint") && op->constraint != NULL && op->constraint->kind == CONSTRAINT_FOREIGN_KEY);
}

static bool
has_other_clause(const struct op *op)
{
	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->statement == op->statement && is_clause(other) && !stays_apart(other))
			return true;
	}
	return false;
}

/* The first that goes with the last; statements go whole, but for their foreign keys. */
static unsigned
first_statement(const struct op *last)
{
	const struct script *script = last->script;
	unsigned first = last->number;

	for (size_t i = script->ops.n; i-- > 0;) {
		const struct op *op = script->ops.items[i];
		if (op->number >= last->number || op->table != last->table)
			continue;
		if (op->leader != NULL)
			continue;
		if (!is_clause(op) || op->only != last->only || !fits_before(op, i, last))
			return first > op->number ? first : op->number + 1;
		if (has_other_clause(op))
			first = op->number;
	}
	return first;
}

/* 0: none before it that worked through the table. What the clauses of one statement need is one pass: ATRewriteTables() */
static unsigned
first_of_pass(const struct op *op)
{
	unsigned first = op->table == NULL || !is_clause(op) || checks_foreign_key(op) ? 0 : first_statement(op);
	unsigned worked = first == 0 ? 0 : op->table->worked.statement;

	return first == op->number || worked < first || worked == op->number ? 0 : first;
}

struct value
get_joins_pass(const struct facts *f)
{
	return value_bool(first_of_pass(f->op) > 0);
}

/* Statements of the file up to this one that alter the table, from the first that goes with it on or before that. */
static size_t
count_statements(const struct op *op, unsigned first, bool before)
{
	const struct statement *last = NULL;
	size_t n = 0;

	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->number > op->number || (other->number < first) != before || other->table != op->table || !is_clause(other) || other->statement == last ||
		    !has_other_clause(other))
			continue;
		last = other->statement;
		n++;
	}
	return n;
}

static bool
is_covered(const struct op *clause, const struct op *op, unsigned first)
{
	bool runs = clause->number >= first && clause->number <= op->number && clause->table == op->table;

	return is_clause(clause) && (runs || clause->statement == op->statement);
}

static bool
leaves_foreign_keys(const struct op *op, unsigned first)
{
	for (size_t i = 0; i < op->script->ops.n; i++)
		if (is_covered(op->script->ops.items[i], op, first) && stays_apart(op->script->ops.items[i]))
			return true;
	return false;
}

/* What it stands for, in words, and that what is further up is not part of it. */
static void
put_extent(struct buf *b, const struct facts *f, unsigned first)
{
	size_t n = count_statements(f->op, first, false) - 1;
	bool further = count_statements(f->op, first, true) > 0, leaves = leaves_foreign_keys(f->op, first);

	buf_printf(b, "-- in the place of this statement and %s%.*s%s%s:\n", n == 1 ? "the one before it that alters " : str_c(f->arena, str_printf(f->arena, "the %zu before it that alter ", n)), STR_ARG(words(f, f->op->table)),
	    leaves ? ", foreign keys aside" : "", further ? "; those further up stay" : "");
	if (leaves)
		buf_str(b, STR("-- the foreign keys stay apart, behind it: each is checked by a query of its own, which gains nothing in it\n"));
}

struct value
get_one_statement(const struct facts *f)
{
	const struct op *op = f->op;
	unsigned first = first_of_pass(op);
	struct buf b = BUF(f->arena);

	if (first == 0)
		return value_absent();
	put_extent(&b, f, first);
	buf_printf(&b, "ALTER TABLE %s%.*s", op->only ? "ONLY " : "", STR_ARG(words(f, op->table)));
	for (size_t i = 0, n = 0; i < op->script->ops.n; i++) {
		const struct op *clause = op->script->ops.items[i];
		if (!is_covered(clause, op, first) || stays_apart(clause))
			continue;
		buf_printf(&b, "%s\n  %s%.*s", n++ > 0 ? "," : "", clause->kind->node == T_Constraint ? "ADD " : "",
		    STR_ARG(source_text(clause->statement->source, clause->spans[SPAN_ACTION])));
	}
	buf_char(&b, ';');
	return value_text(buf_text(&b));
}
