#include <string.h>

#include "op/failure.h"
#include "op/grouped.h"
#include "op/query.h"
#include "op/select.h"
#include "op/view.h"
#include "op/view_text.h"
#include "sql/deparse.h"

struct payload {
	struct query query;
	const struct select *select;
	struct str_list aliases;        /* CREATE VIEW v (a, b) */
	bool replace, star;
	bool security_invoker, security_barrier;
	struct str check_option;
	struct setting_list options;
	struct str definition;
	struct relation *old;           /* set by bind: what OR REPLACE replaces */
};

/* Not a product, nor count(*). */
static bool
is_star(struct str before)
{
	before = str_trim(before);
	if (before.n == 0)
		return false;
	return before.s[before.n - 1] == '.' || before.s[before.n - 1] == ',' || (before.n >= 6 && str_is_nocase(str_slice(before, before.n - 6, before.n), "select"));
}

bool
view_takes_all_columns(const struct op *op)
{
	struct str text = op->statement != NULL ? source_text(op->statement->source, op->statement->span) : STR("");
	bool star = is_kind(op, "create_view") && OP_DATA(op, struct payload)->star;

	for (size_t i = 0; i < text.n && !star; i++)
		star = text.s[i] == '*' && is_star(str_slice(text, 0, i));
	return star && (is_kind(op, "create_view") || is_kind(op, "create_materialized_view"));
}

/* ---- lowering ---- */

/* Without its options, under a name that is always the same. */
static struct str
definition_of(struct lowering *l, const ViewStmt *st)
{
	ViewStmt copy = *st;
	RangeVar name = { .type = T_RangeVar, .relname = "v", .inh = true, .relpersistence = 'p' };

	copy.view = &name;
	copy.replace = false;
	copy.options = NIL;
	copy.withCheckOption = NO_CHECK_OPTION;
	return sql_deparse_behind(l->arena, &copy, "CREATE VIEW v ");
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const ViewStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	struct query_walk w = { .lowering = l, .query = &p->query, .defining = true };

	op->target = lower_range_var(l, st->view);
	op->target_kind = RELATION_VIEW;
	op->spans[SPAN_NAME] = op->target.span;
	op->spans[SPAN_TABLE] = op->target.span;
	query_add(&w, st->query);
	p->select = lower_select(l, st->query);
	p->star = select_has_star(p->select);
	p->aliases = lower_strings(l, st->aliases);
	p->definition = definition_of(l, st);
	p->replace = st->replace;
	p->security_invoker = lower_option_true(st->options, "security_invoker", false);
	p->security_barrier = lower_option_true(st->options, "security_barrier", false);
	p->check_option = lower_def_text(l, lower_option(st->options, "check_option"));
	if (st->withCheckOption != NO_CHECK_OPTION)
		p->check_option = st->withCheckOption == LOCAL_CHECK_OPTION ? STR("local") : STR("cascaded");
	p->options = lower_parameters(l, st->options);
	if (st->withCheckOption != NO_CHECK_OPTION)
		*vec_push(l->arena, &p->options) = (struct setting_text){ STR("check_option"), p->check_option };
}

static void
bind(struct op *op, struct catalog *c)
{
	struct payload *p = OP_DATA(op, struct payload);

	query_bind(&p->query, c);
	if (p->replace)
		p->old = catalog_relation_to_be(c, op->target);
	op->table = p->old;
}

static const struct query *
stored(const struct op *op)
{
	return &OP_DATA(op, struct payload)->query;
}

/* DefineVirtualRelation() */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);

	if (p->old != NULL)
		effects_lock(e, p->old, ACCESS_EXCLUSIVE);
	else
		effects_create(e, catalog_target_schema(f->catalog, op->target), op->target.name);
	query_define_effects(&p->query, e);
}

/* ---- columns ---- */

/* The columns the view gets; false: not all of them are known. */
static bool
view_columns(struct arena *arena, const struct catalog *c, const struct payload *p, struct result_columns *list)
{
	bool known = select_columns(arena, c, p->select, list);

	for (size_t i = 0; i < p->aliases.n && i < list->n; i++)
		list->items[i].name = p->aliases.items[i];
	return known;
}

/* ---- catalog ---- */

static void
forget_reads(struct catalog *c, struct relation *view)
{
	for (size_t i = 0; i < view->reads.n; i++) {
		struct relation *r = view->reads.items[i];
		for (size_t j = r->dependents.n; j-- > 0;)
			if (r->dependents.items[j] == view)
				catalog_remove(c, &r->dependents, j);
	}
	catalog_save(c, &view->reads, sizeof view->reads);
	memset(&view->reads, 0, sizeof view->reads);
	catalog_save(c, &view->calls, sizeof view->calls);
	memset(&view->calls, 0, sizeof view->calls);
	catalog_save(c, &view->deciding, sizeof view->deciding);
	memset(&view->deciding, 0, sizeof view->deciding);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation *view = p->old;
	struct result_columns list = { 0 };
	const struct surroundings none = { .partial = false };
	struct calls_told told = { 0 };
	bool known = view_columns(c->arena, c, p, &list);
	struct column **old = view != NULL ? view->columns.items : NULL;
	size_t nold = view != NULL ? view->columns.n : 0;

	(void)session;
	select_tell_calls(c->arena, c, &none, p->select, &told);
	if (view == NULL) {
		view = catalog_add_relation(c, catalog_target_schema(c, op->target), op->target.name, RELATION_VIEW);
		view->persistence = str_is(view->schema, "pg_temp") ? 't' : 'p';
		view->born.place = (struct place){ op->statement->source, op->target.span };
		catalog_give_defaults(c, view);
	} else {
		forget_reads(c, view);
		catalog_save(c, &view->columns, sizeof view->columns);
		memset(&view->columns, 0, sizeof view->columns);
		catalog_set(c, &view->kind, RELATION_VIEW);
	}
	catalog_set(c, &view->assumed, !known);
	for (size_t i = 0; i < list.n; i++) {
		struct column *column = catalog_add_column(c, view, list.items[i].name);
		column->type = list.items[i].type;
		column->collation = list.items[i].collation;
		/* ATColumnDefault() gave it one, which stays as the column does */
		if (i < nold && str_eq(old[i]->name, column->name))
			column->default_expr = old[i]->default_expr;
		type_note_user(c, column->type, view);
	}
	query_note_reads(c, view, &p->query, &told);
	select_note_deciding(c, p->select, view);
	options_set(c, view, &p->options);
	catalog_set(c, &view->definition, view_text_fixed(c->arena, c, p->definition, RELATION_VIEW));
	catalog_set(c, &view->defined, c->now);
	view->defined.place = (struct place){ op->statement->source, op->target.span };
	op->table = view;
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_replace(const struct facts *f)
{
	return value_bool(payload(f)->replace);
}

static struct value
get_exists(const struct facts *f)
{
	return value_bool(payload(f)->old != NULL);
}

static struct value
get_reads(const struct facts *f)
{
	return value_text(query_table_words(f->arena, f->catalog, &payload(f)->query));
}

static struct value
get_functions(const struct facts *f)
{
	return value_text(query_call_words(f->arena, &payload(f)->query));
}

static struct value
get_columns(const struct facts *f)
{
	struct result_columns list = { 0 };
	struct str all = STR_NONE;

	if (!view_columns(f->arena, f->catalog, payload(f), &list))
		return value_unknown();
	for (size_t i = 0; i < list.n; i++)
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(sql_ident(f->arena, list.items[i].name)));
	return value_text(all);
}

/* checkViewColumns(): the old columns must come first, with their names and types */
static struct value
get_keeps_columns(const struct facts *f)
{
	const struct relation *old = payload(f)->old;
	struct result_columns list = { 0 };
	size_t n = 0;

	if (old == NULL)
		return value_absent();
	if (old->assumed || !view_columns(f->arena, f->catalog, payload(f), &list))
		return value_unknown();
	for (size_t i = 0; i < old->columns.n; i++) {
		const struct column *column = old->columns.items[i];
		if (column->dropped)
			continue;
		if (n >= list.n || !str_eq(list.items[n].name, column->name))
			return value_bool(false);
		if (type_known(column->type) && type_known(list.items[n].type) && !type_eq(column->type, list.items[n].type))
			return value_bool(false);
		n++;
	}
	return value_bool(true);
}

/* checkViewColumns(), of what OR REPLACE replaces */
static struct str
column_changed(const struct facts *f, const struct column *old, const struct result_column *new)
{
	if (!str_eq(old->name, new->name))
		return str_printf(f->arena, "cannot change name of view column \"%.*s\" to \"%.*s\"", STR_ARG(old->name), STR_ARG(new->name));
	if (!type_known(old->type) || !type_known(new->type) || !old->type.builtin || !new->type.builtin || type_eq(old->type, new->type))
		return STR_NONE;
	return str_printf(f->arena, "cannot change data type of view column \"%.*s\" from %.*s to %.*s", STR_ARG(old->name),
	    STR_ARG(type_format(f->arena, old->type)), STR_ARG(type_format(f->arena, new->type)));
}

struct str
view_op_misfit(const struct facts *f, const struct op *create, const struct relation *old)
{
	const struct payload *p = OP_DATA(create, struct payload);
	struct result_columns list = { 0 };
	struct str reason;
	size_t n = 0;

	reason = select_misfit(f, p->select);
	if (reason.s == NULL && select_changes_rows(p->select))
		reason = STR("views must not contain data-modifying statements in WITH");
	if (reason.s != NULL || !view_columns(f->arena, f->catalog, p, &list))
		return reason;
	/* DefineView() */
	reason = p->aliases.n > list.n ? STR("CREATE VIEW specifies more column names than columns") : select_repeats(f->arena, &list);
	for (size_t i = 0; reason.s == NULL && is_known(old) && old->kind == RELATION_VIEW && i < old->columns.n; i++) {
		if (old->columns.items[i]->dropped)
			continue;
		reason = n < list.n ? column_changed(f, old->columns.items[i], &list.items[n]) : STR("cannot drop columns from view");
		n++;
	}
	return reason;
}

static struct str
refused(const struct facts *f)
{
	return view_op_misfit(f, f->op, payload(f)->old);
}

static struct value
get_star(const struct facts *f)
{
	return value_bool(payload(f)->star);
}

static struct value
get_security_invoker(const struct facts *f)
{
	return value_bool(payload(f)->security_invoker);
}

static struct value
get_security_barrier(const struct facts *f)
{
	return value_bool(payload(f)->security_barrier);
}

static struct value
get_check_option(const struct facts *f)
{
	return value_text(payload(f)->check_option);
}

static struct value
get_reads_protected(const struct facts *f)
{
	enum tri found = NO;

	for (size_t i = 0; i < payload(f)->query.tables.n; i++) {
		const struct relation *r = payload(f)->query.tables.items[i].relation;
		if (r != NULL && r->kind != RELATION_VIEW)
			found = tri_or(found, r->row_security);
	}
	return value_tri(found);
}

static const struct field fields[] = {
	{ "or_replace", FIELD_BOOL, "OR REPLACE is given", get_replace },
	{ "replaces", FIELD_BOOL, "OR REPLACE finds a view of that name", get_exists },
	{ "keeps_columns", FIELD_BOOL, "the columns of the view that is replaced come first, unchanged, as the server demands; absent: none is replaced",
	    get_keeps_columns },
	{ "columns", FIELD_TEXT, "its columns, separated by commas", get_columns },
	{ "reads", FIELD_TEXT, "the relations it reads, separated by commas; absent: none", get_reads },
	{ "functions", FIELD_TEXT, "the functions it calls; absent: none", get_functions },
	{ "selects_star", FIELD_BOOL, "the outermost SELECT has a *", get_star },
	{ "security_invoker", FIELD_BOOL, "security_invoker is set (15)", get_security_invoker },
	{ "security_barrier", FIELD_BOOL, "security_barrier is set", get_security_barrier },
	{ "check_option", FIELD_TEXT, "local or cascaded; absent: no WITH CHECK OPTION", get_check_option },
	{ "reads_row_security", FIELD_BOOL, "a table it reads has row level security", get_reads_protected },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_view[] = {
	{ .name = "create_view", .doc = "CREATE VIEW, CREATE OR REPLACE VIEW", .node = T_ViewStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, .effects = effects,
	    .stored = stored, .refused = refused, .apply = apply },
	{ .name = NULL }
};
