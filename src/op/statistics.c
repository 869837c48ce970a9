#include "base/buf.h"
#include "op/constraint.h"
#include "op/failure.h"
#include "op/lower.h"
#include "sql/ident.h"

/* Extended statistics. */

struct payload {
	struct name name;               /* its name STR_NONE: generated */
	struct str definition;          /* "(ndistinct) ON a, b": without name and table */
	struct str_list columns;
	struct str_list kinds;
	size_t expressions;
};

/* "(ndistinct) ON a, (b + 1)" */
static struct str
definition_of(struct lowering *l, const CreateStatsStmt *st, const struct payload *p)
{
	struct buf b = BUF(l->arena);
	const char *separator = "ON ";
	const ListCell *cell;

	for (size_t i = 0; i < p->kinds.n; i++)
		buf_printf(&b, "%s%.*s%s", i > 0 ? ", " : "(", STR_ARG(p->kinds.items[i]), i + 1 == p->kinds.n ? ") " : "");
	foreach (cell, st->exprs) {
		const StatsElem *e = lfirst(cell);
		const struct expr *expr = e->name == NULL ? lower_table_expr(l, e->expr) : NULL;
		buf_c(&b, separator);
		if (expr == NULL)
			sql_put_ident(&b, lower_text(l, e->name));
		else
			buf_printf(&b, "(%.*s)", STR_ARG(expr->text));
		separator = ", ";
	}
	return buf_text(&b);
}

static void
lower_create(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateStatsStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	struct name name = lower_name_list(l, st->defnames);
	const ListCell *cell;

	if (st->relations != NIL && IsA(linitial(st->relations), RangeVar))
		op->target = lower_range_var(l, linitial(st->relations));
	op->spans[SPAN_TABLE] = op->target.span;
	op->spans[SPAN_NAME] = name.span;
	op->if_not_exists = st->if_not_exists;
	p->name = name;
	p->kinds = lower_strings(l, st->stat_types);
	foreach (cell, st->exprs) {
		const StatsElem *e = lfirst(cell);
		if (e->name != NULL)
			*vec_push(l->arena, &p->columns) = lower_text(l, e->name);
		else
			p->expressions++;
	}
	p->definition = definition_of(l, st, p);
}

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterStatsStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct name name = lower_name_list(l, st->defnames);

	op->spans[SPAN_NAME] = name.span;
	op->if_exists = st->missing_ok;
	OP_DATA(op, struct payload)->name = name;
}

/* CreateStatistics(): so that it waits for ANALYZE and other schema changes, not for reads and writes */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->table != NULL)
		effects_lock(e, op->table, SHARE_UPDATE_EXCLUSIVE);
}

/* ChooseExtendedStatisticName(): in the schema of the table */
static struct str
choose_name(struct catalog *c, const struct relation *r, struct str parts)
{
	struct name name = { r->schema, catalog_object_name(c->arena, r->name, parts, STR("stat")), { 0, 0 } };

	for (unsigned i = 1; catalog_find_statistics(c, name) != NULL; i++)
		name.name = catalog_object_name(c->arena, r->name, parts, str_printf(c->arena, "stat%u", i));
	return name.name;
}

static void
append(struct buf *b, struct str part)
{
	buf_printf(b, "%s%.*s", b->n > 0 ? "_" : "", STR_ARG(part));
}

static void
create_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct buf parts = BUF(c->arena);

	(void)session;
	/* FROM f(...), which the server refuses */
	if (op->table == NULL)
		return;
	for (size_t i = 0; i < p->columns.n; i++)
		append(&parts, p->columns.items[i]);
	for (size_t i = 0; i < p->expressions; i++)
		append(&parts, STR("expr"));
	if (p->name.name.s != NULL)
		catalog_put_statistics(c, op->table, catalog_target_schema(c, p->name), p->name.name, p->definition);
	else
		catalog_put_statistics(c, op->table, op->table->schema, choose_name(c, op->table, buf_text(&parts)), p->definition);
}

/* What stands outside of parentheses, and how many of those there are. */
static struct str
plain_part(struct arena *arena, struct str list, size_t *expressions)
{
	struct buf plain = BUF(arena);
	size_t depth = 0;

	*expressions = 0;
	for (size_t i = 0; i < list.n; i++) {
		*expressions += list.s[i] == '(' && depth == 0;
		depth += list.s[i] == '(';
		if (depth == 0)
			buf_char(&plain, list.s[i]);
		depth -= list.s[i] == ')';
	}
	return buf_text(&plain);
}

/* The columns in the order of the table, then the expressions. */
static struct str
parts_of(struct catalog *c, const struct relation *r, struct str definition)
{
	struct buf parts = BUF(c->arena);
	size_t on = str_find(definition, STR("ON ")), expressions;
	struct str plain = plain_part(c->arena, str_slice(definition, on == (size_t)-1 ? 0 : on, definition.n), &expressions);

	for (size_t i = 0; i < r->columns.n; i++) {
		struct str name = sql_ident(c->arena, r->columns.items[i]->name);
		if (!r->columns.items[i]->dropped && !str_eq(sql_exchange(c->arena, plain, name, STR("?")), plain))
			append(&parts, r->columns.items[i]->name);
	}
	for (size_t i = 0; i < expressions; i++)
		append(&parts, STR("expr"));
	return buf_text(&parts);
}

void
statistics_copy(struct catalog *c, const struct relation *from, struct relation *to)
{
	for (size_t i = 0, n = c->objects.n; i < n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && o->of == from && str_is(o->kind, "statistics object"))
			catalog_put_statistics(c, to, to->schema, choose_name(c, to, parts_of(c, from, o->text)), o->text);
	}
}

static struct name
full_name(const struct catalog *c, struct name name)
{
	return (struct name){ catalog_target_schema(c, name), name.name, name.span };
}

/* CreateStatistics() */
static struct str
create_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);

	if (p->name.name.s != NULL && !f->op->if_not_exists && catalog_find_statistics(f->catalog, full_name(f->catalog, p->name)) != NULL)
		return str_printf(f->arena, "statistics object \"%.*s\" already exists", STR_ARG(p->name.name));
	for (size_t i = 0; i < p->columns.n; i++) {
		if (f->op->table != NULL && lacks_column(f, f->op->table, p->columns.items[i]))
			return str_printf(f->arena, "column \"%.*s\" does not exist", STR_ARG(p->columns.items[i]));
		for (size_t j = 0; j < i; j++)
			if (str_eq(p->columns.items[i], p->columns.items[j]))
				return STR("duplicate column name in statistics definition");
	}
	return STR_NONE;
}

static struct value
join(const struct facts *f, const struct str_list *names)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < names->n; i++)
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(sql_ident(f->arena, names->items[i])));
	return value_text(all);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->name.name);
}

static struct value
get_columns(const struct facts *f)
{
	return join(f, &OP_DATA(f->op, struct payload)->columns);
}

static struct value
get_kinds(const struct facts *f)
{
	return join(f, &OP_DATA(f->op, struct payload)->kinds);
}

static struct value
get_expressions(const struct facts *f)
{
	return value_number((int64_t)OP_DATA(f->op, struct payload)->expressions);
}

static const struct field create_fields[] = {
	{ "statistics", FIELD_TEXT, "its name; absent: generated", get_name },
	{ "columns", FIELD_TEXT, "the columns, separated by commas; absent: none", get_columns },
	{ "expression_count", FIELD_NUMBER, "how many expressions it covers", get_expressions },
	{ "kinds", FIELD_TEXT, "ndistinct, dependencies, mcv as given; absent: all", get_kinds },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field alter_fields[] = {
	{ "statistics", FIELD_TEXT, "its name", get_name },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_statistics[] = {
	{ .name = "create_statistics", .doc = "CREATE STATISTICS", .node = T_CreateStatsStmt, .subtype = -1, .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = create_fields, .lower = lower_create, .effects = effects,
	    .refused = create_refused,
	    .apply = create_apply },
	{ .name = "alter_statistics", .doc = "ALTER STATISTICS ... SET STATISTICS", .node = T_AlterStatsStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = alter_fields, .lower = lower_alter },
	{ .name = NULL }
};
