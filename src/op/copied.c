#include "op/copied.h"

#include "op/code.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/order.h"
#include "op/select.h"

/* ---- what a value can be read back from ---- */

static const struct expr *
bare(const struct expr *e)
{
	return e->kind == EXPR_CAST ? bare(e->args[0]) : e;
}

static bool
is_said(const struct expr *e)
{
	return bare(e)->kind == EXPR_CONST || bare(e)->kind == EXPR_NULL;
}

static bool
is_one_value(const struct expr *e, struct str column)
{
	return e->kind == EXPR_OPERATOR && str_is(e->name, "=") && e->nargs == 2 && bare(e->args[0])->kind == EXPR_COLUMN &&
	    str_eq(bare(e->args[0])->name, column) && bare(e->args[1])->kind == EXPR_CONST;
}

/* CASE column WHEN 1 THEN 'a' WHEN 2 THEN 'b' END, where no two results are alike. */
static bool
renames_values(const struct expr *e, struct str column)
{
	const struct expr *tests = e->args[0];
	bool compared = str_is(tests->name, "case");
	size_t n = tests->nargs - (compared ? 1 : 0);
	bool all = e->nargs == n + 1 || bare(e->args[n + 1])->kind == EXPR_NULL || expr_tells(e->args[n + 1], column, STR_NONE);

	if (compared && !(bare(tests->args[0])->kind == EXPR_COLUMN && str_eq(bare(tests->args[0])->name, column)))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct expr *result = bare(e->args[i + 1]);
		all = all && result->kind == EXPR_CONST && (compared ? is_said(tests->args[i + 1]) : is_one_value(tests->args[i], column));
		for (size_t k = 0; all && k < i; k++)
			all = !str_eq(result->name, bare(e->args[k + 1])->name);
	}
	return all;
}

static bool
wraps(const struct expr *e)
{
	static const char *const functions[] = { "to_json", "to_jsonb", "json_build_object", "jsonb_build_object", "json_build_array", "jsonb_build_array",
		"to_timestamp", "timezone", NULL };

	return e->kind == EXPR_FUNCTION ? str_among(e->name, functions) : e->kind == EXPR_OTHER && str_in_words(e->name, "array row collate");
}

bool
expr_tells(const struct expr *e, struct str column, struct str to)
{
	bool computes = e->kind == EXPR_OPERATOR && e->nargs == 2 && str_in_words(e->name, "+ - * ||");
	bool chooses = e->kind == EXPR_CHOICE && str_in_words(e->name, "coalesce nullif");
	size_t told = 0, said = 0;

	if (e->kind == EXPR_COLUMN)
		return str_eq(e->name, column);
	if (e->kind == EXPR_CHOICE && str_is(e->name, "case"))
		return renames_values(e, column);
	for (size_t i = 0; i < e->nargs; i++) {
		bool own = chooses && e->args[i]->kind == EXPR_COLUMN && str_eq(e->args[i]->name, to);
		told += expr_tells(e->args[i], column, to);
		said += own || is_said(e->args[i]);
	}
	if (e->kind == EXPR_CAST || wraps(e))
		return told > 0;
	return (computes || chooses) && told == 1 && told + said == e->nargs;
}

/* ---- columns ---- */

static bool gives(const struct select *, const struct op *);

static bool
is_called(const struct from *from, struct str qualifier)
{
	return str_eq(from->alias.n > 0 ? from->alias : from->table.name, qualifier);
}

/* table.* shows what that table or query has. */
static bool
star_shows(const struct from *from, struct str qualifier, const struct op *op)
{
	if (from == NULL)
		return false;
	if (from->kind == FROM_JOIN)
		return star_shows(from->left, qualifier, op) || star_shows(from->right, qualifier, op);
	if (qualifier.n > 0 && !is_called(from, qualifier))
		return false;
	return from->kind == FROM_TABLE ? str_eq(from->table.name, op->target.name) : from->kind == FROM_QUERY && gives(from->query, op);
}

static bool
output_gives(const struct select *s, const struct output *o, const struct op *op)
{
	for (size_t i = 0; o->star && o->expr == NULL && i < s->from.n; i++)
		if (star_shows(s->from.items[i], o->qualifier, op))
			return true;
	return expr_mentions_column(o->expr, op->column_name) || gives(o->query, op);
}

static bool
gives(const struct select *s, const struct op *op)
{
	if (s == NULL)
		return false;
	for (size_t i = 0; i < s->outputs.n; i++)
		if (output_gives(s, &s->outputs.items[i], op))
			return true;
	return gives(s->left, op) || gives(s->right, op);
}

static bool
sets(const struct op *update, const struct op *op)
{
	const struct dml *p = OP_DATA(update, struct dml);

	for (size_t i = 0; i < p->values.n; i++)
		if (expr_mentions_column(p->values.items[i], op->column_name) && !(update->table == op->table && str_eq(p->columns.items[i], op->column_name)))
			return true;
	return false;
}

/* What the column tells goes into others of the table: a = b, a = now() WHERE b */
static bool
sets_beside(const struct op *update, const struct op *op)
{
	const struct dml *p = OP_DATA(update, struct dml);

	return sets(update, op) || (expr_mentions_column(p->where, op->column_name) && !str_in(op->column_name, p->columns.items, p->columns.n));
}

static bool
takes_values(const struct op *other, const struct op *op)
{
	if (is_kind(other, "update") && other->table == op->table)
		return sets_beside(other, op);
	if (is_kind(other, "insert"))
		return gives(OP_DATA(other, struct dml)->source, op);
	return is_kind(other, "update") ? sets(other, op) : is_kind(other, "create_table_as") && gives(created_from(other), op);
}

static bool
reads(const struct op *other, const struct op *op)
{
	const struct query *q = other->kind->query == NULL ? NULL : other->kind->query(other);

	for (size_t i = 0; q != NULL && i < q->tables.n; i++)
		if (q->tables.items[i].relation == op->table)
			return true;
	return false;
}

static bool
copies(const struct op *earlier, const struct op *op)
{
	return (reads(earlier, op) || (is_kind(earlier, "update") && earlier->table == op->table)) && takes_values(earlier, op);
}

/* ---- rows ---- */

static const struct select *
put_in(const struct op *op)
{
	return is_kind(op, "insert") ? OP_DATA(op, struct dml)->source : is_kind(op, "create_table_as") ? created_from(op) : NULL;
}

static bool select_shows(const struct select *, const struct op *);

static bool
from_shows(const struct from *from, const struct op *op)
{
	if (from == NULL)
		return false;
	if (from->kind == FROM_JOIN)
		return from_shows(from->left, op) || from_shows(from->right, op);
	return from->kind == FROM_TABLE ? str_eq(from->table.name, op->target.name) : from->kind == FROM_QUERY && select_shows(from->query, op);
}

static bool
select_shows(const struct select *s, const struct op *op)
{
	for (size_t i = 0; s != NULL && i < s->from.n; i++)
		if (from_shows(s->from.items[i], op))
			return true;
	return s != NULL && (select_shows(s->left, op) || select_shows(s->right, op));
}

/* Not what stands in a condition only. */
static bool
copies_rows(const struct op *earlier, const struct op *op)
{
	return put_in(earlier) != NULL && earlier->table != op->table && reads(earlier, op) && select_shows(put_in(earlier), op);
}

/* Not a few columns, as of what something else is made from. */
static bool
copies_most(const struct op *earlier, const struct op *op)
{
	size_t all = 0, copied = 0;

	for (size_t i = 0; i < op->table->columns.n; i++) {
		struct op column = *op;
		column.column_name = op->table->columns.items[i]->name;
		all += !op->table->columns.items[i]->dropped;
		copied += !op->table->columns.items[i]->dropped && gives(put_in(earlier), &column);
	}
	return copies_rows(earlier, op) && 2 * copied > all;
}

/* As itself, whatever it is called there. */
static bool
shows(const struct select *s, struct str column)
{
	for (size_t i = 0; i < s->outputs.n; i++) {
		const struct output *o = &s->outputs.items[i];
		if (o->expr == NULL ? o->star : o->expr->kind == EXPR_COLUMN && str_eq(o->expr->name, column))
			return true;
	}
	return false;
}

static bool
shows_all(const struct select *s, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && !shows(s, r->columns.items[i]->name))
			return false;
	return r->columns.n > 0;
}

static bool
copies_whole(const struct op *earlier, const struct op *op)
{
	const struct select *s = put_in(earlier);
	bool some = is_kind(earlier, "insert") && OP_DATA(earlier, struct dml)->on_conflict;
	const struct query *q = s == NULL || some ? NULL : earlier->kind->query(earlier);

	if (q == NULL || q->tables.n != 1 || q->tables.items[0].relation != op->table || !q->tables.items[0].whole)
		return false;
	return s->left == NULL && !s->merges && s->having == NULL && s->from.n == 1 && s->from.items[0]->kind == FROM_TABLE && shows_all(s, op->table);
}

static bool
drops(const struct op *later, void *arg)
{
	const struct relation *r = arg;

	return is_kind(later, "drop_table") && str_eq(later->target.name, r->name);
}

static bool
stays_behind(struct relation *to, const struct relation *from, const struct op *op)
{
	return to != NULL && to != from && !to->dropped && to->persistence != 't' && !script_find_later(op, drops, to);
}

/* The table that has them, and that no later statement of the file drops. */
static const struct relation *
kept_here(const struct op *op, bool (*copies_it)(const struct op *earlier, const struct op *op))
{
	for (size_t i = 0; op->table != NULL && !op->table->assumed && op->script != NULL && i < op->script->ops.n && op->script->ops.items[i] != op; i++) {
		const struct op *earlier = op->script->ops.items[i];
		struct relation *to = !earlier->noop && copies_it(earlier, op) ? earlier->table : NULL;
		if (stays_behind(to, op->table, op))
			return to;
	}
	return NULL;
}

const struct relation *
table_copied_before(const struct op *op)
{
	return kept_here(op, copies_whole);
}

/* ---- once more, for what has come since ---- */

static bool
sets_from(const struct op *update, const struct op *op)
{
	struct op column = *op;
	bool any = false;

	for (size_t i = 0; !any && i < op->table->columns.n; i++) {
		column.column_name = op->table->columns.items[i]->name;
		any = !op->table->columns.items[i]->dropped && sets(update, &column);
	}
	return any;
}

/* By then it cannot be said once more. */
static bool
names_dropped_column(const struct op *earlier)
{
	for (size_t i = 0; i < earlier->table->columns.n; i++)
		if (earlier->table->columns.items[i]->dropped && op_mentions(earlier, earlier->table->columns.items[i]->name))
			return true;
	return false;
}

static bool
takes_rows_or_values(const struct op *earlier, const struct op *op)
{
	bool fills = is_kind(earlier, "update") && earlier->table != op->table && reads(earlier, op) && sets_from(earlier, op);

	return copies_rows(earlier, op) || (fills && !names_dropped_column(earlier));
}

static struct ops
taken_over(const struct facts *f, const struct op *drop, bool (*takes)(const struct op *earlier, const struct op *op))
{
	const struct script *script = f->inside == NULL ? f->op->script : NULL;
	struct op bound = *drop;
	struct ops ops = { 0 };

	bound.table = catalog_find_relation(f->catalog, drop->target);
	for (size_t i = 0; script != NULL && bound.table != NULL && script->ops.items[i] != f->op; i++) {
		const struct op *earlier = script->ops.items[i];
		if (!earlier->noop && takes(earlier, &bound) && stays_behind(earlier->table, bound.table, drop))
			order_push(f->arena, &ops, earlier);
	}
	return ops;
}

struct ops
rows_taken_over(const struct facts *f)
{
	return taken_over(f, f->op, takes_rows_or_values);
}

static bool
points_at(const struct op *op, const struct relation *r)
{
	for (size_t i = 0; i < op->table->constraints.n; i++) {
		const struct constraint *k = op->table->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && !k->dropped && k->references == r && str_in(op->column_name, k->columns.items, k->columns.n))
			return true;
	}
	return false;
}

struct ops
rows_pointed_at_taken_over(const struct facts *f)
{
	const struct script *script = f->inside == NULL ? f->op->script : NULL;
	bool behind = false;

	for (size_t i = 0; script != NULL && i < script->ops.n; i++) {
		const struct op *drop = script->ops.items[i];
		const struct relation *r = behind && is_kind(drop, "drop_table") ? catalog_find_relation(f->catalog, drop->target) : NULL;
		if (r != NULL && points_at(f->op, r))
			return taken_over(f, drop, copies_rows);
		behind = behind || drop == f->op;
	}
	return (struct ops){ 0 };
}

/* ---- by a loop ---- */

static bool
mentions_field(const struct expr *e, struct str field)
{
	if (e == NULL)
		return false;
	for (size_t i = 0; i < e->nargs; i++)
		if (mentions_field(e->args[i], field))
			return true;
	return e->kind == EXPR_COLUMN && e->schema.n > 0 && str_eq(e->name, field);
}

/* INSERT INTO other VALUES (r.field), UPDATE other SET a = r.field */
static bool
puts_field(const struct op *other, const struct op *op, struct str field)
{
	const struct dml *p = is_kind(other, "update") || is_kind(other, "insert") ? OP_DATA(other, struct dml) : NULL;

	for (size_t i = 0; p != NULL && i < p->computed.n; i++)
		if (mentions_field(p->computed.items[i].value, field))
			return true;
	for (size_t i = 0; p != NULL && i < p->values.n; i++)
		if (mentions_field(p->values.items[i], field) && !(str_eq(other->target.name, op->target.name) && str_eq(p->columns.items[i], op->column_name)))
			return true;
	return false;
}

/* FOR r IN SELECT column FROM table LOOP ... */
static bool
copies_by_loop(const struct op *earlier, const struct op *op)
{
	struct code *code = is_kind(earlier, "do_block") ? op_code(earlier) : NULL;
	const struct code_ops *ops = code == NULL ? NULL : code_list(code, NULL);

	for (size_t i = 0; ops != NULL && i < ops->list.n; i++) {
		const struct select *s = is_kind(ops->list.items[i].op, "select") ? op_select(ops->list.items[i].op) : NULL;
		for (size_t k = 0; s != NULL && select_shows(s, op) && k < s->outputs.n; k++)
			for (size_t n = i + 1; output_gives(s, &s->outputs.items[k], op) && n < ops->list.n; n++)
				if (puts_field(ops->list.items[n].op, op, s->outputs.items[k].star ? op->column_name : s->outputs.items[k].name))
					return true;
	}
	return false;
}

/* ---- by earlier files ---- */

void
copied_note(const struct op *op, struct catalog *c)
{
	const struct query *q = op->kind->query == NULL ? NULL : op->kind->query(op);

	for (size_t i = 0; q != NULL && op->table != NULL && op->table->persistence != 't' && !c->now.doubtful && i < q->tables.n; i++) {
		struct relation *from = q->tables.items[i].relation;
		if (from == NULL || from == op->table)
			continue;
		catalog_set(c, &from->copied, op);
		catalog_set(c, &from->copied_in, c->now.migration);
	}
}

enum { COPIED_LATELY = 10 };

/* The operation of an earlier file. Long after, most of the values have come since. */
static const struct op *
lately(const struct facts *f, bool (*copies_it)(const struct op *earlier, const struct op *op))
{
	const struct op *by = f->op->table == NULL ? NULL : f->op->table->copied;
	unsigned now = f->catalog->now.migration, then = by == NULL ? now : f->op->table->copied_in;

	if (then == now || then + COPIED_LATELY < now)
		return NULL;
	return !by->table->dropped && !script_find_later(f->op, drops, by->table) && copies_it(by, f->op) ? by : NULL;
}

struct str
column_copier(const struct facts *f)
{
	const struct op *by = lately(f, copies);

	if (f->op->table != NULL && (script_earlier(f->op, copies) || script_earlier(f->op, copies_by_loop)))
		return STR("the file");
	return by == NULL ? STR_NONE : file_name(statement_file(by->statement));
}

struct str
rows_copier(const struct facts *f, const struct relation **whole)
{
	const struct op *by = lately(f, copies_most);

	*whole = NULL;
	if (kept_here(f->op, copies_rows) != NULL)
		return STR("the file");
	if (by != NULL && copies_whole(by, f->op))
		*whole = by->table;
	return by == NULL ? STR_NONE : file_name(statement_file(by->statement));
}
