#include <string.h>

#include "base/buf.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/failure.h"
#include "op/misplaced.h"
#include "op/operators.h"
#include "op/order.h"
#include "op/partition_parts.h"
#include "op/rename.h"
#include "op/swap.h"
#include "op/uses.h"

struct payload {
	struct str name;                /* as given; STR_NONE: generated */
	struct str chosen;
	struct str method;
	VEC(struct index_column) columns;
	struct str_list include;
	struct setting_list options;
	struct expr *predicate;
	bool unique, concurrently, nulls_not_distinct;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const IndexStmt *st = node;
	const ListCell *cell;
	struct op *op;
	struct payload *p;

	l->table = lower_range_var(l, st->relation);
	l->only = !st->relation->inh;
	op = lower_add(l, kind);
	p = OP_DATA(op, struct payload);
	op->if_not_exists = st->if_not_exists;
	p->name = lower_text(l, st->idxname);
	p->method = lower_text(l, st->accessMethod);
	p->unique = st->unique;
	p->concurrently = st->concurrent;
	p->nulls_not_distinct = st->nulls_not_distinct;
	p->predicate = lower_table_expr(l, st->whereClause);
	p->options = lower_parameters(l, st->options);
	foreach (cell, st->indexParams)
		*vec_push(l->arena, &p->columns) = lower_index_column(l, lfirst(cell));
	foreach (cell, st->indexIncludingParams)
		*vec_push(l->arena, &p->include) = lower_text(l, ((const IndexElem *)lfirst(cell))->name);
	op->spans[SPAN_KEYWORD] = locate_keywords(l->statement, l->statement->span, "index");
	op->spans[SPAN_KEYWORD] = span_of(l->statement->span.off, op->spans[SPAN_KEYWORD].off + op->spans[SPAN_KEYWORD].len);
	if (p->name.s != NULL)
		op->spans[SPAN_INDEX] = locate_name(l->statement, l->statement->span, p->name);
}

static struct str
choose_name(struct op *op, struct catalog *c, const struct payload *p)
{
	struct index index = { .table = op->table };

	if (p->name.s != NULL)
		return p->name;
	memcpy(&index.columns, &p->columns, sizeof index.columns);
	index.include.items = p->include.items;
	index.include.n = p->include.n;
	return catalog_index_name(c, op->table, &index, "idx", false);
}

/* DefineIndex(): whatever has the name */
static bool
is_skipped(const struct op *op)
{
	return op->if_not_exists && op->index != NULL;
}

/* Of an index that RENAME IF EXISTS may have named: if it is there, it most likely is what this statement would make. */
static bool
is_name_only(const struct relation *r)
{
	return r != NULL && r->assumed && (r->index == NULL ? r->kind == RELATION_INDEX : r->index->table == NULL);
}

static void
bind(struct op *op, struct catalog *c)
{
	struct payload *p = OP_DATA(op, struct payload);
	struct relation *there;

	op->table = catalog_relation(c, op->target, RELATION_TABLE);
	for (size_t i = 0; i < p->columns.n; i++)
		if (p->columns.items[i].name.s != NULL)
			(void)catalog_column(c, op->table, p->columns.items[i].name);
	p->chosen = choose_name(op, c, p);
	there = p->name.s == NULL ? NULL : catalog_slot_object(&c->relations, op->table->schema, p->name);
	if (is_name_only(there) && op->if_not_exists) {
		catalog_drop_relation(c, there);
		there = NULL;
	}
	op->index = there;
	/* an index that is not valid is not made anew either, but rules have something to say about it */
	op->noop = is_skipped(op) && (there->index == NULL || there->index->valid != NO);
}

/* The operation as it stands for one partition, whose index gets a name of its own. */
static struct op
for_partition(const struct op *op, struct relation *child, struct payload *unnamed)
{
	struct op copy = *op;

	*unnamed = *OP_DATA(op, struct payload);
	unnamed->name = STR_NONE;
	copy.table = child;
	copy.data = unnamed;
	return copy;
}

/* A cast to the type that the column has is none (coerce_type()). */
static struct index_column
key_of(const struct relation *r, struct index_column key)
{
	const struct expr *cast = key.expr != NULL && key.expr->kind == EXPR_CAST && key.expr->nargs == 1 && key.expr->args[0]->kind == EXPR_COLUMN ? key.expr : NULL;
	const struct column *column = cast == NULL ? NULL : catalog_find_column(r, cast->args[0]->name);

	if (column != NULL && !column->assumed && type_known(cast->type) && type_eq(cast->type, column->type)) {
		key.name = column->name;
		key.expr = NULL;
	}
	return key;
}

static void
fill(struct arena *a, struct index *index, const struct payload *p, const struct op *op)
{
	index->method = p->method.s == NULL ? STR("btree") : p->method;
	index->unique = p->unique;
	index->nulls_not_distinct = p->nulls_not_distinct;
	index->concurrently = p->concurrently;
	index->predicate = p->predicate;
	index->only = op->only;
	for (size_t i = 0; i < p->columns.n; i++)
		*vec_push(a, &index->columns) = key_of(op->table, p->columns.items[i]);
	for (size_t i = 0; i < p->include.n; i++)
		*vec_push(a, &index->include) = p->include.items[i];
}

/* DefineIndex(): the index that a partition has already; NULL: none. */
static struct relation *
twin_of(const struct facts *f, const struct op *op, const struct relation *partition)
{
	struct index wanted = { .valid = YES };

	fill(f->arena, &wanted, OP_DATA(op, struct payload), op);
	return partition->is_partition ? partition_twin(partition, &wanted) : NULL;
}

/* DefineIndex(): ShareLock, or ShareUpdateExclusiveLock when concurrent, on the table and its partitions. */
static void
build(const struct op *op, const struct facts *f, struct effects *e, struct relation *r, struct str name)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation_effect *entry = effects_lock(e, r, p->concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);

	if (r->kind != RELATION_PARTITIONED) {
		entry->scan = YES;
		entry->rebuild = YES;
	}
	(void)effects_create(e, r->schema, name);
	for (size_t i = 0; !op->only && i < r->partitions.n; i++) {
		struct payload unnamed;
		struct op copy = for_partition(op, r->partitions.items[i], &unnamed);
		struct relation *twin = twin_of(f, op, copy.table);
		if (twin != NULL) {
			effects_lock(e, copy.table, SHARE);
			effects_lock(e, twin, SHARE);
		} else if (copy.table->is_partition)
			build(&copy, f, e, copy.table, choose_name(&copy, (struct catalog *)(uintptr_t)f->catalog, &unnamed));
	}
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);

	if (is_skipped(op))
		effects_lock(e, op->table, p->concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);
	else
		build(op, f, e, op->table, p->chosen);
}

static struct relation *
add_index(struct catalog *c, const struct op *op, struct relation *table, struct str name)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct relation *r = catalog_add_index(c, table, name);

	fill(c->arena, r->index, p, op);
	options_set(c, r, &p->options);
	catalog_label_index(c, r->index);
	r->born.place = (struct place){ op->statement->source,
		op->spans[SPAN_INDEX].len > 0 ? op->spans[SPAN_INDEX] : op->spans[SPAN_KEYWORD] };
	/* ON ONLY a partitioned table: invalid until every partition's index is attached */
	if (op->only && table->kind == RELATION_PARTITIONED)
		r->index->valid = tri_of(table->partitions.n == 0);
	return r;
}

static void
add_on_partitions(struct catalog *c, const struct op *op, struct relation *table, struct relation *index)
{
	for (size_t i = 0; i < table->partitions.n; i++) {
		struct relation *child = table->partitions.items[i], *made;
		struct payload unnamed;
		struct op copy = for_partition(op, child, &unnamed);
		if (!child->is_partition)
			continue;
		made = partition_twin(child, index->index);
		if (made != NULL) {
			partition_attach_index(c, index, made);
			continue;
		}
		made = add_index(c, &copy, child, choose_name(&copy, c, &unnamed));
		made->index->parent = index;
		catalog_push(c, &index->index->children, made);
		add_on_partitions(c, &copy, child, made);
	}
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	if (is_skipped(op))
		return;
	op->index = add_index(c, op, op->table, p->chosen);
	if (!op->only && op->table->kind == RELATION_PARTITIONED)
		add_on_partitions(c, op, op->table, op->index);
}

bool
index_op_leads_with(const struct op *op, struct str column)
{
	const struct payload *p = strcmp(op->kind->name, "create_index") == 0 ? OP_DATA(op, struct payload) : NULL;

	return p != NULL && p->columns.n > 0 && p->columns.items[0].name.s != NULL && str_eq(p->columns.items[0].name, column);
}

bool
index_op_leads_like(const struct op *op, const struct index_column *key)
{
	const struct payload *p = is_kind(op, "create_index") ? OP_DATA(op, struct payload) : NULL;

	if (p == NULL || p->columns.n == 0)
		return false;
	return key->name.s != NULL ? index_op_leads_with(op, key->name) : p->columns.items[0].expr != NULL && expr_eq(p->columns.items[0].expr, key->expr);
}

bool
index_op_makes(const struct op *op, struct str name)
{
	const struct payload *p = strcmp(op->kind->name, "create_index") == 0 ? OP_DATA(op, struct payload) : NULL;

	return p != NULL && str_eq(p->chosen.s != NULL ? p->chosen : p->name, name);
}

bool
index_op_uses_column(const struct op *op, struct str column)
{
	const struct payload *p = OP_DATA(op, struct payload);

	for (size_t i = 0; i < p->columns.n; i++) {
		const struct index_column *c = &p->columns.items[i];
		if (c->name.s != NULL ? str_eq(c->name, column) : expr_mentions_column(c->expr, column))
			return true;
	}
	return str_in(column, p->include.items, p->include.n) || expr_mentions_column(p->predicate, column);
}

struct path_search {
	const struct catalog *c;
	bool found;
};

static bool
is_of_default(const struct catalog *c, struct str schema)
{
	return str_eq(schema, c->default_schema) || str_is(schema, "pg_catalog");
}

/* A function or type that is written without a schema and is neither the server's nor one of the default schema, as far as anyone knows. */
static void
note_found_by_path(void *arg, const struct expr *e)
{
	struct path_search *s = arg;
	const struct function *f = e->kind == EXPR_FUNCTION && e->schema.s == NULL ? catalog_find_function(s->c, STR_NONE, e->name, STR_NONE) : NULL;
	const struct typedef_ *t = e->kind == EXPR_CAST && e->type.schema.n == 0 ? catalog_find_type(s->c, STR_NONE, e->type.name) : NULL;

	if (f != NULL || t != NULL)
		s->found = s->found || !is_of_default(s->c, f != NULL ? f->schema : t->schema);
	else if (e->kind == EXPR_FUNCTION)
		s->found = s->found || (e->schema.s == NULL && !e->infix && volatile_builtin(e->name) == VOLATILITY_UNKNOWN);
	else if (e->kind == EXPR_CAST)
		s->found = s->found || (e->type.schema.n == 0 && !e->type.builtin);
}

static bool
is_bare(struct str name)
{
	return name.n > 0 && str_find_char(name, '.') == (size_t)-1;
}

bool
index_op_is_found_by_path(const struct op *op, const struct catalog *c)
{
	const struct payload *p = is_kind(op, "create_index") ? OP_DATA(op, struct payload) : NULL;
	struct path_search s = { c, false };

	for (size_t i = 0; p != NULL && i < p->columns.n; i++) {
		const struct index_column *k = &p->columns.items[i];
		s.found = s.found || is_bare(k->opclass) || is_bare(k->collation);
		expr_walk(k->expr, note_found_by_path, &s);
	}
	if (p != NULL)
		expr_walk(p->predicate, note_found_by_path, &s);
	return s.found;
}

/* transformIndexConstraint() */
bool
index_op_fits_constraint(const struct op *op)
{
	const struct payload *p = OP_DATA(op, struct payload);

	for (size_t i = 0; i < p->columns.n; i++) {
		const struct index_column *c = &p->columns.items[i];
		if (c->name.s == NULL || c->descending || c->nulls_first || c->opclass.n > 0 || c->collation.n > 0)
			return false;
	}
	return p->unique && p->predicate == NULL && (p->method.s == NULL || str_is(p->method, "btree"));
}

bool
index_op_is_unique(const struct op *op)
{
	return is_kind(op, "create_index") && OP_DATA(op, struct payload)->unique;
}

bool
index_op_is_unique_over(const struct op *op, const struct str *columns, size_t n)
{
	const struct payload *p = is_kind(op, "create_index") ? OP_DATA(op, struct payload) : NULL;

	for (size_t i = 0; p != NULL && i < p->columns.n; i++)
		if (p->columns.items[i].name.s == NULL || !str_in(p->columns.items[i].name, columns, n))
			return false;
	return p != NULL && p->unique && p->predicate == NULL;
}

static bool
is_row_change(const struct op *op)
{
	static const char *const kinds[] = { "insert", "update", "delete", "merge", NULL };

	return str_among(str_of(op->kind->name), kinds);
}

static bool
rows_change_between(const struct op *drop, const struct op *create)
{
	const struct script *script = create->script;
	bool behind = false;

	for (size_t i = 0; script != NULL && i < script->ops.n && script->ops.items[i] != create; i++) {
		if (behind && is_row_change(script->ops.items[i]) && op_names_same(script->ops.items[i], create))
			return true;
		behind = behind || script->ops.items[i] == drop;
	}
	return false;
}

bool
index_op_waits_for_rows(const struct op *drop)
{
	const struct script *script = drop->script;

	for (size_t i = 0; script != NULL && i < script->ops.n; i++) {
		const struct op *create = script->ops.items[i];
		if (index_op_makes(create, drop->target.name) && OP_DATA(create, struct payload)->unique && rows_change_between(drop, create))
			return true;
	}
	return false;
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_concurrently(const struct facts *f)
{
	return value_bool(payload(f)->concurrently);
}

static struct value
get_unique(const struct facts *f)
{
	return value_bool(payload(f)->unique);
}

static struct value
get_named(const struct facts *f)
{
	return value_bool(payload(f)->name.s != NULL);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(sql_ident(f->arena, payload(f)->chosen));
}

static struct value
get_index_relation(const struct facts *f)
{
	const struct relation made = { .schema = f->op->table->schema, .name = payload(f)->chosen };

	return value_text(relation_words(f->arena, f->catalog, &made));
}

static struct value
get_method(const struct facts *f)
{
	return value_text(payload(f)->method.s == NULL ? STR("btree") : payload(f)->method);
}

static struct value
get_if_not_exists(const struct facts *f)
{
	return value_bool(f->op->if_not_exists);
}

static struct value
get_partial(const struct facts *f)
{
	return value_bool(payload(f)->predicate != NULL);
}

static struct value
get_key_columns(const struct facts *f)
{
	return value_number((int64_t)payload(f)->columns.n);
}

static struct value
get_only(const struct facts *f)
{
	return value_bool(f->op->only);
}

/* What follows the table name in the statement: USING, columns, INCLUDE, WHERE. */
static struct str
tail(const struct facts *f)
{
	const struct op *op = f->op;
	struct span rest = locate_rest(op->statement, op->target.span);

	return source_text(op->statement->source, rest);
}

/* One of its name may be there, so that nothing is to be done: as long as the advice leaves it the name. */
static const char *
guard_of(const struct facts *f, struct str name)
{
	return f->op->if_not_exists && str_eq(name, payload(f)->chosen) ? "IF NOT EXISTS " : "";
}

static struct str
rewritten(const struct facts *f, const char *how, const char *guard, struct str name, const char *only)
{
	return str_printf(f->arena, "CREATE %sINDEX %s%s%.*s ON %s%.*s %.*s", payload(f)->unique ? "UNIQUE " : "", how,
	    guard, STR_ARG(sql_ident(f->arena, name)), only, STR_ARG(relation_words(f->arena, f->catalog, f->op->table)), STR_ARG(tail(f)));
}

static struct value
get_statement_concurrently(const struct facts *f)
{
	return value_text(rewritten(f, "CONCURRENTLY ", "", payload(f)->chosen, ""));
}

static struct value
get_statement_plain(const struct facts *f)
{
	return value_text(rewritten(f, "", guard_of(f, payload(f)->chosen), payload(f)->chosen, ""));
}

static struct value
get_statement_only(const struct facts *f)
{
	return value_text(rewritten(f, "", guard_of(f, payload(f)->chosen), payload(f)->chosen, "ONLY "));
}

/* What follows the table name, without the access method. */
static struct value
get_btree_key(const struct facts *f)
{
	struct str rest = tail(f);

	return value_text(str_slice(rest, str_find_char(rest, '('), rest.n));
}

/* For a comment, which ends with its line. */
static struct value
get_key(const struct facts *f)
{
	struct str text = str_trim(tail(f)), line;
	struct buf b = BUF(f->arena);

	while (str_cut(&text, '\n', &line))
		buf_item(&b, " ", str_trim(line));
	return value_text(buf_text(&b));
}

static struct value
get_exists_invalid(const struct facts *f)
{
	const struct relation *r = f->op->index;

	return r == NULL || r->index == NULL ? value_absent() : value_tri(tri_not(r->index->valid));
}

static bool
same_column(const struct index_column *a, const struct index_column *b)
{
	if ((a->name.s == NULL) != (b->name.s == NULL))
		return false;
	if (a->name.s != NULL ? !str_eq(a->name, b->name) : !expr_eq(a->expr, b->expr))
		return false;
	return str_eq(a->opclass, b->opclass) && str_eq(a->collation, b->collation) && a->descending == b->descending &&
	    a->nulls_first == b->nulls_first;
}

static bool
leads(const struct payload *p, const struct index *other)
{
	if (other->columns.n < p->columns.n || !expr_eq(other->predicate, p->predicate) || other->valid == NO)
		return false;
	if (!str_eq(other->method, p->method.s == NULL ? STR("btree") : p->method))
		return false;
	for (size_t i = 0; i < p->columns.n; i++)
		if (!same_column(&p->columns.items[i], &other->columns.items[i]))
			return false;
	return true;
}

static bool
may_be_in_schema(const struct op *op, const struct relation *index)
{
	return op->target.schema.s == NULL || str_eq(op->target.schema, index->schema);
}

/* Of operations that may not be bound. The index of a key has the key's name. */
static bool
takes_index(const struct op *op, void *arg)
{
	const struct relation *index = arg;

	if (!may_be_in_schema(op, index))
		return false;
	if (is_kind(op, "drop_index"))
		return str_eq(op->target.name, index->name);
	return str_eq(op->target.name, index->index->table->name) &&
	    (constraint_op_drops(op, index->name) || (is_kind(op, "drop_column") && index_mentions(index->index, op->column_name)));
}

/* The rest of the file, or one that follows, drops it: another one makes room for it, or takes its place. */
static bool
goes_later(const struct facts *f, struct relation *index)
{
	const struct str by_name[] = { STR("drop"), index->name }, by_table[] = { STR("drop"), index->index->table->name };

	return script_find_later(f->op, takes_index, index) || later_file_has(f, by_name, 2, takes_index, index) ||
	    later_file_has(f, by_table, 2, takes_index, index);
}

/* The index that is made goes later. */
static bool
is_passing(const struct facts *f)
{
	struct index index = { .table = f->op->table };
	struct relation made = { .schema = f->op->table->schema, .name = payload(f)->chosen, .index = &index };

	fill(f->arena, &index, payload(f), f->op);
	return goes_later(f, &made);
}

/* An index that serves every query this one could: the same leading columns, and not merely unique where this one is. */
static struct value
covered_by(const struct facts *f, const struct payload *p)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *other = r->indexes.items[i]->index;
		bool longer = other->columns.n > p->columns.n;
		if (r->indexes.items[i] == f->op->index || !leads(p, other) || (p->unique && (longer || !other->unique)) || p->include.n > 0)
			continue;
		if ((longer && !str_is(other->method, "btree")) || goes_later(f, r->indexes.items[i]))
			continue;
		return value_text(relation_words(f->arena, f->catalog, r->indexes.items[i]));
	}
	return value_absent();
}

static struct value
get_covered_by(const struct facts *f)
{
	return covered_by(f, payload(f));
}

/* Another index in its place, as its table wants it built. */
static struct str
another_index(const struct facts *f, struct str key)
{
	struct str name = get_name(f).text, table = words(f, f->op->table);

	if (relation_new_in_transaction(f->catalog, f->op->table))
		return str_printf(f->arena, "CREATE INDEX %.*s ON %.*s %.*s;", STR_ARG(name), STR_ARG(table), STR_ARG(key));
	return str_printf(f->arena, "-- (no transaction)%.*s\n%.*s %.*s ON %.*s %.*s;", STR_ARG(get_lock_timeout_off(f).text),
	    STR_ARG(field_find(f->op->kind, STR("table.build_index"))->get(f).text), STR_ARG(name), STR_ARG(table), STR_ARG(key));
}

static bool
drops_it(const struct op *other, const struct op *op)
{
	struct str name = OP_DATA(op, struct payload)->name;

	return name.s != NULL && strcmp(other->kind->name, "drop_index") == 0 && str_eq(other->target.name, name);
}

/* An index is in the schema of its table. */
static bool
drops_its_name(const struct op *other, const struct op *op)
{
	return drops_it(other, op) && (other->target.schema.s == NULL || str_eq(other->target.schema, op->table->schema));
}

static const struct script *
way_back(const struct facts *f)
{
	struct diags unheard = { .arena = f->op->script->arena };
	struct script **back = f->unit->back_script;

	if (*back == NULL) {
		*back = NEW(unheard.arena, struct script);
		lower_source(unheard.arena, f->unit->back.source, f->unit->back.span, &unheard, *back);
	}
	return *back;
}

/* The way back fails at it when there is no such index. */
static const struct op *
needed_back(const struct facts *f)
{
	const struct script *back;

	if (f->unit == NULL || f->unit->down || f->unit->back.source == NULL || f->unit->back_script == NULL || payload(f)->name.s == NULL)
		return NULL;
	back = way_back(f);
	for (size_t i = 0; i < back->ops.n; i++)
		if (drops_its_name(back->ops.items[i], f->op) && !back->ops.items[i]->if_exists)
			return back->ops.items[i];
	return NULL;
}

static struct value
get_left_out(const struct facts *f)
{
	const struct op *drop = needed_back(f);
	struct str name = get_name(f).text;

	if (drop == NULL)
		return value_text(str_printf(f->arena, "leave %.*s out", STR_ARG(name)));
	bool same = f->op->statement != NULL && str_eq(statement_file(drop->statement), statement_file(f->op->statement));
	return value_text(str_printf(f->arena, "leave %.*s out, here and in line %u of %.*s", STR_ARG(name), order_line(drop),
	    STR_ARG(same ? STR("the way back") : file_name(statement_file(drop->statement)))));
}

static struct value
get_btree_instead(const struct facts *f)
{
	struct payload btree = *payload(f);
	struct value there;

	btree.method = STR_NONE;
	there = covered_by(f, &btree);
	if (there.state == VALUE_KNOWN)
		return value_text(str_printf(f->arena, "-- %.*s: %.*s serves these queries", STR_ARG(get_left_out(f).text), STR_ARG(there.text)));
	return value_text(another_index(f, get_btree_key(f).text));
}

static struct value
get_dropped_before(const struct facts *f)
{
	const struct birth file = { .statement = f->catalog->before + 1 };

	if (script_earlier(f->op, drops_its_name))
		return value_bool(true);
	return catalog_unread_since(f->catalog, file, REACH_SCHEMA) ? value_unknown() : value_bool(false);
}

static bool
is_drop_for_rows(const struct op *other, const struct op *op)
{
	return drops_its_name(other, op) && index_op_waits_for_rows(other);
}

/* The old one is out of the way for the rows to change. */
static bool
waits_for_rows(const struct facts *f)
{
	return payload(f)->unique && script_earlier(f->op, is_drop_for_rows);
}

/* The file has dropped one that serves the same, under another name. */
static const struct relation *
dropped_twin(const struct facts *f)
{
	const struct payload *p = payload(f);

	for (size_t i = 0; i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		const struct index *x = r->index;
		if (r->dropped && x != NULL && r->ended > f->catalog->before && x->table == f->op->table && x->constraint == NULL && x->columns.n == p->columns.n &&
		    x->unique == p->unique && x->nulls_not_distinct == p->nulls_not_distinct && x->include.n == 0 && p->include.n == 0 && leads(p, x) && !str_eq(r->name, p->chosen))
			return r;
	}
	return NULL;
}

/* The index of a key has the key's name. */
static bool
drops_key(const struct op *other, const struct op *op)
{
	const struct constraint *k = other->constraint;
	struct str name = OP_DATA(op, struct payload)->name;

	if (name.s == NULL || !constraint_op_drops(other, name) || !op_names_same(other, op))
		return false;
	return k == NULL ? op->table->assumed : k->index != NULL;
}

static bool
drops_column_it_names(const struct op *other, const struct op *op)
{
	return is_kind(other, "drop_column") && op_names_same(other, op) && !other->noop && index_op_uses_column(op, other->column_name);
}

/* The old one goes with a column of it, in the place of which another one comes. */
static bool
cannot_keep_old(const struct facts *f)
{
	return f->inside == NULL && script_earlier(f->op, drops_column_it_names);
}

static bool
takes_name_over(const struct facts *f)
{
	return get_dropped_before(f).yes || script_earlier(f->op, drops_key);
}

/* The file drops an index to build another one of its name: beside it, the other one has a name of its own until then. */
static struct str
name_for_now(const struct facts *f)
{
	return takes_name_over(f) && !waits_for_rows(f) && !cannot_keep_old(f) ? name_beside(f, payload(f)->chosen) : payload(f)->chosen;
}

/* IF EXISTS: there was none to drop, but by then there is the new one. */
static struct str
drop_that_goes(const struct facts *f)
{
	const struct script *script = f->op->script;
	struct ops drops = { 0 };

	for (size_t i = 0; f->inside == NULL && script != NULL && i < script->ops.n && script->ops.items[i] != f->op; i++)
		if (script->ops.items[i]->noop && drops_its_name(script->ops.items[i], f->op))
			order_push(f->arena, &drops, script->ops.items[i]);
	return drops.n == 0 || waits_for_rows(f) || cannot_keep_old(f) ? STR("")
	    : str_printf(f->arena, "\n-- without the DROP INDEX of %.*s, which would take it away again", STR_ARG(order_lines(f->arena, &drops)));
}

static bool
shares_column(const struct payload *p, const struct index *dropped)
{
	for (size_t i = 0; i < p->columns.n; i++)
		if (p->columns.items[i].name.s != NULL && index_holds(dropped, p->columns.items[i].name))
			return true;
	return false;
}

/* NULL: it drops nothing that has kept duplicates of the index out. */
static const struct relation *
unique_dropped_by(const struct facts *f, const struct op *op)
{
	const struct relation *r = is_kind(op, "drop_constraint") && op->constraint != NULL ? op->constraint->index : is_kind(op, "drop_index") ? op->index : NULL;
	bool drops = r != NULL && r->index != NULL && r->index->unique && r->index->table == f->op->table && !op->noop;

	return drops && shares_column(payload(f), r->index) && !rows_change_between(op, f->op) ? r : NULL;
}

static bool
drops_column_of_index(const struct op *op, const struct op *create, const struct relation *index)
{
	return is_kind(op, "drop_column") && !op->noop && op_names_same(op, create) && index_holds(index->index, op->column_name);
}

static bool
takes_name_of(const struct op *op, const struct op *create, const struct relation *index, bool column_gone)
{
	const struct new_constraint *k = op->kind->node == T_Constraint ? OP_DATA(op, struct new_constraint) : NULL;
	struct str column = is_kind(op, "rename_column") ? OP_DATA(op, struct rename)->new_name : is_kind(op, "add_column") ? op->column_name : STR_NONE;

	if (column.s != NULL)
		return column_gone && op_names_same(op, create) && index_holds(index->index, column);
	return k != NULL ? str_eq(k->name, index->name) : index_op_makes(op, index->name);
}

/* Something else gets its name, or that of a column of it. */
static bool
is_replaced_later(const struct op *drop, const struct op *create, const struct relation *index)
{
	const struct script *script = drop->script;
	bool behind = false, gone = false;

	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		if (behind && op != create && takes_name_of(op, create, index, gone))
			return true;
		gone = gone || (behind && drops_column_of_index(op, create, index));
		behind = behind || op == drop;
	}
	return false;
}

/* With them, in front of the index, what was unique would go, too. */
static void
push_column_drops(const struct facts *f, struct ops *drops, const struct op *drop, const struct relation *index)
{
	const struct script *script = drop->script;
	bool behind = false;

	for (size_t i = 0; i < script->ops.n; i++) {
		if (behind && drops_column_of_index(script->ops.items[i], f->op, index))
			*vec_push(f->arena, drops) = script->ops.items[i];
		behind = behind || script->ops.items[i] == drop;
	}
}

static bool
has_more_clauses(const struct ops *drops, const struct op *op)
{
	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		size_t k = 0;
		while (k < drops->n && drops->items[k] != other)
			k++;
		if (other->statement == op->statement && k == drops->n)
			return true;
	}
	return false;
}

/* "line 2", or "DROP CONSTRAINT a of line 2" where the statement does more than that. */
static struct str
drops_in_words(const struct facts *f, const struct ops *drops)
{
	struct buf b = BUF(f->arena);
	struct ops whole = { 0 };

	for (size_t i = 0; i < drops->n; i++) {
		const struct op *op = drops->items[i];
		if (has_more_clauses(drops, op))
			buf_item(&b, ", ", str_printf(f->arena, "%.*s of line %u", STR_ARG(source_text(op->statement->source, op->spans[SPAN_ACTION])), order_line(op)));
		else
			order_push(f->arena, &whole, op);
	}
	if (whole.n > 0)
		buf_item(&b, ", ", order_lines(f->arena, &whole));
	return buf_text(&b);
}

/* What kept duplicates out until here has another name: no later step drops it. */
static struct str
unique_that_goes(const struct facts *f)
{
	const struct script *script = f->op->script;
	struct ops drops = { 0 };

	for (size_t i = 0; payload(f)->unique && f->inside == NULL && script != NULL && i < script->ops.n && script->ops.items[i] != f->op; i++) {
		const struct op *op = script->ops.items[i];
		const struct relation *r = unique_dropped_by(f, op);
		if (r == NULL || is_replaced_later(op, f->op, r))
			continue;
		*vec_push(f->arena, &drops) = op;
		push_column_drops(f, &drops, op, r);
	}
	return drops.n == 0 || takes_name_over(f) || waits_for_rows(f) || cannot_keep_old(f) ? STR("")
	    : str_printf(f->arena, "\n-- %.*s, where %s what was unique before, %s behind it: else nothing keeps duplicates out until it is built",
	    STR_ARG(drops_in_words(f, &drops)), drops.n > 1 ? "they drop" : "it drops", drops.n > 1 ? "go" : "goes");
}

static struct value
get_create_begins(const struct facts *f)
{
	const struct relation *twin = dropped_twin(f);
	struct str twin_note = STR("");
	const char *leftover = guard_of(f, name_for_now(f))[0] != '\0' ? "\n-- IF NOT EXISTS takes an invalid index of a failed run for a finished one: DROP INDEX CONCURRENTLY such a one first" : "";
	struct str behind = waits_for_rows(f) ? STR("\n-- in a migration behind the one that changes the rows, with the old one dropped before both")
	    : order_build_behind(f);
	const char *lost = takes_name_over(f) && cannot_keep_old(f) ? "\n-- the old one cannot stay until then: it goes with its column" : "";

	if (twin != NULL)
		twin_note = str_printf(f->arena, "-- without any build, in the place of the DROP INDEX and of this statement: ALTER INDEX %.*s RENAME TO %.*s; else:\n",
		    STR_ARG(relation_words(f->arena, f->catalog, twin)), STR_ARG(sql_ident(f->arena, payload(f)->chosen)));
	return value_text(str_printf(f->arena, "%.*s-- (no transaction)%.*s%s%.*s%.*s%s%.*s", STR_ARG(twin_note), STR_ARG(behind), lost, STR_ARG(drop_that_goes(f)),
	    STR_ARG(unique_that_goes(f)), leftover, STR_ARG(get_lock_timeout_off(f).text)));
}

static struct value
get_statement_beside(const struct facts *f)
{
	struct str name = name_for_now(f);

	return value_text(rewritten(f, "CONCURRENTLY ", guard_of(f, name), name, ""));
}

static struct value
get_place_steps(const struct facts *f)
{
	struct relation beside = { .schema = f->op->table->schema, .name = name_for_now(f) };
	struct str name = get_index_relation(f).text, drop;

	if (str_eq(beside.name, payload(f)->chosen))
		return value_text(STR(""));
	if (get_dropped_before(f).yes)
		drop = str_printf(f->arena, "%.*s\n-- not before:\nDROP INDEX CONCURRENTLY IF EXISTS %.*s;\n-- next migration", STR_ARG(get_next_concurrently(f).text),
		    STR_ARG(name));
	else
		drop = str_printf(f->arena, "\n-- next migration, and not before:\nALTER TABLE %.*s DROP CONSTRAINT IF EXISTS %.*s;", STR_ARG(words(f, f->op->table)),
		    STR_ARG(sql_ident(f->arena, payload(f)->chosen)));
	return value_text(str_printf(f->arena, "%.*s\nALTER INDEX %.*s RENAME TO %.*s;", STR_ARG(drop), STR_ARG(relation_words(f->arena, f->catalog, &beside)),
	    STR_ARG(sql_ident(f->arena, payload(f)->chosen))));
}

static struct value
get_redundant(const struct facts *f)
{
	return value_bool(get_covered_by(f).state == VALUE_KNOWN && !is_passing(f));
}

static bool
in_key(const struct payload *p, struct str column)
{
	for (size_t i = 0; i < p->columns.n; i++)
		if (p->columns.items[i].name.s != NULL && str_eq(p->columns.items[i].name, column))
			return true;
	return false;
}

static struct value
get_partitions_have_it(const struct facts *f)
{
	const struct relation *r = f->op->table;
	size_t known = 0;

	for (size_t i = 0; i < r->partitions.n; i++) {
		if (r->partitions.items[i]->is_partition && twin_of(f, f->op, r->partitions.items[i]) == NULL)
			return value_bool(false);
		known += r->partitions.items[i]->is_partition;
	}
	return known > 0 ? value_bool(true) : value_absent();
}

static struct value
get_covers_partition_key(const struct facts *f)
{
	const struct relation *r = f->op->table;

	if (r->kind != RELATION_PARTITIONED)
		return value_absent();
	for (size_t i = 0; i < r->partition_key.n; i++)
		if (r->partition_key.items[i].name.s == NULL || !in_key(payload(f), r->partition_key.items[i].name))
			return value_bool(false);
	return value_bool(true);
}

static struct value
get_repeats_column(const struct facts *f)
{
	const struct payload *p = payload(f);

	for (size_t i = 0; i < p->columns.n; i++)
		for (size_t j = i + 1; j < p->columns.n; j++)
			if (p->columns.items[i].name.s != NULL && same_column(&p->columns.items[i], &p->columns.items[j]))
				return value_bool(true);
	return value_bool(false);
}

/* As it is written: s.x, where neither needs quotes */
static struct str
key_collation_missing(const struct facts *f, struct str collation)
{
	size_t dot = str_find_char(collation, '.');

	return dot == (size_t)-1 || str_find_char(collation, '"') != (size_t)-1 ? STR_NONE
	    : collation_missing(f, str_slice(collation, 0, dot), str_slice(collation, dot + 1, collation.n));
}

/* ComputeIndexAttrs() */
static struct str
key_refused(const struct facts *f, const struct index_column *k, struct str method)
{
	const struct column *column = k->name.s == NULL ? NULL : catalog_find_column(f->op->table, k->name);
	struct type type = column != NULL ? column->type : expr_plain_type(f->catalog, f->op->table, k->expr);
	struct str misfit;

	if (k->name.s != NULL && column == NULL)
		return !lacks_column(f, f->op->table, k->name) ? STR_NONE
		    : str_printf(f->arena, "column \"%.*s\" does not exist", STR_ARG(k->name));
	misfit = misplaced(f, k->expr, "index expressions");
	if (misfit.s == NULL)
		misfit = expr_misfit(f, f->op->table, k->expr);
	if (misfit.s != NULL)
		return misfit;
	if (expr_is_mutable(f->catalog, f->op->table, k->expr))
		return STR("functions in index expression must be marked IMMUTABLE");
	if (key_collation_missing(f, k->collation).s != NULL)
		return key_collation_missing(f, k->collation);
	if (collation_misfit(f, type, k->collation).s != NULL)
		return collation_misfit(f, type, k->collation);
	if (k->opclass.n > 0)
		return opclass_misfit(f, k->opclass, method, type);
	if (type_has_opclass(f->catalog, type, method) != NO)
		return STR_NONE;
	return str_printf(f->arena, "data type %.*s has no default operator class for access method \"%.*s\"",
	    STR_ARG(type_format(f->arena, type)), STR_ARG(method));
}

static struct str
refused(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct str reason = misplaced(f, p->predicate, "index predicates"), method = p->method.s == NULL ? STR("btree") : p->method;

	if (!f->op->if_not_exists && p->chosen.s != NULL && is_in_place(f, catalog_slot_object(&f->catalog->relations, f->op->table->schema, p->chosen)))
		return str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(p->chosen));
	if (f->op->table->is_hypertable && p->concurrently)
		return STR("hypertables do not support concurrent index creation");
	if (!is_known(f->op->table))
		return STR_NONE;
	if (reason.s == NULL)
		reason = condition_misfit(f, f->op->table, p->predicate, "WHERE");
	if (reason.s == NULL && expr_is_mutable(f->catalog, f->op->table, p->predicate))
		reason = STR("functions in index predicate must be marked IMMUTABLE");
	for (size_t i = 0; reason.s == NULL && i < p->columns.n; i++)
		reason = key_refused(f, &p->columns.items[i], method);
	for (size_t i = 0; reason.s == NULL && i < p->include.n; i++)
		if (lacks_column(f, f->op->table, p->include.items[i]))
			reason = str_printf(f->arena, "column \"%.*s\" does not exist", STR_ARG(p->include.items[i]));
	return reason;
}

static struct value
get_only_type(const struct facts *f)
{
	const struct payload *p = payload(f);
	const struct column *column = p->columns.n == 1 && p->columns.items[0].name.s != NULL
	    ? catalog_find_column(f->op->table, p->columns.items[0].name) : NULL;

	if (p->columns.n != 1 || p->columns.items[0].name.s == NULL)
		return value_absent();
	return column == NULL || column->type.name.s == NULL ? value_absent() : value_text(type_format(f->arena, column->type));
}

static struct value
get_only_column(const struct facts *f)
{
	const struct payload *p = payload(f);

	return p->columns.n != 1 || p->columns.items[0].name.s == NULL ? value_absent() : value_text(sql_ident(f->arena, p->columns.items[0].name));
}

static struct value
get_partial_instead(const struct facts *f)
{
	struct value column = get_only_column(f);

	if (column.state != VALUE_KNOWN)
		return column;
	return value_text(another_index(f, str_printf(f->arena, "(%.*s) WHERE %.*s", STR_ARG(column.text), STR_ARG(column.text))));
}

static struct value
get_includes_key(const struct facts *f)
{
	const struct payload *p = payload(f);

	for (size_t i = 0; i < p->include.n; i++)
		if (in_key(p, p->include.items[i]))
			return value_text(sql_ident(f->arena, p->include.items[i]));
	return value_absent();
}

/* What an index of these keys leads with, at whose side the other one is of no use any more. */
static bool
keys_extend(const struct index_column *keys, size_t n, const struct expr *predicate, const struct index *other)
{
	if (n <= other->columns.n || other->unique || other->constraint != NULL || other->valid == NO || other->include.n > 0)
		return false;
	if (!str_is(other->method, "btree") || !expr_eq(other->predicate, predicate))
		return false;
	for (size_t i = 0; i < other->columns.n; i++)
		if (!same_column(&keys[i], &other->columns.items[i]))
			return false;
	return other->columns.n > 0;
}

static bool
extends(const struct payload *p, const struct index *other)
{
	return (p->method.s == NULL || str_is(p->method, "btree")) && keys_extend(p->columns.items, p->columns.n, p->predicate, other);
}

/* One that was there before extends it: that was said when the later of the two was made. */
static bool
is_extended_already(const struct relation *table, const struct index *other)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *longer = table->indexes.items[i]->index;
		if (str_is(longer->method, "btree") && longer->valid != NO &&
		    keys_extend(longer->columns.items, longer->columns.n, longer->predicate, other))
			return true;
	}
	return false;
}

static const struct relation *
extended(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->indexes.n; i++)
		if (extends(payload(f), r->indexes.items[i]->index) && !is_extended_already(r, r->indexes.items[i]->index) &&
		    !goes_later(f, r->indexes.items[i]))
			return r->indexes.items[i];
	return NULL;
}

static struct value
get_extends(const struct facts *f)
{
	const struct relation *r = extended(f);

	return r != NULL ? value_text(relation_words(f->arena, f->catalog, r)) : value_absent();
}

/* Of two that the same file builds the shorter one need not be built. */
static struct value
get_without_extended(const struct facts *f)
{
	const struct relation *r = extended(f);
	struct str name = get_extends(f).text;

	if (r == NULL)
		return value_absent();
	if (r->born.migration == f->catalog->now.migration)
		return value_text(str_printf(f->arena, "-- leave %.*s out, which this file creates", STR_ARG(name)));
	return value_text(str_printf(f->arena, "-- (no transaction)\n-- behind this statement, in a migration of its own%.*s\nDROP INDEX CONCURRENTLY IF EXISTS %.*s;",
	    STR_ARG(get_lock_timeout_off(f).text), STR_ARG(name)));
}

static struct value
get_makes_redundant(const struct facts *f)
{
	return value_bool(extended(f) != NULL && !is_passing(f));
}

static struct value
get_unpinned(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct str name = unpinned_function(f->arena, f->catalog, p->predicate);

	for (size_t i = 0; name.s == NULL && i < p->columns.n; i++)
		name = unpinned_function(f->arena, f->catalog, p->columns.items[i].expr);
	return value_text(name);
}

static struct value
get_repeats_included(const struct facts *f)
{
	return value_bool(get_includes_key(f).state == VALUE_KNOWN);
}

static struct value
get_calls_unpinned(const struct facts *f)
{
	return value_bool(get_unpinned(f).state == VALUE_KNOWN);
}

static const struct field fields[] = {
	{ "index_name", FIELD_TEXT, "name the index gets; generated as the server does when not given", get_name },
	{ "index_relation", FIELD_TEXT, "the same with its schema when that is not the default one", get_index_relation },
	{ "name_given", FIELD_BOOL, "the author named the index", get_named },
	{ "concurrently", FIELD_BOOL, "CONCURRENTLY is given", get_concurrently },
	{ "unique", FIELD_BOOL, "UNIQUE is given", get_unique },
	{ "method", FIELD_TEXT, "access method: btree, gin ...", get_method },
	{ "if_not_exists", FIELD_BOOL, "IF NOT EXISTS is given", get_if_not_exists },
	{ "is_partial", FIELD_BOOL, "it has a WHERE clause", get_partial },
	{ "key_columns", FIELD_NUMBER, "number of key columns", get_key_columns },
	{ "on_only", FIELD_BOOL, "ON ONLY: the partitions are left out", get_only },
	{ "key", FIELD_TEXT, "what follows the table name, on one line: method, columns, options, WHERE", get_key },
	{ "statement_concurrently", FIELD_TEXT, "the statement with CONCURRENTLY and a name, without IF NOT EXISTS", get_statement_concurrently },
	{ "statement_beside", FIELD_TEXT, "the same with IF NOT EXISTS where that is given, under another name where the file has dropped an index or a key of that name, for both to be there at the same time", get_statement_beside },
	{ "create_begins", FIELD_TEXT, "for advice: what stands before CREATE INDEX CONCURRENTLY, with a comment where rows change first that the index of that "
	    "name which the file has dropped would have kept out", get_create_begins },
	{ "place_steps", FIELD_TEXT, "for advice: what then puts it in the place of that index or key; empty when it has its name", get_place_steps },
	{ "statement_plain", FIELD_TEXT, "the statement without CONCURRENTLY", get_statement_plain },
	{ "statement_only", FIELD_TEXT, "the statement with ON ONLY, without CONCURRENTLY", get_statement_only },
	{ "exists_invalid", FIELD_BOOL, "an index of that name exists and is invalid; absent: none of that name is known",
	    get_exists_invalid },
	{ "dropped_before", FIELD_BOOL, "an earlier statement of the file, or of a DO block in it, drops an index of that name, such as one that a failed run has left", get_dropped_before },
	{ "left_out", FIELD_TEXT, "for advice: \"leave it out\", with the line of the way back that fails without it", get_left_out },
	{ "covered_by", FIELD_TEXT, "an existing index that serves the same queries, and that neither the rest of the file nor a file that follows drops; absent: none", get_covered_by },
	{ "is_redundant", FIELD_BOOL, "there is one, and neither the file nor one that follows drops the new index again", get_redundant },
	{ "covers_partition_key", FIELD_BOOL, "the key holds all partition key columns; absent for a plain table",
	    get_covers_partition_key },
	{ "partitions_have_it", FIELD_BOOL, "each known partition has an index like it, which becomes a part of it; absent: no partitions are known",
	    get_partitions_have_it },
	{ "only_type", FIELD_TEXT, "type of its only key column; absent: it has several, or an expression, or the type is not known", get_only_type },
	{ "btree_instead", FIELD_TEXT, "for advice: the statement without its access method, or that another index makes it needless", get_btree_instead },
	{ "btree_key", FIELD_TEXT, "what follows the table in the statement, from the columns on", get_btree_key },
	{ "only_column", FIELD_TEXT, "its only key column; absent: it has several, or an expression", get_only_column },
	{ "partial_instead", FIELD_TEXT, "for advice: the statement for the rows that have its only key column true; absent: as above", get_partial_instead },
	{ "includes_key", FIELD_TEXT, "an INCLUDE column that the key has already; absent: none", get_includes_key },
	{ "repeats_included", FIELD_BOOL, "there is one", get_repeats_included },
	{ "extends", FIELD_TEXT, "an existing index whose columns this one begins with, and that neither the rest of the file nor a file that follows drops; absent: none", get_extends },
	{ "without_extended", FIELD_TEXT, "for advice: what does away with it: DROP INDEX, or that it is left out where the same file creates it; absent: there is none",
	    get_without_extended },
	{ "makes_redundant", FIELD_BOOL, "there is such an index, and neither the file nor one that follows drops the new one again", get_makes_redundant },
	{ "unpinned_function", FIELD_TEXT, "a function in an expression or WHERE whose definition does not set search_path; absent: none known", get_unpinned },
	{ "calls_unpinned", FIELD_BOOL, "there is one", get_calls_unpinned },
	{ "repeats_column", FIELD_BOOL, "a column stands in the key twice", get_repeats_column },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_create_index[] = {
	{ .name = "create_index", .doc = "CREATE INDEX", .node = T_IndexStmt, .subtype = -1, .has = HAS_TABLE | HAS_INDEX,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, .effects = effects,
	    .refused = refused, .apply = apply },
	{ .name = NULL }
};
