#include <string.h>

#include "op/alike.h"
#include "op/aside.h"
#include "op/batch.h"
#include "op/code.h"
#include "op/dml.h"
#include "op/concurrently.h"
#include "op/identifier.h"
#include "op/inversion.h"
#include "op/locked_tables.h"
#include "op/lower.h"
#include "op/one_row.h"
#include "op/one_statement.h"
#include "op/order.h"
#include "op/rollback.h"
#include "op/tenant.h"

/* ---- effects ---- */

static enum lock
lock_in(const struct effects *effects, const struct relation *r)
{
	const struct relation_effect *e = effects == NULL ? NULL : effects_find(effects, r);

	return e == NULL ? LOCK_NONE : e->lock;
}

/* AlterTableGetLockLevel(): the strongest that its clauses need; those that run later need none that is stronger and scans. */
static struct value
lock_on(const struct facts *f, const struct relation *r)
{
	return value_lock(r == NULL ? LOCK_NONE : lock_stronger(lock_in(f->effects, r), lock_in(f->earlier, r)));
}

static struct value
get_lock(const struct facts *f)
{
	return lock_on(f, f->op->table);
}

/* Of the table and its partitions; the partitioned table itself holds no rows. */
static enum tri
tree_effect(const struct facts *f, const struct relation *r, enum tri (*member)(const struct relation_effect *))
{
	const struct relation_effect *e = effects_find(f->effects, r);
	enum tri all = e == NULL ? NO : member(e);

	for (size_t i = 0; i < r->partitions.n; i++)
		all = tri_or(all, tree_effect(f, r->partitions.items[i], member));
	return all;
}

static struct value
table_effect(const struct facts *f, enum tri (*member)(const struct relation_effect *))
{
	return f->op->table == NULL ? value_bool(false) : value_tri(tree_effect(f, f->op->table, member));
}

static enum tri
rewrite_of(const struct relation_effect *e)
{
	return e->rewrite;
}

static enum tri
scan_of(const struct relation_effect *e)
{
	return e->scan;
}

static enum tri
rebuild_of(const struct relation_effect *e)
{
	return e->rebuild;
}

static struct value
get_rewrites(const struct facts *f)
{
	return table_effect(f, rewrite_of);
}

/* ATRewriteTable() checks constraints and NOT NULL on the rows that it writes anyway. */
static struct value
get_rewritten_along(const struct facts *f)
{
	const struct relation_effect *e = f->earlier == NULL || f->op->table == NULL ? NULL : effects_find(f->earlier, f->op->table);

	return value_bool(e != NULL && e->rewrite == YES);
}

static struct value
get_scans(const struct facts *f)
{
	return table_effect(f, scan_of);
}

static struct value
get_rebuilds(const struct facts *f)
{
	return table_effect(f, rebuild_of);
}

/* load_typcache_tupdesc() holds a composite type no longer than it looks at it. */
bool
op_is_shared(const struct facts *f, const struct relation_effect *e)
{
	return !e->created && e->relation != NULL && e->relation->kind != RELATION_COMPOSITE &&
	    !relation_new_in_transaction(f->catalog, e->relation) &&
	    e->relation->index == NULL && !relation_new_in_change(f->catalog, e->relation);
}

static struct value
get_waits_for(const struct facts *f)
{
	enum lock lock = LOCK_NONE;

	for (size_t i = 0; i < f->effects->list.n; i++)
		if (op_is_shared(f, &f->effects->list.items[i]))
			lock = lock_stronger(lock, f->effects->list.items[i].lock);
	return value_lock(lock);
}

static struct value
get_waits_behind(const struct facts *f)
{
	return value_text(str_of(lock_blocks(get_waits_for(f).lock)));
}

/* RI_Initial_Check(): nothing of the other table is read for a table without rows. */
static enum tri
checks_many_rows(const struct facts *f)
{
	return strcmp(f->op->kind->name, "add_foreign_key") == 0 ? tri_not(relation_has_few_rows(f->catalog, f->op->table)) : YES;
}

static enum tri
is_quick(const struct facts *f, const struct relation_effect *e)
{
	return e->rebuild != NO && e->rewrite != YES ? relation_is_small(f->catalog, e->relation) : relation_has_few_rows(f->catalog, e->relation);
}

/* Reads, rewrites or builds something that may hold many rows. */
static struct value
get_is_long(const struct facts *f)
{
	enum tri all = f->effects->all_unknown ? UNKNOWN : NO;
	enum tri many = checks_many_rows(f);

	if (dml_finds_few(f->op) || one_row_updated(f))
		return value_bool(false);
	for (size_t i = 0; i < f->effects->list.n; i++) {
		const struct relation_effect *e = &f->effects->list.items[i];
		enum tri work = tri_or(tri_or(e->rewrite, e->scan), e->rebuild);
		if (e->relation != NULL && e->relation->index == NULL)
			all = tri_or(all, tri_and(tri_and(work, many), tri_not(is_quick(f, e))));
	}
	return value_tri(all);
}

/* ---- relations ---- */

static struct value
words(const struct facts *f, const struct relation *r)
{
	return r == NULL ? value_absent() : value_text(relation_words(f->arena, f->catalog, r));
}

static struct value
get_table(const struct facts *f)
{
	if (f->op->table == NULL && f->op->target.name.s != NULL)
		return value_text(op_target_words(f->arena, f->op));
	return words(f, f->op->table);
}

static struct value
get_table_name(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_text(f->op->table->name);
}

static struct value
get_table_known_as(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return value_text(r == NULL ? op_target_words(f->arena, f->op) : relation_committed_words(f->arena, f->catalog, r));
}

static struct value
get_table_schema(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_text(f->op->table->schema);
}

bool
birth_in_file(const struct facts *f, const struct birth *born)
{
	const struct source *source = born->migration == 0 || born->place.source == NULL ? NULL : place_in_file(born->place).source;

	return f->unit != NULL && f->unit->file.n > 0 && source != NULL && str_eq(source->path, f->unit->path);
}

static struct value
is_new(const struct facts *f, const struct relation *r)
{
	if (r == NULL)
		return value_absent();
	if (r->persistence == 't' || relation_new_in_change(f->catalog, r))
		return value_bool(true);
	if (r->assumed && script_broken_creates_table(f->op, r))
		return value_unknown_because(STR("whether a statement of the file that could not be parsed makes the table"));
	return f->unit != NULL && f->unit->shares_file && birth_in_file(f, &r->born) ? value_unknown_because(STR("whether this runs with what makes the table, which the same file does")) : value_bool(false);
}

static struct value
get_table_new(const struct facts *f)
{
	return is_new(f, f->op->table);
}

static struct value
get_table_new_in_migration(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_bool(relation_new_in_migration(f->catalog, f->op->table));
}

static struct value
get_table_new_in_transaction(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_bool(relation_new_in_transaction(f->catalog, f->op->table));
}

static struct value
get_table_empty(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct birth *emptied = r == NULL ? NULL : &r->emptied.when;
	enum tri empty = r == NULL ? UNKNOWN : relation_is_empty(f->catalog, r);

	if (empty == UNKNOWN && r != NULL && r->written < emptied->statement && !emptied->doubtful && emptied->migration == f->catalog->now.migration)
		return value_unknown_because(STR("this file has emptied the table, so that it holds no rows but those that others have put in since then"));
	return r == NULL ? value_absent() : value_tri(empty);
}

static struct value
get_table_small(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_tri(relation_is_small(f->catalog, f->op->table));
}

static struct value
get_table_few(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_tri(relation_has_few_rows(f->catalog, f->op->table));
}

/* What holds of a table that is there before, where it may be new. */
static struct value
unless_new(struct value is_new, enum tri otherwise)
{
	return is_new.state == VALUE_UNKNOWN && otherwise != NO ? is_new : value_tri(otherwise);
}

static struct value
get_table_large(const struct facts *f)
{
	struct value is_new = get_table_new(f);

	if (is_new.state == VALUE_ABSENT || is_new.yes)
		return is_new.state == VALUE_ABSENT ? is_new : value_bool(false);
	return unless_new(is_new, tri_not(relation_is_small(f->catalog, f->op->table)));
}

static struct value
get_table_many(const struct facts *f)
{
	struct value is_new = get_table_new(f);

	if (is_new.state == VALUE_ABSENT || is_new.yes)
		return is_new.state == VALUE_ABSENT ? is_new : value_bool(false);
	return unless_new(is_new, tri_not(relation_has_few_rows(f->catalog, f->op->table)));
}

static struct value
get_table_dropped_later(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_bool(script_drops_later(f, f->op->table));
}

static struct value
get_column_dropped_later(const struct facts *f)
{
	return f->op->column_name.s == NULL ? value_absent() : value_bool(script_drops_column_later(f, f->op->column_name));
}

static struct value
get_table_known(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_bool(!f->op->table->assumed);
}

static struct value
get_table_partitioned(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_tri(relation_is_partitioned(f->op->table));
}

static struct value
by_partitioning(const struct facts *f, const char *partitioned, const char *plain)
{
	return f->op->table == NULL ? value_absent()
	    : value_text(str_of(relation_is_partitioned(f->op->table) == YES ? partitioned : plain));
}

/* CREATE INDEX CONCURRENTLY is refused for a partitioned table; ON ONLY builds nothing (DefineIndex). */
static struct value
get_build_index(const struct facts *f)
{
	return f->op->table != NULL && f->op->table->is_hypertable ? value_text(STR("CREATE INDEX")) : by_partitioning(f, "CREATE INDEX", "CREATE INDEX CONCURRENTLY");
}

static struct value
get_build_unique_index(const struct facts *f)
{
	return f->op->table != NULL && f->op->table->is_hypertable ? value_text(STR("CREATE UNIQUE INDEX"))
	    : by_partitioning(f, "CREATE UNIQUE INDEX", "CREATE UNIQUE INDEX CONCURRENTLY");
}

static struct value
get_index_on(const struct facts *f)
{
	return by_partitioning(f, "ON ONLY", "ON");
}

static struct value
get_index_note(const struct facts *f)
{
	return by_partitioning(f, "  -- and on each partition CONCURRENTLY, each then with ALTER INDEX ... ATTACH PARTITION", "");
}

static struct value
get_table_partition(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return r == NULL ? value_absent() : value_tri(r->is_partition ? YES : r->assumed ? UNKNOWN : NO);
}

static const struct constraint *
primary_key(const struct relation *r)
{
	for (size_t i = 0; r != NULL && i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY)
			return r->constraints.items[i];
	return NULL;
}

/* What every table has; the partitions of a table have rows of the same ctid. */
static struct value
get_table_key(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct constraint *key = primary_key(r);

	if (key != NULL && (key->columns.n == 1 || (key->columns.n > 1 && relation_is_partitioned(r) == YES)))
		return value_text(sql_ident(f->arena, key->columns.items[0]));
	return value_text(STR("ctid"));
}

/* A view has no ctid, and what is not known may be one, or have a key. */
static bool
lacks_key(const struct relation *r)
{
	return r != NULL && !r->assumed && (r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED);
}

static struct str
batch_words(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct constraint *key = primary_key(r);

	if (key != NULL && key->columns.n > 0)
		return str_printf(f->arena, "for the next range of %.*s until the end", STR_ARG(batch_row(f->arena, key->columns.items, key->columns.n, STR_NONE)));
	if (!lacks_key(r))
		return STR("for the next range of its primary key until the end");
	return relation_is_partitioned(r) == YES ? STR("in each partition until no row is left") : STR("until no row is left");
}

/* New versions of rows go to later pages, so that ranges of ctid have no end and meet rows again. */
static struct str
batch_condition(const struct facts *f)
{
	const struct constraint *key = primary_key(f->op->table);

	if (key != NULL && key->columns.n > 0)
		return batch_range(f->arena, key->columns.items, key->columns.n, STR_NONE);
	if (lacks_key(f->op->table))
		return str_printf(f->arena, "ctid = ANY (ARRAY(SELECT ctid FROM %.*s WHERE ... LIMIT 10000))", STR_ARG(relation_words(f->arena, f->catalog, f->op->table)));
	return STR("... > $1 AND ... <= $2");
}

/* The first column of the unique index, when every row stands in it; STR_NONE: not so. */
static struct str
divides_by(const struct index *x)
{
	bool whole = x->unique && x->valid == YES && x->predicate == NULL && str_is(x->method, "btree") && x->columns.n > 0;

	return whole ? x->columns.items[0].name : STR_NONE;
}

/* A row whose column is NULL stands in no range of several. */
static struct str_list
dividing_columns(const struct facts *f, const struct index *x, const struct str_list *moved, size_t most)
{
	struct str_list list = { 0 };

	for (size_t i = 0; i < x->columns.n && list.n < most; i++) {
		const struct column *c = x->columns.items[i].name.s == NULL ? NULL : catalog_find_column(x->table, x->columns.items[i].name);
		if (c == NULL || str_in(c->name, moved->items, moved->n) || (i > 0 && (c->not_null != YES || x->columns.items[i].descending != x->columns.items[0].descending)))
			break;
		*vec_push(f->arena, &list) = c->name;
	}
	return list;
}

struct str_list
table_range(const struct facts *f, const struct str_list *moved, enum tri given)
{
	const struct relation *r = f->op->table;
	const struct constraint *key = primary_key(r);
	const struct index *best = NULL;
	struct str_list list = { 0 };

	for (size_t i = 0; given == YES && key != NULL && i < key->columns.n && !str_in(key->columns.items[i], moved->items, moved->n); i++)
		*vec_push(f->arena, &list) = key->columns.items[i];
	for (size_t i = 0; list.n == 0 && r != NULL && i < r->indexes.n; i++) {
		const struct index *x = r->indexes.items[i]->index;
		const struct column *c = divides_by(x).s == NULL ? NULL : catalog_find_column(r, divides_by(x));
		if (c != NULL && (c->not_null == YES) == (given == YES) && !str_in(c->name, moved->items, moved->n) &&
		    (best == NULL || x->columns.n < best->columns.n))
			best = x;
	}
	return best == NULL ? list : dividing_columns(f, best, moved, given == YES ? SIZE_MAX : 1);
}

static struct value
get_table_batches(const struct facts *f)
{
	return value_text(batch_words(f));
}

static struct value
get_table_batch(const struct facts *f)
{
	return value_text(batch_condition(f));
}

static struct value
get_table_temporary(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_bool(f->op->table->persistence == 't');
}

static struct value
get_table_hypertable(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_bool(f->op->table->is_hypertable);
}

static struct value
get_per_chunk(const struct facts *f)
{
	const struct statement *s = f->op->statement;

	return value_bool(s != NULL && sql_find_word(source_text(s->source, s->span), STR("transaction_per_chunk"), 0) != (size_t)-1);
}

static struct value
get_table_kind(const struct facts *f)
{
	if (f->op->table == NULL)
		return value_absent();
	switch (f->op->table->kind) {
	case RELATION_VIEW:
		return value_text(STR("view"));
	case RELATION_MATVIEW:
		return value_text(STR("materialized view"));
	case RELATION_INDEX:
	case RELATION_PARTITIONED_INDEX:
		return value_text(STR("index"));
	case RELATION_SEQUENCE:
		return value_text(STR("sequence"));
	case RELATION_FOREIGN:
		return value_text(STR("foreign table"));
	case RELATION_COMPOSITE:
		return value_text(STR("composite type"));
	default:
		return value_text(STR("table"));
	}
}

static struct value
get_references(const struct facts *f)
{
	return words(f, f->op->references);
}

static struct value
get_references_name(const struct facts *f)
{
	return f->op->references == NULL ? value_absent() : value_text(f->op->references->name);
}

static struct value
get_references_new(const struct facts *f)
{
	return is_new(f, f->op->references);
}

static struct value
get_references_lock(const struct facts *f)
{
	return lock_on(f, f->op->references);
}

/* ---- column, constraint, index ---- */

static struct value
get_column(const struct facts *f)
{
	return f->op->column_name.s == NULL ? value_absent() : value_text(sql_ident(f->arena, f->op->column_name));
}

static struct value
get_column_name(const struct facts *f)
{
	return value_text(f->op->column_name);
}

static struct value
get_column_type(const struct facts *f)
{
	const struct column *c = f->op->column;

	if (c == NULL)
		return value_absent();
	return type_known(c->type) ? value_text(type_format(f->arena, c->type)) : value_unknown();
}

static struct value
get_column_not_null(const struct facts *f)
{
	return f->op->column == NULL ? value_absent() : value_tri(f->op->column->not_null);
}

static struct value
get_column_new(const struct facts *f)
{
	const struct column *c = f->op->column;

	return c == NULL ? value_absent()
	    : value_bool(birth_in_change(f->catalog, &c->born));
}

static struct value
get_constraint(const struct facts *f)
{
	return f->op->constraint == NULL ? value_absent() : value_text(sql_ident(f->arena, f->op->constraint->name));
}

static struct value
get_index(const struct facts *f)
{
	return words(f, f->op->index);
}

/* ---- transaction, session, server ---- */

static struct value
get_tx_open(const struct facts *f)
{
	return value_tri(f->inside != NULL ? YES : f->session->open);
}

static struct value
get_code_depth(const struct facts *f)
{
	return value_number(f->inside == NULL ? 0 : f->inside->depth);
}

static struct value
get_code_kind(const struct facts *f)
{
	if (f->inside == NULL)
		return value_absent();
	if (f->inside->function.s == NULL)
		return value_text(STR("DO block"));
	return value_text(f->inside->code->procedure ? STR("procedure") : STR("function"));
}

static struct value
get_code_function(const struct facts *f)
{
	return f->inside == NULL ? value_absent() : value_text(f->inside->function);
}

static struct value
get_code_conditional(const struct facts *f)
{
	return value_bool(f->inside != NULL && f->inside->runs != YES);
}

static struct value
get_tx_explicit(const struct facts *f)
{
	return value_bool(f->session->explicit_block && f->session->open == YES);
}

static struct value
get_tx_wrapped(const struct facts *f)
{
	return value_bool(f->session->wrapped);
}

static struct value
get_tx_mode(const struct facts *f)
{
	return f->unit == NULL || f->unit->tx == TX_UNKNOWN ? value_unknown() : value_text(str_of(tx_mode_words(f->unit->tx)));
}

/*
 * An earlier statement's, on what is neither new nor part of a table. What this statement locks as strongly itself would be
 * locked as long without the earlier one.
 */
bool
op_is_held_besides(const struct facts *f, const struct held_lock *h)
{
	const struct relation *r = h->relation;
	const struct relation_effect *mine = effects_find(f->effects, r);
	bool is_part = r->index != NULL || r->kind == RELATION_INDEX || r->kind == RELATION_PARTITIONED_INDEX || r->kind == RELATION_COMPOSITE;

	return !is_part && !relation_new_in_transaction(f->catalog, r) && !relation_new_in_change(f->catalog, r) &&
	    h->statement != f->op->number && (mine == NULL || mine->lock < h->lock);
}

/* What is there for sure is a better example, and what readers and writers miss: no view that is gone. */
static int
worth(const struct held_lock *h)
{
	return 2 * !(h->relation->doubted || h->doubtful) + !(h->relation->kind == RELATION_VIEW && h->relation->dropped);
}

/* The strongest one. */
const struct held_lock *
op_held_besides(const struct facts *f)
{
	const struct held_lock *best = NULL;

	for (size_t i = 0; f->session->open == YES && i < f->session->locks.n; i++) {
		const struct held_lock *h = &f->session->locks.items[i];
		if (op_is_held_besides(f, h) && (best == NULL || h->lock > best->lock ||
		    (h->lock == best->lock && worth(h) > worth(best))))
			best = h;
	}
	return best;
}

static struct value
get_tx_holds(const struct facts *f)
{
	const struct held_lock *h = op_held_besides(f);

	if (h != NULL && h->lock == ACCESS_EXCLUSIVE && (h->relation->doubted || h->doubtful))
		return value_unknown();
	return value_lock(h == NULL ? LOCK_NONE : h->lock);
}

struct str
op_both_names(const struct facts *f, const struct relation *r)
{
	struct str known = relation_committed_words(f->arena, f->catalog, r), now = relation_words(f->arena, f->catalog, r);

	return str_eq(known, now) ? known : str_printf(f->arena, "%.*s (%.*s by now)", STR_ARG(known), STR_ARG(now));
}

static struct value
get_tx_held_table(const struct facts *f)
{
	const struct held_lock *h = op_held_besides(f);

	return h == NULL ? value_absent() : value_text(op_both_names(f, h->relation));
}

static struct value
get_tx_holding(const struct facts *f)
{
	const struct held_lock *h = op_held_besides(f);

	if (h == NULL)
		return value_absent();
	return value_text(str_printf(f->arena, "%s on %.*s is held since here%s", lock_words(h->lock), STR_ARG(op_both_names(f, h->relation)),
	    get_tx_holds(f).state == VALUE_KNOWN ? "" : ", if what this names is there"));
}

enum lock
op_lock_held(const struct facts *f, const struct relation *r)
{
	const struct held_lock *h = r == NULL || f->session->open != YES ? NULL : session_holds(f->session, r);

	return h == NULL || h->statement == f->op->number ? LOCK_NONE : h->lock;
}

static struct value
get_tx_table_lock(const struct facts *f)
{
	return value_lock(op_lock_held(f, f->op->table));
}

static struct value
get_references_held(const struct facts *f)
{
	return value_lock(op_lock_held(f, f->op->references));
}

static struct value
get_tx_long_work(const struct facts *f)
{
	bool certain = get_is_long(f).state == VALUE_KNOWN && get_tx_holds(f).state == VALUE_KNOWN;

	return value_number(f->session->long_work + (certain ? 0 : f->session->perhaps_long_work));
}

static struct value
get_tx_inversions(const struct facts *f)
{
	return value_number(f->session->inversions);
}

static struct value
get_locked_partitions(const struct facts *f)
{
	int64_t n = 0;

	for (size_t i = 0; i < f->effects->list.n; i++) {
		const struct relation_effect *e = &f->effects->list.items[i];
		n += op_is_shared(f, e) && e->relation->is_partition && e->relation != f->op->table && e->lock == ACCESS_EXCLUSIVE &&
		    op_lock_held(f, e->relation) != ACCESS_EXCLUSIVE;
	}
	return value_number(n);
}

static struct value
get_table_worked(const struct facts *f)
{
	const struct birth *b = f->op->table == NULL ? NULL : &f->op->table->worked;

	return value_bool(b != NULL && b->migration != 0 && b->migration == f->catalog->now.migration && b->statement != f->catalog->now.statement);
}

static struct value
time_setting(const struct facts *f, enum setting_name name)
{
	const struct setting *s = &f->session->settings[name];

	return s->known == YES ? value_number(s->value) : value_unknown();
}

static struct value
get_lock_timeout(const struct facts *f)
{
	return time_setting(f, SETTING_LOCK_TIMEOUT);
}

static struct value
get_statement_timeout(const struct facts *f)
{
	return time_setting(f, SETTING_STATEMENT_TIMEOUT);
}

static struct value
get_statement_timeout_known(const struct facts *f)
{
	return value_bool(f->session->settings[SETTING_STATEMENT_TIMEOUT].known == YES);
}

static struct value
get_lock_timeout_set(const struct facts *f)
{
	const struct setting *s = &f->session->settings[SETTING_LOCK_TIMEOUT];

	return value_bool(s->known == YES && s->place.source != NULL);
}

static struct value
get_earlier_waits(const struct facts *f)
{
	bool said = f->session->settings[SETTING_LOCK_TIMEOUT].known == YES;

	return value_number(said ? f->session->waits : f->session->waits_unsaid);
}

static struct value
get_replication_role(const struct facts *f)
{
	const struct setting *s = &f->session->settings[SETTING_REPLICATION_ROLE];

	return s->known == YES ? value_text(s->text) : value_absent();
}

static struct value
get_server_version(const struct facts *f)
{
	return value_number(f->pg_version);
}

static struct value
get_migration_statements(const struct facts *f)
{
	return f->unit == NULL ? value_unknown() : value_number((int64_t)f->unit->statements);
}

static struct value
get_migration_name(const struct facts *f)
{
	return f->unit == NULL ? value_unknown() : value_text(f->unit->name);
}

static struct value
get_needs_version(const struct facts *f)
{
	return value_number(op_needs_version(f));
}

static struct value
get_needs_newer(const struct facts *f)
{
	/* The newest knows all that can be parsed. */
	return value_bool(f->pg_version < 18 && op_needs_version(f) > f->pg_version);
}

static struct value
get_superuser_reason(const struct facts *f)
{
	return value_text(op_needs_superuser(f));
}

static struct value
get_superuser_way(const struct facts *f)
{
	return value_text(strcmp(f->op->kind->name, "create_extension") == 0 ? STR("-- by a superuser, when the database is set up; CREATE EXTENSION IF NOT EXISTS then does nothing and is refused to no one")
	    : STR("-- by a superuser: this statement alone, in what only such a role runs, at this point of the history; the migrations do without it"));
}

static struct value
get_long_name(const struct facts *f)
{
	return value_text(op_long_name(f));
}

static struct value
get_cut_name(const struct facts *f)
{
	struct str name = op_long_name(f);

	return value_text(name.s == NULL ? name : op_cut_name(name));
}

static struct value
get_statement_cut(const struct facts *f)
{
	struct span name = op_long_name_span(f->op), all = f->op->statement == NULL ? name : f->op->statement->span;
	struct str cut = get_cut_name(f).text, mark = op_is_concurrent(f) ? str_printf(f->arena, "-- (no transaction)%.*s\n", STR_ARG(get_lock_timeout_off(f).text)) : STR("");
	const struct source *source;

	if (name.len == 0 || cut.s == NULL)
		return value_absent();
	source = f->op->statement->source;
	return value_text(str_printf(f->arena, "%.*s%.*s%.*s%.*s", STR_ARG(mark), STR_ARG(source_text(source, span_of(all.off, name.off))), STR_ARG(sql_ident(f->arena, cut)),
	    STR_ARG(source_text(source, span_of(name.off + name.len, all.off + all.len)))));
}

static struct value
get_schema_named(const struct facts *f)
{
	const struct op *op = f->op;

	return op->target.name.s == NULL || (op->table != NULL && op->table->persistence == 't') ? value_absent() : value_bool(op->target.schema.s != NULL);
}

static struct value
get_needs_superuser(const struct facts *f)
{
	return value_bool(op_needs_superuser(f).s != NULL);
}

static struct value
get_fails(const struct facts *f)
{
	return value_tri(op_fails(f));
}

static struct value
get_exists(const struct facts *f)
{
	return value_tri(op_may_be_missing(f->op) ? UNKNOWN : YES);
}

static struct value
get_failure(const struct facts *f)
{
	return value_text(f->op->failure);
}

static struct value
get_way_back(const struct facts *f)
{
	return value_bool(f->unit->down);
}

const struct field common_fields[] = {
	{ "lock", FIELD_LOCK, "lock on the table that it is done under: its own, or that of an earlier clause of the statement", get_lock },
	{ "rewrites", FIELD_BOOL, "the table, or a partition of it, gets new storage: every row is written again", get_rewrites },
	{ "rewritten_along", FIELD_BOOL, "another clause of the statement, which runs before, rewrites the table: what is to be checked is checked on the way", get_rewritten_along },
	{ "scans", FIELD_BOOL, "every row of the table, or of a partition of it, is read", get_scans },
	{ "rebuilds_indexes", FIELD_BOOL, "an index of the table, or of a partition of it, is built", get_rebuilds },
	{ "waits_for", FIELD_LOCK, "strongest lock on any existing relation that other sessions may be using", get_waits_for },
	{ "waits_behind", FIELD_TEXT, "what waits behind the request for that lock: reads and writes, writes ...", get_waits_behind },
	{ "is_long", FIELD_BOOL, "it rewrites, reads or builds something that may hold many rows", get_is_long },
	{ "table", FIELD_TEXT, "the table, with its schema when that is not the default one", get_table },
	{ "table.name", FIELD_TEXT, "the table's bare name", get_table_name },
	{ "table.known_as", FIELD_TEXT, "the table as code knows it: by the name it had before the transaction", get_table_known_as },
	{ "table.schema", FIELD_TEXT, "the table's schema", get_table_schema },
	{ "table.kind", FIELD_TEXT, "table, view, materialized view, index, sequence, foreign table or composite type", get_table_kind },
	{ "table.is_hypertable", FIELD_BOOL, "create_hypertable() of TimescaleDB has split it into chunks", get_table_hypertable },
	{ "says_per_chunk", FIELD_BOOL, "the statement says timescaledb.transaction_per_chunk", get_per_chunk },
	{ "table.is_new", FIELD_BOOL, "the table was created by this migration, by another of the changed files, or by one that was generated with it", get_table_new },
	{ "table.is_new_in_migration", FIELD_BOOL, "the table was created by this migration", get_table_new_in_migration },
	{ "table.is_new_in_transaction", FIELD_BOOL, "the table was created by the open transaction: no one else can see it",
	    get_table_new_in_transaction },
	{ "table.is_empty", FIELD_BOOL, "the table is new and not filled in bulk since, or was emptied in the open transaction, and no one can have put rows into it since",
	    get_table_empty },
	{ "table.is_small", FIELD_BOOL, "the table is new, emptied by TRUNCATE in this migration, or without rows as a statement of it could only pass so, and not filled in bulk since", get_table_small },
	{ "table.may_be_large", FIELD_BOOL, "others may be using the table, and may have filled it: it is not new, and not small",
	    get_table_large },
	{ "table.has_few_rows", FIELD_BOOL, "the table is small, or this migration has deleted all its rows before and put none into it since, so that nothing takes long but to build an index",
	    get_table_few },
	{ "table.may_hold_many", FIELD_BOOL, "others may be using the table, and may have filled it: it is not new, and may have more than a few rows", get_table_many },
	{ "table.was_worked_through", FIELD_BOOL, "an earlier statement of this migration read or wrote all its rows under ACCESS EXCLUSIVE, not to build an index", get_table_worked },
	{ "table.one_statement", FIELD_TEXT, "for advice: a comment on what it stands for, and one ALTER TABLE with its clauses and those of the statements of the file before it that alter the table; absent: none that "
	    "worked through it can go with it", get_one_statement },
	{ "table.joins_pass", FIELD_BOOL, "one can", get_joins_pass },
	{ "table.dropped_later", FIELD_BOOL, "a later statement of the same transaction drops it, and is what loses its rows, its parts and its name",
	    get_table_dropped_later },
	{ "table.is_known", FIELD_BOOL, "its whole definition is in the files", get_table_known },
	{ "table.is_partitioned", FIELD_BOOL, "the table is partitioned", get_table_partitioned },
	{ "table.is_partition", FIELD_BOOL, "the table is a partition", get_table_partition },
	{ "table.build_index", FIELD_TEXT, "CREATE INDEX CONCURRENTLY; without CONCURRENTLY for a partitioned table and a hypertable", get_build_index },
	{ "table.build_unique_index", FIELD_TEXT, "the same of a unique index", get_build_unique_index },
	{ "table.index_on", FIELD_TEXT, "ON; ON ONLY for a partitioned table", get_index_on },
	{ "table.index_note", FIELD_TEXT, "a comment that belongs behind that statement; empty for a plain table", get_index_note },
	{ "table.is_temporary", FIELD_BOOL, "the table is a temporary one", get_table_temporary },
	{ "table.key", FIELD_TEXT, "for advice: what picks single rows, the column of its primary key; ctid when there is none, or it is not "
	    "known", get_table_key },
	{ "table.batches", FIELD_TEXT, "for advice: what batches go through, ranges of its primary key, or, where it has none, what is left",
	    get_table_batches },
	{ "table.batch", FIELD_TEXT, "for advice: the condition of one batch; ... stands for the key that is not known, or for what tells the rows that are not done yet",
	    get_table_batch },
	{ "references", FIELD_TEXT, "the other table: referenced, attached, inherited from", get_references },
	{ "references.name", FIELD_TEXT, "the other table's bare name", get_references_name },
	{ "references.is_new", FIELD_BOOL, "the other table was created by this migration or change", get_references_new },
	{ "references.lock", FIELD_LOCK, "the same of the other table", get_references_lock },
	{ "references.held", FIELD_LOCK, "lock that earlier statements of the transaction hold on it", get_references_held },
	{ "column", FIELD_TEXT, "the column", get_column },
	{ "column.name", FIELD_TEXT, "the column's bare name", get_column_name },
	{ "column.type", FIELD_TEXT, "its type before the operation, as format_type() spells it", get_column_type },
	{ "column.not_null", FIELD_BOOL, "it is NOT NULL before the operation", get_column_not_null },
	{ "column.is_new", FIELD_BOOL, "the column was added by this migration, or by another of the changed files", get_column_new },
	{ "column.dropped_later", FIELD_BOOL, "a later statement of the same transaction drops it", get_column_dropped_later },
	{ "constraint", FIELD_TEXT, "the existing constraint", get_constraint },
	{ "index", FIELD_TEXT, "the existing index", get_index },
	{ "code.depth", FIELD_NUMBER, "how deep it is in code that runs: 1 in a DO block or called function, 2 in one that this calls; 0: it "
	    "stands in the file itself", get_code_depth },
	{ "code.kind", FIELD_TEXT, "the innermost code that it is in: DO block, function or procedure; absent: none", get_code_kind },
	{ "code.function", FIELD_TEXT, "the function or procedure that it is in; absent: none", get_code_function },
	{ "code.is_conditional", FIELD_BOOL, "it is in code, and what IF, a loop or a handler tests there decides whether it runs",
	    get_code_conditional },
	{ "tx.open", FIELD_BOOL, "a transaction block is open, or a DO block or function runs", get_tx_open },
	{ "tx.is_explicit", FIELD_BOOL, "the open transaction was begun in the file", get_tx_explicit },
	{ "tx.is_wrapped", FIELD_BOOL, "the runner opened the transaction", get_tx_wrapped },
	{ "tx.mode", FIELD_TEXT, "how the runner executes the file, in words", get_tx_mode },
	{ "tx.holds", FIELD_LOCK, "what earlier statements of the transaction lock of what readers and writers use; the strongest lock, on existing tables, but for those that this one "
	    "locks as strongly; unknown when nobody knows whether the table that they locked ACCESS EXCLUSIVE is there, or the trigger, policy or rule for which they did", get_tx_holds },
	{ "tx.held_table", FIELD_TEXT, "the table that lock is on, by the name it had before the transaction, and by the one it has now", get_tx_held_table },
	{ "tx.holding", FIELD_TEXT, "since when it is held, in words for a label; and that it may not be, where tx.holds is unknown", get_tx_holding },
	{ "aside", FIELD_TEXT, "for advice: how long work gets out of a transaction that holds a lock", aside_get_advice },
	{ "own_transaction", FIELD_TEXT, "for advice: the transaction that it gets to itself, behind and before what; or that it stays where it is, as others may belong with it", order_get_own_transaction },
	{ "tx.locked_tables", FIELD_NUMBER, "existing tables on which the transaction holds a lock that stops writes so far",
	    locked_tables_get_count },
	{ "tx.locks_are_sure", FIELD_BOOL, "the transaction locks each of these tables", locked_tables_get_all_sure },
	{ "tx.locked_table_names", FIELD_TEXT, "these tables by the names they had before the transaction, separated by commas", locked_tables_get_names },
	{ "tx.locked_work", FIELD_TEXT, "for messages: what waits for these tables: \"writes to\", or \"reads and writes of\" where none of them can be read", locked_tables_get_work },
	{ "tx.locked_reads", FIELD_TEXT, "for messages: which of these tables cannot be read, where others can, behind a semicolon; else empty", locked_tables_get_unreadable },
	{ "tx.fewer_locks", FIELD_TEXT, "for advice: how fewer of them would be locked at once", locked_tables_get_advice },
	{ "tx.table_lock", FIELD_LOCK, "lock that earlier statements of the transaction hold on the table", get_tx_table_lock },
	{ "tx.earlier_long_work", FIELD_NUMBER, "earlier operations of the transaction that worked through many rows while an existing "
	    "table was locked ACCESS EXCLUSIVE; where is_long or tx.holds is unknown, those that may have, too", get_tx_long_work },
	{ "tx.inverted_table", FIELD_TEXT, "a table the transaction has locked that the table being locked now references; absent: none", inversion_get_referenced },
	{ "tx.inverting_table", FIELD_TEXT, "the table being locked now that does", inversion_get_referencing },
	{ "tx.is_inverted", FIELD_BOOL, "there is one: writers of the referencing table lock the two the other way round", inversion_get_is_there },
	{ "tx.without_inversion", FIELD_TEXT, "for advice: how no writer is met from the other side", inversion_get_advice },
	{ "tx.earlier_inversions", FIELD_NUMBER, "operations of the transaction so far for which that was so", get_tx_inversions },
	{ "locked_partitions", FIELD_NUMBER, "existing partitions that are locked ACCESS EXCLUSIVE besides the table, and were not by an earlier statement of the transaction", get_locked_partitions },
	{ "session.lock_timeout", FIELD_NUMBER, "lock_timeout in milliseconds; 0: none; unknown when nobody set it", get_lock_timeout },
	{ "session.lock_timeout_set", FIELD_BOOL, "lock_timeout was set in this file", get_lock_timeout_set },
	{ "lock_timeout_off", FIELD_TEXT, "for advice: a further line in front of a statement that runs CONCURRENTLY: SET lock_timeout = 0 where it is known to be something else; "
	    "SET search_path where the file has set it and the statement names something by it; "
	    "that the statement has to be alone where a file is one string; that it runs by hand where every file is in a transaction; otherwise empty",
	    get_lock_timeout_off },
	{ "own_migration", FIELD_TEXT, "for advice: where a statement goes that cannot run in a transaction, as a comment", get_own_migration },
	{ "no_transaction", FIELD_TEXT, "for advice, in a comment: (no transaction); that it runs by hand, and when, where every file is in a transaction", get_no_transaction },
	{ "place_outside", FIELD_TEXT, "for advice: where that runs, in words", get_place_outside },
	{ "timeouts_off", FIELD_TEXT, "for advice: the same, with statement_timeout", get_timeouts_off },
	{ "next_concurrently", FIELD_TEXT, "for advice: a further line between two such statements where each has to be alone; otherwise empty", get_next_concurrently },
	{ "session.statement_timeout", FIELD_NUMBER, "statement_timeout in milliseconds; 0: none; unknown when nobody set it",
	    get_statement_timeout },
	{ "session.statement_timeout_known", FIELD_BOOL, "a file or the configuration says what statement_timeout is", get_statement_timeout_known },
	{ "session.earlier_waits", FIELD_NUMBER, "statements of this migration that waited for a strong lock without a timeout so far; of the whole run when nobody said "
	    "what lock_timeout is",
	    get_earlier_waits },
	{ "session.replication_role", FIELD_TEXT, "session_replication_role; absent when nobody set it", get_replication_role },
	{ "server.version", FIELD_NUMBER, "the target server's major version", get_server_version },
	{ "needs_version", FIELD_NUMBER, "the first major version of the server that knows what is written; 13: all do", get_needs_version },
	{ "needs_newer_server", FIELD_BOOL, "the target server is older than that", get_needs_newer },
	{ "long_name", FIELD_TEXT, "a name of more than 63 bytes that it gives to something, as written; absent: none", get_long_name },
	{ "cut_name", FIELD_TEXT, "what the server makes of that name", get_cut_name },
	{ "statement_cut", FIELD_TEXT, "for advice: the statement with that name in its place; absent: there is none", get_statement_cut },
	{ "schema_named", FIELD_BOOL, "the object's schema is written; absent: it has none, or is temporary", get_schema_named },
	{ "needs_superuser", FIELD_BOOL, "the server takes it from a superuser, or from a role that a superuser has given the right", get_needs_superuser },
	{ "superuser_reason", FIELD_TEXT, "what it is that needs one; absent: nothing", get_superuser_reason },
	{ "superuser_way", FIELD_TEXT, "for advice: who does it, and where", get_superuser_way },
	{ "fails", FIELD_BOOL, "the catalog says that the server refuses the statement; unknown when a placeholder stands for the schema, on one side alone, of what it names, or when versions that are missing or in another language may have changed that", get_fails },
	{ "exists", FIELD_BOOL, "what the statement names is there; unknown when nothing before it creates it and IF EXISTS is given", get_exists },
	{ "failure", FIELD_TEXT, "the server's reason; absent: nothing is known to fail", get_failure },
	{ "migration.is_way_back", FIELD_BOOL, "the statement is part of the way back (down)", get_way_back },
	{ "migration.name", FIELD_TEXT, "the migration's name", get_migration_name },
	{ "migration.statements", FIELD_NUMBER, "number of statements in the migration", get_migration_statements },
	TENANT_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct field *
field_find(const struct op_kind *kind, struct str name)
{
	for (const struct field *f = kind == NULL ? NULL : kind->fields; f != NULL && f->name != NULL; f++)
		if (str_is(name, f->name))
			return f;
	for (const struct field *f = common_fields; f->name != NULL; f++)
		if (str_is(name, f->name))
			return f;
	return NULL;
}

bool
op_is_concurrent(const struct facts *f)
{
	const struct field *field = field_find(f->op->kind, STR("concurrently"));

	return field != NULL && field->get(f).yes;
}

static unsigned
group_needs(const char *name)
{
	static const struct {
		const char *prefix;
		unsigned has;
	} groups[] = { { "table", HAS_TABLE }, { "column", HAS_COLUMN }, { "constraint", HAS_CONSTRAINT }, { "index", HAS_INDEX },
		{ "references", HAS_REFERENCES } };

	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		size_t n = strlen(groups[i].prefix);
		if (strncmp(name, groups[i].prefix, n) == 0 && (name[n] == '\0' || name[n] == '.'))
			return groups[i].has;
	}
	return 0;
}

bool
field_applies(const struct op_kind *kind, const struct field *field)
{
	if (field < common_fields || field >= common_fields + sizeof common_fields / sizeof *common_fields)
		return true;
	return (group_needs(field->name) & ~kind->has) == 0;
}

/* ---- places ---- */

const char *
op_span_word(enum op_span span)
{
	static const char *const words[] = {
		[SPAN_STATEMENT] = "statement", [SPAN_ACTION] = "action", [SPAN_KEYWORD] = "keyword", [SPAN_TABLE] = "table",
		[SPAN_COLUMN] = "column", [SPAN_TYPE] = "type", [SPAN_DEFAULT] = "default", [SPAN_CONSTRAINT] = "constraint",
		[SPAN_REFERENCES] = "references", [SPAN_INDEX] = "index", [SPAN_NAME] = "name", [SPAN_VALUE] = "value",
	};

	return words[span];
}

static const struct place nowhere;

static struct place
place_of_relation(const struct relation *r)
{
	return r == NULL ? nowhere : r->born.place;
}

static struct place
unkeyed_place(const struct relation *r)
{
	const struct birth *at = r->unkeyed.statement > 0 ? &r->unkeyed : &r->born;

	return at->call.source != NULL ? at->call : at->place;
}

static struct place
place_of_setting(const struct facts *f, enum setting_name name)
{
	return f->session->settings[name].place;
}

static struct place
created_place(const struct facts *f, struct str word)
{
	const struct op *op = f->op;

	if (str_is(word, "table.created"))
		return place_of_relation(op->table);
	if (str_is(word, "table.unkeyed"))
		return unkeyed_place(op->table);
	if (str_is(word, "references.created"))
		return place_of_relation(op->references);
	if (str_is(word, "index.created"))
		return place_of_relation(op->index);
	if (str_is(word, "column.created"))
		return op->column == NULL ? nowhere : op->column->born.place;
	if (str_is(word, "column.typed"))
		return op->column == NULL ? nowhere : op->column->retyped.statement > 0 ? op->column->retyped.place : op->column->born.place;
	if (str_is(word, "column.copied"))
		return op->column == NULL ? nowhere : op->column->copied.place;
	return op->constraint == NULL ? nowhere : op->constraint->born.place;
}

/* Of a name as it is written, perhaps with its schema. */
static struct str
last_name(struct str written)
{
	bool quoted = written.n > 1 && written.s[written.n - 1] == '"';
	char before = quoted ? '"' : '.';
	size_t i = quoted ? written.n - 1 : written.n;

	while (i > 0 && written.s[i - 1] != before)
		i--;
	return str_slice(written, quoted && i > 0 ? i - 1 : i, written.n);
}

static bool
is_spelling_of(struct str written, struct str name)
{
	if (written.n > 0 && written.s[0] == '"')
		return str_eq(str_slice(written, 1, written.n - 1), name);
	return str_eq_nocase(written, name);
}

bool
place_spells(struct str written, struct str name)
{
	return is_spelling_of(last_name(written), name);
}

struct str
place_older_name(const struct facts *f, struct str word)
{
	const struct relation *r = str_is(word, "table.created") ? f->op->table : str_is(word, "references.created") ? f->op->references : NULL;
	struct str written = r == NULL || r->born.place.source == NULL ? STR_NONE : source_text(r->born.place.source, r->born.place.span);
	bool is_name = written.n > 0 && str_find_char(written, ' ') == (size_t)-1 && str_find_char(written, '\n') == (size_t)-1;

	return !is_name || place_spells(written, r->name) ? STR_NONE : written;
}

static const char *const place_words[] = { "table.created", "table.unkeyed", "references.created", "index.created", "column.created",
	"column.typed", "column.copied", "constraint.created", "tx.begin", "tx.lock", "tx.locks", "tx.last_lock", "tx.inverted", "session.lock_timeout", "session.statement_timeout",
	"migration.unrepeatable",
	"migration.failure", "migration.erasure", "migration.losses", "file.other", "long_name", "alike" };

bool
place_word_known(struct str word)
{
	for (int i = 0; i < SPAN_COUNT; i++)
		if (str_is(word, op_span_word((enum op_span)i)))
			return true;
	for (size_t i = 0; i < sizeof place_words / sizeof *place_words; i++)
		if (str_is(word, place_words[i]))
			return true;
	return false;
}

static struct place
span_place(const struct op *op, enum op_span span)
{
	if (op->statement == NULL)
		return span == SPAN_STATEMENT || span == SPAN_ACTION ? op->at : nowhere;
	return (struct place){ op->statement->source, op->spans[span] };
}

static struct place
last_lock(const struct facts *f)
{
	struct locked_list list = locked_tables(f);
	struct place at = nowhere;
	unsigned last = 0;

	for (size_t i = 0; i < list.n; i++)
		if (list.items[i].statement >= last) {
			last = list.items[i].statement;
			at = list.items[i].place;
		}
	return at;
}

struct place
place_of(const struct facts *f, struct str word)
{
	const struct held_lock *h;

	for (int i = 0; i < SPAN_COUNT; i++)
		if (str_is(word, op_span_word((enum op_span)i)))
			return span_place(f->op, (enum op_span)i);
	if (str_is(word, "tx.begin"))
		return f->session->begin;
	if (str_is(word, "tx.last_lock"))
		return last_lock(f);
	if (str_is(word, "tx.inverted"))
		return inversion_of(f).locked;
	if (str_is(word, "session.lock_timeout"))
		return place_of_setting(f, SETTING_LOCK_TIMEOUT);
	if (str_is(word, "session.statement_timeout"))
		return place_of_setting(f, SETTING_STATEMENT_TIMEOUT);
	if (str_is(word, "migration.unrepeatable"))
		return f->unit->unrepeatable;
	if (str_is(word, "migration.failure"))
		return f->rollback != NULL && f->rollback->failures.n > 0 ? f->rollback->failures.items[0].place : nowhere;
	if (str_is(word, "migration.erasure"))
		return f->rollback == NULL ? nowhere : rollback_erasure(f->rollback);
	if (str_is(word, "long_name") && f->op->statement != NULL)
		return (struct place){ f->op->statement->source, op_long_name_span(f->op) };
	if (str_is(word, "file.other"))
		return f->note != NULL ? f->note->other : nowhere;
	if (!str_is(word, "tx.lock"))
		return created_place(f, word);
	h = op_held_besides(f);
	return h == NULL ? nowhere : h->place;
}

/* A finding that points at more is not read. */
enum { PLACES_MAX = 8 };

static bool
nth_locked(const struct facts *f, size_t nth, struct place *at, struct str *of)
{
	struct locked_list list = locked_tables(f);

	if (nth >= list.n)
		return false;
	*at = list.items[nth].place;
	*of = list.items[nth].names;
	return true;
}

static bool
nth_loss(const struct facts *f, size_t nth, struct place *at, struct str *of)
{
	for (size_t i = 0; f->rollback != NULL && i < f->rollback->losses.n; i++) {
		const struct loss *loss = &f->rollback->losses.items[i];
		if (loss->back || nth-- > 0)
			continue;
		*at = loss->place;
		*of = loss->object;
		return true;
	}
	return false;
}

bool
place_nth(const struct facts *f, struct str word, size_t nth, struct place *at, struct str *of)
{
	*of = STR_NONE;
	if (str_is(word, "tx.locks"))
		return nth < PLACES_MAX && nth_locked(f, nth, at, of);
	if (str_is(word, "migration.losses"))
		return nth < PLACES_MAX && nth_loss(f, nth, at, of);
	if (str_is(word, "alike"))
		return nth < PLACES_MAX && alike_nth(f, nth, at);
	*at = place_of(f, word);
	return nth == 0 && at->span.len > 0;
}
