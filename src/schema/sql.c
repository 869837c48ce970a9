#include <stdlib.h>
#include <string.h>

#include "catalog/spell.h"
#include "schema/schema.h"
#include "sql/ident.h"

/*
 * As pg_dump does it: tables come bare, and what ties them together comes behind them, so that no cycle of foreign
 * keys is in the way. Each object is preceded by those its definition names. Where these need the object itself, a
 * default or CHECK comes later, and a body in standard SQL has an empty one in its place so long.
 */

struct script {
	struct buf *out;
	struct arena *arena;
	const struct catalog *catalog;
	const struct contents *contents;
	int pg_version;
	struct map written;             /* by address: types, functions, relations */
	struct map late;                /* by address: the expressions of defaults and CHECKs that come later */
	VEC(const struct function *) postponed; /* whose bodies come later */
	VEC(const struct relation *) dummies;   /* views whose queries come later */
	const void *sought;             /* nothing is written for good: is this one needed? NULL: it is */
	bool found;
};

static void write_relation(struct script *, const struct relation *);
static void write_type(struct script *, const struct typedef_ *);
static void write_function(struct script *, const struct function *);
static void write_object(struct script *, const struct object *);

static bool
is_marked(struct script *s, const struct map *marks, const void *object)
{
	return object != NULL && marks->n > 0 && map_has(marks, str_printf(s->arena, "%p", object));
}

static void
mark(struct script *s, struct map *marks, const void *object)
{
	*map_at(marks, str_printf(s->arena, "%p", object)) = s;
}

/* false: it was written, or is being written, already. */
static bool
enter(struct script *s, const void *object)
{
	s->found = s->found || object == s->sought;
	if (is_marked(s, &s->written, object))
		return false;
	mark(s, &s->written, object);
	return true;
}

static void
end(struct script *s)
{
	buf_c(s->out, ";\n");
}

/* ---- what comes first ---- */

static void
need_type(struct script *s, struct type type)
{
	const struct typedef_ *t;
	const struct relation *r;

	if (!type_known(type) || type.builtin)
		return;
	t = catalog_find_type(s->catalog, type.schema, type.name);
	r = t != NULL && !t->assumed ? NULL : catalog_find_relation(s->catalog, (struct name){ type.schema, type.name, { 0, 0 } });
	if (t != NULL && !t->assumed)
		write_type(s, t);
	else if (r != NULL && !r->assumed)
		write_relation(s, r);
}

static void
need_functions(struct script *s, struct str schema, struct str name)
{
	const struct function_set *set = catalog_functions(s->catalog, schema, name);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped)
			write_function(s, set->overloads.items[i]);
}

/* The name may have more behind it: "===(integer, text)". */
static void
need_object(struct script *s, const char *kind, struct str name)
{
	for (size_t i = 0; i < s->contents->objects.n; i++) {
		const struct object *o = s->contents->objects.items[i];
		struct str label = object_label(o);
		bool named = str_is(o->kind, kind) && str_eq(str_slice(label, 0, name.n), name) && (label.n == name.n || label.s[name.n] == '(');
		if (named)
			write_object(s, o);
	}
}

static void
need_calls(struct script *s, const struct called *calls, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		need_functions(s, calls[i].schema, calls[i].name);
		need_object(s, "aggregate", calls[i].name);
	}
}

/* Those the text may mean that were made before the statement. */
static void
need_operators_in(struct script *s, struct str text, unsigned statement)
{
	for (size_t i = 0; i < s->contents->objects.n; i++) {
		const struct object *o = s->contents->objects.items[i];
		struct str name = str_slice(object_label(o), 0, str_find_char(object_label(o), '('));
		if (str_is(o->kind, "operator") && o->born.statement < statement && str_find(text, name) != (size_t)-1)
			write_object(s, o);
	}
}

static void
need_node(void *arg, const struct expr *e)
{
	struct script *s = arg;
	const struct relation *named = catalog_named_relation(s->catalog, e);

	if (named != NULL && !named->assumed)
		write_relation(s, named);
	if (e->kind == EXPR_FUNCTION)
		need_functions(s, e->schema, e->name);
	else if (e->kind == EXPR_OPERATOR)
		need_object(s, "operator", e->name);
	else if (e->kind == EXPR_CAST)
		need_type(s, e->type);
}

static void
need_expr(struct script *s, const struct expr *e)
{
	if (!is_marked(s, &s->late, e))
		expr_walk(e, need_node, s);
}

/* What the expression needs, and what that needs in turn, is the object itself, too. */
static bool
leads_to(struct script *s, const struct expr *e, const void *object)
{
	struct buf nowhere = BUF(s->arena);
	struct script look = *s;

	if (e == NULL)
		return false;
	look.out = &nowhere;
	look.written = MAP(s->arena);
	look.late = MAP(s->arena);
	look.sought = object;
	look.found = false;
	need_expr(&look, e);
	return look.found;
}

/* One identifier off the front of "app"."My type" */
static struct str
take_ident(struct arena *arena, struct str *text)
{
	struct buf b = BUF(arena);
	bool quoted = str_starts(*text, "\"");
	size_t i = quoted;

	for (; i < text->n && (quoted || text->s[i] != '.'); i++) {
		if (text->s[i] == '"' && (i + 1 == text->n || text->s[++i] != '"'))
			break;
		buf_char(&b, text->s[i]);
	}
	*text = str_slice(*text, i, text->n);
	return buf_text(&b);
}

/* "app.state" */
static struct type
named_type(struct arena *arena, struct str name)
{
	struct type type = { .schema = STR_NONE, .name = take_ident(arena, &name) };

	if (!str_starts(name, "."))
		return type;
	name = str_slice(name, 1, name.n);
	return (struct type){ .schema = type.name, .name = take_ident(arena, &name) };
}

/* The types of "integer, my_type[]"; a name that is no user's type is of no account. */
static void
need_type_names(struct script *s, struct str list)
{
	struct str one;

	while (str_cut(&list, ',', &one)) {
		one = str_trim(one);
		while (str_ends(one, "[]"))
			one = str_slice(one, 0, one.n - 2);
		if (str_starts(one, "SETOF "))
			one = str_slice(one, 6, one.n);
		need_type(s, named_type(s->arena, one));
	}
}

/* ---- what is known by its text ---- */

static bool
is_scripted(const struct object *o)
{
	if (str_is(o->kind, "statistics object"))
		return o->of != NULL && o->text.n > 0;
	return o->text.n > 0 && !str_is(o->kind, "extension") && !str_is(o->kind, "role") && !str_is(o->kind, "database") &&
	    !str_is(o->kind, "tablespace") && str_starts(o->text, "CREATE ");
}

/* The functions, and the types, that the text of a definition may mean. */
static void
need_functions_in(struct script *s, struct str text)
{
	for (size_t i = 0; i < s->contents->functions.n; i++)
		if (sql_find_word(text, s->contents->functions.items[i]->name, 0) != (size_t)-1)
			write_function(s, s->contents->functions.items[i]);
}

static void
need_types_in(struct script *s, struct str text)
{
	for (size_t i = 0; i < s->contents->types.n; i++)
		if (sql_find_word(text, s->contents->types.items[i]->name, 0) != (size_t)-1)
			write_type(s, s->contents->types.items[i]);
}

/* Its family, and the operators that are made anew. */
static void
need_parts_of_class(struct script *s, const struct object *o)
{
	need_operators_in(s, o->text, o->born.statement);
	for (size_t i = 0; i < s->contents->objects.n; i++)
		if (str_is(s->contents->objects.items[i]->kind, "operator family") && sql_find_word(o->text, object_label(s->contents->objects.items[i]), 0) != (size_t)-1)
			write_object(s, s->contents->objects.items[i]);
}

static void put_options_of_object(struct script *, const struct object *);

static void
write_object(struct script *s, const struct object *o)
{
	if (!is_scripted(o) || !enter(s, o))
		return;
	need_functions_in(s, o->text);
	need_types_in(s, o->text);
	if (str_is(o->kind, "operator class") || str_is(o->kind, "operator family"))
		need_parts_of_class(s, o);
	if (str_is(o->kind, "statistics object"))
		spell_statistics(s->out, s->catalog, o);
	else
		buf_str(s->out, o->text);
	if (schema_is_foreign(o))
		put_options_of_object(s, o);
	end(s);
}

/* A collation is known by its name, and by the text that made it, which has the schema. */
static void
put_collation(struct script *s, struct str name)
{
	const struct object *o = catalog_object_labelled(s->catalog, "collation", name);
	struct str text = o == NULL ? STR_NONE : o->text, head = STR("CREATE COLLATION ");

	buf_c(s->out, " COLLATE ");
	if (!str_starts(text, head.s)) {
		sql_put_ident(s->out, name);
		return;
	}
	text = str_slice(text, head.n, text.n);
	if (str_starts(text, "IF NOT EXISTS "))
		text = str_slice(text, 14, text.n);
	buf_str(s->out, str_slice(text, 0, str_find(text, str_find(text, STR(" FROM ")) != (size_t)-1 ? STR(" FROM ") : STR(" ("))));
}

/* Of a foreign table, where their names begin with nothing, or of its column, "column a "; of what else is foreign they end with " of server s". */
static void
put_foreign_option(struct script *s, const struct object *o, const char *begin, const char *behind, size_t *n)
{
	struct str name = o->name;

	if (!str_is(o->kind, "foreign option") || !str_starts(name, begin) || !str_ends(name, behind) || (*begin == '\0' && *behind == '\0' && str_starts(name, "column ")))
		return;
	name = str_slice(name, str_of(begin).n, name.n - str_of(behind).n);
	buf_c(s->out, (*n)++ > 0 ? ", " : " OPTIONS (");
	sql_put_ident(s->out, name);
	buf_char(s->out, ' ');
	sql_put_literal(s->out, o->text);
}

static void
put_foreign_options(struct script *s, const struct relation *r, const char *begin)
{
	size_t n = 0;

	for (size_t i = 0; i < r->objects.n; i++)
		put_foreign_option(s, r->objects.items[i], begin, "", &n);
	buf_c(s->out, n > 0 ? ")" : "");
}

static void
put_options_of_object(struct script *s, const struct object *of)
{
	const char *behind = str_c(s->arena, str_printf(s->arena, " of %.*s %.*s", STR_ARG(of->kind), STR_ARG(of->name)));
	size_t n = 0;

	for (size_t i = 0; i < s->contents->objects.n; i++)
		put_foreign_option(s, s->contents->objects.items[i], "", behind, &n);
	buf_c(s->out, n > 0 ? ")" : "");
}

/* ---- types ---- */

static void
put_labels(struct buf *b, const struct typedef_ *t)
{
	buf_c(b, " AS ENUM (");
	for (size_t i = 0; i < t->values.n; i++) {
		buf_c(b, i > 0 ? ", " : "");
		sql_put_literal(b, t->values.items[i].label);
	}
	buf_char(b, ')');
}

/* The grammar of DEFAULT takes no operators but in parentheses. */
static void
put_default_text(struct buf *b, const struct expr *e, struct str text)
{
	bool bare = e == NULL || e->kind == EXPR_CONST || e->kind == EXPR_NULL || expr_is_call(e) || e->kind == EXPR_SQL_VALUE;

	buf_printf(b, bare ? " DEFAULT %.*s" : " DEFAULT (%.*s)", STR_ARG(text));
}

static void
put_domain(struct script *s, const struct typedef_ *t)
{
	buf_c(s->out, " AS ");
	spell_type(s->out, s->catalog, t->base);
	if (t->collation.n > 0)
		put_collation(s, t->collation);
	if (t->default_expr != NULL && !is_marked(s, &s->late, t->default_expr))
		put_default_text(s->out, t->default_expr, t->default_expr->text);
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct domain_constraint *k = &t->constraints.items[i];
		if (k->valid == NO || is_marked(s, &s->late, k->check))
			continue;
		if (k->name.n > 0) {
			buf_c(s->out, " CONSTRAINT ");
			sql_put_ident(s->out, k->name);
		}
		if (k->check == NULL)
			buf_c(s->out, " NOT NULL");
		else
			buf_printf(s->out, " CHECK (%.*s)", STR_ARG(k->check->text));
	}
}

/* DefineDomain(): a domain takes the default over that its base has when it is made. */
static void
put_no_default(struct script *s, const struct typedef_ *t)
{
	const struct typedef_ *base = t->base.builtin ? NULL : catalog_find_type(s->catalog, t->base.schema, t->base.name);

	if (t->default_expr != NULL || base == NULL || base->default_expr == NULL)
		return;
	buf_c(s->out, "ALTER DOMAIN ");
	spell_name(s->out, s->catalog, t->schema, t->name);
	buf_c(s->out, " DROP DEFAULT");
	end(s);
}

static void
put_added_check(struct script *s, const struct typedef_ *t, const struct domain_constraint *k)
{
	buf_c(s->out, "ALTER DOMAIN ");
	spell_name(s->out, s->catalog, t->schema, t->name);
	buf_c(s->out, " ADD CONSTRAINT ");
	sql_put_ident(s->out, k->name);
	buf_printf(s->out, k->valid == NO ? " CHECK (%.*s) NOT VALID" : " CHECK (%.*s)", STR_ARG(k->check->text));
	end(s);
}

static void
put_invalid_checks(struct script *s, const struct typedef_ *t)
{
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct domain_constraint *k = &t->constraints.items[i];
		if (k->valid == NO && k->check != NULL && !is_marked(s, &s->late, k->check))
			put_added_check(s, t, k);
	}
}

static void
write_late_parts_of_domain(struct script *s, const struct typedef_ *t)
{
	if (is_marked(s, &s->late, t->default_expr)) {
		buf_c(s->out, "ALTER DOMAIN ");
		spell_name(s->out, s->catalog, t->schema, t->name);
		buf_printf(s->out, " SET DEFAULT %.*s", STR_ARG(t->default_expr->text));
		end(s);
	}
	for (size_t i = 0; i < t->constraints.n; i++)
		if (is_marked(s, &s->late, t->constraints.items[i].check))
			put_added_check(s, t, &t->constraints.items[i]);
}

static void
put_attributes(struct script *s, const struct relation *r)
{
	size_t n = 0;

	buf_c(s->out, " AS (");
	for (size_t i = 0; r != NULL && i < r->columns.n; i++) {
		if (r->columns.items[i]->dropped)
			continue;
		buf_c(s->out, n++ > 0 ? ", " : "");
		sql_put_ident(s->out, r->columns.items[i]->name);
		buf_char(s->out, ' ');
		spell_type(s->out, s->catalog, r->columns.items[i]->type);
		if (r->columns.items[i]->collation.n > 0)
			put_collation(s, r->columns.items[i]->collation);
	}
	buf_char(s->out, ')');
}

static bool
is_named(struct script *s, const struct typedef_ *t, struct str name)
{
	struct type type = named_type(s->arena, name);

	return catalog_find_type(s->catalog, type.schema, type.name) == t;
}

/* "CREATE OPERATOR CLASS c DEFAULT FOR TYPE t USING btree ..." */
static bool
is_class_of(struct script *s, const struct typedef_ *t, const struct object *o)
{
	size_t at = str_find(o->text, STR(" DEFAULT FOR TYPE ")), end = str_find(o->text, STR(" USING "));

	return at != (size_t)-1 && end != (size_t)-1 && is_named(s, t, str_slice(o->text, at + str_of(" DEFAULT FOR TYPE ").n, end));
}

/* Where an expression takes one without naming it, or a key its operator class, cannot be told. */
static void
write_casts_of(struct script *s, const struct typedef_ *t)
{
	for (size_t i = 0; i < s->contents->objects.n; i++) {
		const struct object *o = s->contents->objects.items[i];
		size_t as = str_find(o->name, STR(" AS "));
		if (str_is(o->kind, "operator class") && is_class_of(s, t, o))
			write_object(s, o);
		if (str_is(o->kind, "cast") && as != (size_t)-1 && (is_named(s, t, str_slice(o->name, 0, as)) ||
		    is_named(s, t, str_slice(o->name, as + 4, o->name.n))))
			write_object(s, o);
	}
}

static void
need_parts(struct script *s, const struct typedef_ *t, const struct relation *r)
{
	need_type(s, t->base);
	if (t->kind == TYPE_RANGE)
		need_functions_in(s, t->definition);
	need_expr(s, t->default_expr);
	for (size_t i = 0; i < t->constraints.n; i++)
		need_expr(s, t->constraints.items[i].check);
	for (size_t i = 0; r != NULL && i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			need_type(s, r->columns.items[i]->type);
}

/* makeRangeConstructors(): a range type that was renamed keeps the names of its constructors, beside which a function may have its own. */
static struct str
first_name(const struct script *s, const struct typedef_ *t)
{
	bool renamed = t->kind == TYPE_RANGE && t->constructor.n > 0 && !str_eq(t->constructor, t->name);

	return renamed && catalog_functions(s->catalog, t->schema, t->name) != NULL ? t->constructor : t->name;
}

static void
put_rename(struct script *s, const struct typedef_ *t)
{
	buf_c(s->out, "ALTER TYPE ");
	spell_name(s->out, s->catalog, t->schema, first_name(s, t));
	buf_c(s->out, " RENAME TO ");
	sql_put_ident(s->out, t->name);
	end(s);
}

static void
write_type(struct script *s, const struct typedef_ *t)
{
	const struct relation *r = catalog_find_relation(s->catalog, (struct name){ t->schema, t->name, { 0, 0 } });

	if (!enter(s, t))
		return;
	need_parts(s, t, r);
	buf_c(s->out, t->kind == TYPE_DOMAIN ? "CREATE DOMAIN " : "CREATE TYPE ");
	spell_name(s->out, s->catalog, t->schema, first_name(s, t));
	if (t->kind == TYPE_ENUM)
		put_labels(s->out, t);
	else if (t->kind == TYPE_DOMAIN)
		put_domain(s, t);
	else if (t->kind == TYPE_COMPOSITE)
		put_attributes(s, r);
	else if (t->definition.n > 0)
		buf_printf(s->out, " %.*s", STR_ARG(t->definition));
	end(s);
	if (!str_eq(first_name(s, t), t->name))
		put_rename(s, t);
	if (t->kind == TYPE_DOMAIN) {
		put_no_default(s, t);
		put_invalid_checks(s, t);
	}
	write_casts_of(s, t);
}

/* ---- functions ---- */

static const char *
function_word(const struct function *f)
{
	return f->procedure ? "PROCEDURE " : "FUNCTION ";
}

/* Parameters are known by their text. */
static void
need_defaults(struct script *s, struct str definition)
{
	struct str head = str_slice(definition, 0, str_find(definition, STR(" RETURNS ")));

	if (str_find(head, STR(" = ")) != (size_t)-1) {
		need_functions_in(s, head);
		need_types_in(s, head);
	}
}

static void
need_body(struct script *s, const struct function *f)
{
	for (size_t i = 0; i < f->reads.n; i++)
		if (!f->reads.items[i]->assumed)
			write_relation(s, f->reads.items[i]);
	need_calls(s, f->calls.items, f->calls.n);
	if (f->body.s == NULL)
		need_operators_in(s, f->definition, f->born.statement);
}

static bool
is_postponed(const struct script *s, const struct function *f)
{
	for (size_t i = 0; i < s->postponed.n; i++)
		if (s->postponed.items[i] == f)
			return true;
	return false;
}

static bool
leads_back(struct script *s, const struct function *f)
{
	struct buf nowhere = BUF(s->arena);
	struct script look = *s;

	if (f->body.s != NULL || s->sought != NULL || (f->reads.n == 0 && f->calls.n == 0))
		return false;
	look.out = &nowhere;
	look.written = MAP(s->arena);
	look.sought = f;
	look.found = false;
	need_body(&look, f);
	return look.found;
}

/* Where the body in standard SQL begins. */
static size_t
body_at(struct str definition)
{
	size_t atomic = str_find(definition, STR(" BEGIN ATOMIC")), expression = str_find(definition, STR(" RETURN "));

	return atomic < expression ? atomic : expression;
}

static void
put_function(struct script *s, const struct function *f, const char *verb, struct str definition)
{
	buf_printf(s->out, "%s %s", verb, function_word(f));
	spell_name(s->out, s->catalog, f->schema, f->name);
	buf_str(s->out, definition);
	end(s);
	for (size_t i = 0; i < f->changes.n; i++) {
		buf_printf(s->out, "ALTER %s", function_word(f));
		spell_function(s->out, s->catalog, f);
		buf_printf(s->out, " %.*s", STR_ARG(f->changes.items[i]));
		end(s);
	}
}

static struct str
dummy_definition(struct script *s, const struct function *f)
{
	struct str head = str_slice(f->definition, 0, body_at(f->definition));

	return str_printf(s->arena, "%.*s%s AS ''", STR_ARG(head), str_find(head, STR(" LANGUAGE ")) == (size_t)-1 ? " LANGUAGE sql" : "");
}

static void
write_function(struct script *s, const struct function *f)
{
	if (!enter(s, f) || f->definition.n == 0)
		return;
	need_type_names(s, f->arguments);
	need_type_names(s, f->returns);
	need_defaults(s, f->definition);
	if (is_postponed(s, f))
		return;
	if (leads_back(s, f)) {
		*vec_push(s->arena, &s->postponed) = f;
		put_function(s, f, "CREATE", dummy_definition(s, f));
		return;
	}
	need_body(s, f);
	put_function(s, f, "CREATE", f->definition);
}

static void
write_postponed_bodies(struct script *s)
{
	for (size_t i = 0; i < s->postponed.n; i++)
		put_function(s, s->postponed.items[i], "CREATE OR REPLACE", s->postponed.items[i]->definition);
}

/* ---- sequences ---- */

static void
put_sequence_options(struct buf *b, const struct relation *r)
{
	struct sequence_shape q = catalog_sequence(r);

	buf_printf(b, "START WITH %.*s INCREMENT BY %.*s MINVALUE %.*s MAXVALUE %.*s CACHE %.*s%s", STR_ARG(q.start),
	    STR_ARG(q.increment), STR_ARG(q.min), STR_ARG(q.max), STR_ARG(q.cache), q.cycle ? " CYCLE" : "");
}

static void
put_persistence(struct script *s, const struct relation *r)
{
	buf_c(s->out, r->persistence == 'u' ? "CREATE UNLOGGED " : "CREATE ");
}

static void
put_sequence(struct script *s, const struct relation *r)
{
	put_persistence(s, r);
	buf_c(s->out, "SEQUENCE ");
	spell_relation(s->out, s->catalog, r);
	buf_printf(s->out, " AS %.*s ", STR_ARG(catalog_sequence(r).type));
	put_sequence_options(s->out, r);
	end(s);
}

static void
write_sequence_owner(struct script *s, const struct relation *r)
{
	if (r->owner == NULL || r->owner->assumed)
		return;
	buf_c(s->out, "ALTER SEQUENCE ");
	spell_relation(s->out, s->catalog, r);
	buf_c(s->out, " OWNED BY ");
	spell_relation(s->out, s->catalog, r->owner);
	buf_char(s->out, '.');
	sql_put_ident(s->out, r->owner_column);
	end(s);
}

/* ---- tables ---- */

static bool
has_type_of(const struct column *column)
{
	struct str type = catalog_sequence(column->sequence).type;

	return str_is(type, str_is(column->type.name, "int2") ? "smallint" : str_is(column->type.name, "int4") ? "integer" : "bigint");
}

static void
put_identity(struct script *s, const struct column *column)
{
	buf_printf(s->out, "GENERATED %s AS IDENTITY", column->identity == 'a' ? "ALWAYS" : "BY DEFAULT");
	if (column->sequence == NULL)
		return;
	buf_c(s->out, " (SEQUENCE NAME ");
	spell_relation(s->out, s->catalog, column->sequence);
	if (has_type_of(column)) {
		buf_char(s->out, ' ');
		put_sequence_options(s->out, column->sequence);
	}
	buf_char(s->out, ')');
}

static void
alter_table(struct script *s, const struct relation *r)
{
	buf_c(s->out, r->kind == RELATION_FOREIGN ? "ALTER FOREIGN TABLE " : "ALTER TABLE ");
	spell_relation(s->out, s->catalog, r);
	buf_char(s->out, ' ');
}

/* DefineRelation(): "identity columns are not supported on typed tables", but ATExecAddIdentity() adds them. */
static void
add_identities(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		if (column->dropped || column->identity == 0)
			continue;
		alter_table(s, r);
		buf_c(s->out, "ALTER COLUMN ");
		sql_put_ident(s->out, column->name);
		buf_c(s->out, " ADD ");
		put_identity(s, column);
		end(s);
	}
}

/* The sequence behind an identity column may have got another type by ALTER SEQUENCE. */
static void
put_identity_types(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		if (column->dropped || column->identity == 0 || column->sequence == NULL || has_type_of(column))
			continue;
		buf_c(s->out, "ALTER SEQUENCE ");
		spell_relation(s->out, s->catalog, column->sequence);
		buf_printf(s->out, " AS %.*s ", STR_ARG(catalog_sequence(column->sequence).type));
		put_sequence_options(s->out, column->sequence);
		buf_c(s->out, " RESTART");
		end(s);
	}
}

static void
put_default(struct script *s, const struct column *column)
{
	struct buf text = BUF(s->arena);

	spell_default(&text, s->catalog, column);
	if (text.n == 0 || column->identity != 0 || is_marked(s, &s->late, column->default_expr))
		return;
	if (column->generated == 0)
		put_default_text(s->out, column->default_sequence != NULL ? NULL : column->default_expr, buf_text(&text));
	else
		buf_printf(s->out, " GENERATED ALWAYS AS (%.*s) %s", STR_ARG(buf_text(&text)),
		    column->generated == 's' ? "STORED" : "VIRTUAL");
}

static const struct constraint *
not_null_of(const struct relation *r, const struct column *column)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (!k->dropped && k->kind == CONSTRAINT_NOT_NULL && k->columns.n == 1 && str_eq(k->columns.items[0], column->name))
			return k;
	}
	return NULL;
}

/* Since 18 a NOT NULL has a name and can be NOT VALID, which CREATE TABLE cannot say. */
static void
put_not_null(struct script *s, const struct relation *r, const struct column *column)
{
	const struct constraint *k = not_null_of(r, column);

	if (column->not_null != YES || (k != NULL && k->valid == NO))
		return;
	if (k != NULL && k->name.n > 0 && s->pg_version >= 18) {
		buf_c(s->out, " CONSTRAINT ");
		sql_put_ident(s->out, k->name);
	}
	buf_c(s->out, " NOT NULL");
	if (k != NULL && k->no_inherit && s->pg_version >= 18)
		buf_c(s->out, " NO INHERIT");
}

static void
put_column(struct script *s, const struct relation *r, const struct column *column)
{
	sql_put_ident(s->out, column->name);
	buf_char(s->out, ' ');
	if (type_known(column->type))
		spell_type(s->out, s->catalog, column->type);
	else
		buf_c(s->out, "text /* the type is not known */");
	if (r->kind == RELATION_FOREIGN)
		put_foreign_options(s, r, str_c(s->arena, str_printf(s->arena, "column %.*s ", STR_ARG(column->name))));
	if (column->collation.n > 0)
		put_collation(s, column->collation);
	put_default(s, column);
	if (column->identity != 0 && !r->is_partition) {
		buf_char(s->out, ' ');
		put_identity(s, column);
	}
	put_not_null(s, r, column);
}

/* Of two keys that are the same CREATE TABLE would make one. */
static bool
repeats_a_key(const struct constraint *k)
{
	for (size_t i = 0; i < k->table->constraints.n && k->table->constraints.items[i] != k; i++) {
		const struct constraint *other = k->table->constraints.items[i];
		bool same = other->index != NULL && k->index != NULL && other->columns.n == k->columns.n;
		for (size_t j = 0; same && j < k->columns.n; j++)
			same = str_eq(other->columns.items[j], k->columns.items[j]);
		if (same)
			return true;
	}
	return false;
}

/* A key of ALTER TABLE ONLY: partitions do not have it. */
static bool
is_of_whole_only(const struct constraint *k)
{
	return !k->dropped && k->index != NULL && k->table->kind == RELATION_PARTITIONED && k->index->index->valid == NO;
}

static bool
is_with_table(const struct constraint *k)
{
	return !k->dropped && !repeats_a_key(k) && !is_of_whole_only(k) && k->kind != CONSTRAINT_FOREIGN_KEY && k->kind != CONSTRAINT_NOT_NULL &&
	    (k->valid != NO || (!k->enforced && k->kind == CONSTRAINT_CHECK));
}

/* The clause does not say NULLS NOT DISTINCT, but USING INDEX takes such an index. */
static bool
took_over_index(const struct constraint *k)
{
	return k->kind == CONSTRAINT_PRIMARY_KEY && k->index != NULL && k->index->index->nulls_not_distinct;
}

static bool
is_in_table(struct script *s, const struct constraint *k)
{
	return is_with_table(k) && !is_marked(s, &s->late, k->check) && !took_over_index(k);
}

static void
put_constraint(struct script *s, const struct constraint *k)
{
	buf_c(s->out, "CONSTRAINT ");
	sql_put_ident(s->out, k->name);
	buf_char(s->out, ' ');
	spell_constraint(s->out, s->catalog, k);
}

static void
put_taking_over(struct script *s, const struct constraint *k)
{
	buf_c(s->out, "CONSTRAINT ");
	sql_put_ident(s->out, k->name);
	buf_c(s->out, " PRIMARY KEY USING INDEX ");
	sql_put_ident(s->out, k->index->name);
}

/* "a WITH OPTIONS NOT NULL": what a column of a typed table has besides what its type says. */
static struct str
column_options(struct script *s, const struct relation *r, const struct column *column)
{
	struct buf b = BUF(s->arena), *out = s->out;

	s->out = &b;
	put_default(s, column);
	put_not_null(s, r, column);
	s->out = out;
	return buf_text(&b);
}

static bool
put_element(struct script *s, const struct relation *r, const struct column *column, const char *separator)
{
	struct str options = r->row_of == NULL || column->dropped ? STR_NONE : column_options(s, r, column);

	if (column->dropped || (r->row_of != NULL && options.n == 0))
		return false;
	buf_c(s->out, separator);
	if (r->row_of == NULL) {
		put_column(s, r, column);
		return true;
	}
	sql_put_ident(s->out, column->name);
	buf_printf(s->out, " WITH OPTIONS%.*s", STR_ARG(options));
	return true;
}

/* CREATE TABLE ... OF takes no empty list. */
static void
put_elements(struct script *s, const struct relation *r)
{
	const char *first = r->row_of != NULL ? " (\n    " : "\n    ", *separator = first;

	buf_c(s->out, r->row_of != NULL ? "" : " (");
	for (size_t i = 0; i < r->columns.n; i++)
		if (put_element(s, r, r->columns.items[i], separator))
			separator = ",\n    ";
	for (size_t i = 0; i < r->constraints.n; i++) {
		if (!is_in_table(s, r->constraints.items[i]))
			continue;
		buf_c(s->out, separator);
		put_constraint(s, r->constraints.items[i]);
		separator = ",\n    ";
	}
	if (r->row_of == NULL || separator != first)
		buf_c(s->out, "\n)");
}

static void
put_options(struct script *s, const struct relation *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->objects.n; i++) {
		const struct object *o = r->objects.items[i];
		if (!str_is(o->kind, "option") || str_starts(o->name, "column "))
			continue;
		buf_printf(s->out, "%s%.*s = ", n++ > 0 ? ", " : " WITH (", STR_ARG(o->name));
		sql_put_literal(s->out, o->text);
	}
	buf_c(s->out, n > 0 ? ")" : "");
}

static void
put_table(struct script *s, const struct relation *r)
{
	put_persistence(s, r);
	buf_c(s->out, r->kind == RELATION_FOREIGN ? "FOREIGN TABLE " : "TABLE ");
	spell_relation(s->out, s->catalog, r);
	if (r->row_of != NULL) {
		buf_c(s->out, " OF ");
		spell_relation(s->out, s->catalog, r->row_of);
	}
	put_elements(s, r);
	if (r->kind == RELATION_PARTITIONED) {
		buf_c(s->out, " PARTITION BY ");
		spell_partition_key(s->out, r);
	}
	if (r->kind == RELATION_FOREIGN) {
		buf_printf(s->out, " %.*s", STR_ARG(r->definition));
		put_foreign_options(s, r, "");
	} else {
		put_options(s, r);
	}
	end(s);
	if (r->row_of != NULL)
		add_identities(s, r);
	put_identity_types(s, r);
}

/* "s.ops" */
static struct str
last_part(struct str name)
{
	size_t dot = str_ends(name, "\"") ? (size_t)-1 : str_find_char(name, '.');

	return dot == (size_t)-1 ? name : str_slice(name, dot + 1, name.n);
}

static void
need_key(struct script *s, const struct index_column *key)
{
	need_expr(s, key->expr);
	if (key->opclass.n > 0)
		need_object(s, "operator class", last_part(key->opclass));
}

static void
need_keys(struct script *s, const struct index *index)
{
	for (size_t i = 0; i < index->columns.n; i++)
		need_key(s, &index->columns.items[i]);
	need_expr(s, index->predicate);
}

static void
need_columns(struct script *s, const struct relation *r)
{
	if (r->row_of != NULL)
		need_type(s, (struct type){ .schema = r->row_of->schema, .name = r->row_of->name });
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		if (column->dropped)
			continue;
		need_type(s, column->type);
		need_expr(s, column->default_expr);
		if (column->default_sequence != NULL)
			write_relation(s, column->default_sequence);
	}
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (is_with_table(k))
			need_expr(s, k->check);
		if (!k->dropped && k->index != NULL)
			need_keys(s, k->index->index);
	}
	for (size_t i = 0; i < r->partition_key.n; i++)
		need_key(s, &r->partition_key.items[i]);
}

/* ---- views ---- */

static void
put_column_names(struct script *s, const struct relation *r)
{
	struct str_list names = { 0 };

	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			*vec_push(s->arena, &names) = r->columns.items[i]->name;
	if (names.n == 0)
		return;
	buf_char(s->out, ' ');
	spell_names(s->out, names.items, names.n);
}

/* The definition of a view may begin with the names its columns had at first. */
static struct str
without_names(struct str definition)
{
	size_t i = 0;
	bool quoted = false;

	if (!str_starts(definition, "("))
		return definition;
	while (i < definition.n && (quoted || definition.s[i] != ')'))
		quoted ^= definition.s[i++] == '"';
	return str_trim(str_slice(definition, i + 1, definition.n));
}

/* When all functions are there. */
static void
write_view_defaults(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		struct buf text = BUF(s->arena);
		spell_default(&text, s->catalog, r->columns.items[i]);
		if (r->columns.items[i]->dropped || text.n == 0)
			continue;
		buf_c(s->out, "ALTER VIEW ");
		spell_relation(s->out, s->catalog, r);
		buf_c(s->out, " ALTER COLUMN ");
		sql_put_ident(s->out, r->columns.items[i]->name);
		buf_printf(s->out, " SET DEFAULT %.*s", STR_ARG(buf_text(&text)));
		end(s);
	}
}

static void
need_view(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->reads.n; i++)
		if (!r->reads.items[i]->assumed)
			write_relation(s, r->reads.items[i]);
	need_calls(s, r->calls.items, r->calls.n);
	need_operators_in(s, r->definition, r->defined.statement);
}

/* Only OR REPLACE can make it need itself. */
static bool
view_leads_back(struct script *s, const struct relation *r)
{
	struct buf nowhere = BUF(s->arena);
	struct script look = *s;

	if (r->kind != RELATION_VIEW || r->assumed || s->sought != NULL || r->defined.statement == r->born.statement)
		return false;
	for (size_t i = 0; i < r->columns.n; i++)
		if (!type_known(r->columns.items[i]->type))
			return false;
	look.out = &nowhere;
	look.written = MAP(s->arena);
	look.sought = r;
	look.found = false;
	need_view(&look, r);
	return look.found;
}

/* A view of its columns that reads nothing: createDummyViewAsClause() of pg_dump */
static void
put_dummy_view(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++)
		need_type(s, r->columns.items[i]->type);
	buf_c(s->out, "CREATE VIEW ");
	spell_relation(s->out, s->catalog, r);
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		buf_c(s->out, i == 0 ? " AS SELECT NULL::" : ", NULL::");
		spell_type(s->out, s->catalog, column->type);
		if (column->collation.n > 0)
			put_collation(s, column->collation);
		buf_c(s->out, " AS ");
		sql_put_ident(s->out, column->name);
	}
	end(s);
}

static void
put_view(struct script *s, const struct relation *r, bool replaces)
{
	buf_c(s->out, r->kind == RELATION_MATVIEW ? "CREATE MATERIALIZED VIEW " : replaces ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ");
	spell_relation(s->out, s->catalog, r);
	if (!r->assumed)
		put_column_names(s, r);
	put_options(s, r);
	buf_c(s->out, r->kind == RELATION_MATVIEW ? " AS " : " ");
	buf_str(s->out, r->assumed || r->kind == RELATION_MATVIEW ? r->definition : without_names(r->definition));
	end(s);
}

static void
write_view(struct script *s, const struct relation *r)
{
	if (view_leads_back(s, r)) {
		put_dummy_view(s, r);
		*vec_push(s->arena, &s->dummies) = r;
		return;
	}
	need_view(s, r);
	put_view(s, r, false);
}

static void
write_postponed_views(struct script *s)
{
	for (size_t i = 0; i < s->dummies.n; i++) {
		need_view(s, s->dummies.items[i]);
		put_view(s, s->dummies.items[i], true);
	}
}

/* ---- indexes ---- */

static void
attach_index(struct script *s, const struct relation *index)
{
	buf_c(s->out, "ALTER INDEX ");
	spell_relation(s->out, s->catalog, index->index->parent);
	buf_c(s->out, " ATTACH PARTITION ");
	spell_relation(s->out, s->catalog, index);
	end(s);
}

/* When the partitions are there, which would take it over otherwise; what some of them have of it is attached. */
static void
write_key_of_whole(struct script *s, const struct constraint *k)
{
	buf_c(s->out, "ALTER TABLE ONLY ");
	spell_relation(s->out, s->catalog, k->table);
	buf_c(s->out, " ADD ");
	put_constraint(s, k);
	end(s);
	for (size_t i = 0; i < k->table->partitions.n; i++) {
		const struct relation *part = k->table->partitions.items[i];
		for (size_t j = 0; j < part->constraints.n; j++)
			if (!part->constraints.items[j]->dropped && part->constraints.items[j]->parent == k)
				attach_index(s, part->constraints.items[j]->index);
	}
}

static void
write_keys_of_whole(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		if (is_of_whole_only(r->constraints.items[i]) && !repeats_a_key(r->constraints.items[i]))
			write_key_of_whole(s, r->constraints.items[i]);
}

static void
write_index(struct script *s, const struct relation *r)
{
	if (r->dropped || r->index->constraint != NULL || !enter(s, r))
		return;
	if (r->index->parent != NULL)
		write_index(s, r->index->parent);
	need_keys(s, r->index);
	spell_index(s->out, r);
	end(s);
	if (r->index->parent != NULL)
		attach_index(s, r);
	/* those that a constraint of a partition has taken are there */
	for (size_t i = 0; i < r->index->children.n; i++)
		if (!r->index->children.items[i]->dropped && r->index->children.items[i]->index->constraint != NULL)
			attach_index(s, r->index->children.items[i]);
}

static void
write_indexes(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		write_index(s, r->indexes.items[i]);
}

static void
write_relation(struct script *s, const struct relation *r)
{
	if (r->dropped || r->persistence == 't' || !enter(s, r))
		return;
	switch (r->kind) {
	case RELATION_SEQUENCE:
		if (sequence_is_of_identity(r))
			write_relation(s, r->owner);
		else
			put_sequence(s, r);
		break;
	case RELATION_VIEW:
	case RELATION_MATVIEW:
		write_view(s, r);
		break;
	case RELATION_TABLE:
	case RELATION_PARTITIONED:
	case RELATION_FOREIGN:
		need_columns(s, r);
		put_table(s, r);
		break;
	default:
		break;
	}
}

/* ---- what ties tables together ---- */

static void
write_late_parts(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		if (column->dropped || column->generated != 0 || column->default_sequence != NULL || !is_marked(s, &s->late, column->default_expr))
			continue;
		alter_table(s, r);
		buf_c(s->out, "ALTER COLUMN ");
		sql_put_ident(s->out, column->name);
		buf_printf(s->out, " SET DEFAULT %.*s", STR_ARG(column->default_expr->text));
		end(s);
	}
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (!is_with_table(k) || is_in_table(s, k))
			continue;
		if (took_over_index(k)) {
			spell_index(s->out, k->index);
			end(s);
		}
		alter_table(s, r);
		buf_c(s->out, "ADD ");
		if (took_over_index(k))
			put_taking_over(s, k);
		else
			put_constraint(s, k);
		end(s);
	}
}

static void
note_late_parts(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		if (!column->dropped && column->generated == 0 && column->default_sequence == NULL && leads_to(s, column->default_expr, r))
			mark(s, &s->late, column->default_expr);
	}
	for (size_t i = 0; i < r->constraints.n; i++)
		if (is_with_table(r->constraints.items[i]) && leads_to(s, r->constraints.items[i]->check, r))
			mark(s, &s->late, r->constraints.items[i]->check);
}

static void
note_late_parts_of_domain(struct script *s, const struct typedef_ *t)
{
	if (leads_to(s, t->default_expr, t))
		mark(s, &s->late, t->default_expr);
	for (size_t i = 0; i < t->constraints.n; i++)
		if (leads_to(s, t->constraints.items[i].check, t))
			mark(s, &s->late, t->constraints.items[i].check);
}

static void
write_parents(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->parents.n; i++) {
		const struct relation *parent = r->parents.items[i];
		alter_table(s, r->is_partition ? parent : r);
		buf_c(s->out, r->is_partition ? "ATTACH PARTITION " : "INHERIT ");
		spell_relation(s->out, s->catalog, r->is_partition ? r : parent);
		if (r->is_partition)
			buf_printf(s->out, " %.*s", STR_ARG(r->bound));
		end(s);
	}
}

/* A NOT NULL that is not valid, and will be that of parents under another name, which are not valid either. */
static bool
merges(const struct relation *r, const struct constraint *k)
{
	bool all = k->kind == CONSTRAINT_NOT_NULL && k->valid == NO && k->inherited > 0;

	for (size_t i = 0; all && i < r->parents.n; i++) {
		const struct constraint *of_parent = catalog_find_not_null(r->parents.items[i], k->columns.items[0]);
		all = of_parent == NULL || (of_parent->valid == NO && !str_eq(of_parent->name, k->name));
	}
	return all;
}

/* Before partitions are attached, so that they keep theirs, under their names. */
static void
write_early_constraints(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->dropped || !((k->index != NULL && repeats_a_key(k)) || merges(r, k)))
			continue;
		alter_table(s, r);
		buf_c(s->out, "ADD ");
		put_constraint(s, k);
		end(s);
	}
}

/* Those of partitions that are not called as that of the whole, which takes them over when it comes. */
static void
write_named_foreign_keys(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->dropped || k->references == NULL || k->parent == NULL || k->valid != YES || str_eq(k->name, k->parent->name))
			continue;
		alter_table(s, r);
		buf_c(s->out, "ADD ");
		put_constraint(s, k);
		end(s);
	}
}

static void
write_late_constraints(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		bool unknown = k->references != NULL && k->references->assumed && k->references->born.migration == 0;
		if (k->dropped || k->index != NULL || is_with_table(k) || k->parent != NULL || k->inherited > 0 || (k->kind == CONSTRAINT_NOT_NULL && k->valid != NO))
			continue;
		buf_c(s->out, unknown ? "-- not known: " : "");
		alter_table(s, r);
		buf_c(s->out, "ADD ");
		put_constraint(s, k);
		end(s);
	}
}

static void
write_triggers(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->triggers.n; i++) {
		if (r->triggers.items[i]->dropped || r->triggers.items[i]->cloned)
			continue;
		spell_trigger(s->out, s->catalog, r->triggers.items[i]);
		end(s);
	}
}

/* When all are there, clones on partitions, too. */
static void
write_trigger_states(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->triggers.n; i++) {
		const struct trigger *t = r->triggers.items[i];
		struct str state = t->state;
		if (t->dropped || state.n == 0)
			continue;
		alter_table(s, r);
		buf_printf(s->out, "%s TRIGGER ", str_is(state, "disabled") ? "DISABLE" : str_is(state, "always") ? "ENABLE ALWAYS" :
		    "ENABLE REPLICA");
		sql_put_ident(s->out, t->name);
		end(s);
	}
}

static void
put_policy(struct script *s, const struct relation *r, const struct policy *p)
{
	static const char *const commands[] = { ['r'] = "SELECT", ['a'] = "INSERT", ['w'] = "UPDATE", ['d'] = "DELETE", ['*'] = "ALL" };

	buf_c(s->out, "CREATE POLICY ");
	sql_put_ident(s->out, p->name);
	buf_c(s->out, " ON ");
	spell_relation(s->out, s->catalog, r);
	buf_printf(s->out, " AS %s FOR %s TO %.*s", p->permissive ? "PERMISSIVE" : "RESTRICTIVE", commands[(unsigned char)p->command],
	    STR_ARG(p->roles.n > 0 ? p->roles : STR("PUBLIC")));
	if (p->using_expr != NULL)
		buf_printf(s->out, " USING (%.*s)", STR_ARG(p->using_expr->text));
	if (p->check_expr != NULL)
		buf_printf(s->out, " WITH CHECK (%.*s)", STR_ARG(p->check_expr->text));
	end(s);
}

static void
write_security(struct script *s, const struct relation *r)
{
	if (r->row_security == YES) {
		alter_table(s, r);
		buf_c(s->out, "ENABLE ROW LEVEL SECURITY;\n");
	}
	if (r->force_row_security == YES) {
		alter_table(s, r);
		buf_c(s->out, "FORCE ROW LEVEL SECURITY;\n");
	}
	for (size_t i = 0; i < r->policies.n; i++)
		if (!r->policies.items[i]->dropped)
			put_policy(s, r, r->policies.items[i]);
}

/* CREATE OR REPLACE RULE leaves the state as it was, so a rule may be younger than its state. */
static void
write_rules(struct script *s, const struct relation *r)
{
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "rule")) {
			spell_rule(s->out, r, r->objects.items[i]);
			end(s);
		}
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "rule state")) {
			alter_table(s, r);
			buf_printf(s->out, "%.*s RULE ", STR_ARG(r->objects.items[i]->text));
			sql_put_ident(s->out, r->objects.items[i]->name);
			end(s);
		}
}

static void
write_properties(struct script *s, const struct relation *r)
{
	struct str identity = schema_option(r, "replica identity", "");
	const struct relation *index = schema_identity_index(r);

	write_rules(s, r);
	if (identity.n == 0)
		return;
	alter_table(s, r);
	if (index != NULL) {
		buf_c(s->out, "REPLICA IDENTITY USING INDEX ");
		sql_put_ident(s->out, index->name);
	} else {
		buf_printf(s->out, "REPLICA IDENTITY %.*s", STR_ARG(str_is(identity, "index") ? STR("NOTHING") : identity));
	}
	end(s);
}

/* ---- publications ---- */

static size_t
put_published_tables(struct script *s, const struct object *p)
{
	const struct relation_list *tables = &s->contents->tables;
	size_t n = 0;

	for (size_t i = 0; i < tables->n; i++) {
		const struct object *member = catalog_find_object(NULL, tables->items[i], "publication", p->name);
		if (member == NULL)
			continue;
		buf_c(s->out, n++ > 0 ? ", ONLY " : " FOR TABLE ONLY ");
		spell_relation(s->out, s->catalog, tables->items[i]);
		buf_printf(s->out, member->text.n > 0 ? " %.*s" : "%.*s", STR_ARG(member->text));
	}
	return n;
}

static void
put_published_schemas(struct script *s, const struct object *p, size_t n)
{
	for (size_t i = 0; i < s->contents->objects.n; i++) {
		const struct object *member = s->contents->objects.items[i];
		if (!str_is(member->kind, "published schema") || !str_eq(member->text, p->name))
			continue;
		buf_c(s->out, n++ > 0 ? ", TABLES IN SCHEMA " : " FOR TABLES IN SCHEMA ");
		sql_put_ident(s->out, str_slice(member->name, 0, str_find(member->name, STR(" in "))));
	}
}

static void
put_publication_options(struct script *s, const struct object *p)
{
	struct str of = str_printf(s->arena, " of %.*s", STR_ARG(p->name));
	size_t n = 0;

	for (size_t i = 0; i < s->contents->objects.n; i++) {
		const struct object *option = s->contents->objects.items[i];
		if (!str_is(option->kind, "publication option") || !str_ends(option->name, str_c(s->arena, of)))
			continue;
		buf_printf(s->out, "%s%.*s = ", n++ > 0 ? ", " : " WITH (", STR_ARG(str_slice(option->name, 0, option->name.n - of.n)));
		sql_put_literal(s->out, option->text);
	}
	buf_c(s->out, n > 0 ? ")" : "");
}

static void
write_publications(struct script *s)
{
	for (size_t i = 0; i < s->contents->objects.n; i++) {
		const struct object *p = s->contents->objects.items[i];
		if (!str_is(p->kind, "publication"))
			continue;
		buf_c(s->out, "CREATE PUBLICATION ");
		sql_put_ident(s->out, p->name);
		if (str_is(p->text, "all tables"))
			buf_c(s->out, " FOR ALL TABLES");
		else
			put_published_schemas(s, p, put_published_tables(s, p));
		put_publication_options(s, p);
		end(s);
	}
}

/* ---- comments and privileges ---- */

static void
put_comment(struct script *s, struct str text)
{
	buf_c(s->out, " IS ");
	sql_put_literal(s->out, text);
	end(s);
}

/* "COMMENT ON COLUMN t.a IS ...", or with a word for what stands behind its name: "COMMENT ON TRIGGER g ON t IS ..." */
static void
write_comment_on_part(struct script *s, const struct relation *r, const char *part, const char *word, struct str name)
{
	struct str text = schema_comment(r, part, name);
	bool column = strcmp(part, "column") == 0;

	if (text.n == 0)
		return;
	buf_printf(s->out, "COMMENT ON %s ", word);
	if (!column) {
		sql_put_ident(s->out, name);
		buf_c(s->out, " ON ");
	}
	spell_relation(s->out, s->catalog, r);
	if (column) {
		buf_char(s->out, '.');
		sql_put_ident(s->out, name);
	}
	put_comment(s, text);
}

static void
write_comment(struct script *s, const struct relation *r, const char *word)
{
	struct str text = schema_comment(r, "", STR_NONE);

	if (text.n == 0)
		return;
	buf_printf(s->out, "COMMENT ON %s ", word);
	spell_relation(s->out, s->catalog, r);
	put_comment(s, text);
}

static const char *
comment_word(const struct relation *r)
{
	return r->kind == RELATION_VIEW ? "VIEW" : r->kind == RELATION_MATVIEW ? "MATERIALIZED VIEW" : r->kind == RELATION_FOREIGN
	    ? "FOREIGN TABLE" : r->kind == RELATION_SEQUENCE ? "SEQUENCE" : "TABLE";
}

static void
write_comments(struct script *s, const struct relation *r)
{
	write_comment(s, r, comment_word(r));
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			write_comment_on_part(s, r, "column", "COLUMN", r->columns.items[i]->name);
	for (size_t i = 0; i < r->constraints.n; i++)
		if (!r->constraints.items[i]->dropped && (r->constraints.items[i]->kind != CONSTRAINT_NOT_NULL || s->pg_version >= 18))
			write_comment_on_part(s, r, "constraint", "CONSTRAINT", r->constraints.items[i]->name);
	for (size_t i = 0; i < r->indexes.n; i++)
		if (!r->indexes.items[i]->dropped)
			write_comment(s, r->indexes.items[i], "INDEX");
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped)
			write_comment_on_part(s, r, "trigger", "TRIGGER", r->triggers.items[i]->name);
	for (size_t i = 0; i < r->policies.n; i++)
		if (!r->policies.items[i]->dropped)
			write_comment_on_part(s, r, "policy", "POLICY", r->policies.items[i]->name);
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "rule"))
			write_comment_on_part(s, r, "rule", "RULE", r->objects.items[i]->name);
}

static void
put_upper(struct script *s, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		buf_char(s->out, text.s[i] >= 'a' && text.s[i] <= 'z' ? (char)(text.s[i] - 'a' + 'A') : text.s[i]);
}

static void
put_privilege(struct script *s, const struct privilege *p)
{
	buf_c(s->out, "GRANT ");
	put_upper(s, p->privilege);
	if (p->column.s == NULL)
		return;
	buf_c(s->out, " (");
	sql_put_ident(s->out, p->column);
	buf_char(s->out, ')');
}

static void
put_grantee(struct script *s, const struct privilege *p)
{
	buf_c(s->out, " TO ");
	if (str_is(p->grantee, "public"))
		buf_c(s->out, "PUBLIC");
	else
		sql_put_ident(s->out, p->grantee);
	buf_c(s->out, p->grantable ? " WITH GRANT OPTION" : "");
	end(s);
}

static void
write_privileges(struct script *s, const struct relation *r)
{
	struct privilege_list list = { 0 };

	schema_privileges(s->arena, r, &list);
	for (size_t i = 0; i < list.n; i++) {
		put_privilege(s, &list.items[i]);
		buf_c(s->out, r->kind == RELATION_SEQUENCE ? " ON SEQUENCE " : " ON ");
		spell_relation(s->out, s->catalog, r);
		put_grantee(s, &list.items[i]);
	}
}

/* PUBLIC has them on functions and types from the start. */
static void
write_remarks_on(struct script *s, const char *word, struct str name, const bool *dropped)
{
	struct privilege_list list = { 0 };
	struct str comment = schema_comment_with(s->contents, dropped);

	schema_privileges_with(s->contents, dropped, &list);
	for (size_t i = 0; i < list.n; i++) {
		if (str_is(list.items[i].grantee, "public"))
			continue;
		put_privilege(s, &list.items[i]);
		buf_printf(s->out, " ON %s %.*s", word, STR_ARG(name));
		put_grantee(s, &list.items[i]);
	}
	if (comment.n == 0)
		return;
	buf_printf(s->out, "COMMENT ON %s %.*s", word, STR_ARG(name));
	put_comment(s, comment);
}

static void
write_schema_privileges(struct script *s, struct str schema)
{
	struct privilege_list list = { 0 };

	schema_privileges_on(s->contents, schema, &list);
	for (size_t i = 0; i < list.n; i++) {
		put_privilege(s, &list.items[i]);
		buf_c(s->out, " ON SCHEMA ");
		sql_put_ident(s->out, schema);
		put_grantee(s, &list.items[i]);
	}
}

static const struct object *
object_numbered(const struct contents *x, unsigned number)
{
	for (size_t i = 0; number != 0 && i < x->objects.n; i++)
		if (x->objects.items[i]->number == number)
			return x->objects.items[i];
	return NULL;
}

/* An operator has its operands behind its name, which is no identifier. */
static void
write_comment_on_object(struct script *s, const struct object *comment)
{
	const struct object *o = str_is(comment->kind, "comment") ? object_numbered(s->contents, comment->on) : NULL;

	if (o == NULL)
		return;
	buf_c(s->out, "COMMENT ON ");
	put_upper(s, o->kind);
	buf_char(s->out, ' ');
	if (!str_is(o->kind, "operator"))
		spell_name(s->out, s->catalog, o->schema, object_label(o));
	else {
		if (!str_eq(o->schema, s->catalog->default_schema)) {
			sql_put_ident(s->out, o->schema);
			buf_char(s->out, '.');
		}
		buf_str(s->out, object_label(o));
	}
	put_comment(s, comment->text);
}

static void
write_other_remarks(struct script *s)
{
	const struct contents *x = s->contents;

	for (size_t i = 0; i < x->schemas.n; i++)
		write_schema_privileges(s, x->schemas.items[i]);
	for (size_t i = 0; i < x->functions.n; i++) {
		struct buf name = BUF(s->arena);
		spell_function(&name, s->catalog, x->functions.items[i]);
		write_remarks_on(s, x->functions.items[i]->procedure ? "PROCEDURE" : "FUNCTION", buf_text(&name), &x->functions.items[i]->dropped);
	}
	for (size_t i = 0; i < x->types.n; i++) {
		struct buf name = BUF(s->arena);
		spell_name(&name, s->catalog, x->types.items[i]->schema, x->types.items[i]->name);
		write_remarks_on(s, "TYPE", buf_text(&name), &x->types.items[i]->dropped);
	}
	for (size_t i = 0; i < x->objects.n; i++)
		write_comment_on_object(s, x->objects.items[i]);
}

static void
write_default_privilege(struct script *s, const struct default_privilege *d)
{
	struct privilege p = { .privilege = d->privilege, .grantee = d->grantee, .grantable = d->grantable };

	buf_c(s->out, "ALTER DEFAULT PRIVILEGES ");
	if (d->role.s != NULL) {
		buf_c(s->out, "FOR ROLE ");
		sql_put_ident(s->out, d->role);
		buf_char(s->out, ' ');
	}
	if (d->schema.s != NULL) {
		buf_c(s->out, "IN SCHEMA ");
		sql_put_ident(s->out, d->schema);
		buf_char(s->out, ' ');
	}
	if (d->taken) {
		buf_c(s->out, "REVOKE ");
		put_upper(s, d->privilege);
	} else
		put_privilege(s, &p);
	buf_c(s->out, " ON ");
	put_upper(s, d->object_kind);
	buf_char(s->out, 'S');
	if (!d->taken) {
		put_grantee(s, &p);
		return;
	}
	buf_c(s->out, " FROM PUBLIC");
	end(s);
}

/* ---- the script ---- */

struct item {
	unsigned statement;             /* that made it, or gave it its present definition */
	const struct object *object;
	const struct typedef_ *type;
	const struct function *function;
	const struct relation *relation;
};

VEC_TYPE(items, struct item);

static int
compare_items(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return (x->statement > y->statement) - (x->statement < y->statement);
}

static void
collect(struct script *s, struct items *items)
{
	const struct contents *x = s->contents;

	for (size_t i = 0; i < x->objects.n; i++)
		if (is_scripted(x->objects.items[i]))
			*vec_push(s->arena, items) = (struct item){ .statement = x->objects.items[i]->born.statement, .object = x->objects.items[i] };
	for (size_t i = 0; i < x->types.n; i++)
		*vec_push(s->arena, items) = (struct item){ .statement = x->types.items[i]->born.statement, .type = x->types.items[i] };
	for (size_t i = 0; i < x->functions.n; i++)
		*vec_push(s->arena, items) = (struct item){ .statement = x->functions.items[i]->born.statement, .function = x->functions.items[i] };
	for (size_t i = 0; i < x->sequences.n; i++)
		*vec_push(s->arena, items) = (struct item){ .statement = x->sequences.items[i]->born.statement, .relation = x->sequences.items[i] };
	for (size_t i = 0; i < x->tables.n; i++)
		*vec_push(s->arena, items) = (struct item){ .statement = x->tables.items[i]->born.statement, .relation = x->tables.items[i] };
	for (size_t i = 0; i < x->views.n; i++)
		*vec_push(s->arena, items) = (struct item){ .statement = x->views.items[i]->defined.statement, .relation = x->views.items[i] };
	if (items->n > 1)
		qsort(items->items, items->n, sizeof *items->items, compare_items);
}

/* What depends on nothing that has a turn, and may be used without being named; what depends on everything. */
enum turn { TURN_FIRST, TURN_MIDDLE, TURN_LAST };

static enum turn
turn_of(const struct item *item)
{
	static const char *const first[] = { "collation", "cast", "foreign data wrapper", "server", "text search configuration",
		"text search dictionary", "text search parser", "text search template", NULL };
	static const char *const last[] = { "event trigger", "publication", "statistics object", "subscription", NULL };

	if (item->object == NULL)
		return TURN_MIDDLE;
	return str_among(item->object->kind, first) ? TURN_FIRST : str_among(item->object->kind, last) ? TURN_LAST : TURN_MIDDLE;
}

static void
write_items(struct script *s, const struct items *items, enum turn turn)
{
	for (size_t i = 0; i < items->n; i++) {
		const struct item *item = &items->items[i];
		if (turn_of(item) != turn)
			continue;
		if (item->object != NULL)
			write_object(s, item->object);
		else if (item->type != NULL)
			write_type(s, item->type);
		else if (item->function != NULL)
			write_function(s, item->function);
		else
			write_relation(s, item->relation);
	}
}

static void
write_head(struct script *s)
{
	const struct contents *x = s->contents;

	buf_c(s->out, "SET check_function_bodies = off;\n");
	for (size_t i = 0; i < x->schemas.n; i++) {
		buf_c(s->out, "CREATE SCHEMA IF NOT EXISTS ");
		sql_put_ident(s->out, x->schemas.items[i]);
		end(s);
	}
	if (!str_is(x->catalog->default_schema, "public")) {
		buf_c(s->out, "SET search_path = ");
		sql_put_ident(s->out, x->catalog->default_schema);
		end(s);
	}
	for (size_t i = 0; i < x->objects.n; i++) {
		const struct object *o = x->objects.items[i];
		if (!str_is(o->kind, "extension"))
			continue;
		buf_c(s->out, "CREATE EXTENSION IF NOT EXISTS ");
		sql_put_ident(s->out, o->name);
		if (o->text.n > 0) {
			buf_c(s->out, " SCHEMA ");
			sql_put_ident(s->out, o->text);
		}
		end(s);
	}
	for (size_t i = 0; i < x->assumed.n; i++)
		buf_printf(s->out, "-- not known: %s %.*s.%.*s\n", spell_relkind(x->assumed.items[i]->kind),
		    STR_ARG(x->assumed.items[i]->schema), STR_ARG(x->assumed.items[i]->name));
}

static void
for_each(struct script *s, const struct relation_list *list, void (*write)(struct script *, const struct relation *))
{
	for (size_t i = 0; i < list->n; i++)
		write(s, list->items[i]);
}

static void
note_all_late_parts(struct script *s)
{
	for_each(s, &s->contents->tables, note_late_parts);
	for (size_t i = 0; i < s->contents->types.n; i++)
		note_late_parts_of_domain(s, s->contents->types.items[i]);
}

void
schema_sql(struct buf *out, const struct catalog *c, int pg_version)
{
	struct contents x;
	struct script s = { .out = out, .arena = out->arena, .catalog = c, .contents = &x, .pg_version = pg_version };
	struct items items = { 0 };

	s.written = MAP(out->arena);
	s.late = MAP(out->arena);
	schema_contents(out->arena, c, &x);
	collect(&s, &items);
	note_all_late_parts(&s);
	write_head(&s);
	write_items(&s, &items, TURN_FIRST);
	write_items(&s, &items, TURN_MIDDLE);
	write_postponed_views(&s);
	write_postponed_bodies(&s);
	for (size_t i = 0; i < x.types.n; i++)
		write_late_parts_of_domain(&s, x.types.items[i]);
	for_each(&s, &x.tables, write_late_parts);
	for_each(&s, &x.views, write_view_defaults);
	for_each(&s, &x.sequences, write_sequence_owner);
	for_each(&s, &x.tables, write_early_constraints);
	for_each(&s, &x.tables, write_parents);
	for_each(&s, &x.tables, write_keys_of_whole);
	for_each(&s, &x.tables, write_indexes);
	for_each(&s, &x.views, write_indexes);
	for_each(&s, &x.tables, write_named_foreign_keys);
	for_each(&s, &x.tables, write_late_constraints);
	for_each(&s, &x.tables, write_triggers);
	for_each(&s, &x.views, write_triggers);
	for_each(&s, &x.tables, write_trigger_states);
	for_each(&s, &x.views, write_trigger_states);
	for_each(&s, &x.tables, write_security);
	for_each(&s, &x.tables, write_properties);
	for_each(&s, &x.views, write_properties);
	write_items(&s, &items, TURN_LAST);
	write_publications(&s);
	for_each(&s, &x.tables, write_comments);
	for_each(&s, &x.views, write_comments);
	for_each(&s, &x.sequences, write_comments);
	for_each(&s, &x.tables, write_privileges);
	for_each(&s, &x.views, write_privileges);
	for_each(&s, &x.sequences, write_privileges);
	write_other_remarks(&s);
	for (size_t i = 0; i < c->default_privileges.n; i++)
		write_default_privilege(&s, &c->default_privileges.items[i]);
}
