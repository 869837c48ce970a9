#include "catalog/spell.h"

#include "sql/ident.h"

void
spell_name(struct buf *b, const struct catalog *c, struct str schema, struct str name)
{
	if (schema.n > 0 && !str_eq(schema, c->default_schema)) {
		sql_put_ident(b, schema);
		buf_char(b, '.');
	}
	sql_put_ident(b, name);
}

void
spell_relation(struct buf *b, const struct catalog *c, const struct relation *r)
{
	spell_name(b, c, r->schema, r->name);
}

void
spell_type(struct buf *b, const struct catalog *c, struct type type)
{
	struct name name = { type.schema, type.name, { 0, 0 } };
	const struct typedef_ *t = type.builtin ? NULL : catalog_find_type(c, type.schema, type.name);
	const struct relation *r = type.builtin || t != NULL ? NULL : catalog_find_relation(c, name);

	if (t != NULL)
		type.schema = t->schema;
	else if (r != NULL)
		type.schema = r->schema;
	if (str_eq(type.schema, c->default_schema))
		type.schema = STR_NONE;
	buf_str(b, type_format(b->arena, type));
}

void
spell_names(struct buf *b, const struct str *names, size_t n)
{
	buf_char(b, '(');
	for (size_t i = 0; i < n; i++) {
		buf_c(b, i > 0 ? ", " : "");
		sql_put_ident(b, names[i]);
	}
	buf_char(b, ')');
}

void
spell_expr(struct buf *b, const struct expr *e)
{
	bool bare = expr_is_call(e) || e->kind == EXPR_COLUMN || e->kind == EXPR_CONST || e->kind == EXPR_SQL_VALUE;

	buf_printf(b, bare ? "%.*s" : "(%.*s)", STR_ARG(e->text));
}

/* ---- keys ---- */

void
spell_index_column(struct buf *b, const struct index_column *k)
{
	if (k->name.s != NULL)
		sql_put_ident(b, k->name);
	else if (k->expr != NULL)
		buf_printf(b, expr_is_call(k->expr) ? "%.*s" : "(%.*s)", STR_ARG(k->expr->text));
	if (k->collation.n > 0)
		buf_printf(b, " COLLATE %.*s", STR_ARG(k->collation));
	if (k->opclass.n > 0)
		buf_printf(b, " %.*s", STR_ARG(k->opclass));
	if (k->parameters.n > 0)
		buf_printf(b, " (%.*s)", STR_ARG(k->parameters));
	if (k->descending)
		buf_c(b, " DESC");
	if (k->nulls_first != k->descending)
		buf_printf(b, " NULLS %s", k->nulls_first ? "FIRST" : "LAST");
	if (k->operator.n > 0)
		buf_printf(b, " WITH %.*s", STR_ARG(k->operator));
}

static void
put_index_columns(struct buf *b, const struct index *index)
{
	buf_char(b, '(');
	for (size_t i = 0; i < index->columns.n; i++) {
		buf_c(b, i > 0 ? ", " : "");
		spell_index_column(b, &index->columns.items[i]);
	}
	buf_char(b, ')');
	if (index->include.n > 0) {
		buf_c(b, " INCLUDE ");
		spell_names(b, index->include.items, index->include.n);
	}
}

static void
put_options(struct buf *b, const struct relation *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->objects.n; i++) {
		const struct object *o = r->objects.items[i];
		if (str_is(o->kind, "option") && !str_starts(o->name, "column "))
			buf_printf(b, "%s%.*s='%.*s'", n++ > 0 ? ", " : " WITH (", STR_ARG(o->name), STR_ARG(o->text));
	}
	buf_c(b, n > 0 ? ")" : "");
}

void
spell_index_rest(struct buf *b, const struct relation *r)
{
	put_index_columns(b, r->index);
	if (r->index->nulls_not_distinct)
		buf_c(b, " NULLS NOT DISTINCT");
	put_options(b, r);
	if (r->index->predicate != NULL) {
		buf_c(b, " WHERE ");
		spell_expr(b, r->index->predicate);
	}
}

void
spell_index(struct buf *b, const struct relation *r)
{
	const struct index *index = r->index;

	buf_c(b, index->unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
	sql_put_ident(b, r->name);
	buf_c(b, index->table->kind == RELATION_PARTITIONED ? " ON ONLY " : " ON ");
	sql_put_ident(b, index->table->schema);
	buf_char(b, '.');
	sql_put_ident(b, index->table->name);
	buf_printf(b, " USING %.*s ", STR_ARG(index->method));
	spell_index_rest(b, r);
}

void
spell_partition_key(struct buf *b, const struct relation *r)
{
	buf_c(b, str_is(r->partition_strategy, "list") ? "LIST (" : str_is(r->partition_strategy, "hash") ? "HASH (" : "RANGE (");
	for (size_t i = 0; i < r->partition_key.n; i++) {
		buf_c(b, i > 0 ? ", " : "");
		spell_index_column(b, &r->partition_key.items[i]);
	}
	buf_char(b, ')');
}

/* ---- constraints ---- */

static void
put_action(struct buf *b, const char *event, char action)
{
	switch (action) {
	case 'r': buf_printf(b, " ON %s RESTRICT", event); break;
	case 'c': buf_printf(b, " ON %s CASCADE", event); break;
	case 'n': buf_printf(b, " ON %s SET NULL", event); break;
	case 'd': buf_printf(b, " ON %s SET DEFAULT", event); break;
	default: break;
	}
}

/* (a, PERIOD b), or (a, b WITHOUT OVERLAPS) */
static void
put_period(struct buf *b, const struct str *names, size_t n, const char *before, const char *behind)
{
	buf_char(b, '(');
	for (size_t i = 0; i < n; i++) {
		buf_printf(b, "%s%s", i > 0 ? ", " : "", i + 1 == n ? before : "");
		sql_put_ident(b, names[i]);
		buf_c(b, i + 1 == n ? behind : "");
	}
	buf_char(b, ')');
}

static void
put_foreign_key(struct buf *b, const struct catalog *c, const struct constraint *k)
{
	const char *period = k->period ? "PERIOD " : "";

	buf_c(b, "FOREIGN KEY ");
	put_period(b, k->columns.items, k->columns.n, period, "");
	if (k->references != NULL) {
		buf_c(b, " REFERENCES ");
		spell_relation(b, c, k->references);
	}
	if (k->reference_columns.n > 0)
		put_period(b, k->reference_columns.items, k->reference_columns.n, period, "");
	if (k->match == 'f')
		buf_c(b, " MATCH FULL");
	put_action(b, "UPDATE", k->on_update);
	put_action(b, "DELETE", k->on_delete);
	if (k->set_columns.n > 0) {
		buf_char(b, ' ');
		spell_names(b, k->set_columns.items, k->set_columns.n);
	}
}

static void
put_exclusion(struct buf *b, const struct constraint *k)
{
	buf_c(b, "EXCLUDE ");
	if (k->index == NULL)
		return;
	buf_printf(b, "USING %.*s ", STR_ARG(k->index->index->method));
	put_index_columns(b, k->index->index);
	put_options(b, k->index);
	if (k->index->index->predicate != NULL) {
		buf_c(b, " WHERE (");
		spell_expr(b, k->index->index->predicate);
		buf_char(b, ')');
	}
}

static void
put_key(struct buf *b, const struct constraint *k)
{
	const struct index *index = k->index == NULL ? NULL : k->index->index;

	buf_c(b, k->kind == CONSTRAINT_PRIMARY_KEY ? "PRIMARY KEY " : "UNIQUE ");
	if (k->kind == CONSTRAINT_UNIQUE && index != NULL && index->nulls_not_distinct)
		buf_c(b, "NULLS NOT DISTINCT ");
	put_period(b, k->columns.items, k->columns.n, "", k->period ? " WITHOUT OVERLAPS" : "");
	if (index != NULL && index->include.n > 0) {
		buf_c(b, " INCLUDE ");
		spell_names(b, index->include.items, index->include.n);
	}
}

static void
put_definition(struct buf *b, const struct catalog *c, const struct constraint *k)
{
	switch (k->kind) {
	case CONSTRAINT_CHECK:
		buf_c(b, "CHECK (");
		if (k->check != NULL)
			spell_expr(b, k->check);
		buf_c(b, ")");
		break;
	case CONSTRAINT_FOREIGN_KEY:
		put_foreign_key(b, c, k);
		break;
	case CONSTRAINT_EXCLUSION:
		put_exclusion(b, k);
		break;
	case CONSTRAINT_NOT_NULL:
		buf_c(b, "NOT NULL ");
		if (k->columns.n > 0)
			sql_put_ident(b, k->columns.items[0]);
		break;
	default:
		put_key(b, k);
		break;
	}
	if (k->no_inherit)
		buf_c(b, " NO INHERIT");
}

void
spell_constraint(struct buf *b, const struct catalog *c, const struct constraint *k)
{
	put_definition(b, c, k);
	if (k->index != NULL && k->kind != CONSTRAINT_EXCLUSION)
		put_options(b, k->index);
	if (k->deferrable)
		buf_printf(b, " DEFERRABLE%s", k->initially_deferred ? " INITIALLY DEFERRED" : "");
	if (!k->enforced)
		buf_c(b, " NOT ENFORCED");
	else if (k->valid == NO)
		buf_c(b, " NOT VALID");
}

const char *
spell_constraint_kind(enum constraint_kind kind)
{
	switch (kind) {
	case CONSTRAINT_CHECK: return "check";
	case CONSTRAINT_FOREIGN_KEY: return "foreign key";
	case CONSTRAINT_PRIMARY_KEY: return "primary key";
	case CONSTRAINT_UNIQUE: return "unique";
	case CONSTRAINT_EXCLUSION: return "exclude";
	default: return "not null";
	}
}

/* ---- relations ---- */

/* catalog_set_default() keeps NULL only where it is coerced. */
static void
put_coerced_null(struct buf *b, const struct catalog *c, struct type type)
{
	type = type_below_domains(c, type);
	type.nmods = 0;
	buf_printf(b, "NULL::%.*s", STR_ARG(type_format(b->arena, type)));
}

void
spell_default(struct buf *b, const struct catalog *c, const struct column *column)
{
	const struct expr *e = column->default_expr;

	if (column->default_sequence != NULL) {
		struct buf name = BUF(b->arena);
		spell_relation(&name, c, column->default_sequence);
		buf_c(b, "nextval(");
		sql_put_literal(b, buf_text(&name));
		buf_c(b, "::regclass)");
	} else if (e != NULL && column->generated == 0 && e->kind == EXPR_NULL) {
		put_coerced_null(b, c, column->type);
	} else if (e != NULL) {
		if (column->generated != 0)
			spell_expr(b, e);
		else
			buf_str(b, e->text);
	}
}

const char *
spell_persistence(const struct relation *r)
{
	return r->persistence == 'u' ? "unlogged" : r->persistence == 't' ? "temporary" : "permanent";
}

const char *
spell_relkind(enum relkind kind)
{
	switch (kind) {
	case RELATION_PARTITIONED: return "partitioned table";
	case RELATION_INDEX: return "index";
	case RELATION_PARTITIONED_INDEX: return "partitioned index";
	case RELATION_SEQUENCE: return "sequence";
	case RELATION_VIEW: return "view";
	case RELATION_MATVIEW: return "materialized view";
	case RELATION_FOREIGN: return "foreign table";
	case RELATION_COMPOSITE: return "composite type";
	default: return "table";
	}
}

void
spell_function(struct buf *b, const struct catalog *c, const struct function *f)
{
	spell_name(b, c, f->schema, f->name);
	buf_printf(b, "(%.*s)", STR_ARG(f->arguments));
}

/* The definition says "... ON t ...", whatever the table is called. */
void
spell_trigger(struct buf *b, const struct catalog *c, const struct trigger *t)
{
	size_t at = str_find(t->definition, STR(" ON t "));

	buf_c(b, t->constraint ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ");
	sql_put_ident(b, t->name);
	buf_char(b, ' ');
	buf_str(b, str_slice(t->definition, 0, at));
	buf_c(b, " ON ");
	sql_put_ident(b, t->table->schema);
	buf_char(b, '.');
	sql_put_ident(b, t->table->name);
	buf_str(b, at == (size_t)-1 ? STR("") : str_slice(t->definition, at + 5, t->definition.n));
	buf_c(b, "EXECUTE FUNCTION ");
	spell_name(b, c, t->function_schema, t->function);
	buf_str(b, t->arguments);
}

void
spell_rule(struct buf *b, const struct relation *r, const struct object *rule)
{
	size_t at = str_find(rule->text, STR(" TO t"));

	buf_c(b, "CREATE RULE ");
	sql_put_ident(b, rule->name);
	buf_c(b, " AS ");
	buf_str(b, str_slice(rule->text, 0, at));
	buf_c(b, " TO ");
	sql_put_ident(b, r->schema);
	buf_char(b, '.');
	sql_put_ident(b, r->name);
	buf_str(b, at == (size_t)-1 ? STR("") : str_slice(rule->text, at + 5, rule->text.n));
}

void
spell_statistics(struct buf *b, const struct catalog *c, const struct object *statistics)
{
	buf_c(b, "CREATE STATISTICS ");
	spell_name(b, c, statistics->schema, statistics->label);
	buf_printf(b, " %.*s FROM ", STR_ARG(statistics->text));
	spell_relation(b, c, statistics->of);
}
