#include "op/lower.h"

struct payload {
	ReindexObjectType object;
	bool concurrently;
};

static const struct op_kind *
kind_of(const struct op_kind *any, ReindexObjectType object)
{
	switch (object) {
	case REINDEX_OBJECT_INDEX:
		return op_kind_find(STR("reindex_index"));
	case REINDEX_OBJECT_TABLE:
		return op_kind_find(STR("reindex_table"));
	default:
		return any;
	}
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const ReindexStmt *st = node;
	struct op *op = lower_add(l, kind_of(kind, st->kind));
	struct payload *p = OP_DATA(op, struct payload);

	p->object = st->kind;
	p->concurrently = lower_option_true(st->params, "concurrently", false);
	if (st->relation != NULL) {
		op->target = lower_range_var(l, st->relation);
	} else if (st->name != NULL) {
		op->target.name = lower_text(l, st->name);
		op->target.span = locate_name(l->statement, l->statement->span, op->target.name);
	}
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
	if (st->kind == REINDEX_OBJECT_INDEX)
		op->spans[SPAN_INDEX] = op->target.span;
}

static void
bind_index(struct op *op, struct catalog *c)
{
	op->index = catalog_relation(c, op->target, RELATION_INDEX);
	op->table = op->index->index != NULL ? op->index->index->table : NULL;
}

static void
bind_table(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, RELATION_TABLE);
}

/* ---- effects ---- */

/*
 * reindex_index(): ShareLock on the table, AccessExclusiveLock on the index. ReindexRelationConcurrently():
 * ShareUpdateExclusiveLock; AccessExclusiveLock on the old index, too, for dropping it when no one uses it any more.
 */
static void
rebuild_index(struct effects *e, struct relation *index, bool concurrently)
{
	struct relation *table = index->index != NULL ? index->index->table : NULL;
	struct relation_effect *entry;

	if (table != NULL && index->kind != RELATION_PARTITIONED_INDEX) {
		entry = effects_lock(e, table, concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);
		entry->scan = entry->rebuild = YES;
	}
	entry = effects_lock(e, index, ACCESS_EXCLUSIVE);
	if (index->kind != RELATION_PARTITIONED_INDEX)
		entry->rebuild = entry->rewrite = YES;
}

/* ReindexIndex() locks what is named; ReindexPartitions() all below with ShareLock, then does the leaves one by one (14) */
static void
rebuild_index_tree(struct effects *e, struct relation *index, bool concurrently)
{
	if (index->kind != RELATION_PARTITIONED_INDEX) {
		rebuild_index(e, index, concurrently);
		return;
	}
	effects_lock(e, index, SHARE);
	for (size_t i = 0; i < index->index->children.n; i++)
		rebuild_index_tree(e, index->index->children.items[i], concurrently);
}

static void
index_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	bool concurrently = OP_DATA(op, struct payload)->concurrently;
	enum lock own = concurrently ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;

	(void)f;
	if (op->index->kind != RELATION_PARTITIONED_INDEX) {
		rebuild_index(e, op->index, concurrently);
		return;
	}
	if (op->index->index->table != NULL)
		effects_lock(e, op->index->index->table, concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);
	effects_lock(e, op->index, own);
	for (size_t i = 0; i < op->index->index->children.n; i++)
		rebuild_index_tree(e, op->index->index->children.items[i], concurrently);
}

static void
rebuild_table(struct effects *e, struct relation *r, bool concurrently, bool below)
{
	bool partitioned = r->kind == RELATION_PARTITIONED;
	struct relation_effect *entry = effects_lock(e, r, concurrently && !below ? SHARE_UPDATE_EXCLUSIVE : SHARE);

	if (!partitioned && r->assumed)
		entry->scan = entry->rebuild = UNKNOWN;
	for (size_t i = 0; !partitioned && i < r->indexes.n; i++)
		rebuild_index(e, r->indexes.items[i], concurrently);
	for (size_t i = 0; partitioned && i < r->partitions.n; i++)
		rebuild_table(e, r->partitions.items[i], concurrently, true);
}

static void
table_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	rebuild_table(e, op->table, OP_DATA(op, struct payload)->concurrently, false);
}

static void
all_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)op;
	(void)f;
	e->all_unknown = true;
}

/* ---- catalog ---- */

static void
mark_valid(struct catalog *c, struct relation *index)
{
	if (index->index == NULL)
		return;
	if (index->kind != RELATION_PARTITIONED_INDEX)
		catalog_set(c, &index->index->valid, YES);
	for (size_t i = 0; i < index->index->children.n; i++)
		mark_valid(c, index->index->children.items[i]);
}

static void
index_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	mark_valid(c, op->index);
}

/* REINDEX TABLE CONCURRENTLY skips invalid indexes. */
static void
table_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	for (size_t i = 0; !OP_DATA(op, struct payload)->concurrently && i < op->table->indexes.n; i++)
		mark_valid(c, op->table->indexes.items[i]);
}

/* ---- facts ---- */

static struct value
get_concurrently(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->concurrently);
}

static struct value
get_object(const struct facts *f)
{
	return value_text(f->op->target.name.s == NULL ? STR_NONE : op_target_words(f->arena, f->op));
}

/* The table; of an index that no file made, the index itself. */
static struct value
get_object_is_new(const struct facts *f)
{
	const struct relation *r = f->op->table != NULL ? f->op->table : f->op->index;

	return r == NULL ? value_absent() : value_bool(relation_new_in_change(f->catalog, r));
}

static struct value
get_object_kind(const struct facts *f)
{
	switch (OP_DATA(f->op, struct payload)->object) {
	case REINDEX_OBJECT_INDEX:
		return value_text(STR("index"));
	case REINDEX_OBJECT_TABLE:
		return value_text(STR("table"));
	case REINDEX_OBJECT_SCHEMA:
		return value_text(STR("schema"));
	case REINDEX_OBJECT_SYSTEM:
		return value_text(STR("system"));
	default:
		return value_text(STR("database"));
	}
}

static struct value
get_index_partitioned(const struct facts *f)
{
	const struct relation *r = f->op->index;

	return r == NULL || r->index == NULL ? value_unknown() : value_bool(r->kind == RELATION_PARTITIONED_INDEX);
}

#define COMMON \
	{ "object", FIELD_TEXT, "the name of what is reindexed, as written; absent: the current database", get_object }, \
	{ "object_kind", FIELD_TEXT, "index, table, schema, system or database", get_object_kind }, \
	{ "object_is_new", FIELD_BOOL, "its table was created by this migration, or by another of the changed files", get_object_is_new }, \
	{ "concurrently", FIELD_BOOL, "CONCURRENTLY is given", get_concurrently }

static const struct field fields[] = { COMMON, { NULL, FIELD_BOOL, NULL, NULL } };

static const struct field index_fields[] = {
	COMMON,
	{ "is_partitioned", FIELD_BOOL, "it is the index of a partitioned table (14), which a transaction block forbids",
	    get_index_partitioned },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_reindex[] = {
	{ .name = "reindex", .doc = "REINDEX SCHEMA, REINDEX DATABASE, REINDEX SYSTEM", .node = T_ReindexStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = all_effects },
	{ .name = "reindex_index", .doc = "REINDEX INDEX", .has = HAS_TABLE | HAS_INDEX, .size = sizeof(struct payload),
	    .fields = index_fields, .lower = lower, .bind = bind_index, .effects = index_effects, .apply = index_apply },
	{ .name = "reindex_table", .doc = "REINDEX TABLE", .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields,
	    .lower = lower, .bind = bind_table, .effects = table_effects, .apply = table_apply },
	{ .name = NULL }
};
