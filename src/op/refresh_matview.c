#include "base/buf.h"
#include "op/concurrently.h"
#include "op/query.h"

struct payload {
	bool concurrently, no_data;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const RefreshMatViewStmt *st = node;
	struct op *op = lower_add(l, kind);

	op->target = lower_range_var(l, st->relation);
	op->target_kind = RELATION_MATVIEW;
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
	OP_DATA(op, struct payload)->concurrently = st->concurrent;
	OP_DATA(op, struct payload)->no_data = st->skipData;
}

/* refresh_by_match_merge(): the new rows are compared with the old ones, then changed by DML */
static void
merge(struct effects *e, struct relation *view)
{
	effects_lock(e, view, EXCLUSIVE)->scan = YES;
	for (size_t i = 0; i < view->indexes.n; i++)
		effects_lock(e, view->indexes.items[i], ROW_EXCLUSIVE);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);

	if (p->concurrently)
		merge(e, op->table);
	else
		effects_rewrite_table(e, op->table, YES);
	for (size_t i = 0; !p->no_data && i < op->table->reads.n; i++)
		query_lock(e, f, op->table->reads.items[i], ACCESS_SHARE, UNKNOWN);
}

/* is_usable_unique_index() */
static bool
is_usable(const struct index *index)
{
	if (!index->unique || index->predicate != NULL || index->valid == NO)
		return false;
	for (size_t i = 0; i < index->columns.n; i++)
		if (index->columns.items[i].name.s == NULL)
			return false;
	return index->columns.n > 0;
}

static struct value
get_has_usable_unique_index(const struct facts *f)
{
	const struct relation *view = f->op->table;

	for (size_t i = 0; i < view->indexes.n; i++)
		if (is_usable(view->indexes.items[i]->index))
			return value_bool(true);
	return view->assumed && view->born.place.source == NULL ? value_unknown() : value_bool(false);
}

/* Its columns are known unless its query selects from what no file creates. */
static struct str
all_columns(const struct facts *f)
{
	const struct relation *view = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < view->columns.n; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? ", " : "", STR_ARG(sql_ident(f->arena, view->columns.items[i]->name)));
	return b.n > 0 && !view->assumed ? buf_text(&b) : STR("...");
}

/* refresh_by_match_merge(): finds the changed rows by it. */
static struct value
get_index_first(const struct facts *f)
{
	const struct relation *view = f->op->table;
	struct value usable = get_has_usable_unique_index(f);
	struct str table = relation_words(f->arena, f->catalog, view);
	struct str name = sql_ident(f->arena, catalog_object_name(f->arena, view->name, STR_NONE, STR("key")));

	if (usable.state == VALUE_KNOWN && usable.yes)
		return value_text(STR(""));
	if (usable.state == VALUE_UNKNOWN)
		return value_text(str_printf(f->arena, "-- unless it has a unique index on plain columns over all rows, first, without a transaction:\n"
		    "-- CREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (...);", STR_ARG(name), STR_ARG(table)));
	return value_text(str_printf(f->arena, "-- (no transaction)%.*s\n-- those of its columns that tell its rows apart:\n"
	    "CREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);\n-- next migration", STR_ARG(get_lock_timeout_off(f).text), STR_ARG(name), STR_ARG(table),
	    STR_ARG(all_columns(f))));
}

static struct value
get_concurrently(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->concurrently);
}

static struct value
get_no_data(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->no_data);
}

static const struct field fields[] = {
	{ "concurrently", FIELD_BOOL, "CONCURRENTLY is given", get_concurrently },
	{ "no_data", FIELD_BOOL, "WITH NO DATA: it is emptied and cannot be read until the next refresh", get_no_data },
	{ "has_usable_unique_index", FIELD_BOOL, "it has a unique index on plain columns over all rows, as CONCURRENTLY needs",
	    get_has_usable_unique_index },
	{ "index_first", FIELD_TEXT, "for advice: the migration that builds such an index; a comment, when nobody knows whether there is one; empty, when there is",
	    get_index_first },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_refresh_matview[] = {
	{ .name = "refresh_matview", .doc = "REFRESH MATERIALIZED VIEW", .node = T_RefreshMatViewStmt, .subtype = -1,
	    .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = effects },
	{ .name = NULL }
};
