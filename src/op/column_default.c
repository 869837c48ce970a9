#include "op/failure.h"
#include "op/operators.h"
#include "op/query.h"
#include "op/rename.h"

struct payload {
	struct expr *expr;              /* NULL: DROP DEFAULT */
	struct query query;             /* the sequence it draws from */
};

/* ATPrepCmd(): DROP DEFAULT runs in an earlier pass than SET DEFAULT */
static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op = lower_add(l, cmd->def != NULL ? kind : op_kind_find(STR("drop_default")));
	struct payload *p = OP_DATA(op, struct payload);
	struct span keywords = locate_keywords(l->statement, l->action, cmd->def != NULL ? "set default" : "drop default");
	struct query_walk w = { .lowering = l, .query = &p->query };

	p->expr = lower_expr(l, cmd->def);
	query_add(&w, cmd->def);
	op->column_name = lower_text(l, cmd->name);
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
	if (keywords.len == 0)
		return;
	op->spans[SPAN_KEYWORD] = keywords;
	if (cmd->def != NULL && keywords.off + keywords.len < l->action.off + l->action.len)
		op->spans[SPAN_DEFAULT] = locate_element(l->statement, keywords.off + keywords.len);
}

static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, op->target_kind);
	op->column = catalog_column(c, op->table, op->column_name);
	query_bind(&OP_DATA(op, struct payload)->query, c);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct query *q = &OP_DATA(op, struct payload)->query;

	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
	for (size_t i = 0; i < q->tables.n; i++)
		if (q->tables.items[i].relation != NULL)
			effects_depend(e, f, q->tables.items[i].relation);
}

static void
set_in_tree(struct catalog *c, struct relation *r, struct str name, const struct expr *expr, bool only)
{
	struct column *column = catalog_column(c, r, name);

	if (column != NULL)
		catalog_set_default(c, column, expr);
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		set_in_tree(c, r->partitions.items[i], name, expr, false);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	set_in_tree(c, op->table, op->column_name, OP_DATA(op, struct payload)->expr, op->only);
}

static struct str
refused(const struct facts *f)
{
	const struct column *column = f->op->column;

	return column == NULL || column->assumed ? STR_NONE
	    : default_misfit(f, column->name, column->type, OP_DATA(f->op, struct payload)->expr);
}

/* ---- facts ---- */

static struct value
get_default(const struct facts *f)
{
	const struct expr *expr = OP_DATA(f->op, struct payload)->expr;

	return expr == NULL ? value_absent() : value_text(expr->text);
}

/* DROP DEFAULT: what the column had. */
static struct value
get_old_default(const struct facts *f)
{
	const struct column *column = f->op->column;

	if (column != NULL && column->default_expr != NULL)
		return value_text(column->default_expr->text);
	return column == NULL || column->assumed ? value_unknown() : value_absent();
}

static struct value
get_volatility(const struct facts *f)
{
	struct volatility_lookup lookup = catalog_volatility_lookup(f->catalog);

	switch (expr_volatility(OP_DATA(f->op, struct payload)->expr, &lookup, NULL)) {
	case IMMUTABLE:
		return value_text(STR("immutable"));
	case STABLE:
		return value_text(STR("stable"));
	case VOLATILE:
		return value_text(STR("volatile"));
	default:
		return value_unknown();
	}
}

static struct value
get_not_null(const struct facts *f)
{
	return f->op->column == NULL ? value_unknown() : value_tri(f->op->column->not_null);
}

/* What the column is called where the file has got to. */
struct called_now {
	struct op table;
	struct str column;
};

static bool
gives_value(const struct op *later, void *arg)
{
	struct called_now *now = arg;

	if (!op_names_same(later, &now->table))
		return false;
	if (is_kind(later, "rename_table"))
		now->table.target.name = OP_DATA(later, struct rename)->new_name;
	if (!str_eq(later->column_name, now->column))
		return false;
	if (is_kind(later, "rename_column"))
		now->column = OP_DATA(later, struct rename)->new_name;
	return is_kind(later, "set_default") || is_kind(later, "add_identity");
}

static struct value
get_default_follows(const struct facts *f)
{
	struct called_now now = { *f->op, f->op->column_name };

	return script_value(f->op, script_find_later(f->op, gives_value, &now));
}

/* ---- the column that had the name before ---- */

static bool
makes_required(const struct op *other, const struct op *op)
{
	bool makes = is_kind(other, "drop_default") || is_kind(other, "set_not_null");

	return makes && op_names_same(other, op) && str_eq(other->column_name, op->column_name);
}

static bool
gives_name_up(const struct op *earlier, const struct op *op)
{
	return (is_kind(earlier, "drop_column") || is_kind(earlier, "rename_column")) && op_names_same(earlier, op) &&
	    str_eq(earlier->column_name, op->column_name);
}

/* INSERT could not leave it out before the file either, so that the code that runs gives the name a value. */
static bool
gives_up_required(const struct op *earlier, const struct op *op)
{
	const struct column *column = earlier->column;

	return gives_name_up(earlier, op) && column != NULL && column->not_null == YES && !column->assumed && column->default_expr == NULL &&
	    column->identity == 0 && column->sequence == NULL && !script_earlier(earlier, gives_name_up) && !script_earlier(earlier, makes_required);
}

static struct value
get_name_was_required(const struct facts *f)
{
	return value_bool(script_earlier(f->op, gives_up_required));
}

/* Its code is not known, or names the column. */
static bool
may_set(const struct catalog *c, const struct trigger *t, struct str column)
{
	const struct function *fn = catalog_find_function(c, t->function_schema, t->function, STR(""));

	return fn == NULL || fn->body.s == NULL || str_find(fn->body, column) != (size_t)-1;
}

/* It may put a value there in front of the check for NULL (ExecBRInsertTriggers() comes before ExecConstraints()). */
static struct value
get_trigger_may_fill(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; r != NULL && i < r->triggers.n; i++) {
		const struct trigger *t = r->triggers.items[i];
		bool before = !t->dropped && t->row && (t->events & ON_INSERT) != 0 && str_starts(t->definition, "BEFORE ") && !str_is(t->state, "disabled");
		if (before && may_set(f->catalog, t, f->op->column_name))
			return value_unknown_because(str_printf(f->arena, "%.*s runs before each INSERT and may", STR_ARG(t->name)));
	}
	return value_bool(false);
}

/* A partition may have one of its own. */
static enum tri
has_default(const struct relation *r, struct str name, bool only)
{
	const struct column *column = catalog_find_column(r, name);
	enum tri has = column == NULL || column->assumed ? UNKNOWN : tri_of(column->default_expr != NULL || column->default_sequence != NULL);

	for (size_t i = 0; !only && i < r->partitions.n; i++)
		has = tri_or(has, has_default(r->partitions.items[i], name, false));
	return has;
}

static struct value
get_has_default(const struct facts *f)
{
	return f->op->table == NULL ? value_unknown() : value_tri(has_default(f->op->table, f->op->column_name, f->op->only));
}

static const struct field set_fields[] = {
	{ "default", FIELD_TEXT, "the new default expression", get_default },
	{ "old_default", FIELD_TEXT, "the default before; absent: none", get_old_default },
	{ "volatility", FIELD_TEXT, "immutable, stable or volatile: of the new default", get_volatility },
	{ "column_not_null", FIELD_BOOL, "the column is NOT NULL", get_not_null },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field drop_fields[] = {
	{ "old_default", FIELD_TEXT, "the default that goes; absent: none", get_old_default },
	{ "column_not_null", FIELD_BOOL, "the column is NOT NULL, so an INSERT that leaves it out fails from now on", get_not_null },
	{ "has_default", FIELD_BOOL, "the column has a default; otherwise the statement does nothing", get_has_default },
	{ "trigger_fills", FIELD_BOOL, "a trigger gives the column a value where INSERT does not; never known for sure", get_trigger_may_fill },
	{ "name_was_required", FIELD_BOOL, "the column took its name in this file from one that was NOT NULL without a default, too", get_name_was_required },
	{ "default_follows", FIELD_BOOL, "a later statement of the file gives the column a default again, or makes it an identity column", get_default_follows },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_column_default[] = {
	{ .name = "set_default", .doc = "ALTER TABLE ... ALTER COLUMN ... SET DEFAULT", .node = T_AlterTableStmt,
	    .subtype = AT_ColumnDefault, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_ADD_OTHER_CONSTRAINT,
	    .size = sizeof(struct payload), .fields = set_fields, .lower = lower, .bind = bind, .effects = effects,
	    .refused = refused, .apply = apply },
	{ .name = "drop_default", .doc = "ALTER TABLE ... ALTER COLUMN ... DROP DEFAULT", .has = HAS_TABLE | HAS_COLUMN,
	    .pass = PASS_DROP, .size = sizeof(struct payload), .fields = drop_fields, .lower = lower, .effects = effects,
	    .apply = apply },
	{ .name = NULL }
};
