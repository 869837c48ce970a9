#include "base/buf.h"
#include "op/lower.h"

struct payload {
	struct type type;
	struct str collation;
	struct expr *using_expr;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	const ColumnDef *def = (const ColumnDef *)cmd->def;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	struct str ignored;

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
	if (def->collClause != NULL)
		names_from_list(l->arena, def->collClause->collname, &ignored, &p->collation);
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

static bool
is_enum(const struct catalog *c, struct type t)
{
	const struct typedef_ *d = t.builtin || t.dims > 0 || !type_known(t) ? NULL : catalog_find_type(c, t.schema, t.name);

	return d != NULL && d->kind == TYPE_ENUM;
}

/* An enum converts through its text: to a string type by itself, from one only with USING. */
static bool
enum_change(const struct catalog *c, struct type from, struct type to, struct type_change *change)
{
	if (is_enum(c, from) == is_enum(c, to) || !type_known(from))
		return false;
	*change = (struct type_change){ .rewrites = YES, .scans = NO, .narrows = tri_of(is_enum(c, to)), .keeps_index = NO,
		.castable = is_enum(c, to) ? NO : str_is(to.name, "text") || str_is(to.name, "varchar") ? YES : UNKNOWN };
	return true;
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

	if (type_known(from) && type_eq(from, to))
		return (struct type_change){ .rewrites = NO, .scans = NO, .narrows = NO, .keeps_index = YES, .castable = YES };
	if (enum_change(f->catalog, from, to, &change))
		return change;
	change = type_change(resolve(f->catalog, from, &from_constrained), resolve(f->catalog, to, &to_constrained), utc);
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

static enum tri
rewrites(const struct op *op, const struct facts *f, struct relation *r)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct type_change change = change_of(op, f, r);

	if (r->kind == RELATION_FOREIGN || r->kind == RELATION_COMPOSITE)
		return NO;
	if (!using_is_plain(p, op->column_name))
		return YES;
	return change.rewrites;
}

static bool
holds(const struct str *names, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], name))
			return true;
	return false;
}

static bool
index_key_holds(const struct index *index, struct str column)
{
	for (size_t i = 0; i < index->columns.n; i++)
		if (index->columns.items[i].name.s != NULL && str_eq(index->columns.items[i].name, column))
			return true;
	return holds(index->include.items, index->include.n, column);
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

/* CheckIndexCompatible(): the storage of an index on plain columns survives; expressions and predicates never do. */
static enum tri
index_rebuilds(const struct op *op, const struct facts *f, struct relation *r, const struct index *index)
{
	if (index_expression_holds(index, op->column_name))
		return YES;
	return tri_or(collation_changes(op, r), tri_not(change_of(op, f, r).keeps_index));
}

static void
index_effects(const struct op *op, const struct facts *f, struct effects *e, struct relation *r, enum tri rewritten)
{
	for (size_t i = 0; i < r->indexes.n; i++) {
		struct relation *index = r->indexes.items[i];
		enum tri rebuilds;
		if (!index_key_holds(index->index, op->column_name) && !index_expression_holds(index->index, op->column_name))
			continue;
		rebuilds = tri_or(rewritten, index_rebuilds(op, f, r, index->index));
		struct relation_effect *own = effects_lock(e, index, ACCESS_EXCLUSIVE);
		own->rewrite = tri_or(own->rewrite, rebuilds);
		own->rebuild = tri_or(own->rebuild, rebuilds);
		struct relation_effect *table = effects_lock(e, r, ACCESS_EXCLUSIVE);
		table->scan = tri_or(table->scan, rebuilds);
		table->rebuild = tri_or(table->rebuild, rebuilds);
	}
}

/* ATPostAlterTypeCleanup() makes CHECKs and foreign keys on the column anew, and they are verified. */
static void
constraint_effects(const struct op *op, struct effects *e, struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		struct constraint *k = r->constraints.items[i];
		if (!holds(k->columns.items, k->columns.n, op->column_name))
			continue;
		if (k->kind == CONSTRAINT_CHECK && k->valid != NO)
			effects_lock(e, r, ACCESS_EXCLUSIVE)->scan = YES;
		if (k->kind == CONSTRAINT_FOREIGN_KEY) {
			effects_lock(e, r, ACCESS_EXCLUSIVE)->scan = YES;
			effects_lock(e, k->references, ACCESS_EXCLUSIVE)->scan = YES;
			for (size_t j = 0; j < k->references->indexes.n; j++)
				effects_lock(e, k->references->indexes.items[j], ACCESS_SHARE);
		}
	}
	for (size_t i = 0; i < r->referenced_by.n; i++) {
		struct constraint *k = r->referenced_by.items[i];
		if (!holds(k->reference_columns.items, k->reference_columns.n, op->column_name))
			continue;
		effects_lock(e, k->table, ACCESS_EXCLUSIVE)->scan = YES;
		effects_lock(e, r, ACCESS_EXCLUSIVE)->scan = YES;
		for (size_t j = 0; j < k->table->indexes.n; j++)
			effects_lock(e, k->table->indexes.items[j], ACCESS_SHARE);
	}
}

static bool
type_is_unchanged(const struct op *op, const struct relation *r)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct column *column = catalog_find_column(r, op->column_name);

	return column != NULL && type_known(column->type) && type_eq(column->type, p->type) && p->using_expr == NULL &&
	    collation_changes(op, r) == NO;
}

static void
effects_on(const struct op *op, const struct facts *f, struct effects *e, struct relation *r)
{
	enum tri rewritten = rewrites(op, f, r);

	effects_lock(e, r, ACCESS_EXCLUSIVE);
	effects_rewrite_table(e, r, rewritten);
	index_effects(op, f, e, r, rewritten);
	if (!type_is_unchanged(op, r))
		constraint_effects(op, e, r);
	for (size_t i = 0; i < r->partitions.n; i++)
		effects_on(op, f, e, r->partitions.items[i]);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	effects_on(op, f, e, op->table);
}

/* ---- catalog ---- */

static void
change_in_tree(struct catalog *c, struct relation *r, struct str name, const struct payload *p)
{
	struct column *column = catalog_column(c, r, name);

	if (column != NULL) {
		catalog_set(c, &column->type, p->type);
		catalog_set(c, &column->collation, p->collation);
		type_note_user(c, p->type, r);
	}
	for (size_t i = 0; i < r->partitions.n; i++)
		change_in_tree(c, r->partitions.items[i], name, p);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	change_in_tree(c, op->table, op->column_name, OP_DATA(op, struct payload));
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

static struct value
get_narrows(const struct facts *f)
{
	if (type_is_unchanged(f->op, f->op->table))
		return value_bool(false);
	return value_tri(change_of(f->op, f, f->op->table).narrows);
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
			buf_printf(&b, "%s%.*s", b.n > 0 ? ", " : "", STR_ARG(sql_ident(f->arena, r->indexes.items[i]->name)));
	}
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static struct value
get_foreign_keys(const struct facts *f)
{
	struct buf b = BUF(f->arena);
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->referenced_by.n; i++)
		if (holds(r->referenced_by.items[i]->reference_columns.items, r->referenced_by.items[i]->reference_columns.n,
		    f->op->column_name))
			buf_printf(&b, "%s%.*s of %.*s", b.n > 0 ? ", " : "", STR_ARG(r->referenced_by.items[i]->name),
			    STR_ARG(relation_words(f->arena, f->catalog, r->referenced_by.items[i]->table)));
	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_FOREIGN_KEY &&
		    holds(r->constraints.items[i]->columns.items, r->constraints.items[i]->columns.n, f->op->column_name))
			buf_printf(&b, "%s%.*s", b.n > 0 ? ", " : "", STR_ARG(r->constraints.items[i]->name));
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static struct value
get_collation_changes(const struct facts *f)
{
	return value_tri(collation_changes(f->op, f->op->table));
}

static const struct field fields[] = {
	{ "new_type", FIELD_TEXT, "the type it becomes, as format_type() spells it", get_new_type },
	{ "old_type", FIELD_TEXT, "the type it has now", get_old_type },
	{ "using", FIELD_TEXT, "the USING expression; absent: none", get_using },
	{ "narrows", FIELD_BOOL, "the change may fail on existing values, or lose part of them", get_narrows },
	{ "castable", FIELD_BOOL, "there is an assignment cast, or USING is given; otherwise the statement fails", get_castable },
	{ "is_unchanged", FIELD_BOOL, "the column has that type and collation already", get_unchanged },
	{ "rebuilt_indexes", FIELD_TEXT, "indexes that are built anew; absent: none known", get_rebuilt_indexes },
	{ "rechecked_foreign_keys", FIELD_TEXT, "foreign keys that are checked again; absent: none known", get_foreign_keys },
	{ "collation_changes", FIELD_BOOL, "the column's collation becomes another", get_collation_changes },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_alter_column_type[] = {
	{ .name = "alter_column_type", .doc = "ALTER TABLE ... ALTER COLUMN ... TYPE", .node = T_AlterTableStmt,
	    .subtype = AT_AlterColumnType, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_ALTER_TYPE, .size = sizeof(struct payload),
	    .fields = fields, .lower = lower, .effects = effects, .apply = apply },
	{ .name = NULL }
};
