#include "base/buf.h"
#include "op/meant.h"
#include "op/column_def.h"
#include "op/enum_swap.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/misplaced.h"
#include "op/new_row.h"
#include "op/operators.h"
#include "op/order.h"
#include "op/partition_parts.h"
#include "op/respell.h"
#include "op/retype.h"
#include "op/shortened.h"
#include "op/swap.h"
#include "op/typed.h"

struct payload {
	struct type type;
	struct type was;                /* once it has run; not known: before that, or what it is */
	struct str collation, collation_schema;
	struct expr *using_expr;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	const ColumnDef *def = (const ColumnDef *)cmd->def;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	op->column_name = lower_text(l, cmd->name);
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
	op->spans[SPAN_KEYWORD] = locate_keywords(l->statement, locate_rest(l->statement, op->spans[SPAN_COLUMN]), "type");
	if (def->typeName->location >= 0) {
		struct span type = locate_element(l->statement, lower_offset(l, def->typeName->location));
		struct span using = locate_keywords(l->statement, type, "using");
		op->spans[SPAN_TYPE] = using.len > 0 ? locate_between(l->statement, type.off, using.off) : type;
	}
	p->type = type_from_node(l->arena, def->typeName);
	p->using_expr = lower_expr(l, def->raw_default);
	p->collation = lower_collation(l, def->collClause, &p->collation_schema);
}

/* ---- what the change does to the heap ---- */

static struct type
resolve(const struct catalog *c, struct type t, bool *constrained)
{
	for (int depth = 0; depth < 16 && !t.builtin && t.dims == 0; depth++) {
		const struct typedef_ *d = catalog_find_type(c, t.schema, t.name);
		if (d == NULL || d->kind != TYPE_DOMAIN)
			break;
		*constrained = *constrained || d->constraints.n > 0;
		t = d->base;
	}
	return t;
}

/* An enum that lacks a value of the other, or is filled with what is no enum. */
static enum tri
enum_narrows(const struct catalog *c, struct type from, struct type to)
{
	const struct typedef_ *old, *new;

	if (!type_is_enum(c, from) || !type_is_enum(c, to))
		return tri_of(type_is_enum(c, to));
	old = catalog_find_type(c, from.schema, from.name);
	new = catalog_find_type(c, to.schema, to.name);
	if (old->assumed || new->assumed)
		return UNKNOWN;
	for (size_t i = 0; i < old->values.n; i++)
		if (type_find_value(new, old->values.items[i].label) == NULL)
			return YES;
	return NO;
}

/* An enum converts through its text: to a string type by itself, from one, and from another enum, only with USING. */
static bool
enum_change(const struct catalog *c, struct type from, struct type to, struct type_change *change)
{
	bool is_text = to.dims == 0 && (str_is(to.name, "text") || str_is(to.name, "varchar") || str_is(to.name, "bpchar") || str_is(to.name, "name"));

	if ((!type_is_enum(c, from) && !type_is_enum(c, to)) || !type_known(from))
		return false;
	*change = (struct type_change){ .rewrites = YES, .scans = NO,
		.narrows = enum_narrows(c, from, to), .keeps_index = NO,
		.castable = type_is_enum(c, to) || (type_is_covered(to) && !is_text && !may_have_operators(c)) ? NO : is_text ? YES : UNKNOWN };
	return true;
}

/* The extension's. */
static bool
is_citext(const struct catalog *c, struct type t)
{
	const struct typedef_ *d;

	if (t.builtin || t.dims > 0 || !str_is(t.name, "citext"))
		return false;
	d = catalog_find_type(c, t.schema, t.name);
	return d == NULL || d->assumed || d->kind == TYPE_BASE || d->kind == TYPE_UNKNOWN;
}

/* Casts between citext and text or varchar are WITHOUT FUNCTION (citext--1.4.sql), so it changes as text does; indexes have other operators. */
static struct type_change
plain_change(const struct catalog *c, struct type from, struct type to, enum tri utc)
{
	struct type text = type_make(STR_NONE, STR("text"), NULL, 0, 0);
	struct type_change change;

	if (is_citext(c, from) == is_citext(c, to))
		return type_change(from, to, utc);
	change = type_change(is_citext(c, from) ? text : from, is_citext(c, to) ? text : to, utc);
	change.keeps_index = NO;
	return change;
}

/* ATColumnChangeRequiresRewrite(): only relabelling, unconstrained domains and free conversions avoid it. */
static struct type_change
change_of(const struct op *op, const struct facts *f, struct relation *r)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct column *column = catalog_find_column(r, op->column_name);
	const struct setting *tz = &f->session->settings[SETTING_TIMEZONE];
	bool from_constrained = false, to_constrained = false;
	enum tri utc = tz->known != YES ? UNKNOWN : tri_of(str_is_nocase(tz->text, "utc") || str_is_nocase(tz->text, "etc/utc") ||
	    str_is_nocase(tz->text, "gmt"));
	struct type from = column == NULL ? (struct type){ .name = STR_NONE } : column->type, to = p->type;
	struct type_change change;

	/* To serial it never gets: refused(); ATPrepAlterColumnType() looks for a cast where there are rows */
	if (to.serial || r->kind == RELATION_COMPOSITE || r->kind == RELATION_FOREIGN || (type_known(from) && type_eq(from, to)))
		return (struct type_change){ .rewrites = NO, .scans = NO, .narrows = NO, .keeps_index = YES, .castable = YES };
	if (enum_change(f->catalog, from, to, &change))
		return change;
	change = plain_change(f->catalog, resolve(f->catalog, from, &from_constrained), resolve(f->catalog, to, &to_constrained), utc);
	if (to_constrained)
		change.rewrites = YES;
	return change;
}

/* USING col, or USING col::type with a free cast, is the plain conversion. */
static bool
using_is_plain(const struct payload *p, struct str column)
{
	const struct expr *e = p->using_expr;

	while (e != NULL && e->kind == EXPR_CAST && e->nargs == 1 && type_eq(e->type, p->type))
		e = e->args[0];
	return e == NULL || (e->kind == EXPR_COLUMN && str_eq(e->name, column));
}

bool
retype_converts(const struct op *op)
{
	const struct payload *p = OP_DATA(op, struct payload);

	return !using_is_plain(p, op->column_name) || !p->was.builtin || !p->type.builtin || type_change(p->was, p->type, UNKNOWN).rewrites != NO;
}

static enum tri
rewrites(const struct op *op, const struct facts *f, struct relation *r)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct type_change change = change_of(op, f, r);
	const struct column *column = catalog_find_column(r, op->column_name);

	/* ATPrepAlterColumnType(): a virtual column has no storage (18) */
	if (r->kind == RELATION_FOREIGN || r->kind == RELATION_COMPOSITE || (column != NULL && column->generated == 'v'))
		return NO;
	if (!using_is_plain(p, op->column_name))
		return YES;
	return change.rewrites;
}

static bool
index_key_holds(const struct index *index, struct str column)
{
	return index_has_key(index, column) || str_in(column, index->include.items, index->include.n);
}

static bool
index_expression_holds(const struct index *index, struct str column)
{
	for (size_t i = 0; i < index->columns.n; i++)
		if (expr_mentions_column(index->columns.items[i].expr, column))
			return true;
	return expr_mentions_column(index->predicate, column);
}

static enum tri
collation_changes(const struct op *op, const struct relation *r)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct column *column = catalog_find_column(r, op->column_name);

	if (column == NULL || column->assumed)
		return p->collation.s == NULL ? NO : UNKNOWN;
	return tri_of(!str_eq(p->collation, column->collation));
}

/* As an index says it. */
static struct str
collation_words(struct arena *arena, struct str collation, struct str schema)
{
	if (collation.n == 0)
		return STR("\"default\"");
	return schema.n == 0 ? sql_ident(arena, collation) : str_printf(arena, "%.*s.%.*s", STR_ARG(sql_ident(arena, schema)), STR_ARG(sql_ident(arena, collation)));
}

static bool
is_collation(struct str words, struct str other)
{
	const size_t n = strlen("pg_catalog.");

	words = str_starts(words, "pg_catalog.") ? str_slice(words, n, words.n) : words;
	return str_eq(words, str_starts(other, "pg_catalog.") ? str_slice(other, n, other.n) : other);
}

/* Another one than the column's. */
static bool
has_own_collation(struct arena *arena, const struct index_column *key, const struct column *column)
{
	return key->name.s != NULL && str_eq(key->name, column->name) && key->collation.n > 0 &&
	    !is_collation(key->collation, collation_words(arena, column->collation, STR_NONE));
}

/* A column that is only included, or has a collation of its own in the index, keeps what it has. */
static bool
follows_collation(const struct facts *f, const struct relation *r, const struct index *index, struct str name)
{
	const struct column *column = catalog_find_column(r, name);

	for (size_t i = 0; i < index->columns.n; i++)
		if (column == NULL || (str_eq(index->columns.items[i].name, name) && !has_own_collation(f->arena, &index->columns.items[i], column)))
			return true;
	return false;
}

/*
 * CheckIndexCompatible(): the storage of an index on plain columns survives; expressions and predicates never do. TryReuseIndex()
 * passes a partitioned index over, so those of the partitions are built anew.
 */
static enum tri
index_rebuilds(const struct op *op, const struct facts *f, struct relation *r, const struct index *index)
{
	if (index_expression_holds(index, op->column_name) || (index->parent != NULL && r != op->table))
		return YES;
	return tri_or(follows_collation(f, r, index, op->column_name) ? collation_changes(op, r) : NO, tri_not(change_of(op, f, r).keeps_index));
}

struct str
retype_collation_for(const struct facts *f, const struct index *index)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	bool plain = index->predicate == NULL && change_of(f->op, f, f->op->table).keeps_index == YES && collation_changes(f->op, f->op->table) == YES;

	for (size_t i = 0; i < index->columns.n; i++)
		plain = plain && index->columns.items[i].name.s != NULL;
	if (!plain || (p->collation.s == NULL && (!p->type.builtin || str_is(p->type.name, "name"))))
		return STR_NONE;
	return collation_words(f->arena, p->collation, p->collation_schema);
}

static void
index_effects(const struct op *op, const struct facts *f, struct effects *e, struct relation *r, enum tri rewritten)
{
	for (size_t i = 0; i < r->indexes.n; i++) {
		struct relation *index = r->indexes.items[i];
		enum tri rebuilds;
		if (!index_key_holds(index->index, op->column_name) && !index_expression_holds(index->index, op->column_name))
			continue;
		rebuilds = index->kind == RELATION_PARTITIONED_INDEX ? NO : tri_or(rewritten, index_rebuilds(op, f, r, index->index));
		struct relation_effect *own = effects_lock(e, index, ACCESS_EXCLUSIVE);
		own->rewrite = tri_or(own->rewrite, rebuilds);
		own->rebuild = tri_or(own->rebuild, rebuilds);
		struct relation_effect *table = effects_lock(e, r, ACCESS_EXCLUSIVE);
		table->scan = tri_or(table->scan, rebuilds);
		table->rebuild = tri_or(table->rebuild, rebuilds);
		if (index->kind == RELATION_PARTITIONED_INDEX)
			partition_lock_missing_indexes(e, (struct catalog *)(uintptr_t)f->catalog, r, index);
	}
}

static void
recheck_foreign_key(const struct facts *f, struct effects *e, struct constraint *k, struct relation *other, enum tri rechecked)
{
	struct relation_effect *entry = effects_lock(e, k->table, ACCESS_EXCLUSIVE);

	entry->scan = tri_or(entry->scan, rechecked);
	entry = effects_lock(e, k->references, ACCESS_EXCLUSIVE);
	entry->scan = tri_or(entry->scan, rechecked);
	partition_lock_key_index(e, f, k->references, k->reference_columns.items, k->reference_columns.n);
	/* the query of the check opens them */
	for (size_t i = 0; rechecked != NO && i < other->indexes.n; i++)
		effects_lock(e, other->indexes.items[i], ACCESS_SHARE);
}

/*
 * ATPostAlterTypeCleanup() makes CHECKs and foreign keys on the column anew. A CHECK is verified in any case; a foreign key is
 * not when TryReuseForeignKey() finds that its comparison operators stay: then the storage of an index would, too.
 */
static void
constraint_effects(const struct op *op, const struct facts *f, struct effects *e, struct relation *r, enum tri new_operators)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		struct constraint *k = r->constraints.items[i];
		if (!str_in(op->column_name, k->columns.items, k->columns.n))
			continue;
		if (k->kind == CONSTRAINT_CHECK && k->valid != NO)
			effects_lock(e, r, ACCESS_EXCLUSIVE)->scan = YES;
		if (k->kind == CONSTRAINT_FOREIGN_KEY)
			recheck_foreign_key(f, e, k, k->references, k->valid == NO ? NO : new_operators);
	}
	for (size_t i = 0; i < r->referenced_by.n; i++) {
		struct constraint *k = r->referenced_by.items[i];
		if (str_in(op->column_name, k->reference_columns.items, k->reference_columns.n))
			recheck_foreign_key(f, e, k, k->table, k->valid == NO ? NO : new_operators);
	}
}

static enum tri
operators_change(const struct op *op, const struct facts *f, struct relation *r, enum tri rewritten)
{
	return tri_or(rewritten, tri_not(change_of(op, f, r).keeps_index));
}

static bool
type_is_unchanged(const struct op *op, const struct relation *r)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct column *column = catalog_find_column(r, op->column_name);

	return column != NULL && type_known(column->type) && type_eq(column->type, p->type) && p->using_expr == NULL &&
	    collation_changes(op, r) == NO;
}

/* An identity column's sequence gets the type, too (transformAlterTableStmt); a serial's default is made anew. */
static void
sequence_effects(const struct op *op, const struct facts *f, struct effects *e, struct relation *r)
{
	const struct column *column = catalog_find_column(r, op->column_name);

	if (column == NULL || column->sequence == NULL || column->sequence->dropped)
		return;
	if (column->identity != 0)
		effects_lock(e, column->sequence, SHARE_ROW_EXCLUSIVE)->rewrite = tri_of(!type_is_unchanged(op, r));
	else
		effects_depend(e, f, column->sequence);
}

static void
effects_on(const struct op *op, const struct facts *f, struct effects *e, struct relation *r)
{
	enum tri rewritten = rewrites(op, f, r);

	effects_lock(e, r, ACCESS_EXCLUSIVE);
	effects_rewrite_table(e, r, rewritten);
	index_effects(op, f, e, r, rewritten);
	sequence_effects(op, f, e, r);
	constraint_effects(op, f, e, r, operators_change(op, f, r, rewritten));
	for (size_t i = 0; i < r->partitions.n; i++)
		effects_on(op, f, e, r->partitions.items[i]);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	effects_on(op, f, e, op->table);
	for (size_t i = 0; typed_table(op, i) != NULL; i++)
		effects_on(op, f, e, typed_table(op, i));
}

/* ---- catalog ---- */

/* ATExecAlterColumnType(): the default keeps the type it had, and is cast to the new one. */
static void
keep_default(struct catalog *c, struct column *column)
{
	const struct expr *old = column->default_expr;
	struct type plain = column->type;
	struct expr *cast;

	if (old == NULL || (old->kind != EXPR_CONST && old->kind != EXPR_NULL) || type_known(old->type) || !type_known(column->type))
		return;
	if (old->kind == EXPR_NULL)
		plain = type_below_domains(c, plain);
	plain.nmods = 0;
	cast = NEW(c->arena, struct expr);
	*cast = (struct expr){ .kind = EXPR_CAST, .type = plain, .nargs = 1, .span = old->span };
	cast->args = NEW_ARRAY(c->arena, struct expr *, 1);
	cast->args[0] = (struct expr *)(uintptr_t)old;
	cast->text = str_printf(c->arena, "%.*s::%.*s", STR_ARG(old->text), STR_ARG(type_format(c->arena, plain)));
	catalog_set(c, &column->default_expr, cast);
}

/* A name that would be chosen again if it were free; the number behind one of 63 bytes takes the place of bytes in its middle. */
static bool
is_numbered(struct str chosen, struct str own)
{
	size_t n = chosen.n, before = 0, behind = 0;

	while (n > 0 && chosen.s[n - 1] >= '0' && chosen.s[n - 1] <= '9')
		n--;
	if (n == chosen.n || n > own.n || (n < own.n && own.n < 63))
		return false;
	while (before < n && chosen.s[before] == own.s[before])
		before++;
	while (behind < n && chosen.s[n - 1 - behind] == own.s[own.n - 1 - behind])
		behind++;
	return before + behind >= n;
}

/* The index of a partition is made anew by that of its parent, with the parameters of that one and a name that is chosen anew. */
static void
copy_anew(struct catalog *c, struct relation *r)
{
	struct index *index = r->index;
	struct str name = index->parent == NULL ? r->name : copied_index_name(c, index->table, index->parent);

	if (index->parent != NULL)
		copy_index_options(c, r, index->parent);
	if (str_eq(name, r->name) || is_numbered(name, r->name))
		return;
	if (index->constraint != NULL)
		catalog_rename_constraint(c, index->constraint, name);
	catalog_rename_relation(c, r, r->schema, name);
}

/* An index that is made anew names its columns anew, and one on a partitioned table alone is made on the partitions, too. */
static void
name_anew(struct catalog *c, struct relation *r, struct str column)
{
	struct index *index = r->index;
	bool mentions = expr_mentions_column(index->predicate, column) || str_in(column, index->include.items, index->include.n);

	for (size_t k = 0; k < index->columns.n; k++)
		mentions = mentions || (index->columns.items[k].name.s != NULL && str_eq(index->columns.items[k].name, column)) ||
		    expr_mentions_column(index->columns.items[k].expr, column);
	if (!mentions)
		return;
	for (size_t k = 0; k < index->columns.n; k++)
		if (index->columns.items[k].name.s != NULL)
			catalog_set(c, &index->columns.items[k].label, STR_NONE);
	catalog_save(c, &index->include_labels, sizeof index->include_labels);
	catalog_label_index(c, index);
	copy_anew(c, r);
	if (r->kind == RELATION_PARTITIONED_INDEX)
		partition_fill_index(c, r);
}

/* date(at) of a column that becomes a date is the column itself: the index is made anew from its text. */
static void
simplify_indexes(struct catalog *c, struct relation *r, struct str name, struct type type)
{
	for (size_t i = 0; i < r->indexes.n; i++) {
		struct index *index = r->indexes.items[i]->index;
		for (size_t k = 0; k < index->columns.n; k++) {
			struct index_column *key = &index->columns.items[k];
			const struct expr *e = key->expr;
			if (e == NULL || e->kind != EXPR_FUNCTION || e->nargs != 1 || e->args[0]->kind != EXPR_COLUMN ||
			    !type.builtin || !str_eq(e->name, type.name) || !str_eq(e->args[0]->name, name))
				continue;
			catalog_set(c, &key->expr, NULL);
			catalog_set(c, &key->name, name);
		}
		name_anew(c, r->indexes.items[i], name);
	}
}

/* pg_get_indexdef() leaves out what is the column's own, so that the index made anew has that of the new type. */
static void
forget_collation(struct catalog *c, struct relation *r, const struct column *column, const struct payload *p)
{
	struct str now = collation_words(c->arena, p->collation, p->collation_schema);

	for (size_t i = 0; i < r->indexes.n; i++) {
		struct index *index = r->indexes.items[i]->index;
		for (size_t k = 0; k < index->columns.n; k++) {
			struct index_column *key = &index->columns.items[k];
			if (key->name.s != NULL && str_eq(key->name, column->name) && (!has_own_collation(c->arena, key, column) || is_collation(key->collation, now)))
				catalog_set(c, &key->collation, STR_NONE);
		}
	}
}

/* transformAlterTableStmt(): the sequence of an identity column gets the type, too. */
static void
change_sequence(struct catalog *c, struct relation *sequence, struct type type)
{
	struct setting_text as = { STR("as"), type_format(c->arena, type) };
	const struct setting_list settings = { .items = &as, .n = 1, .cap = 1 };

	sequence_alter(c, sequence, &settings);
}

static void
change_in_tree(struct catalog *c, struct relation *r, struct str name, const struct payload *p, struct place place)
{
	struct column *column = catalog_column(c, r, name);

	if (column != NULL) {
		keep_default(c, column);
		respell_column(c, r, name, column->type, p->type);
		catalog_set(c, &column->type, p->type);
		catalog_set(c, &column->retyped, c->now);
		column->retyped.place = place;
		catalog_set(c, &column->type.serial, false);
		forget_collation(c, r, column, p);
		catalog_set(c, &column->collation, p->collation);
		if (column->identity != 0 && column->sequence != NULL)
			change_sequence(c, column->sequence, p->type);
		type_note_user(c, p->type, r);
		simplify_indexes(c, r, name, p->type);
		if (!using_is_plain(p, name))
			catalog_write_columns(c, r, &name, 1);
		relation_settle_again(c, r);
	}
	for (size_t i = 0; i < r->partitions.n; i++)
		change_in_tree(c, r->partitions.items[i], name, p, place);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct column *column = catalog_find_column(op->table, op->column_name);

	(void)session;
	if (column != NULL)
		OP_DATA(op, struct payload)->was = column->type;
	change_in_tree(c, op->table, op->column_name, OP_DATA(op, struct payload),
	    (struct place){ op->script->source, op->spans[SPAN_COLUMN] });
	for (size_t i = 0; typed_table(op, i) != NULL; i++)
		change_in_tree(c, typed_table(op, i), op->column_name, OP_DATA(op, struct payload),
		    (struct place){ op->script->source, op->spans[SPAN_COLUMN] });
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_new_type(const struct facts *f)
{
	return value_text(type_format(f->arena, payload(f)->type));
}

static struct value
get_declaration(const struct facts *f)
{
	const struct payload *p = payload(f);

	if (p->collation_schema.n == 0)
		return value_text(column_declaration(f->arena, p->type, p->collation));
	return value_text(str_printf(f->arena, "%.*s COLLATE %.*s", STR_ARG(type_format(f->arena, p->type)),
	    STR_ARG(collation_words(f->arena, p->collation, p->collation_schema))));
}

static struct value
get_old_type(const struct facts *f)
{
	const struct column *column = f->op->column;

	if (column == NULL || !type_known(column->type))
		return value_unknown();
	return value_text(type_format(f->arena, column->type));
}

static struct value
get_using(const struct facts *f)
{
	return payload(f)->using_expr == NULL ? value_absent() : value_text(payload(f)->using_expr->text);
}

/* What a copy of the column is filled with. */
static struct value
get_conversion(const struct facts *f)
{
	return value_text(payload(f)->using_expr != NULL ? payload(f)->using_expr->text : sql_ident(f->arena, f->op->column_name));
}

/* NULL in every row, whatever it held. */
static bool
loses_all(const struct facts *f)
{
	return payload(f)->using_expr != NULL && expr_is_null(payload(f)->using_expr);
}

static struct value
get_loses_all(const struct facts *f)
{
	return value_bool(loses_all(f));
}

/* ATRewriteTable() checks NOT NULL on what it has computed. */
static struct value
get_empties(const struct facts *f)
{
	if (!loses_all(f))
		return value_absent();
	if (f->op->column != NULL && f->op->column->not_null == YES)
		return value_text(STR("fails as soon as the table holds a row, as the column is NOT NULL"));
	return value_text(STR("deletes all its values and rewrites the table while no one can read or write it"));
}

/* A cast keeps what is NULL and what is not; of other expressions nobody knows. */
static bool
using_only_casts(const struct facts *f)
{
	const struct expr *e = payload(f)->using_expr;

	while (e != NULL && e->kind == EXPR_CAST && e->nargs == 1)
		e = e->args[0];
	return e == NULL || (e->kind == EXPR_COLUMN && str_eq(e->name, f->op->column_name));
}

/* NULL in every row before and after. */
static bool
stays_null(const struct facts *f)
{
	return (using_only_casts(f) || loses_all(f)) && column_is_unfilled(f->catalog, f->op->table, f->op->column_name) == YES;
}

static struct value
get_stays_null(const struct facts *f)
{
	return value_bool(stays_null(f));
}

static struct value
get_unfilled(const struct facts *f)
{
	struct str column = f->op->column_name, copy = sql_ident(f->arena, str_printf(f->arena, "%.*s_new", STR_ARG(column)));

	if (using_only_casts(f))
		return value_text(str_printf(f->arena, "%.*s IS NULL AND %.*s IS NOT NULL", STR_ARG(copy), STR_ARG(sql_ident(f->arena, column))));
	if (expr_is_constant(payload(f)->using_expr))
		return value_text(str_printf(f->arena, "%.*s IS NULL", STR_ARG(copy)));
	return value_text(str_printf(f->arena, "%.*s IS NULL AND (%.*s) IS NOT NULL", STR_ARG(copy), STR_ARG(get_conversion(f).text)));
}

static struct value
get_new_conversion(const struct facts *f)
{
	struct str text;

	if (payload(f)->using_expr == NULL)
		return value_text(str_printf(f->arena, "NEW.%.*s", STR_ARG(sql_ident(f->arena, f->op->column_name))));
	text = new_row_text(f->arena, f->op->table, payload(f)->using_expr);
	return value_text(text.s != NULL ? text : STR("... /* the expression behind USING, with NEW before each column */"));
}

/* The type that its kind of values is widened to: whatever the column is, nobody goes there from a wider one. */
static bool
is_widest(struct type t)
{
	static const char *const widest[] = { "text", "varchar", "int8", "numeric", "float8", "jsonb" };

	for (size_t i = 0; t.builtin && t.dims == 0 && t.nmods == 0 && i < sizeof(widest) / sizeof(widest[0]); i++)
		if (str_is(t.name, widest[i]))
			return true;
	return false;
}

static enum tri
type_narrows(const struct facts *f, struct type from, struct type to)
{
	bool constrained = false;
	struct type_change change;

	if (type_eq(from, to))
		return NO;
	if (!enum_change(f->catalog, from, to, &change))
		change = plain_change(f->catalog, resolve(f->catalog, from, &constrained), resolve(f->catalog, to, &constrained), UNKNOWN);
	return change.narrows;
}

/* AT TIME ZONE makes either kind of timestamp of the other one. */
static bool
is_moment(struct type t)
{
	return t.builtin && t.dims == 0 && t.nmods == 0 && (str_is(t.name, "timestamp") || str_is(t.name, "timestamptz"));
}

static enum tri
column_narrows(const struct facts *f, struct type to)
{
	const struct column *column = f->op->column;

	if (to.dims == payload(f)->type.dims)
		return change_of(f->op, f, f->op->table).narrows;
	return column != NULL && type_known(column->type) ? type_narrows(f, column->type, to) : UNKNOWN;
}

static bool
makes_array(const struct expr *e, struct type to)
{
	return e->kind == EXPR_OTHER && to.dims > 0 && str_is(e->name, "array");
}

static const struct expr *
without_casts(const struct expr *e, struct type to)
{
	while (e->kind == EXPR_CAST && e->nargs == 1 && type_eq(e->type, to))
		e = e->args[0];
	return e;
}

/* What json keeps of it, jsonb may not: of a key that is there twice. */
static bool
keeps_all(const struct facts *f, const struct expr *e, struct type to)
{
	static const char *const functions[] = { "to_json", "to_jsonb", "array_to_json", "row_to_json", "json_build_array", "jsonb_build_array", "json_build_object",
		"jsonb_build_object", "hstore_to_json", "hstore_to_jsonb", "string_to_array", NULL };
	const struct column *column = f->op->column;

	if (e->kind == EXPR_COLUMN)
		return str_eq(e->name, f->op->column_name) && (str_is(to.name, "json") || (column != NULL && type_known(column->type) && !str_is(column->type.name, "json")));
	if (e->kind != EXPR_FUNCTION || !str_among(e->name, functions))
		return makes_array(e, (struct type){ .dims = 1 }) && e->nargs == 1 && keeps_all(f, e->args[0], to);
	for (size_t i = 0; i < e->nargs; i++)
		if (keeps_all(f, e->args[i], to))
			return true;
	return false;
}

static bool
is_made_json(const struct facts *f, const struct expr *e, struct type to)
{
	return e->kind == EXPR_FUNCTION && to.builtin && to.dims == 0 && (str_is(to.name, "json") || str_is(to.name, "jsonb")) && keeps_all(f, e, to);
}

/* Whoever maps values one by one has looked at them: a cast to the new type is as good as a value of it. */
static enum tri
value_narrows(const struct facts *f, const struct expr *e, struct type to)
{
	bool maps = e->kind == EXPR_CHOICE && str_is(e->name, "case");
	enum tri any = NO;

	if (e->kind == EXPR_CHOICE || makes_array(e, to)) {
		to.dims -= makes_array(e, to);
		for (size_t i = maps; i < e->nargs; i++)
			any = tri_or(any, value_narrows(f, maps ? e->args[i] : without_casts(e->args[i], to), to));
		return any;
	}
	if (e->kind == EXPR_NULL || (e->kind == EXPR_CONST && !type_known(e->type)))
		return NO;
	if (e->kind == EXPR_COLUMN && str_eq(e->name, f->op->column_name))
		return column_narrows(f, to);
	if (is_made_json(f, e, to))
		return NO;
	if (e->kind == EXPR_FUNCTION && str_is(e->name, "timezone") && is_moment(to))
		return NO;
	return type_known(expr_plain_type(f->catalog, NULL, e)) ? type_narrows(f, expr_plain_type(f->catalog, NULL, e), to) : UNKNOWN;
}

static enum tri
using_narrows(const struct facts *f)
{
	return value_narrows(f, without_casts(payload(f)->using_expr, payload(f)->type), payload(f)->type);
}

/* current_date + opens_at: what comes of it has a type of its own. */
static bool
using_computes(const struct facts *f)
{
	const struct expr *e = without_casts(payload(f)->using_expr, payload(f)->type);

	return e->kind == EXPR_OPERATOR;
}

static bool
is_limited_string(struct type to)
{
	return to.builtin && to.dims == 0 && to.nmods == 1 && (str_is(to.name, "varchar") || str_is(to.name, "bpchar"));
}

static bool
fits(const struct facts *f)
{
	struct type to = payload(f)->type;

	return is_limited_string(to) && column_is_shortened(f, f->op->column_name, to.mods[0]);
}

static struct value
may_narrow(const struct facts *f)
{
	struct enum_swap swap;
	bool known = f->op->column != NULL && type_known(f->op->column->type), plain = using_is_plain(payload(f), f->op->column_name);
	enum tri narrows = change_of(f->op, f, f->op->table).narrows;

	if (type_is_unchanged(f->op, f->op->table) || (narrows == UNKNOWN && !known && is_widest(payload(f)->type)))
		return value_bool(false);
	if (stays_null(f) || (using_only_casts(f) && column_is_emptied(f, f->op->column_name)) || (plain && fits(f)))
		return value_bool(false);
	if (enum_swap_of(f, payload(f)->type, payload(f)->using_expr, &swap))
		return value_bool(enum_swap_loses(f, &swap));
	if (!plain && using_narrows(f) != UNKNOWN)
		return value_tri(using_narrows(f));
	/* Between timestamps it is only the plain conversion that depends on the session; of what is not known USING tells. */
	if (narrows == UNKNOWN && (known ? !plain : payload(f)->using_expr != NULL && payload(f)->using_expr->kind != EXPR_COLUMN))
		return value_bool(false);
	if (narrows == YES && !plain && using_computes(f))
		return value_unknown_because(STR("USING computes another value than the column holds"));
	return value_tri(narrows);
}

static struct value
get_narrows(const struct facts *f)
{
	struct value narrows = may_narrow(f);
	const struct op *update = narrows.state == VALUE_KNOWN && narrows.yes ? column_updated_before(f, f->op->column_name) : NULL;

	return update == NULL ? narrows : value_unknown_because(str_printf(f->arena, "which values line %u leaves", order_line(update)));
}

static struct str
drops(const struct facts *f)
{
	const struct column *column = f->op->column;
	struct value narrows = may_narrow(f);

	return column != NULL && using_only_casts(f) && narrows.state == VALUE_KNOWN && narrows.yes
	    ? type_change_drops(f->arena, column->type, payload(f)->type) : STR_NONE;
}

static struct value
get_drops(const struct facts *f)
{
	struct str what = drops(f);

	return what.s == NULL ? value_absent() : value_text(what);
}

static struct value
get_only_drops(const struct facts *f)
{
	return value_bool(drops(f).s != NULL);
}

/* Of numbers that keep their digits behind the point. */
static struct str
fewer_digits(const struct facts *f)
{
	const struct column *column = f->op->column;
	struct type to = payload(f)->type;

	if (column == NULL || !column->type.builtin || !to.builtin || !str_is(column->type.name, "numeric") || !str_is(to.name, "numeric") ||
	    column->type.dims > 0 || to.dims > 0 || column->type.nmods != 2 || to.nmods != 2 || column->type.mods[1] != to.mods[1])
		return STR_NONE;
	return str_printf(f->arena, "abs(%.*s) < 1e%d", STR_ARG(sql_ident(f->arena, column->name)), (int)(to.mods[0] - to.mods[1]));
}

/* length() takes strings; of bytea it counts bytes, not what they are written with. */
static bool
is_any_string(struct type t)
{
	return t.builtin && t.dims == 0 && (str_is(t.name, "varchar") || str_is(t.name, "text") || str_is(t.name, "bpchar"));
}

/* What has to fit: what USING makes, before its last cast to the new type; ready for a cast. STR_NONE: it is not kept as it was written. */
static struct str
fitted(const struct facts *f)
{
	const struct expr *e = payload(f)->using_expr;

	if (using_only_casts(f))
		return sql_ident(f->arena, f->op->column_name);
	while (e->kind == EXPR_CAST && e->nargs == 1 && type_eq(e->type, payload(f)->type))
		e = e->args[0];
	if (e->text.n == 0)
		return STR_NONE;
	return e->kind == EXPR_FUNCTION && !e->infix ? e->text : str_printf(f->arena, "(%.*s)", STR_ARG(e->text));
}

/* For strings, enums and such numbers; of other types it has to be written. */
static struct value
get_fitting(const struct facts *f)
{
	struct type to = payload(f)->type;
	struct str value = fitted(f);
	bool is_text = using_only_casts(f) && f->op->column != NULL && is_any_string(f->op->column->type);

	if (value.s != NULL && type_is_enum(f->catalog, to) && !catalog_find_type(f->catalog, to.schema, to.name)->assumed)
		return value_text(enum_condition(f, value, catalog_find_type(f->catalog, to.schema, to.name)));
	if (value.s != NULL && is_limited_string(to))
		return value_text(str_printf(f->arena, "length(%.*s%s) <= %d", STR_ARG(value), is_text ? "" : "::text", (int)to.mods[0]));
	if (using_only_casts(f) && fewer_digits(f).s != NULL)
		return value_text(fewer_digits(f));
	return value_text(STR("..."));
}

static struct value
get_labels_first(const struct facts *f)
{
	return value_text(enum_labels_first(f, payload(f)->type));
}

static bool
refuses(const struct facts *f)
{
	const struct column *column = f->op->column;

	return column != NULL && payload(f)->using_expr == NULL && type_change_refuses(column->type, payload(f)->type);
}

static struct value
get_or_loses(const struct facts *f)
{
	return value_text(type_is_enum(f->catalog, payload(f)->type) || refuses(f) ? STR("") : STR(", or loses part of it"));
}

static struct value
get_refuses(const struct facts *f)
{
	return value_bool(refuses(f));
}

static bool
is_string(struct type t)
{
	return t.builtin && t.dims == 0 && (str_is(t.name, "varchar") || str_is(t.name, "text"));
}

/* The condition that says as much as the new type where that is the old one with a lower limit. */
static struct str
limit_of(const struct facts *f)
{
	const struct column *column = f->op->column;
	bool narrows = may_narrow(f).state == VALUE_KNOWN && may_narrow(f).yes;

	if (column == NULL || !narrows || !using_is_plain(payload(f), f->op->column_name))
		return STR_NONE;
	return is_string(column->type) && is_string(payload(f)->type) ? get_fitting(f).text : fewer_digits(f);
}

static struct value
get_limit_instead(const struct facts *f)
{
	struct str limit = limit_of(f), table = words(f, f->op->table);
	struct str name = sql_ident(f->arena, catalog_object_name(f->arena, f->op->table->name, f->op->column_name, STR("fits")));

	if (limit.s == NULL)
		return value_text(STR(""));
	return value_text(str_printf(f->arena, "-- the type stays, and a CHECK keeps the limit:\nALTER TABLE %.*s ADD CONSTRAINT %.*s CHECK (%.*s) NOT VALID;"
	    "\n-- next migration: mend the rows that do not fit, then\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;\n-- or, if it has to be the type:",
	    STR_ARG(table), STR_ARG(name), STR_ARG(limit), STR_ARG(table), STR_ARG(name)));
}

static struct value
get_swaps_enum(const struct facts *f)
{
	struct enum_swap swap;

	return value_bool(enum_swap_of(f, payload(f)->type, payload(f)->using_expr, &swap) && enum_swap_instead(f, &swap).s != NULL);
}

static struct value
get_enum_instead(const struct facts *f)
{
	struct enum_swap swap;

	if (!enum_swap_of(f, payload(f)->type, payload(f)->using_expr, &swap))
		return value_absent();
	return value_text(enum_swap_instead(f, &swap));
}

static struct value
get_castable(const struct facts *f)
{
	if (payload(f)->using_expr != NULL)
		return value_bool(true);
	return value_tri(change_of(f->op, f, f->op->table).castable);
}

static struct value
get_unchanged(const struct facts *f)
{
	const struct column *column = f->op->column;

	if (column == NULL || !type_known(column->type))
		return value_unknown();
	return value_bool(type_is_unchanged(f->op, f->op->table));
}

static struct value
get_rebuilt_indexes(const struct facts *f)
{
	struct buf b = BUF(f->arena);
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct relation_effect *e = effects_find(f->effects, r->indexes.items[i]);
		if (e != NULL && e->rebuild == YES)
			buf_printf(&b, "%s%.*s", b.n > 0 ? ", " : "", 
			    STR_ARG(relation_words(f->arena, f->catalog, r->indexes.items[i])));
	}
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static void
put_name(struct buf *b, struct str name)
{
	buf_item(b, ", ", name);
}

static struct value
list_value(const struct buf *b)
{
	return b->n > 0 ? value_text(buf_text(b)) : value_absent();
}

static struct value
get_foreign_keys(const struct facts *f)
{
	struct buf b = BUF(f->arena);
	struct relation *r = f->op->table;

	if (operators_change(f->op, f, r, rewrites(f->op, f, r)) == NO)
		return value_absent();
	for (size_t i = 0; i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		if (k->valid != NO && str_in(f->op->column_name, k->reference_columns.items, k->reference_columns.n))
			put_name(&b, str_printf(f->arena, "%.*s of %.*s", STR_ARG(k->name),
			    STR_ARG(relation_words(f->arena, f->catalog, k->table))));
	}
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && k->valid != NO && str_in(f->op->column_name, k->columns.items, k->columns.n))
			put_name(&b, k->name);
	}
	return list_value(&b);
}

static struct value
get_checks(const struct facts *f)
{
	struct buf b = BUF(f->arena);
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_CHECK && k->valid != NO && str_in(f->op->column_name, k->columns.items, k->columns.n))
			put_name(&b, k->name);
	}
	return list_value(&b);
}

struct type
retype_of(const struct op *op)
{
	return is_kind(op, "alter_column_type") ? OP_DATA(op, struct payload)->type : (struct type){ .name = STR_NONE };
}

struct type
retype_was(const struct op *op)
{
	return is_kind(op, "alter_column_type") ? OP_DATA(op, struct payload)->was : (struct type){ .name = STR_NONE };
}

bool
retype_rechecks(const struct facts *f, const struct constraint *k)
{
	struct relation *r = f->op->table;
	bool own = k->table == r && str_in(f->op->column_name, k->columns.items, k->columns.n);
	bool referenced = k->references == r && str_in(f->op->column_name, k->reference_columns.items, k->reference_columns.n);

	if (k->valid == NO || !(own || referenced))
		return false;
	return k->kind == CONSTRAINT_CHECK || (k->kind == CONSTRAINT_FOREIGN_KEY && operators_change(f->op, f, r, rewrites(f->op, f, r)) != NO);
}

/* Foreign keys as well as CHECKs. */
static struct value
get_rechecked(const struct facts *f)
{
	struct value keys = get_foreign_keys(f), checks = get_checks(f);

	if (keys.state != VALUE_KNOWN)
		return checks;
	return checks.state != VALUE_KNOWN ? keys
	    : value_text(str_printf(f->arena, "%.*s, %.*s", STR_ARG(checks.text), STR_ARG(keys.text)));
}

static struct value
get_effect_known(const struct facts *f)
{
	return value_bool(rewrites(f->op, f, f->op->table) != UNKNOWN);
}

/* From what they come to these is most likely stored the same way: varchar(n), text. */
static struct value
get_likely_free(const struct facts *f)
{
	static const char *const usual[] = { "text", "varchar", "citext" };
	struct type to = payload(f)->type;
	bool known = f->op->column != NULL && type_known(f->op->column->type), found = false;

	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		found = found || str_is(to.name, usual[i]);
	return value_bool(!known && found && to.dims == 0 && using_is_plain(payload(f), f->op->column_name));
}

static struct value
get_change(const struct facts *f)
{
	struct str to = get_declaration(f).text;
	const struct column *c = f->op->column;

	if (c == NULL || !type_known(c->type))
		return value_text(str_printf(f->arena, "to %.*s", STR_ARG(to)));
	return value_text(str_printf(f->arena, "from %.*s to %.*s", STR_ARG(column_declaration(f->arena, c->type, c->collation)), STR_ARG(to)));
}

static struct value
get_lacks_cast(const struct facts *f)
{
	return value_bool(payload(f)->using_expr == NULL && change_of(f->op, f, f->op->table).castable == NO);
}

/* timestamp <-> timestamptz: free in UTC, and not in the session's TimeZone. */
static struct value
get_time_zone_matters(const struct facts *f)
{
	const struct column *c = f->op->column;

	if (c == NULL || !type_known(c->type) || !using_is_plain(payload(f), f->op->column_name))
		return value_bool(false);
	return value_bool(change_of(f->op, f, f->op->table).rewrites != NO &&
	    type_change(c->type, payload(f)->type, YES).rewrites == NO);
}

/* x AT TIME ZONE 'UTC', as a function of the zone and the value. */
static bool
is_in_utc(const struct expr *e, struct str column)
{
	return e != NULL && e->kind == EXPR_FUNCTION && str_is(e->name, "timezone") && e->nargs == 2 && e->args[0]->kind == EXPR_CONST &&
	    str_is_nocase(e->args[0]->name, "utc") && e->args[1]->kind == EXPR_COLUMN && str_eq(e->args[1]->name, column);
}

/* The session's TimeZone says the same as USING, and then the values are stored as they are (ATColumnChangeRequiresRewrite). */
static struct value
get_utc_suffices(const struct facts *f)
{
	const struct column *c = f->op->column;

	if (c == NULL || !type_known(c->type) || !is_in_utc(payload(f)->using_expr, f->op->column_name))
		return value_bool(false);
	return value_bool(!str_eq(c->type.name, payload(f)->type.name) && type_change(c->type, payload(f)->type, YES).rewrites == NO);
}

static const char *
serial_word(struct type t)
{
	return str_is(t.name, "int2") ? "smallserial" : str_is(t.name, "int8") ? "bigserial" : "serial";
}

/* A serial's default is nextval(); a literal has the column's type already. */
static struct type
default_type(const struct catalog *c, const struct column *column)
{
	const struct expr *e = column->default_expr;
	struct type type = e == NULL ? result_builtin(STR("nextval")) : expr_plain_type(c, NULL, e);

	return e != NULL && (e->kind == EXPR_NULL || (e->kind == EXPR_CONST && !type_known(type))) ? column->type : type;
}

/* ATPostAlterTypeParse() */
static struct str
condition_refuses(const struct facts *f, struct type to)
{
	struct str reason = enum_condition_refuses(f, to);

	return reason.s != NULL ? reason : retyped_misfit(f, to);
}

/* What it says of collations, and what the keys do, with which their indexes are made anew. */
static struct str
collations_refused(const struct facts *f, const struct column *column)
{
	const struct relation *r = f->op->table;
	struct str reason = collation_missing(f, payload(f)->collation_schema, payload(f)->collation);

	if (reason.s == NULL)
		reason = collation_misfit(f, payload(f)->type, payload(f)->collation);
	for (size_t i = 0; reason.s == NULL && i < r->indexes.n; i++) {
		const struct index *index = r->indexes.items[i]->index;
		for (size_t k = 0; reason.s == NULL && k < index->columns.n; k++)
			if (has_own_collation(f->arena, &index->columns.items[k], column))
				reason = collation_misfit(f, payload(f)->type, index->columns.items[k].collation);
	}
	return reason;
}

/* ATPrepAlterColumnType(), ATExecAlterColumnType(): the default is cast by itself, whatever USING says */
static struct str
refused(const struct facts *f)
{
	const struct column *column = f->op->column;
	struct str reason;
	struct type from;

	/* transformColumnDefinition() knows them, where a column is made */
	if (payload(f)->type.serial)
		return str_printf(f->arena, "type \"%s\" does not exist", serial_word(payload(f)->type));
	if (column == NULL || column->assumed || column->dropped)
		return STR_NONE;
	reason = collations_refused(f, column);
	if (reason.s == NULL)
		reason = misplaced(f, payload(f)->using_expr, "transform expressions");
	if (reason.s != NULL)
		return reason;
	if (column->generated != 0)
		return payload(f)->using_expr == NULL ? STR_NONE : STR("cannot specify USING when altering type of generated column");
	if ((column->default_expr == NULL && column->default_sequence == NULL) || column->identity != 0)
		return condition_refuses(f, payload(f)->type);
	from = default_type(f->catalog, column);
	return type_is_assignable(f->catalog, from, payload(f)->type) != NO ? condition_refuses(f, payload(f)->type)
	    : str_printf(f->arena, "default for column \"%.*s\" cannot be cast automatically to type %.*s", STR_ARG(column->name),
	    STR_ARG(type_format(f->arena, payload(f)->type)));
}

static struct value
get_collation_changes(const struct facts *f)
{
	return value_tri(collation_changes(f->op, f->op->table));
}

static const struct field fields[] = {
	{ "new_type", FIELD_TEXT, "the type it becomes, as format_type() spells it", get_new_type },
	{ "declaration", FIELD_TEXT, "new_type, with the COLLATE clause that is given", get_declaration },
	{ "old_type", FIELD_TEXT, "the type it has now", get_old_type },
	{ "using", FIELD_TEXT, "the USING expression; absent: none", get_using },
	{ "conversion", FIELD_TEXT, "for advice: the expression that gives a row's new value", get_conversion },
	{ "new_conversion", FIELD_TEXT, "the same in a trigger, of the columns of NEW", get_new_conversion },
	{ "unfilled", FIELD_TEXT, "for advice: the condition that the copy NAME_new of a row is still to be filled; it holds for none at the end", get_unfilled },
	{ "loses_all", FIELD_BOOL, "USING is NULL: no value is kept", get_loses_all },
	{ "empties", FIELD_TEXT, "what comes of that: deletes all its values ...; fails, as the column is NOT NULL; absent: USING is another", get_empties },
	{ "stays_null", FIELD_BOOL, "the transaction added it to a table that was there, and it has been NULL in every row since, and stays so", get_stays_null },
	SWAP_FIELDS,
	BACKFILL_FIELDS,
	RETYPE_FIELDS,
	{ "narrows", FIELD_BOOL, "the change may fail on existing values, or lose part of them", get_narrows },
	{ "only_drops", FIELD_BOOL, "values lose part of what they are, and none is refused for it: a time of day, digits; what is unique or checked over them may make the statement fail", get_only_drops },
	{ "drops", FIELD_TEXT, "that part in words; absent: it is another change", get_drops },
	{ "fitting", FIELD_TEXT, "for advice: the condition that a value fits the new type; ... when it has to be written", get_fitting },
	{ "labels_first", FIELD_TEXT, "for advice, in front of all else: that the old type gets the labels of the new one that it lacks; empty: it lacks none, or they are no enums", get_labels_first },
	{ "or_loses", FIELD_TEXT, "for messages: \", or loses part of it\"; empty: it takes a value or refuses it, as an enum does", get_or_loses },
	{ "refuses", FIELD_BOOL, "without USING, from one built-in type to another that takes a value as it is or refuses it: integers, a lower limit of characters", get_refuses },
	{ "limit_instead", FIELD_TEXT, "for advice: a CHECK in place of a type that is the old one with a lower limit, and the line behind it; empty: it is not, or nothing is over it",
	    get_limit_instead },
	{ "swaps_enum", FIELD_BOOL, "it goes from one enum to another with other values, each by its text, and the files tell both", get_swaps_enum },
	{ "enum_instead", FIELD_TEXT, "for advice: the statements that let the old type stay: ADD VALUE for what it lacks, a CHECK that keeps out what the new one lacks",
	    get_enum_instead },
	{ "castable", FIELD_BOOL, "there is an assignment cast, or USING is given; otherwise the statement fails", get_castable },
	{ "is_unchanged", FIELD_BOOL, "the column has that type and collation already", get_unchanged },
	{ "rebuilt_indexes", FIELD_TEXT, "indexes that are built anew; absent: none known", get_rebuilt_indexes },
	{ "rechecked_foreign_keys", FIELD_TEXT, "foreign keys that are checked again; absent: none known", get_foreign_keys },
	{ "rechecked_constraints", FIELD_TEXT, "CHECKs and foreign keys that are checked again; absent: none known", get_rechecked },
	{ "effect_known", FIELD_BOOL, "enough is known of the old type to say whether the table is rewritten", get_effect_known },
	{ "likely_free", FIELD_BOOL, "the old type is not known, and text, varchar or citext mostly follow a type that is stored the same way", get_likely_free },
	{ "change", FIELD_TEXT, "from old type to new type in words, or to new type when the old one is unknown", get_change },
	{ "lacks_cast", FIELD_BOOL, "there is no assignment cast and no USING, so the statement fails; false also when that is not known",
	    get_lacks_cast },
	{ "time_zone_matters", FIELD_BOOL, "it goes from timestamp to timestamptz or back, which is free when TimeZone is UTC, as it is not known to be",
	    get_time_zone_matters },
	{ "utc_suffices", FIELD_BOOL, "it goes from timestamp to timestamptz or back, and USING takes the column in UTC, as the server does for nothing when TimeZone is UTC",
	    get_utc_suffices },
	{ "collation_changes", FIELD_BOOL, "the column's collation becomes another", get_collation_changes },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_alter_column_type[] = {
	{ .name = "alter_column_type", .doc = "ALTER TABLE ... ALTER COLUMN ... TYPE", .node = T_AlterTableStmt,
	    .subtype = AT_AlterColumnType, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_ALTER_TYPE, .size = sizeof(struct payload),
	    .fields = fields, .lower = lower, .effects = effects, .refused = refused, .apply = apply },
	{ .name = NULL }
};
