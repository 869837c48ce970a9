#include "op/sql_body.h"

#include "op/failure.h"
#include "op/operators.h"
#include "op/query.h"

/* fmgr_sql_validator(): the statements are analysed one after the other, and none of them runs. */

static enum tri
are_checked(const struct session *s)
{
	const struct setting *setting = &s->settings[SETTING_FUNCTION_BODIES];

	/* where nobody has said it, it is on */
	return setting->known == YES ? setting_bool(setting->text) : setting->text.s == NULL ? YES : UNKNOWN;
}

/* ---- the statements ---- */

static bool
is_analysed(const struct op *op)
{
	return is_kind(op, "select") || is_kind(op, "insert") || is_kind(op, "update") || is_kind(op, "delete") || is_kind(op, "merge");
}

struct str
sql_statement_refused(const struct facts *f, const struct op *op)
{
	struct str reason = is_analysed(op) ? op_missing(f->arena, op, f->catalog) : STR_NONE;
	struct op bound = *op;
	struct facts there = *f;

	if (!is_analysed(op))
		return STR_NONE;
	if (op->target.name.s != NULL)
		bound.table = catalog_find_relation(f->catalog, op->target);
	there.op = &bound;
	return reason.s != NULL || (op->target.name.s != NULL && bound.table == NULL) ? reason : op_conflict(&there);
}

/* ---- what the last one gives ---- */

static struct str
mismatch(const struct facts *f, struct str declared, struct str detail)
{
	return str_printf(f->arena, "return type mismatch in function declared to return %.*s: %.*s", STR_ARG(declared), STR_ARG(detail));
}

static struct str
type_words(const struct facts *f, struct type t)
{
	t.nmods = 0;
	t.mod_text = STR_NONE;
	return type_format(f->arena, t);
}

/* coerce_fn_result_column(): a literal is a text by now (resolveTargetListUnknowns()) */
static bool
fails_as(const struct facts *f, struct type given, struct type wanted)
{
	return assignment_fails(f, wanted, str_is(given.name, "?") ? type_make(STR_NONE, STR("text"), NULL, 0, 0) : given);
}

static struct str
given_words(const struct facts *f, struct type t)
{
	return str_is(t.name, "?") ? STR("text") : type_words(f, t);
}

static struct str
value_mismatch(const struct facts *f, struct type wanted, const struct column_types *given)
{
	if (given->n != 1)
		return mismatch(f, type_words(f, wanted), STR("final statement must return exactly one column"));
	return !fails_as(f, given->items[0], wanted) ? STR_NONE
	    : mismatch(f, type_words(f, wanted), str_printf(f->arena, "actual return type is %.*s", STR_ARG(given_words(f, given->items[0]))));
}

static struct str
row_mismatch(const struct facts *f, struct str declared, const struct column_types *wanted, const struct column_types *given)
{
	if (given->n != wanted->n)
		return mismatch(f, declared, given->n < wanted->n ? STR("final statement returns too few columns") : STR("final statement returns too many columns"));
	for (size_t i = 0; i < given->n; i++)
		if (fails_as(f, given->items[i], wanted->items[i]))
			return mismatch(f, declared, str_printf(f->arena, "final statement returns %.*s instead of %.*s at column %zu",
			    STR_ARG(given_words(f, given->items[i])), STR_ARG(type_words(f, wanted->items[i])), i + 1));
	return STR_NONE;
}

/* One column may be the whole row. */
static struct str
relation_mismatch(const struct facts *f, const struct relation *row, struct type type, const struct column_types *given)
{
	struct column_types wanted = { 0 };

	if (given->n == 1 && !(given->items[0].builtin && type_known(given->items[0])))
		return STR_NONE;
	for (size_t i = 0; i < row->columns.n; i++)
		if (!row->columns.items[i]->dropped)
			*vec_push(f->arena, &wanted) = row->columns.items[i]->type;
	return row_mismatch(f, type_words(f, type), &wanted, given);
}

static bool
is_pseudo(struct type t)
{
	return t.builtin && t.dims == 0 && (str_starts(t.name, "any") || str_in_words(t.name, "void record trigger event_trigger cstring internal unknown "
	    "language_handler fdw_handler tsm_handler index_am_handler table_am_handler pg_ddl_command"));
}

static struct str
type_mismatch(const struct facts *f, struct type t, const struct column_types *given)
{
	const struct relation *row = type_row(f->catalog, t);
	const struct typedef_ *named = t.builtin ? NULL : catalog_find_type(f->catalog, t.schema, t.name);

	if (!type_known(t) || is_pseudo(t))
		return STR_NONE;
	if (row != NULL && t.dims == 0)
		return is_settled(f, row, REACH_SCHEMA) ? relation_mismatch(f, row, t, given) : STR_NONE;
	if (!t.builtin && (named == NULL || named->assumed))
		return STR_NONE;
	return value_mismatch(f, t, given);
}

static struct str
columns_mismatch(const struct facts *f, const struct sql_body *b, const struct column_types *given)
{
	struct column_types wanted = { 0 };

	for (size_t i = 0; i < b->gives->n; i++)
		*vec_push(f->arena, &wanted) = b->gives->items[i].type;
	/* the only one of a function is what it returns; a procedure gives a row of it */
	if (wanted.n == 1 && !b->code->procedure)
		return type_mismatch(f, wanted.items[0], given);
	return given->n == 1 && !given->items[0].builtin ? STR_NONE : row_mismatch(f, STR("record"), &wanted, given);
}

static bool
gives_nothing(const struct sql_body *b)
{
	return b->gives->n == 0 && (b->code->procedure || !type_known(b->result) || (b->result.builtin && b->result.dims == 0 && str_is(b->result.name, "void")));
}

static struct str
declared_words(const struct facts *f, const struct sql_body *b)
{
	if (b->gives->n == 1 && !b->code->procedure)
		return type_words(f, b->gives->items[0].type);
	return b->gives->n > 0 ? STR("record") : type_words(f, b->result);
}

/* Its words say that it gives no rows. */
static bool
is_utility(const struct op *op)
{
	struct str text = str_trim(source_text(op->statement->source, op->statement->span));
	size_t n = 0;

	while (n < text.n && ((text.s[n] | 0x20) >= 'a' && (text.s[n] | 0x20) <= 'z'))
		n++;
	return n > 0 && !str_in_words(str_fold(op->script->arena, str_slice(text, 0, n)), "select values table with insert update delete merge return");
}

static struct str
no_rows(const struct facts *f, const struct sql_body *b)
{
	return mismatch(f, declared_words(f, b), STR("its final statement must be SELECT or INSERT/UPDATE/DELETE RETURNING"));
}

/* check_sql_fn_retval() */
static struct str
result_refused(const struct facts *f, const struct sql_body *b, const struct code_ops *ops)
{
	const struct op *last = ops->list.n > 0 ? ops->list.items[ops->list.n - 1].op : NULL;
	const struct op *before = ops->list.n > 1 ? ops->list.items[ops->list.n - 2].op : NULL;
	const struct select *select = last != NULL && is_analysed(last) && !is_kind(last, "merge") ? op_select(last) : NULL;
	struct column_types given = { 0 };

	if (gives_nothing(b) || (b->gives->n == 0 && is_pseudo(b->result)))
		return STR_NONE;
	if (last == NULL || is_utility(last))
		return no_rows(f, b);
	/* of several in one nobody says which is the outer one */
	if ((select == NULL && !is_kind(last, "insert")) || (before != NULL && before->statement == last->statement))
		return STR_NONE;
	if (select == NULL ? is_kind(last, "insert") : !is_kind(last, "select") && select->outputs.n == 0)
		return no_rows(f, b);
	if (!select_types(f, select, &given))
		return STR_NONE;
	return b->gives->n > 0 ? columns_mismatch(f, b, &given) : type_mismatch(f, b->result, &given);
}

/* ---- the whole ---- */

/* Where the function sets a search_path of its own, a body of text is looked at with it (ProcedureCreate()). */
static const struct catalog *
catalog_of(const struct facts *f, const struct sql_body *b)
{
	struct catalog *c;

	if (b->search_path == NULL || b->code->standard)
		return f->catalog;
	c = NEW(f->arena, struct catalog);
	*c = *f->catalog;
	memset(&c->search_path, 0, sizeof c->search_path);
	for (size_t i = 0; i < b->search_path->n; i++)
		*vec_push(f->arena, &c->search_path) = b->search_path->items[i];
	return c;
}

/* Whether it is analysed: one with polymorphic arguments is not, as nobody knows their types. */
static enum tri
is_checked(const struct facts *f, const struct sql_body *b)
{
	return b->polymorphic || b->code->source == NULL || b->code->error.s != NULL ? NO : b->unchecked ? UNKNOWN : are_checked(f->session);
}

enum { DEPTH_LIMIT = 64 };

/* Parse analysis opens it, and the rewriter what a view reads (AcquireRewriteLocks()). */
static void
lock_read(struct effects *e, struct relation *r, enum lock lock, int depth)
{
	effects_lock(e, r, lock);
	for (size_t i = 0; depth < DEPTH_LIMIT && r->kind == RELATION_VIEW && i < r->reads.n; i++)
		lock_read(e, r->reads.items[i], ACCESS_SHARE, depth + 1);
}

void
sql_body_effects(const struct facts *f, const struct sql_body *b, struct effects *e)
{
	const struct catalog *c = catalog_of(f, b);
	const struct code_ops *ops = code_list(b->code, NULL);

	for (size_t i = 0; is_checked(f, b) == YES && i < ops->list.n; i++) {
		const struct op *op = ops->list.items[i].op;
		const struct query *q = is_analysed(op) && op->kind->query != NULL ? op->kind->query(op) : NULL;
		struct relation *target = q != NULL && op->target.name.s != NULL ? catalog_find_relation(c, op->target) : NULL;
		for (size_t k = 0; q != NULL && k < q->tables.n; k++) {
			struct relation *r = q->tables.items[k].sequence ? NULL : catalog_find_relation(c, q->tables.items[k].name);
			if (r != NULL)
				lock_read(e, r, q->tables.items[k].lock, 0);
		}
		if (target != NULL)
			effects_lock(e, target, ROW_EXCLUSIVE);
	}
}

struct str
sql_body_refused(const struct facts *f, const struct sql_body *b)
{
	const struct code_ops *ops = code_list(b->code, NULL);
	enum tri checked = is_checked(f, b);
	struct facts there = *f;
	struct str reason = STR_NONE;

	if (is_pseudo(b->result) && str_is(b->result.name, "internal"))
		return STR("unsafe use of pseudo-type \"internal\"");
	if (is_pseudo(b->result) && !str_starts(b->result.name, "any") && !str_in_words(b->result.name, "void record"))
		return str_printf(f->arena, "SQL functions cannot return type %.*s", STR_ARG(b->result.name));
	if (b->polymorphic)
		return b->code->standard ? STR("SQL function with unquoted function body cannot have polymorphic arguments") : STR_NONE;
	if (f->inside != NULL || b->code->source == NULL || b->code->error.s != NULL || (checked != YES && !b->code->standard))
		return STR_NONE;
	there.around = b->around;
	there.catalog = catalog_of(f, b);
	for (size_t i = 0; reason.s == NULL && i < ops->list.n; i++)
		if (checked == YES || is_kind(ops->list.items[i].op, "select"))
			reason = sql_statement_refused(&there, ops->list.items[i].op);
	return reason.s != NULL || checked != YES ? reason : result_refused(&there, b, ops);
}
