#include "op/query.h"

struct payload {
	struct query query;
	bool materialized_view, no_data;
	char persistence;
	struct str_list columns;        /* as named in the statement */
};

/* CREATE TABLE AS and CREATE MATERIALIZED VIEW; SELECT INTO arrives as the SelectStmt itself. */
static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateTableAsStmt *st = IsA(node, CreateTableAsStmt) ? node : NULL;
	const IntoClause *into = st != NULL ? st->into : ((const SelectStmt *)node)->intoClause;
	bool matview = st != NULL && st->objtype == OBJECT_MATVIEW;
	struct query_walk walk = { .lowering = l };
	struct op *op;
	struct payload *p;

	if (matview)
		kind = op_kind_find(STR("create_materialized_view"));
	op = lower_add(l, kind);
	p = OP_DATA(op, struct payload);
	op->target = lower_range_var(l, into->rel);
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
	op->if_not_exists = st != NULL && st->if_not_exists;
	p->materialized_view = matview;
	p->no_data = into->skipData;
	p->persistence = into->rel->relpersistence;
	p->columns = lower_strings(l, into->colNames);
	walk.query = &p->query;
	query_add(&walk, st != NULL ? (const void *)st->query : node);
}

static void
bind(struct op *op, struct catalog *c)
{
	struct payload *p = OP_DATA(op, struct payload);

	op->table = catalog_find_relation(c, (struct name){ catalog_target_schema(c, op->target), op->target.name, { 0, 0 } });
	op->noop = op->table != NULL && op->if_not_exists;
	query_bind(&p->query, c);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);

	if (op->noop)
		return;
	if (p->no_data)
		query_define_effects(&p->query, e);
	else
		query_effects(&p->query, f, e);
	effects_create(e, catalog_target_schema(f->catalog, op->target), op->target.name);
}

static void
note_reads(struct catalog *c, struct relation *view, const struct query *q)
{
	for (size_t i = 0; i < q->tables.n; i++) {
		struct relation *r = q->tables.items[i].relation;
		if (r == NULL)
			continue;
		catalog_push(c, &view->reads, r);
		catalog_push(c, &r->dependents, view);
	}
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation *r;

	(void)session;
	if (op->noop)
		return;
	r = catalog_add_relation(c, catalog_target_schema(c, op->target), op->target.name,
	    p->materialized_view ? RELATION_MATVIEW : RELATION_TABLE);
	r->born.place = (struct place){ op->statement->source, op->target.span };
	r->assumed = true;
	r->persistence = p->persistence;
	r->filled = tri_of(!p->no_data);
	for (size_t i = 0; i < p->columns.n; i++)
		catalog_add_column(c, r, p->columns.items[i])->assumed = true;
	if (p->materialized_view)
		note_reads(c, r, &p->query);
	op->table = r;
}

static struct value
get_name(const struct facts *f)
{
	return value_text(sql_ident(f->arena, f->op->target.name));
}

static struct value
get_no_data(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->no_data);
}

static struct value
get_reads(const struct facts *f)
{
	return value_text(query_table_words(f->arena, f->catalog, &OP_DATA(f->op, struct payload)->query));
}

static const struct field fields[] = {
	{ "new_name", FIELD_TEXT, "the name of what is made", get_name },
	{ "no_data", FIELD_BOOL, "WITH NO DATA", get_no_data },
	{ "reads", FIELD_TEXT, "the relations it reads; absent: none", get_reads },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_create_table_as[] = {
	{ .name = "create_table_as", .doc = "CREATE TABLE AS, SELECT INTO", .node = T_CreateTableAsStmt, .subtype = -1,
	    .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, .effects = effects,
	    .apply = apply },
	{ .name = "create_materialized_view", .doc = "CREATE MATERIALIZED VIEW", .has = HAS_TABLE, .size = sizeof(struct payload),
	    .fields = fields, .lower = lower, .bind = bind, .effects = effects, .apply = apply },
	{ .name = NULL }
};
