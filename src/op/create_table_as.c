#include "op/copied.h"
#include "op/failure.h"
#include "op/grouped.h"
#include "op/query.h"
#include "op/select.h"
#include "op/uses.h"
#include "op/view_text.h"
#include "sql/deparse.h"

struct payload {
	struct query query;
	const struct select *select;    /* NULL: EXECUTE */
	struct str_list aliases;        /* names given to the columns */
	struct setting_list options;
	bool no_data;
	bool opaque;                    /* EXECUTE: what it reads is not seen */
	char persistence;
	struct str definition;          /* of a materialized view */
};

/* ---- lowering ---- */

static void
lower_into(struct lowering *l, const struct op_kind *kind, const IntoClause *into, const Node *query, bool if_not_exists)
{
	struct query found = { 0 };
	struct query_walk w = { .lowering = l, .query = &found };
	struct op *op;
	struct payload *p;

	if (IsA(query, SelectStmt))
		query_add(&w, query);
	op = lower_add(l, kind);
	p = OP_DATA(op, struct payload);
	p->query = found;
	p->opaque = !IsA(query, SelectStmt);
	p->no_data = into->skipData;
	p->options = lower_table_parameters(l, into->options);
	op->target = lower_range_var(l, into->rel);
	p->persistence = into->rel->relpersistence == '\0' ? 'p' : into->rel->relpersistence;
	op->if_not_exists = if_not_exists;
	op->spans[SPAN_NAME] = op->spans[SPAN_TABLE] = op->target.span;
	p->select = lower_select(l, query);
	p->aliases = lower_strings(l, into->colNames);
}

/* SELECT INTO comes here as a SelectStmt. */
static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateTableAsStmt *st = node;

	if (IsA(node, SelectStmt)) {
		lower_into(l, kind, ((const SelectStmt *)node)->intoClause, node, false);
		return;
	}
	if (st->objtype == OBJECT_MATVIEW)
		kind = op_kind_find(STR("create_materialized_view"));
	lower_into(l, kind, st->into, st->query, st->if_not_exists);
	OP_DATA(*vec_last(&l->script->ops), struct payload)->definition = sql_deparse(l->arena, st->query);
}

const struct select *
created_from(const struct op *op)
{
	return OP_DATA(op, struct payload)->select;
}

static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_relation_to_be(c, op->target);
	op->noop = op->if_not_exists && op->table != NULL;
	query_bind(&OP_DATA(op, struct payload)->query, c);
}

/* ExecCreateTableAs(): WITH NO DATA only analyses the query */
static const struct query *
query(const struct op *op)
{
	return OP_DATA(op, struct payload)->no_data ? NULL : &OP_DATA(op, struct payload)->query;
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);

	if (!op->noop)
		effects_create(e, catalog_target_schema(f->catalog, op->target), op->target.name);
	if (op->noop || p->no_data)
		query_define_effects(&p->query, e);
	else
		query_effects(&p->query, f, e);
	e->all_unknown = e->all_unknown || (p->opaque && !op->noop);
}

/* ---- catalog ---- */

static struct relation *
add_relation(struct op *op, struct catalog *c, enum relkind kind)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation *r = catalog_add_relation(c, catalog_target_schema(c, op->target), op->target.name, kind);
	struct result_columns list = { 0 };

	r->persistence = str_is(r->schema, "pg_temp") ? 't' : p->persistence;
	r->born.place = (struct place){ op->statement->source, op->target.span };
	r->filled = p->no_data ? NO : YES;
	options_set(c, r, &p->options);
	catalog_give_defaults(c, r);
	r->defined = r->born;
	r->definition = kind == RELATION_MATVIEW ? view_text_fixed(c->arena, c, p->definition, kind) : STR_NONE;
	r->assumed = !select_columns(c->arena, c, p->select, &list);
	for (size_t i = 0; i < list.n; i++) {
		struct column *column = catalog_add_column(c, r, i < p->aliases.n ? p->aliases.items[i] : list.items[i].name);
		column->type = list.items[i].type;
		column->collation = list.items[i].collation;
		column->not_null = NO;
		column->born.place = r->born.place;
		type_note_user(c, column->type, r);
	}
	op->table = r;
	return r;
}

static void
table_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->noop)
		return;
	(void)add_relation(op, c, RELATION_TABLE);
	copied_note(op, c);
}

static void
matview_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct surroundings none = { .partial = false };
	struct calls_told told = { 0 };
	struct relation *view;

	(void)session;
	if (op->noop)
		return;
	select_tell_calls(c->arena, c, &none, p->select, &told);
	view = add_relation(op, c, RELATION_MATVIEW);
	query_note_reads(c, view, &p->query, &told);
	select_note_deciding(c, p->select, view);
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(f->op->target.name);
}

static struct value
get_no_data(const struct facts *f)
{
	return value_bool(payload(f)->no_data);
}

static struct value
get_reads(const struct facts *f)
{
	return payload(f)->opaque ? value_unknown() : value_text(query_table_words(f->arena, f->catalog, &payload(f)->query));
}

static struct value
get_functions(const struct facts *f)
{
	return payload(f)->opaque ? value_unknown() : value_text(query_call_words(f->arena, &payload(f)->query));
}

static struct value
get_temporary(const struct facts *f)
{
	return value_bool(payload(f)->persistence == 't');
}

static struct value
get_unlogged(const struct facts *f)
{
	return value_bool(payload(f)->persistence == 'u');
}

static struct value
get_if_not_exists(const struct facts *f)
{
	return value_bool(f->op->if_not_exists);
}

static struct str
refused(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct result_columns list = { 0 };
	struct str reason = select_misfit(f, p->select);

	if (reason.s == NULL && is_kind(f->op, "create_materialized_view") && select_changes_rows(p->select))
		reason = STR("materialized views must not use data-modifying statements in WITH");
	if (reason.s != NULL || !select_columns(f->arena, f->catalog, p->select, &list))
		return reason;
	/* create_ctas_nodata(), intorel_startup() */
	if (p->aliases.n > list.n && !f->op->if_not_exists)
		return STR("too many column names were specified");
	for (size_t i = 0; i < p->aliases.n && i < list.n; i++)
		list.items[i].name = p->aliases.items[i];
	return select_repeats(f->arena, &list);
}

static struct value
get_unpinned(const struct facts *f)
{
	const struct query *q = &payload(f)->query;

	struct str found = STR_NONE;

	for (size_t i = 0; found.s == NULL && i < q->calls.n; i++)
		found = unpinned_name(f->arena, f->catalog, q->calls.items[i].schema, q->calls.items[i].name);
	return value_text(found);
}

static struct value
get_calls_unpinned(const struct facts *f)
{
	return value_bool(get_unpinned(f).state == VALUE_KNOWN);
}

static const struct field fields[] = {
	{ "unpinned_function", FIELD_TEXT, "a function it calls whose definition does not set search_path; absent: none known", get_unpinned },
	{ "calls_unpinned", FIELD_BOOL, "there is one", get_calls_unpinned },
	{ "new_name", FIELD_TEXT, "the new relation's name", get_name },
	{ "no_data", FIELD_BOOL, "WITH NO DATA: the query is not run", get_no_data },
	{ "reads", FIELD_TEXT, "the relations it reads, separated by commas; absent: none", get_reads },
	{ "functions", FIELD_TEXT, "the functions it calls; absent: none", get_functions },
	{ "is_temporary", FIELD_BOOL, "TEMPORARY", get_temporary },
	{ "is_unlogged", FIELD_BOOL, "UNLOGGED", get_unlogged },
	{ "if_not_exists", FIELD_BOOL, "IF NOT EXISTS is given", get_if_not_exists },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_create_table_as[] = {
	{ .name = "create_table_as", .doc = "CREATE TABLE ... AS, SELECT ... INTO", .node = T_CreateTableAsStmt, .subtype = -1,
	    .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind,
	    .effects = effects, .query = query, .refused = refused, .apply = table_apply },
	{ .name = "create_materialized_view", .doc = "CREATE MATERIALIZED VIEW", .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, .effects = effects,
	    .query = query, .refused = refused, .apply = matview_apply },
	{ .name = NULL }
};
