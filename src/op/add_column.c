#include "base/buf.h"
#include "op/column_def.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/domain.h"
#include "op/failure.h"
#include "op/family.h"
#include "op/new_row.h"
#include "op/one_row.h"
#include "op/operators.h"
#include "op/swap.h"
#include "op/typed.h"

struct payload {
	struct column_def column;
	struct query query;             /* the sequence that its default draws from */
};

const struct column_def *
added_column(const struct op *op)
{
	return &OP_DATA(op, struct payload)->column;
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	const ColumnDef *c = (const ColumnDef *)cmd->def;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	p->column = lower_column_def(l, c);
	op->column_name = p->column.name;
	op->if_not_exists = cmd->missing_ok;
	op->spans[SPAN_COLUMN] = p->column.span;
	op->spans[SPAN_TYPE] = p->column.type_span;
	op->spans[SPAN_DEFAULT] = p->column.default_span;
	lower_column_default(l, &p->query, c);
	l->leader = op;
	lower_column_constraints(l, c, &p->column);
	l->leader = NULL;
}

static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, op->target_kind);
	op->column = catalog_find_column(op->table, op->column_name);
	/* ATPrepAddColumn() refuses a partition before IF NOT EXISTS is looked at */
	if (op->column != NULL && op->if_not_exists && !op->column->assumed && !op->table->is_partition)
		op->noop = true;
	if (op->noop)
		op->difference = column_def_difference(c->arena, &OP_DATA(op, struct payload)->column, op->column);
	query_bind(&OP_DATA(op, struct payload)->query, c);
}

/* ---- what makes it rewrite the table ---- */

static bool
domain_is_constrained(const struct catalog *c, const struct typedef_ *t)
{
	if (t->constraints.n > 0)
		return true;
	t = t->base.builtin ? NULL : catalog_find_type(c, t->base.schema, t->base.name);
	return t != NULL && t->kind == TYPE_DOMAIN && domain_is_constrained(c, t);
}

/* The default that new rows get: the column's own, or its domain's. */
static const struct expr *
effective_default(const struct catalog *c, const struct column_def *d)
{
	const struct typedef_ *t = domain_of(c, d->type);

	return d->default_expr != NULL || t == NULL ? d->default_expr : t->default_expr;
}

/* ATExecAddColumn(): NULL: no rewrite; certain tells whether the cause is known to apply. */
static const char *
rewrite_cause(const struct catalog *c, const struct column_def *d, enum tri *certain)
{
	struct volatility_lookup lookup = catalog_volatility_lookup(c);
	const struct typedef_ *t = d->type.builtin ? NULL : catalog_find_type(c, d->type.schema, d->type.name);

	*certain = YES;
	if (d->generated == 's')
		return "stored generated column";
	if (d->generated == 'v')
		return NULL;
	if (d->identity != 0)
		return "identity column";
	if (d->type.serial)
		return "serial column";
	if (t != NULL && t->kind == TYPE_DOMAIN && domain_is_constrained(c, t) && d->type.dims == 0)
		return "constrained domain";
	switch (expr_volatility(effective_default(c, d), &lookup, NULL)) {
	case VOLATILE:
		return "volatile default";
	case VOLATILITY_UNKNOWN:
		*certain = UNKNOWN;
		return "volatile default";
	default:
		return NULL;
	}
}

static bool
adds_sequence(const struct column_def *d)
{
	return d->type.serial || d->identity != 0;
}

/* Existing rows get a value that is not NULL. */
static bool
fills_rows(const struct catalog *c, const struct column_def *d)
{
	return !expr_is_null(effective_default(c, d)) || adds_sequence(d) || d->generated != 0;
}

static void
effects_on(const struct op *op, const struct facts *f, struct effects *e, struct relation *r)
{
	const struct column_def *d = &OP_DATA(op, struct payload)->column;
	struct relation_effect *entry = effects_lock(e, r, ACCESS_EXCLUSIVE);
	enum tri certain;

	if (r->kind == RELATION_FOREIGN || r->kind == RELATION_COMPOSITE)
		return;
	if (rewrite_cause(f->catalog, d, &certain) != NULL)
		effects_rewrite_table(e, r, certain);
	else if (d->not_null && (d->generated == 'v' || expr_is_null(effective_default(f->catalog, d))) && r->kind != RELATION_PARTITIONED)
		entry->scan = YES;
	for (size_t i = 0; i < r->partitions.n; i++)
		effects_on(op, f, e, r->partitions.items[i]);
}

static struct str
sequence_name_of(const struct facts *f, struct relation *r, const struct column_def *d)
{
	return d->sequence_name.name.s != NULL ? d->sequence_name.name : catalog_choose_name((struct catalog *)(uintptr_t)f->catalog, r, &d->name, 1, "seq", false);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct column_def *d = &OP_DATA(op, struct payload)->column;

	if (op->noop) {
		effects_lock(e, op->table, ACCESS_EXCLUSIVE);
		return;
	}
	effects_on(op, f, e, op->table);
	for (size_t i = 0; typed_table(op, i) != NULL; i++)
		effects_on(op, f, e, typed_table(op, i));
	query_define_effects(&OP_DATA(op, struct payload)->query, e);
	if (adds_sequence(d))
		effects_create(e, op->table->schema, sequence_name_of(f, op->table, d));
}

/* A child shares the sequence and the name of the NOT NULL constraint; partitions are identity columns since 17. */
static void
copy_to_child(struct catalog *c, const struct relation *parent, struct relation *r, const struct column_def *d, const struct source *source)
{
	const struct column *from = catalog_find_column(parent, d->name);
	const struct constraint *k = catalog_find_not_null(parent, d->name);
	struct column *column = catalog_add_column(c, r, d->name);

	column->type = d->type;
	column->collation = d->collation;
	column->generated = d->generated;
	column->default_expr = from->default_expr;
	column->default_sequence = from->default_sequence;
	column->identity = r->is_partition && c->pg_version >= 17 ? d->identity : 0;
	column->inherited = true;
	column->not_null = NO;
	column->born.place = (struct place){ source, d->span };
	if (d->not_null && !d->no_inherit && k != NULL)
		catalog_inherit_constraint(c, r, k);
	else if (d->not_null && !d->no_inherit)
		catalog_set_not_null(c, r, column, YES, STR_NONE);
	type_note_user(c, d->type, r);
}

/* ATExecAddColumn(): not in the children of the child, which have it from there. */
static void
merge_column(struct catalog *c, const struct relation *parent, struct relation *r, const struct column_def *d)
{
	const struct constraint *k = catalog_find_not_null(parent, d->name);

	if (k != NULL && constraint_passes_down(k))
		catalog_inherit_constraint(c, r, k);
}

/* A column that the children have already, under the same name, is merged. */
static void
apply_to(struct catalog *c, const struct relation *parent, struct relation *r, const struct column_def *d, const struct source *source)
{
	struct column *column = catalog_find_column(r, d->name);

	if (column == NULL && parent != NULL) {
		copy_to_child(c, parent, r, d, source);
	} else if (column == NULL) {
		(void)apply_column_def(c, r, d, source);
	} else if (column->assumed) {
		catalog_set(c, &column->type, d->type);
		catalog_set_not_null(c, r, column, tri_of(d->not_null), d->not_null_name);
		catalog_set_default(c, column, d->default_expr);
	} else if (parent != NULL) {
		merge_column(c, parent, r, d);
		return;
	}
	if (column == NULL && d->not_null && !fills_rows(c, d) && (r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED))
		catalog_take_empty(c, r);
	if (column == NULL && fills_rows(c, d))
		catalog_write_columns(c, r, &d->name, 1);
	for (size_t i = 0; i < r->partitions.n; i++)
		apply_to(c, r, r->partitions.items[i], d, source);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->noop)
		return;
	apply_to(c, NULL, op->table, &OP_DATA(op, struct payload)->column, op->statement->source);
	for (size_t i = 0; typed_table(op, i) != NULL; i++)
		apply_to(c, NULL, typed_table(op, i), &OP_DATA(op, struct payload)->column, op->statement->source);
	op->column = catalog_find_column(op->table, op->column_name);
	one_row_note(op, c);
}

/* ---- facts ---- */

static const struct column_def *
def(const struct facts *f)
{
	return &OP_DATA(f->op, struct payload)->column;
}

static struct value
get_type(const struct facts *f)
{
	return value_text(type_format(f->arena, def(f)->type));
}

static struct value
get_declaration(const struct facts *f)
{
	return value_text(column_declaration(f->arena, def(f)->type, def(f)->collation));
}

static bool
is_key_of(const struct op *other, const struct op *op)
{
	return other->leader == op && (is_kind(other, "add_primary_key") || is_kind(other, "add_unique"));
}

struct str
added_constraints(struct arena *arena, const struct op *op, bool keys)
{
	struct buf b = BUF(arena);

	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->leader == op && other->kind->node == T_Constraint && (keys || !is_key_of(other, op)))
			buf_printf(&b, " %.*s", STR_ARG(source_text(op->statement->source, other->spans[SPAN_ACTION])));
	}
	return buf_text(&b);
}

/* The constraints that a column without values can have at once: an index on all the NULLs would be built meanwhile. */
static struct value
get_nullable_declaration(const struct facts *f)
{
	return value_text(str_printf(f->arena, "%.*s%.*s", STR_ARG(column_declaration(f->arena, def(f)->type, def(f)->collation)),
	    STR_ARG(added_constraints(f->arena, f->op, false))));
}

static struct value
get_not_null(const struct facts *f)
{
	return value_bool(def(f)->not_null);
}

static struct value
get_default(const struct facts *f)
{
	return def(f)->default_expr == NULL || def(f)->generated != 0 ? value_absent() : value_text(def(f)->default_expr->text);
}

static struct value
get_fills(const struct facts *f)
{
	return value_bool(fills_rows(f->catalog, def(f)));
}

static struct value
get_cause(const struct facts *f)
{
	enum tri certain;
	const char *cause = rewrite_cause(f->catalog, def(f), &certain);

	return cause == NULL ? value_absent() : value_text(str_of(cause));
}

static struct value
get_volatile_function(const struct facts *f)
{
	struct volatility_lookup lookup = catalog_volatility_lookup(f->catalog);
	struct str culprit = STR_NONE;

	(void)expr_volatility(effective_default(f->catalog, def(f)), &lookup, &culprit);
	return value_text(culprit);
}

static struct value
get_generated(const struct facts *f)
{
	char g = def(f)->generated;

	return g == 0 ? value_absent() : value_text(g == 'v' ? STR("virtual") : STR("stored"));
}

static struct value
get_identity(const struct facts *f)
{
	return value_bool(def(f)->identity != 0);
}

static struct value
get_serial(const struct facts *f)
{
	return value_bool(def(f)->type.serial);
}

static struct value
get_primary_key(const struct facts *f)
{
	return value_bool(def(f)->primary_key);
}

static struct value
get_existing(const struct facts *f)
{
	const struct column *c = f->op->column;

	return value_tri(c == NULL ? (f->op->table->assumed ? UNKNOWN : NO) : c->assumed ? UNKNOWN : YES);
}

static struct value
get_existence_known(const struct facts *f)
{
	return value_bool(f->op->column != NULL && !f->op->column->assumed);
}

/* ATExecAddColumn(); since 17 it does so for partitions */
static bool
recurses(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return is_known(r) && !f->op->only && r->partitions.n > 0 && is_known(r->partitions.items[0]) &&
	    (f->pg_version < 17 || r->kind != RELATION_PARTITIONED);
}

static struct str
refused(const struct facts *f)
{
	const struct column_def *d = &OP_DATA(f->op, struct payload)->column;
	struct str misfit = is_known(f->op->table) ? new_column_misfit(f, f->op->table, d->name, d->type) : STR_NONE;

	if (misfit.s == NULL && is_known(f->op->table) && is_system_column(d->name))
		return str_printf(f->arena, "column name \"%.*s\" conflicts with a system column name", STR_ARG(d->name));
	if (misfit.s == NULL && d->generated != 0)
		misfit = generation_misfit(f, f->op->table, d->name, d->type, d->default_expr);
	if (misfit.s == NULL && is_known(f->op->table))
		misfit = column_def_misfit(f, f->op->table->schema, d);
	if (misfit.s == NULL && d->identity != 0 && recurses(f))
		return STR("cannot recursively add identity column to table that has child tables");
	if (d->generated != 0)
		return misfit;
	return misfit.s != NULL ? misfit : default_misfit(f, d->name, d->type, d->default_expr);
}

/* ChooseRelationName() of a serial; process_owned_by() wants it where the table is. */
static struct value
get_sequence(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct relation sequence;

	if (r == NULL)
		return value_absent();
	sequence = (struct relation){ .schema = def(f)->sequence_name.schema.s != NULL ? def(f)->sequence_name.schema : r->schema,
		.name = sequence_name_of(f, f->op->table, def(f)) };
	return value_text(relation_words(f->arena, f->catalog, &sequence));
}

static struct value
get_sequence_declaration(const struct facts *f)
{
	static const char *const words[][2] = { { "start", "START WITH" }, { "increment", "INCREMENT BY" }, { "minvalue", "MINVALUE" },
		{ "maxvalue", "MAXVALUE" }, { "cache", "CACHE" } };
	const struct setting_list *settings = &def(f)->sequence;
	struct buf b = BUF(f->arena);

	buf_printf(&b, "AS %.*s", STR_ARG(get_type(f).text));
	for (size_t i = 0; i < settings->n; i++) {
		const struct setting_text *s = &settings->items[i];
		for (size_t k = 0; s->value.s != NULL && k < sizeof words / sizeof *words; k++)
			if (str_is(s->name, words[k][0]))
				buf_printf(&b, " %s %.*s", words[k][1], STR_ARG(s->value));
		if (str_is(s->name, "cycle") && str_is(s->value, "true"))
			buf_str(&b, STR(" CYCLE"));
	}
	return value_text(buf_text(&b));
}

static bool
has_key(const struct op *op)
{
	for (size_t i = 0; i < op->script->ops.n; i++)
		if (is_key_of(op->script->ops.items[i], op))
			return true;
	return false;
}

static struct str
key_name(const struct facts *f, const struct op *key)
{
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;
	bool primary = is_kind(key, "add_primary_key");
	struct str name = OP_DATA(key, struct new_constraint)->name;

	if (name.s == NULL)
		name = primary ? catalog_object_name(f->arena, f->op->table->name, STR_NONE, STR("pkey")) : catalog_choose_name(c, f->op->table, &f->op->column_name, 1, "key", false);
	return sql_ident(f->arena, name);
}

/* Each is built beside the application. */
static void
put_key_steps(struct buf *b, const struct facts *f, const struct op *key)
{
	struct str table = relation_words(f->arena, f->catalog, f->op->table), column = sql_ident(f->arena, f->op->column_name), name = key_name(f, key);
	struct facts of = *f;

	of.op = key;
	buf_printf(b, "\n-- next migration (no transaction)%.*s\nCREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (%.*s)%.*s;"
	    "\n-- next migration\nALTER TABLE %.*s ADD CONSTRAINT %.*s %s USING INDEX %.*s%s;", STR_ARG(get_lock_timeout_off(f).text), STR_ARG(name), STR_ARG(table),
	    STR_ARG(column), STR_ARG(key_index_options(&of)), STR_ARG(table), STR_ARG(name), is_kind(key, "add_unique") ? "UNIQUE" : "PRIMARY KEY", STR_ARG(name), key_deferral(&of));
}

/* Behind a backfill. */
static struct value
get_not_null_steps(const struct facts *f)
{
	struct buf b = BUF(f->arena);

	if (f->op->table == NULL)
		return value_text(STR(""));
	if (get_not_null(f).yes)
		buf_str(&b, not_null_steps(f, f->op->table, f->op->column_name));
	for (size_t i = 0; i < f->op->script->ops.n; i++)
		if (is_key_of(f->op->script->ops.items[i], f->op))
			put_key_steps(&b, f, f->op->script->ops.items[i]);
	return value_text(b.n > 0 ? buf_text(&b) : STR(""));
}

/* Where the file drops what the values may come from. */
static const char *
fill_order(const struct facts *f)
{
	const struct script *script = f->op->script;
	const char *order = ".";

	for (size_t i = 0; script != NULL && i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i];
		bool column = is_kind(other, "drop_column");
		if (column && op_names_same(other, f->op) && str_eq(other->column_name, f->op->column_name))
			return ".\n-- The old column of that name is gone by then: where its values are wanted, add this one under another name,\n"
			       "-- fill it, and only then drop the old one and rename this one.";
		if (!other->noop && (column || is_kind(other, "drop_table")))
			order = "; what the values come from is dropped behind that.";
	}
	return order;
}

static void
put_key_clauses(struct buf *b, const struct facts *f)
{
	const struct op *op = f->op;
	struct str column = sql_ident(f->arena, op->column_name);

	buf_printf(b, "ALTER TABLE %.*s ALTER COLUMN %.*s SET NOT NULL", STR_ARG(relation_words(f->arena, f->catalog, op->table)), STR_ARG(column));
	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *key = op->script->ops.items[i];
		struct facts of = *f;
		of.op = key;
		if (is_key_of(key, op))
			buf_printf(b, ", ADD CONSTRAINT %.*s %s%s (%.*s)%s", STR_ARG(key_name(f, key)), is_kind(key, "add_unique") ? "UNIQUE" : "PRIMARY KEY",
			    OP_DATA(key, struct new_constraint)->nulls_not_distinct ? " NULLS NOT DISTINCT" : "", STR_ARG(column), key_deferral(&of));
	}
	buf_char(b, ';');
}

/* A way back is one file, and what it takes away may hold the values. */
static struct value
get_fill_steps(const struct facts *f)
{
	struct buf b = BUF(f->arena);
	const char *distinct = has_key(f->op) ? ", each row with a value of its own" : "";

	if (!f->unit->down || f->op->table == NULL)
		return value_text(str_printf(f->arena, "-- next migration, when the application writes the column: fill the rows in batches%s%s%.*s", distinct,
		    fill_order(f), STR_ARG(get_not_null_steps(f).text)));
	buf_printf(&b, "-- then, in this file, before anything that holds the values is dropped: fill it%s, and\n", distinct);
	put_key_clauses(&b, f);
	return value_text(buf_text(&b));
}

/* ---- a domain that is taken apart ---- */

/* Those of its domain, and of the domains below that, for the column. */
static struct str
domain_condition(const struct facts *f)
{
	struct str column = sql_ident(f->arena, def(f)->name);
	struct buf b = BUF(f->arena);

	for (const struct typedef_ *t = domain_of(f->catalog, def(f)->type); t != NULL; t = domain_of(f->catalog, t->base))
		for (size_t i = 0; i < t->constraints.n; i++)
			buf_item(&b, " AND ", domain_constraint_on(f->arena, &t->constraints.items[i], column));
	return b.n > 0 ? buf_text(&b) : STR("...");
}

static struct str
domain_collation(const struct facts *f)
{
	for (const struct typedef_ *t = domain_of(f->catalog, def(f)->type); t != NULL; t = domain_of(f->catalog, t->base))
		if (t->collation.n > 0)
			return t->collation;
	return STR_NONE;
}

static struct value
get_guarded_column(const struct facts *f)
{
	return value_text(str_printf(f->arena, "%s%.*s", f->op->if_not_exists ? "IF NOT EXISTS " : "", STR_ARG(sql_ident(f->arena, f->op->column_name))));
}

/* ADD COLUMN as written, but for the type; what the domain has besides constraints goes to the column. */
static struct value
get_base_clause(const struct facts *f)
{
	const struct source *source = f->op->statement->source;
	struct span all = f->op->spans[SPAN_ACTION], type = def(f)->type_span;
	const struct expr *fallback = def(f)->default_expr == NULL ? effective_default(f->catalog, def(f)) : NULL;
	struct str base = column_declaration(f->arena, type_below_domains(f->catalog, def(f)->type), def(f)->collation.s == NULL ? domain_collation(f) : STR_NONE);

	return value_text(str_printf(f->arena, "%.*s%.*s%s%.*s%.*s", STR_ARG(source_text(source, span_of(all.off, type.off))), STR_ARG(base),
	    fallback == NULL ? "" : " DEFAULT ", STR_ARG(fallback == NULL ? STR("") : fallback->text),
	    STR_ARG(source_text(source, span_of(type.off + type.len, all.off + all.len)))));
}

static struct value
get_domain_condition(const struct facts *f)
{
	return value_text(domain_condition(f));
}

static struct value
get_domain_check(const struct facts *f)
{
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;

	return value_text(sql_ident(f->arena, catalog_choose_name(c, f->op->table, &def(f)->name, 1, "check", true)));
}

/* ---- a generated column that is filled instead ---- */

static struct value
get_generation(const struct facts *f)
{
	return def(f)->generated == 0 ? value_absent() : value_text(def(f)->default_expr->text);
}

static struct value
get_new_generation(const struct facts *f)
{
	struct str text = def(f)->generated == 0 ? STR_NONE : new_row_text(f->arena, f->op->table, def(f)->default_expr);

	return value_text(text.s != NULL ? text : STR("... /* the expression, with NEW before each column */"));
}

static const struct field fields[] = {
	{ "fill_steps", FIELD_TEXT, "for advice: what gives a column that is NOT NULL its values, and makes it that; on the way back in the same file", get_fill_steps },
	{ "new_type", FIELD_TEXT, "its type, as format_type() spells it", get_type },
	{ "declaration", FIELD_TEXT, "new_type, with the COLLATE clause that is given", get_declaration },
	{ "nullable_declaration", FIELD_TEXT, "for advice: the same, with its constraints but for NOT NULL, UNIQUE and PRIMARY KEY", get_nullable_declaration },
	{ "not_null_steps", FIELD_TEXT, "for advice: the migrations that make it NOT NULL once its rows have values, and build its keys; empty when it is to be "
	    "none of these", get_not_null_steps },
	BACKFILL_FIELDS,
	{ "sequence", FIELD_TEXT, "for advice: what its sequence is called, with its schema when that is not the default one", get_sequence },
	{ "sequence_declaration", FIELD_TEXT, "for advice: AS and the type of that sequence, and what is said of it", get_sequence_declaration },
	{ "not_null", FIELD_BOOL, "NOT NULL is given or implied", get_not_null },
	{ "default", FIELD_TEXT, "its default expression; absent: none", get_default },
	{ "fills_rows", FIELD_BOOL, "existing rows get a value that is not NULL", get_fills },
	{ "rewrite_cause", FIELD_TEXT, "why the table is, or may be, rewritten: volatile default, identity column, serial column, stored "
	    "generated column, constrained domain; absent: it is not", get_cause },
	{ "volatile_function", FIELD_TEXT, "the function that makes the default volatile, or that we do not know",
	    get_volatile_function },
	{ "guarded_column", FIELD_TEXT, "for advice: the column's name, behind IF NOT EXISTS where that is given", get_guarded_column },
	{ "base_clause", FIELD_TEXT, "for advice: ADD COLUMN as written, with the type below its domain, and the default and collation of that", get_base_clause },
	{ "domain_condition", FIELD_TEXT, "for advice: the conditions of its domain, of the column; ... when they are not known", get_domain_condition },
	{ "domain_check", FIELD_TEXT, "for advice: a name for a CHECK of them", get_domain_check },
	{ "generation", FIELD_TEXT, "for advice: what a generated column is computed from; absent: it is none", get_generation },
	{ "new_generation", FIELD_TEXT, "the same in a trigger, of the columns of NEW", get_new_generation },
	{ "generated", FIELD_TEXT, "stored or virtual; absent: not a generated column", get_generated },
	{ "is_identity", FIELD_BOOL, "GENERATED ... AS IDENTITY", get_identity },
	{ "is_serial", FIELD_BOOL, "its type is smallserial, serial or bigserial", get_serial },
	{ "is_primary_key", FIELD_BOOL, "PRIMARY KEY is given on the column", get_primary_key },
	{ "exists_already", FIELD_BOOL, "a column of that name exists", get_existing },
	{ "known_to_exist", FIELD_BOOL, "a column of that name was created by an earlier statement", get_existence_known },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_add_column[] = {
	{ .name = "add_column", .doc = "ALTER TABLE ... ADD COLUMN", .node = T_AlterTableStmt, .subtype = AT_AddColumn,
	    .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_ADD_COLUMN, .size = sizeof(struct payload), .fields = fields,
	    .lower = lower, .bind = bind, .effects = effects, .refused = refused, .apply = apply },
	{ .name = NULL }
};
