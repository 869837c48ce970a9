#include "op/lower.h"

struct payload {
	bool concurrently;
	ReindexObjectType what;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const ReindexStmt *st = node;
	const char *const names[] = { [REINDEX_OBJECT_INDEX] = "reindex_index", [REINDEX_OBJECT_TABLE] = "reindex_table" };
	struct op *op;
	struct payload *p;

	if (st->kind == REINDEX_OBJECT_INDEX || st->kind == REINDEX_OBJECT_TABLE)
		kind = op_kind_find(str_of(names[st->kind]));
	op = lower_add(l, kind);
	p = OP_DATA(op, struct payload);
	p->what = st->kind;
	p->concurrently = lower_option_true(st->params, "concurrently", false);
	if (st->relation != NULL)
		op->target = lower_range_var(l, st->relation);
	op->spans[SPAN_TABLE] = op->spans[SPAN_INDEX] = op->spans[SPAN_NAME] = op->target.span;
}

static void
bind_index(struct op *op, struct catalog *c)
{
	op->index = catalog_relation(c, op->target, RELATION_INDEX);
	op->table = op->index->index != NULL ? op->index->index->table : NULL;
}

/* ReindexIndex(), reindex_index(): ShareLock on the table, AccessExclusiveLock on the index. */
static void
rebuild(struct effects *e, struct relation *index, bool concurrently)
{
	struct relation_effect *entry = effects_lock(e, index, concurrently ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
	struct relation *table = index->index != NULL ? index->index->table : NULL;

	entry->rewrite = entry->rebuild = YES;
	if (table == NULL)
		return;
	entry = effects_lock(e, table, concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);
	entry->scan = entry->rebuild = YES;
	for (size_t i = 0; i < index->index->children.n; i++)
		rebuild(e, index->index->children.items[i], concurrently);
}

static void
index_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	rebuild(e, op->index, OP_DATA(op, struct payload)->concurrently);
}

static void
rebuild_all(struct effects *e, struct relation *r, bool concurrently)
{
	struct relation_effect *entry = effects_lock(e, r, concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);

	if (r->assumed)
		entry->scan = entry->rebuild = UNKNOWN;
	for (size_t i = 0; i < r->indexes.n; i++)
		rebuild(e, r->indexes.items[i], concurrently);
	for (size_t i = 0; i < r->partitions.n; i++)
		if (r->partitions.items[i]->is_partition)
			rebuild_all(e, r->partitions.items[i], concurrently);
}

static void
table_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	rebuild_all(e, op->table, OP_DATA(op, struct payload)->concurrently);
}

static void
all_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)op;
	(void)f;
	e->all_unknown = true;
}

static struct value
get_concurrently(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->concurrently);
}

static struct value
get_what(const struct facts *f)
{
	static const char *const words[] = { [REINDEX_OBJECT_INDEX] = "index", [REINDEX_OBJECT_TABLE] = "table",
		[REINDEX_OBJECT_SCHEMA] = "schema", [REINDEX_OBJECT_SYSTEM] = "system", [REINDEX_OBJECT_DATABASE] = "database" };

	return value_text(str_of(words[OP_DATA(f->op, struct payload)->what]));
}

static struct value
get_object(const struct facts *f)
{
	return f->op->target.name.s == NULL ? value_absent() : value_text(sql_ident(f->arena, f->op->target.name));
}

static const struct field fields[] = {
	{ "concurrently", FIELD_BOOL, "CONCURRENTLY is given", get_concurrently },
	{ "object_kind", FIELD_TEXT, "index, table, schema, system or database", get_what },
	{ "object", FIELD_TEXT, "the name of the index or table; absent: neither", get_object },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_reindex[] = {
	{ .name = "reindex", .doc = "REINDEX SCHEMA, DATABASE, SYSTEM", .node = T_ReindexStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = all_effects },
	{ .name = "reindex_index", .doc = "REINDEX INDEX", .has = HAS_TABLE | HAS_INDEX, .size = sizeof(struct payload),
	    .fields = fields, .lower = lower, .bind = bind_index, .effects = index_effects },
	{ .name = "reindex_table", .doc = "REINDEX TABLE", .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields,
	    .lower = lower, .effects = table_effects },
	{ .name = NULL }
};
