#include <string.h>

#include "op/failure.h"
#include "op/lower.h"
#include "sql/deparse.h"

/* Extended statistics. */

struct payload {
	struct str name;                /* STR_NONE: generated */
	struct str definition;          /* "(ndistinct) ON a, b": without name and table */
	struct str_list columns;
	struct str_list kinds;
	size_t expressions;
	bool in_schema;                 /* its name is given with a schema */
};

static struct str
definition_of(struct lowering *l, const CreateStatsStmt *st)
{
	CreateStatsStmt copy = *st;
	RangeVar table = *(const RangeVar *)linitial(st->relations);
	char name[] = "s", relation[] = "t";
	struct str text;

	table.catalogname = table.schemaname = NULL;
	table.relname = relation;
	table.alias = NULL;
	copy.defnames = list_make1(makeString(name));
	copy.relations = list_make1(&table);
	copy.if_not_exists = false;
	text = sql_deparse_behind(l->arena, &copy, "CREATE STATISTICS s ");
	return str_ends(text, " FROM t") ? str_slice(text, 0, text.n - strlen(" FROM t")) : STR_NONE;
}

static void
lower_create(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateStatsStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	struct name name = lower_name_list(l, st->defnames);
	const ListCell *cell;

	if (st->relations != NIL && IsA(linitial(st->relations), RangeVar)) {
		op->target = lower_range_var(l, linitial(st->relations));
		p->definition = definition_of(l, st);
	}
	op->spans[SPAN_TABLE] = op->target.span;
	op->spans[SPAN_NAME] = name.span;
	op->if_not_exists = st->if_not_exists;
	p->name = name.name;
	p->in_schema = name.schema.s != NULL;
	p->kinds = lower_strings(l, st->stat_types);
	foreach (cell, st->exprs) {
		const StatsElem *e = lfirst(cell);
		if (e->name != NULL)
			*vec_push(l->arena, &p->columns) = lower_text(l, e->name);
		else
			p->expressions++;
	}
}

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterStatsStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct name name = lower_name_list(l, st->defnames);

	op->spans[SPAN_NAME] = name.span;
	op->if_exists = st->missing_ok;
	OP_DATA(op, struct payload)->name = name.name;
}

/* CreateStatistics(): so that it waits for ANALYZE and other schema changes, not for reads and writes */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->table != NULL)
		effects_lock(e, op->table, SHARE_UPDATE_EXCLUSIVE);
}

static void
create_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct str name = OP_DATA(op, struct payload)->name;

	(void)session;
	if (name.s == NULL)
		return;
	catalog_put_object(c, NULL, "statistics object", name, OP_DATA(op, struct payload)->definition);
	catalog_find_object(c, NULL, "statistics object", name)->gone = &op->table->dropped;
	catalog_find_object(c, NULL, "statistics object", name)->of = op->table;
}

/* CreateStatistics() */
static struct str
create_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);

	if (p->name.s != NULL && !f->op->if_not_exists && catalog_find_object(f->catalog, NULL, "statistics object", p->name) != NULL &&
	    !*catalog_find_object(f->catalog, NULL, "statistics object", p->name)->gone && !p->in_schema)
		return str_printf(f->arena, "statistics object \"%.*s\" already exists", STR_ARG(p->name));
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
	return value_text(OP_DATA(f->op, struct payload)->name);
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
