#include <limits.h>

#include "op/dml.h"
#include "op/failure.h"
#include "op/misplaced.h"
#include "op/operators.h"

/* ---- lowering ---- */

static bool
is_star(const Node *node)
{
	const List *parts = NIL;

	if (IsA(node, ColumnRef))
		parts = ((const ColumnRef *)node)->fields;
	else if (IsA(node, A_Indirection))
		parts = ((const A_Indirection *)node)->indirection;
	return parts != NIL && IsA(llast(parts), A_Star);
}

static const Node *
value_of(const void *item)
{
	const Node *node = item;

	return IsA(node, ResTarget) ? ((const ResTarget *)node)->val : node;
}

static const struct expr *
draw_of(struct lowering *l, const Node *node)
{
	const struct expr *e = IsA(node, FuncCall) ? lower_expr(l, node) : NULL;

	return e != NULL && e->kind == EXPR_FUNCTION && str_is(e->name, "nextval") ? e : NULL;
}

/* make_const() */
static void
note_literal(struct given *given, const A_Const *c)
{
	given->null = given->null || c->isnull;
	given->whole = given->whole || (!c->isnull && IsA(&c->val, Integer));
	given->truth = given->truth || (!c->isnull && IsA(&c->val, Boolean));
	if (!c->isnull && IsA(&c->val, Float)) {
		int64_t n;
		bool large = str_to_int(str_of(c->val.fval.fval), &n);
		given->large = given->large || large;
		given->fraction = given->fraction || !large;
	}
}

/* A statement with more of them has them of the same types, most likely. */
enum { COMPUTED_LIMIT = 64 };

static void
note_value(struct lowering *l, struct dml *p, size_t i, const Node *node)
{
	if (IsA(node, A_Const))
		note_literal(&p->given.items[i], (const A_Const *)node);
	else if (!IsA(node, SetToDefault) && p->computed.n < COMPUTED_LIMIT)
		*vec_push(l->arena, &p->computed) = (struct computed){ i, lower_expr(l, node) };
}

static void
note_largest(struct given *given, const Node *node)
{
	const A_Const *c = IsA(node, A_Const) ? (const A_Const *)node : NULL;

	if (c == NULL || c->isnull || !IsA(&c->val, Integer))
		given->other = true;
	else if (c->val.ival.ival > given->most)
		given->most = c->val.ival.ival;
}

static void
note_given(struct lowering *l, struct dml *p, size_t i, const Node *node)
{
	struct given *given;

	while (p->given.n <= i)
		*vec_push(l->arena, &p->given) = (struct given){ .drawn = true, .most = INT_MIN };
	given = &p->given.items[i];
	given->value = given->value || !IsA(node, SetToDefault);
	note_largest(given, node);
	given->draw = draw_of(l, node);
	given->drawn = given->drawn && given->draw != NULL;
}

/* false: how long the row is depends on types. */
static bool
note_row(struct lowering *l, struct dml *p, const List *row)
{
	const ListCell *cell;
	size_t n = (size_t)list_length(row);

	foreach (cell, row) {
		if (is_star(value_of(lfirst(cell))))
			return false;
		note_given(l, p, (size_t)foreach_current_index(cell), value_of(lfirst(cell)));
		note_value(l, p, (size_t)foreach_current_index(cell), value_of(lfirst(cell)));
	}
	p->shortest = p->longest == 0 || n < p->shortest ? n : p->shortest;
	p->longest = n > p->longest ? n : p->longest;
	return true;
}

static void
lower_rows(struct lowering *l, struct dml *p, const SelectStmt *source)
{
	const ListCell *cell;
	bool known = source->valuesLists != NIL || note_row(l, p, source->targetList);

	foreach (cell, source->valuesLists)
		known = known && note_row(l, p, lfirst(cell));
	if (!known) {
		p->shortest = p->longest = 0;
		p->given.n = p->computed.n = 0;
	}
}

/* checkInsertTargets(), process_matched_tle(): a part of a column may be set beside another part */
static struct str
repeated_target(struct lowering *l, const List *targets)
{
	const ListCell *cell;
	int i = 0;

	foreach (cell, targets) {
		const ResTarget *target = lfirst(cell);
		for (int j = 0; j < i; j++) {
			const ResTarget *other = list_nth(targets, j);
			if (target->indirection == NIL && other->indirection == NIL && strcmp(target->name, other->name) == 0)
				return lower_text(l, target->name);
		}
		i++;
	}
	return STR_NONE;
}

static void
lower_conflict(struct lowering *l, struct conflict_target *t, const OnConflictClause *clause)
{
	const InferClause *infer = clause->infer;
	const ListCell *cell;

	t->updates = clause->action == ONCONFLICT_UPDATE;
	t->none = infer == NULL;
	if (infer == NULL)
		return;
	t->constraint = lower_text(l, infer->conname);
	t->plain = infer->conname == NULL && infer->whereClause == NULL;
	foreach (cell, infer->indexElems) {
		const IndexElem *e = lfirst(cell);
		t->plain = t->plain && e->name != NULL && e->collation == NIL && e->opclass == NIL;
		if (e->name != NULL)
			*vec_push(l->arena, &t->columns) = lower_text(l, e->name);
	}
}

void
lower_insert_given(struct lowering *l, struct dml *p, const InsertStmt *st)
{
	const SelectStmt *source = (const SelectStmt *)st->selectStmt;

	while (source != NULL && source->op != SETOP_NONE)
		source = source->larg;
	if (source != NULL)
		lower_rows(l, p, source);
	p->repeated = repeated_target(l, st->cols);
	p->override = st->override == OVERRIDING_SYSTEM_VALUE ? 's' : st->override == OVERRIDING_USER_VALUE ? 'u' : 0;
	if (st->onConflictClause != NULL)
		lower_conflict(l, &p->conflict, st->onConflictClause);
}

void
lower_update_given(struct lowering *l, struct dml *p, const UpdateStmt *st)
{
	const ListCell *cell;

	foreach (cell, st->targetList) {
		const Node *value = value_of(lfirst(cell));
		note_given(l, p, (size_t)foreach_current_index(cell), value);
		if (IsA(value, A_Const))
			note_literal(&p->given.items[foreach_current_index(cell)], (const A_Const *)value);
		if (IsA(value, MultiAssignRef))
			vec_last(&p->given)->value = false;
	}
	p->repeated = repeated_target(l, st->targetList);
}

/* ---- reasons ---- */

typedef struct str (*check)(const struct facts *, const struct dml *);

/* A trigger may fill what is not given. */
static bool
is_settled_table(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return is_settled(f, r, REACH_TRIGGERS) && (r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED);
}

static struct str
repeats(const struct facts *f, const struct dml *p)
{
	if (p->repeated.s == NULL)
		return STR_NONE;
	return str_printf(f->arena, is_kind(f->op, "update") ? "multiple assignments to same column \"%.*s\"" : "column \"%.*s\" specified more than once",
	    STR_ARG(p->repeated));
}

static struct str
lacks_listed(const struct facts *f, const struct dml *p)
{
	for (size_t i = 0; !is_kind(f->op, "merge") && i < p->columns.n; i++)
		if (catalog_find_column(f->op->table, p->columns.items[i]) == NULL)
			return str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(p->columns.items[i]), STR_ARG(f->op->table->name));
	return STR_NONE;
}

/* A name without a qualifier is a column, or the whole row. With one it may be a function of the row. */
static struct str
unknown_column(const struct facts *f, const struct dml *p, const struct expr *e)
{
	struct str name = STR_NONE;

	if (e->kind == EXPR_SUBQUERY)
		return STR_NONE;
	if (e->kind == EXPR_COLUMN && e->schema.n == 0 && !catalog_has_variable(f->catalog, e->name) && !str_eq(e->name, p->called) && !is_system_column(e->name) &&
	    catalog_find_column(f->op->table, e->name) == NULL)
		return e->name;
	for (size_t i = 0; name.s == NULL && i < e->nargs; i++)
		name = unknown_column(f, p, e->args[i]);
	return name;
}

/* In code a name may be a variable. */
static struct str
lacks_tested(const struct facts *f, const struct dml *p)
{
	struct str name = STR_NONE;

	if (p->where != NULL && !p->joins && !p->current_of && f->inside == NULL && f->around == NULL)
		name = unknown_column(f, p, p->where);
	return name.s == NULL ? STR_NONE : str_printf(f->arena, "column \"%.*s\" does not exist", STR_ARG(name));
}

static size_t
visible_columns(const struct relation *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->columns.n; i++)
		n += !r->columns.items[i]->dropped;
	return n;
}

/* transformInsertRow() */
static struct str
count_misfit(const struct facts *f, const struct dml *p, size_t given)
{
	size_t columns = p->columns_given ? p->columns.n : visible_columns(f->op->table);

	if (given > columns)
		return STR("INSERT has more expressions than target columns");
	return p->columns_given && given < columns ? STR("INSERT has more target columns than expressions") : STR_NONE;
}

/* transformInsertStmt() */
static struct str
wrong_count(const struct facts *f, const struct dml *p)
{
	if (!is_kind(f->op, "insert") || p->longest == 0)
		return STR_NONE;
	return p->shortest != p->longest ? STR("VALUES lists must all be the same length") : count_misfit(f, p, p->longest);
}

/* ---- values ---- */

static const struct column *
nth_target(const struct relation *r, const struct dml *p, size_t n)
{
	for (size_t i = 0; !p->columns_given && i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && n-- == 0)
			return r->columns.items[i];
	return p->columns_given && n < p->columns.n ? catalog_find_column(r, p->columns.items[n]) : NULL;
}

static bool
is_known_target(const struct column *column)
{
	return column != NULL && !column->assumed;
}

/* transformInsertRow(): a literal takes the type of the column. */
static struct str
unfit_rows(const struct facts *f, const struct dml *p)
{
	struct column_types list = { 0 };
	struct str reason = STR_NONE;

	if (!is_kind(f->op, "insert") || f->inside != NULL || p->sets_parts || p->source == NULL || !select_types(f, p->source, &list))
		return STR_NONE;
	for (size_t i = 0; reason.s == NULL && i < list.n; i++) {
		const struct column *column = nth_target(f->op->table, p, i);
		if (is_known_target(column) && !str_is(list.items[i].name, "?"))
			reason = assigned_misfit(f, column->name, column->type, list.items[i]);
	}
	return reason.s != NULL ? reason : count_misfit(f, p, list.n);
}

static struct type
builtin(const char *name)
{
	return type_make(STR_NONE, str_of(name), NULL, 0, 0);
}

static struct str
literal_misfit(const struct facts *f, const struct column *column, const struct given *g)
{
	const struct { bool there; const char *type; } literals[] = { { g->whole, "int4" }, { g->large, "int8" }, { g->fraction, "numeric" }, { g->truth, "bool" } };
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < sizeof literals / sizeof literals[0]; i++)
		if (literals[i].there)
			reason = assigned_misfit(f, column->name, column->type, builtin(literals[i].type));
	return reason;
}

/* transformInsertStmt(): a single row is a target list. */
static struct str
value_misplaced(const struct facts *f, const struct dml *p, const struct expr *value)
{
	const struct placing at = { .name = "VALUES", .sets = p->rows == 1 };

	return p->lists_rows ? misplaced_call(f, NULL, value, &at) : STR_NONE;
}

/* The same of VALUES, each row of which is put into the columns by itself. */
static struct str
unfit_given(const struct facts *f, const struct dml *p)
{
	struct str reason = STR_NONE;

	if (!is_kind(f->op, "insert") || p->sets_parts || p->from_select || f->inside != NULL)
		return STR_NONE;
	for (size_t i = 0; reason.s == NULL && i < p->given.n; i++)
		if (is_known_target(nth_target(f->op->table, p, i)))
			reason = literal_misfit(f, nth_target(f->op->table, p, i), &p->given.items[i]);
	for (size_t i = 0; reason.s == NULL && i < p->computed.n; i++) {
		const struct column *column = nth_target(f->op->table, p, p->computed.items[i].position);
		reason = value_misplaced(f, p, p->computed.items[i].value);
		if (reason.s == NULL)
			reason = lone_misfit(f, p->computed.items[i].value);
		if (reason.s == NULL && is_known_target(column))
			reason = assigned_misfit(f, column->name, column->type, lone_type(f, p->computed.items[i].value));
	}
	return reason;
}

/* Where the statement lists a column; (size_t)-1: nowhere. */
static size_t
position_of(const struct relation *r, const struct dml *p, const struct column *column)
{
	size_t n = 0;

	for (size_t i = 0; p->columns_given && i < p->columns.n; i++)
		if (str_eq(p->columns.items[i], column->name))
			return i;
	for (size_t i = 0; !p->columns_given && i < r->columns.n; i++) {
		if (r->columns.items[i] == column)
			return n;
		n += !r->columns.items[i]->dropped;
	}
	return (size_t)-1;
}

/* rewriteTargetListIU() */
static struct str
generated_value(const struct facts *f, const struct dml *p)
{
	bool updates = is_kind(f->op, "update"), rewritten = f->around == NULL || !f->around->unwritten;

	for (size_t i = 0; rewritten && (updates || is_kind(f->op, "insert")) && i < f->op->table->columns.n; i++) {
		const struct column *column = f->op->table->columns.items[i];
		bool always = column->generated != 0 || (column->identity == 'a' && (updates || p->override == 0));
		size_t at = always && !column->dropped ? position_of(f->op->table, p, column) : (size_t)-1;
		if (at >= p->given.n || !p->given.items[at].value)
			continue;
		return updates ? str_printf(f->arena, "column \"%.*s\" can only be updated to DEFAULT", STR_ARG(column->name))
		    : str_printf(f->arena, "cannot insert a non-DEFAULT value into column \"%.*s\"", STR_ARG(column->name));
	}
	return STR_NONE;
}

/* Nothing but the statement itself decides what the row holds. */
static bool
is_stored_as_given(const struct relation *r)
{
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped)
			return false;
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "rule"))
			return false;
	return r->kind == RELATION_TABLE;
}

static bool
has_value_of_its_own(const struct column *c)
{
	return c->default_expr != NULL || c->default_sequence != NULL || c->sequence != NULL || c->identity != 0 || c->generated != 0 ||
	    c->assumed || !c->type.builtin;
}

/* ExecConstraints(); only where there is a row for sure */
static struct str
null_value(const struct facts *f, const struct dml *p)
{
	const struct relation *r = f->op->table;

	if (!is_kind(f->op, "insert") || f->around != NULL || p->from_select || (p->longest == 0 && !p->defaults_only) || !is_stored_as_given(r))
		return STR_NONE;
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		size_t at = position_of(r, p, column);
		bool null = at < p->given.n ? p->given.items[at].null : !has_value_of_its_own(column);
		if (!column->dropped && column->not_null == YES && null)
			return str_printf(f->arena, "null value in column \"%.*s\" of relation \"%.*s\" violates not-null constraint",
			    STR_ARG(column->name), STR_ARG(r->name));
	}
	return STR_NONE;
}

/* ---- ON CONFLICT ---- */

static bool
is_given(const struct str_list *columns, struct str column)
{
	for (size_t i = 0; i < columns->n; i++)
		if (column.s != NULL && str_eq(columns->items[i], column))
			return true;
	return false;
}

static bool
same_key(const struct index *x, const struct str_list *columns)
{
	for (size_t i = 0; i < x->columns.n; i++)
		if (!is_given(columns, x->columns.items[i].name))
			return false;
	for (size_t i = 0; i < columns->n; i++)
		if (!index_has_key(x, columns->items[i]))
			return false;
	return true;
}

static struct str
deferrable_arbiter(void)
{
	return STR("ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters");
}

/* infer_arbiter_indexes(), by the planner: not where the statement is analysed only */
static struct str
arbiter_of_columns(const struct relation *r, const struct dml *p)
{
	bool deferrable = false;

	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *x = r->indexes.items[i]->index;
		if (!x->unique || x->valid == NO || x->predicate != NULL || !same_key(x, &p->conflict.columns))
			continue;
		if (x->constraint == NULL || !x->constraint->deferrable)
			return STR_NONE;
		deferrable = true;
	}
	if (!deferrable)
		return STR("there is no unique or exclusion constraint matching the ON CONFLICT specification");
	return p->from_select ? STR_NONE : deferrable_arbiter();
}

static struct str
no_conflict_target(const struct facts *f, const struct dml *p)
{
	const struct conflict_target *t = &p->conflict;
	const struct constraint *k;

	if (t->updates && t->none)
		return STR("ON CONFLICT DO UPDATE requires inference specification or constraint name");
	if (t->plain && t->columns.n > 0)
		return f->around == NULL ? arbiter_of_columns(f->op->table, p) : STR_NONE;
	if (t->constraint.s == NULL)
		return STR_NONE;
	k = catalog_find_constraint(f->op->table, t->constraint);
	if (k == NULL)
		return str_printf(f->arena, "constraint \"%.*s\" for table \"%.*s\" does not exist", STR_ARG(t->constraint), STR_ARG(f->op->table->name));
	return k->deferrable && !p->from_select && f->around == NULL ? deferrable_arbiter() : STR_NONE;
}

/* ---- the whole ---- */

static struct str
unknown_output(const struct facts *f, const struct dml *p)
{
	struct str reason = select_misfit(f, p->source);

	return reason.s != NULL || p->current_of ? reason : select_misfit(f, p->changed);
}

/* transformAssignmentIndirection() */
static struct str
lacks_part(const struct facts *f, const struct dml *p)
{
	for (size_t i = 0; i < p->parts.n; i++) {
		const struct column *column = catalog_find_column(f->op->table, p->parts.items[i].column);
		const struct relation *row = column == NULL || column->assumed ? NULL : type_row(f->catalog, column->type);
		if (row != NULL && lacks_column(f, row, p->parts.items[i].field))
			return str_printf(f->arena, "cannot assign to field \"%.*s\" of column \"%.*s\" because there is no such column in data type %.*s",
			    STR_ARG(p->parts.items[i].field), STR_ARG(column->name), STR_ARG(type_format(f->arena, column->type)));
	}
	return STR_NONE;
}

static const check checks[] = { lacks_listed, lacks_part, lacks_tested, unknown_output, wrong_count, unfit_rows, unfit_given, generated_value, no_conflict_target, null_value };

struct str
dml_refused(const struct facts *f)
{
	const struct dml *p = OP_DATA(f->op, struct dml);
	struct str reason = repeats(f, p);

	for (size_t i = 0; reason.s == NULL && is_settled_table(f) && i < sizeof checks / sizeof checks[0]; i++)
		reason = checks[i](f, p);
	return reason;
}
