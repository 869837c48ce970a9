#include "op/depend.h"

#include "catalog/spell.h"
#include "op/drop.h"
#include "op/failure.h"
#include "op/follow.h"
#include "op/meant.h"
#include "op/uses.h"
#include "op/view_text.h"
#include "sql/ident.h"

enum dependent_kind { A_COLUMN, A_DEFAULT, A_CONSTRAINT, AN_INDEX, A_POLICY, A_TRIGGER, A_RULE, A_RELATION, A_FUNCTION, A_TYPE, A_DOMAIN_CONSTRAINT,
	AN_OBJECT };

struct dependent {
	enum dependent_kind kind;
	struct relation *relation;      /* it is, or belongs to */
	struct column *column;
	struct constraint *constraint;
	struct policy *policy;
	struct trigger *trigger;
	struct object *object;
	struct function *function;
	struct typedef_ *type;
	struct str name;                /* of a constraint of a domain */
};

enum { WORDS = 4 };

struct search {
	struct arena *arena;
	struct catalog *catalog;
	const struct depended *on;
	bool by_name;                   /* what is called so means the function, aggregate or operator */
	struct str here;                /* the schema of what is looked at */
	struct str name;                /* of the function, aggregate, operator or collation */
	struct str words[WORDS];        /* how a type or relation, and a multirange type, is written: with its schema, and without it if that is the default one */
	VEC(struct dependent) found;
};

/* ---- texts ---- */

static bool
is_joined(struct str text, size_t at)
{
	return at < text.n && (text.s[at] == '"' || text.s[at] == '.');
}

/* Where the name stands next as it is written, in no schema and no quotes besides; -1: nowhere. */
static size_t
next_word(struct str text, struct str word, size_t from)
{
	size_t at = sql_find_word(text, word, from);

	while (at != (size_t)-1 && ((at > 0 && is_joined(text, at - 1)) || is_joined(text, at + word.n)))
		at = sql_find_word(text, word, at + 1);
	return at;
}

/* "total(" */
static bool
text_calls(const struct search *s, struct str text)
{
	for (size_t at = next_word(text, s->name, 0); at != (size_t)-1; at = next_word(text, s->name, at + 1))
		if (at + s->name.n < text.n && text.s[at + s->name.n] == '(')
			return true;
	return false;
}

/* "::state" */
static bool
text_casts(const struct search *s, struct str text)
{
	for (size_t i = 0; i < WORDS; i++)
		for (size_t at = next_word(text, s->words[i], 0); at != (size_t)-1; at = next_word(text, s->words[i], at + 1))
			if (str_ends(str_slice(text, 0, at), "::"))
				return true;
	return false;
}

/* "FROM t", "INSERT INTO t" */
static bool
text_reads(const struct search *s, struct str text)
{
	static const char *const before[] = { "FROM ", "JOIN ", "INTO ", "UPDATE ", "ONLY " };

	for (size_t i = 0; i < WORDS; i++)
		for (size_t at = next_word(text, s->words[i], 0); at != (size_t)-1; at = next_word(text, s->words[i], at + 1))
			for (size_t j = 0; j < sizeof before / sizeof before[0]; j++)
				if (str_ends(str_slice(text, 0, at), before[j]))
					return true;
	return false;
}

static bool
text_collates(const struct search *s, struct str text)
{
	size_t at = next_word(text, s->name, 0);

	return at != (size_t)-1 && str_ends(str_slice(text, 0, at), "COLLATE ");
}

static bool
is_object(const struct search *s, const char *kind)
{
	return s->on->object != NULL && str_is(s->on->object->kind, kind);
}

/* A name without a schema means what is where the relation is, or where everybody looks. */
static bool
is_in_reach(const struct search *s)
{
	const struct function *f = s->on->function;

	return f == NULL || str_eq(f->schema, s->here) || str_eq(f->schema, s->catalog->default_schema);
}

static bool
text_uses(const struct search *s, struct str text)
{
	if (text.s == NULL)
		return false;
	if (s->on->function != NULL || is_object(s, "aggregate"))
		return s->by_name && is_in_reach(s) && text_calls(s, text);
	if (is_object(s, "collation"))
		return text_collates(s, text);
	if (is_object(s, "operator"))
		return s->by_name && (str_find(text, str_printf(s->arena, " %.*s ", STR_ARG(s->name))) != (size_t)-1 ||
		    str_find(text, str_printf(s->arena, "OPERATOR(%.*s.%.*s)", STR_ARG(sql_ident(s->arena, s->on->object->schema)), STR_ARG(s->name))) != (size_t)-1);
	return s->on->object == NULL && (text_casts(s, text) || (s->on->relation != NULL && text_names_relation(s->catalog, text, s->on->relation)));
}

/* A type in a list of parameters, or behind RETURNS, and not the name of a parameter. */
static bool
stands_as_type(struct str text, size_t from, size_t to)
{
	char before = from > 0 ? text.s[from - 1] : '(', behind = to < text.n ? text.s[to] : ')';
	struct str head = str_slice(text, 0, from), rest = str_slice(text, to, text.n);

	return (before == ' ' || before == '(') && (behind == ',' || behind == ')' || behind == '[' || str_starts(rest, " = ") ||
	    str_ends(head, "RETURNS ") || str_ends(head, "SETOF "));
}

/* The options stand as they were written: the text of the body may be the first of them. */
static struct str
head_of(struct str definition)
{
	static const char *const begins[] = { " LANGUAGE ", " AS $", " AS '" };
	size_t end = definition.n;

	for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
		size_t at = str_find(definition, str_of(begins[i]));
		end = at < end ? at : end;
	}
	return str_slice(definition, 0, end);
}

/* Sequences and indexes have no row type: what is called so is another type. */
static bool
is_type(const struct relation *r)
{
	return r->kind != RELATION_SEQUENCE && r->kind != RELATION_INDEX;
}

static bool
signature_uses(const struct search *s, const struct function *f)
{
	struct str head = head_of(f->definition);

	if (s->on->relation != NULL && !is_type(s->on->relation))
		return false;
	for (size_t i = 0; i < WORDS; i++)
		for (size_t at = next_word(head, s->words[i], 0); at != (size_t)-1; at = next_word(head, s->words[i], at + 1))
			if (stands_as_type(head, at, at + s->words[i].n))
				return true;
	return false;
}

/* ---- expressions and types ---- */

static bool
is_row_of(const struct catalog *c, struct type type, const struct relation *r)
{
	const struct typedef_ *t = catalog_find_type(c, type.schema, type.name);

	return (t == NULL || t->assumed) && str_eq(type.name, r->name) &&
	    catalog_find_relation(c, (struct name){ type.schema, type.name, { 0, 0 } }) == r;
}

static bool
is_multirange_of(const struct search *s, struct type type)
{
	const struct typedef_ *t = s->on->type;
	struct str schema = t->multirange_schema.n > 0 ? t->multirange_schema : t->schema;

	return t->multirange.n > 0 && str_eq(type.name, t->multirange) && str_eq(type.schema.n > 0 ? type.schema : s->catalog->default_schema, schema);
}

static bool
type_uses(const struct search *s, struct type type)
{
	if (!type_known(type) || type.builtin)
		return false;
	if (s->on->type != NULL)
		return catalog_find_type(s->catalog, type.schema, type.name) == s->on->type || is_multirange_of(s, type);
	return s->on->relation != NULL && is_row_of(s->catalog, type, s->on->relation);
}

struct node_search {
	const struct search *search;
	bool found;
};

static bool
is_called(const struct search *s, struct str schema, struct str name)
{
	const struct function *f = s->on->function;

	if (!s->by_name || !str_eq(name, s->name))
		return false;
	if (s->on->object != NULL && s->on->object->schema.s != NULL)
		return str_eq(schema.s != NULL ? schema : s->catalog->default_schema, s->on->object->schema);
	return f == NULL || (schema.s != NULL ? str_eq(schema, f->schema) : is_in_reach(s));
}

/* It is told from the arguments. */
static bool
is_told(const struct search *s, unsigned function)
{
	return function != 0 && s->on->function != NULL && s->on->function->number == function;
}

static void
visit(void *arg, const struct expr *e)
{
	struct node_search *n = arg;
	const struct search *s = n->search;
	bool calls = s->on->function != NULL || is_object(s, "aggregate");

	if (n->found)
		return;
	if (calls)
		n->found = e->kind == EXPR_FUNCTION && (is_called(s, e->schema, e->name) || is_told(s, e->function));
	else if (is_object(s, "operator"))
		n->found = e->kind == EXPR_OPERATOR && ((s->by_name && str_eq(e->name, s->name)) || e->function == s->on->object->number);
	else if (s->on->object == NULL)
		n->found = (e->kind == EXPR_CAST && type_uses(s, e->type)) ||
		    (s->on->relation != NULL && catalog_named_relation(s->catalog, e) == s->on->relation);
}

static bool
expr_uses(const struct search *s, const struct expr *e)
{
	struct node_search n = { s, false };

	if (e == NULL)
		return false;
	if (is_object(s, "collation"))
		return text_collates(s, e->text);
	expr_walk(e, visit, &n);
	return n.found;
}

static bool
collation_uses(const struct search *s, struct str collation)
{
	return collation.n > 0 && is_object(s, "collation") && (str_eq(collation, s->on->object->name) ||
	    (str_eq(collation, s->name) && catalog_object_labelled(s->catalog, "collation", s->name) == s->on->object));
}

static bool
keys_use(const struct search *s, const struct index_column *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (expr_uses(s, keys[i].expr) || collation_uses(s, keys[i].collation) ||
		    (is_object(s, "operator class") && str_eq(keys[i].opclass, s->on->object->name)))
			return true;
	return false;
}

/* ---- finding ---- */

static struct dependent *
add(struct search *s, enum dependent_kind kind)
{
	struct dependent *d = vec_push(s->arena, &s->found);

	*d = (struct dependent){ .kind = kind };
	return d;
}

static struct dependent *
add_in(struct search *s, enum dependent_kind kind, struct relation *r)
{
	struct dependent *d = add(s, kind);

	d->relation = r;
	return d;
}

static bool
calls_use(const struct search *s, const struct called *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((s->on->function != NULL || is_object(s, "aggregate")) && (is_called(s, calls[i].schema, calls[i].name) || is_told(s, calls[i].function)))
			return true;
	return false;
}

static bool
is_key_of_partitions(const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->partition_key.n; i++)
		if (str_eq(r->partition_key.items[i].name, column) || (r->partition_key.items[i].expr != NULL &&
		    expr_mentions_column(r->partition_key.items[i].expr, column)))
			return true;
	return false;
}

static void
find_columns(struct search *s, struct relation *r, bool view)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		struct column *column = r->columns.items[i];
		bool whole = !column->dropped && (type_uses(s, column->type) || collation_uses(s, column->collation));
		bool computed = !column->dropped && !whole && column->identity == 0 && column->default_sequence == NULL && expr_uses(s, column->default_expr);
		enum dependent_kind kind = computed && column->generated == 0 ? A_DEFAULT : A_COLUMN;
		if (!whole && !computed)
			continue;
		if (kind == A_COLUMN && (view || is_key_of_partitions(r, column->name)))
			kind = A_RELATION;
		add_in(s, kind, r)->column = column;
		if (kind == A_RELATION)
			return;
	}
}

static void
find_parts(struct search *s, struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		struct constraint *k = r->constraints.items[i];
		bool uses = !k->dropped && (expr_uses(s, k->check) || (k->index != NULL && keys_use(s, k->index->index->columns.items, k->index->index->columns.n)));
		if (uses)
			add_in(s, A_CONSTRAINT, r)->constraint = k;
	}
	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *index = r->indexes.items[i]->index;
		if (!r->indexes.items[i]->dropped && index->constraint == NULL &&
		    (keys_use(s, index->columns.items, index->columns.n) || expr_uses(s, index->predicate)))
			add_in(s, AN_INDEX, r->indexes.items[i]);
	}
	for (size_t i = 0; i < r->policies.n; i++)
		if (!r->policies.items[i]->dropped && (expr_uses(s, r->policies.items[i]->using_expr) || expr_uses(s, r->policies.items[i]->check_expr)))
			add_in(s, A_POLICY, r)->policy = r->policies.items[i];
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && expr_uses(s, r->triggers.items[i]->when))
			add_in(s, A_TRIGGER, r)->trigger = r->triggers.items[i];
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "rule") && (text_uses(s, r->objects.items[i]->text) ||
		    calls_use(s, r->objects.items[i]->calls.items, r->objects.items[i]->calls.n) || (s->on->relation != NULL && text_reads(s, r->objects.items[i]->text))))
			add_in(s, A_RULE, r)->object = r->objects.items[i];
}

static bool
is_typed(const struct search *s, const struct relation *r)
{
	const struct typedef_ *t = s->on->type;

	return t != NULL && r->row_of != NULL && r->row_of == catalog_find_relation(s->catalog, (struct name){ t->schema, t->name, { 0, 0 } });
}

static void
find_in_relation(struct search *s, struct relation *r)
{
	bool view = r->kind == RELATION_VIEW || r->kind == RELATION_MATVIEW;

	if (r->dropped || r->index != NULL || r == s->on->relation)
		return;
	s->here = r->schema;
	if (view && (calls_use(s, r->calls.items, r->calls.n) || (s->on->function == NULL && text_uses(s, r->definition)))) {
		add_in(s, A_RELATION, r);
		return;
	}
	if (keys_use(s, r->partition_key.items, r->partition_key.n) || is_typed(s, r)) {
		add_in(s, A_RELATION, r);
		return;
	}
	find_columns(s, r, view);
	if (s->on->object == NULL || !is_object(s, "operator family"))
		find_parts(s, r);
}

static bool
reads(const struct search *s, const struct function *f)
{
	for (size_t i = 0; s->on->relation != NULL && i < f->reads.n; i++)
		if (f->reads.items[i] == s->on->relation)
			return true;
	return false;
}

static void
find_function(struct search *s, struct function *f)
{
	s->here = f->schema;
	bool body = f->body.s == NULL && (reads(s, f) || calls_use(s, f->calls.items, f->calls.n) || (s->on->function == NULL && text_uses(s, f->definition)));
	bool parameter = str_find(head_of(f->definition), STR(" = ")) != (size_t)-1 && text_uses(s, head_of(f->definition));

	if (f->dropped || f == s->on->function)
		return;
	if (body || parameter || signature_uses(s, f))
		add(s, A_FUNCTION)->function = f;
}

static void
find_type(struct search *s, struct typedef_ *t)
{
	if (t->dropped || t->assumed || t == s->on->type)
		return;
	s->here = t->schema;
	if (type_uses(s, t->base) || collation_uses(s, t->collation) || expr_uses(s, t->default_expr)) {
		add(s, A_TYPE)->type = t;
		return;
	}
	for (size_t i = 0; i < t->constraints.n; i++) {
		struct dependent *d = expr_uses(s, t->constraints.items[i].check) ? add(s, A_DOMAIN_CONSTRAINT) : NULL;
		if (d == NULL)
			continue;
		d->type = t;
		d->name = t->constraints.items[i].name;
	}
}

/* "SFUNC = total", "WITH FUNCTION total", "FUNCTION 1 total" */
static bool
names_function(const struct search *s, struct str text)
{
	for (size_t at = next_word(text, s->name, 0); at != (size_t)-1; at = next_word(text, s->name, at + 1)) {
		struct str head = str_slice(text, 0, at);
		if (str_ends(head, "= ") || str_ends(head, "FUNCTION ") || (at > 1 && head.s[at - 1] == ' ' && isdigit((unsigned char)head.s[at - 2])))
			return true;
	}
	return false;
}

/* Behind its own name. */
static bool
names_type(const struct search *s, struct str text)
{
	size_t paren = str_find_char(text, '('), type = str_find(text, STR(" FOR TYPE "));
	struct str rest = str_slice(text, paren < type ? paren : type, text.n);

	for (size_t i = 0; i < WORDS; i++)
		if (next_word(rest, s->words[i], 0) != (size_t)-1)
			return true;
	return false;
}

static void
find_object(struct search *s, struct object *o)
{
	static const char *const kinds[] = { "aggregate", "operator", "cast", "operator class", "event trigger", NULL };
	bool statistics = str_is(o->kind, "statistics object") && o->of != NULL && !o->of->dropped;

	if (o == s->on->object || (!statistics && !str_among(o->kind, kinds)))
		return;
	if (statistics ? text_uses(s, o->text) : s->on->function != NULL ? s->by_name && names_function(s, o->text)
	    : s->on->object == NULL && names_type(s, o->text))
		add(s, AN_OBJECT)->object = o;
}

static struct str
name_before_arguments(struct str name)
{
	size_t at = str_find_char(name, '(');

	return str_slice(name, 0, at == (size_t)-1 ? name.n : at);
}

/* Operators that people make anew for types of their own. */
static bool
is_builtin(const struct object *o, struct str name)
{
	static const char *const operators[] = { "+", "-", "*", "/", "%", "^", "=", "<>", "!=", "<", "<=", ">", ">=", "||", "&&", "&", "|", "#", "~",
		"~*", "!~", "!~*", "~~", "@", "@>", "<@", "@@", "->", "->>", "#>", "#>>", "?", "?|", "?&", "<<", ">>", "<->", "&<", "&>", "-|-", "~=", NULL };

	if (str_is(o->kind, "operator"))
		return str_among(name, operators);
	return str_is(o->kind, "aggregate") && volatile_builtin(name) != VOLATILITY_UNKNOWN;
}

static bool
lives_elsewhere(const struct object *other, const struct object *o)
{
	return str_is(o->kind, "aggregate") && other->schema.s != NULL && o->schema.s != NULL && !str_eq(other->schema, o->schema);
}

static bool
object_is_the_only(const struct catalog *c, const struct object *o)
{
	struct str name = name_before_arguments(object_label(o));

	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *other = ((const struct slot *)c->objects.entries[i].value)->object;
		if (other != NULL && other != o && str_eq(other->kind, o->kind) && !lives_elsewhere(other, o) && str_eq(name_before_arguments(object_label(other)), name))
			return false;
	}
	return !is_builtin(o, name);
}

static void
put_words(struct search *s, size_t at, struct str schema, struct str name)
{
	struct buf qualified = BUF(s->arena);

	sql_put_ident(&qualified, schema);
	buf_char(&qualified, '.');
	sql_put_ident(&qualified, name);
	s->words[at] = buf_text(&qualified);
	if (str_eq(schema, s->catalog->default_schema))
		s->words[at + 1] = sql_ident(s->arena, name);
}

static void
begin(struct search *s, struct arena *arena, struct catalog *c, const struct depended *on)
{
	struct str schema = on->type != NULL ? on->type->schema : on->relation != NULL ? on->relation->schema : STR_NONE;
	struct str name = on->type != NULL ? on->type->name : on->relation != NULL ? on->relation->name : STR_NONE;

	*s = (struct search){ .arena = arena, .catalog = c, .on = on, .words = { STR(""), STR(""), STR(""), STR("") } };
	s->name = on->function != NULL ? on->function->name : on->object != NULL ? name_before_arguments(object_label(on->object)) : STR_NONE;
	s->by_name = on->function != NULL ? function_is_the_only(c, on->function) : on->object == NULL || object_is_the_only(c, on->object);
	if (on->function != NULL || is_object(s, "operator"))
		catalog_settle(c);
	if (name.s != NULL)
		put_words(s, 0, schema, name);
	if (on->type != NULL && on->type->multirange.n > 0)
		put_words(s, 2, on->type->multirange_schema.n > 0 ? on->type->multirange_schema : schema, on->type->multirange);
}

static void
find_all(struct search *s)
{
	struct catalog *c = s->catalog;

	if (!s->by_name && s->on->function == NULL && !is_object(s, "operator"))
		return;
	for (size_t i = 0; i < c->all.n; i++)
		find_in_relation(s, c->all.items[i]);
	for (size_t i = 0; i < c->all_types.n; i++)
		find_type(s, c->all_types.items[i]);
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct function_set *set = ((const struct slot *)c->functions.entries[i].value)->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++)
			find_function(s, set->overloads.items[j]);
	}
	for (size_t i = 0; i < c->objects.n; i++) {
		struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && (o->gone == NULL || !*o->gone))
			find_object(s, o);
	}
}

/* ---- without CASCADE ---- */

static struct str
dependent_words(struct arena *arena, const struct dependent *d)
{
	struct str table = d->relation == NULL ? STR_NONE : d->relation->name;

	switch (d->kind) {
	case A_COLUMN: return str_printf(arena, "the column %.*s of %.*s", STR_ARG(d->column->name), STR_ARG(table));
	case A_DEFAULT: return str_printf(arena, "the default of column %.*s of %.*s", STR_ARG(d->column->name), STR_ARG(table));
	case A_CONSTRAINT: return str_printf(arena, "constraint %.*s of %.*s", STR_ARG(d->constraint->name), STR_ARG(table));
	case AN_INDEX: return str_printf(arena, "index %.*s", STR_ARG(table));
	case A_POLICY: return str_printf(arena, "policy %.*s of %.*s", STR_ARG(d->policy->name), STR_ARG(table));
	case A_TRIGGER: return str_printf(arena, "trigger %.*s on %.*s", STR_ARG(d->trigger->name), STR_ARG(table));
	case A_RULE: return str_printf(arena, "rule %.*s on %.*s", STR_ARG(d->object->name), STR_ARG(table));
	case A_FUNCTION: return str_printf(arena, "function %.*s(%.*s)", STR_ARG(d->function->name), STR_ARG(d->function->arguments));
	case A_TYPE: return str_printf(arena, "%s %.*s", d->type->kind == TYPE_DOMAIN ? "domain" : "type", STR_ARG(d->type->name));
	case A_DOMAIN_CONSTRAINT: return str_printf(arena, "domain %.*s", STR_ARG(d->type->name));
	case AN_OBJECT: return str_printf(arena, "%.*s %.*s", STR_ARG(d->object->kind), STR_ARG(d->object->name));
	default:
		if (d->relation->row_of != NULL)
			return str_printf(arena, "table %.*s", STR_ARG(table));
		return d->relation->kind == RELATION_VIEW || d->relation->kind == RELATION_MATVIEW ? str_printf(arena, "view %.*s", STR_ARG(table))
		    : str_printf(arena, "the partition key of %.*s", STR_ARG(table));
	}
}

static const struct birth *
birth_of(const struct dependent *d)
{
	return d->relation != NULL ? &d->relation->born : d->function != NULL ? &d->function->born : d->type != NULL ? &d->type->born : &d->object->born;
}

/* The statement may name several. */
static bool
is_named_too(const struct facts *f, const struct dependent *d)
{
	const struct statement *st = f->op->statement;
	struct str name = d->kind == A_FUNCTION ? d->function->name : d->kind == A_TYPE ? d->type->name : d->relation != NULL ? d->relation->name
	    : d->object != NULL ? name_before_arguments(object_label(d->object)) : STR_NONE;

	return st != NULL && name.s != NULL && !str_eq(name, f->op->target.name) && next_word(source_text(st->source, st->span), name, 0) != (size_t)-1;
}

static bool
is_certain(const struct facts *f, const struct depended *on, const struct dependent *d)
{
	const struct relation *r = d->relation;

	if (birth_of(d)->doubtful || is_named_too(f, d))
		return false;
	if (r == NULL)
		return !catalog_unread_since(f->catalog, *birth_of(d), REACH_SCHEMA);
	if (on->relation != NULL && (belongs_to(r, on->relation) || dropped_with(f, r)))
		return false;
	return !relation_unread_since(f->catalog, r->index != NULL ? r->index->table : r, r->born, REACH_SCHEMA);
}

struct str
depend_needed(const struct facts *f, const struct depended *on)
{
	struct search s;

	begin(&s, f->arena, (struct catalog *)(uintptr_t)f->catalog, on);
	find_all(&s);
	for (size_t i = 0; i < s.found.n; i++)
		if (is_certain(f, on, &s.found.items[i]))
			return dependent_words(f->arena, &s.found.items[i]);
	return STR_NONE;
}

static bool
has_trigger_of(const struct catalog *c, const struct relation *r, const struct function *function)
{
	for (size_t i = 0; i < r->triggers.n; i++)
		if (trigger_calls(c, r->triggers.items[i], function->schema, function->name))
			return true;
	return false;
}

static bool
goes_with_column(const struct dependent *d, struct str column)
{
	switch (d->kind) {
	case A_COLUMN:
	case A_DEFAULT: return str_eq(d->column->name, column);
	case A_CONSTRAINT: return str_in(column, d->constraint->columns.items, d->constraint->columns.n);
	default: return false;
	}
}

bool
depend_uses(const struct facts *f, const struct depended *on, const struct relation *r, struct str column)
{
	struct search s;

	begin(&s, f->arena, (struct catalog *)(uintptr_t)f->catalog, on);
	if (s.by_name || on->function != NULL)
		find_in_relation(&s, (struct relation *)(uintptr_t)r);
	for (size_t i = 0; i < s.found.n; i++)
		if (column.s == NULL || goes_with_column(&s.found.items[i], column))
			return true;
	return on->function != NULL && column.s == NULL && has_trigger_of(f->catalog, r, on->function);
}

/* ---- CASCADE ---- */

static void
drop_default(struct catalog *c, struct column *column)
{
	catalog_save(c, column, sizeof *column);
	column->default_expr = NULL;
	column->default_sequence = NULL;
}

static void
drop_policy(struct catalog *c, struct relation *r, struct policy *p)
{
	catalog_set(c, &p->dropped, true);
	for (size_t i = r->policies.n; i-- > 0;)
		if (r->policies.items[i] == p)
			catalog_remove(c, &r->policies, i);
}

static void
drop_trigger(struct catalog *c, struct relation *r, const struct trigger *t)
{
	for (size_t i = r->triggers.n; i-- > 0;)
		if (r->triggers.items[i] == t)
			catalog_remove(c, &r->triggers, i);
}

static void
drop_rule(struct catalog *c, struct relation *r, struct str name)
{
	catalog_remove_object(c, r, "rule", name);
	catalog_remove_object(c, r, "rule state", name);
}

void
class_leave_family(struct catalog *c, const struct object *class)
{
	struct str head = STR("CREATE OPERATOR CLASS "), text = class->text;
	size_t using = str_find(text, STR(" USING ")), end = str_find(text, STR(" DEFAULT FOR TYPE ")), as = str_find(text, STR(" AS "));

	if (end == (size_t)-1)
		end = str_find(text, STR(" FOR TYPE "));
	if (!str_is(class->kind, "operator class") || using == (size_t)-1 || end == (size_t)-1 || as < using || !str_starts(text, head.s) ||
	    str_find(str_slice(text, using, as), STR(" FAMILY ")) != (size_t)-1)
		return;
	catalog_put_object_in(c, "operator family", class->schema.s != NULL ? class->schema : c->default_schema, object_label(class), str_printf(c->arena, "CREATE OPERATOR FAMILY %.*s%.*s",
	    STR_ARG(str_slice(text, head.n, end)), STR_ARG(str_slice(text, using, as == (size_t)-1 ? text.n : as))));
}

static void
drop_object(struct catalog *c, struct object *o)
{
	const struct depended on = { .object = o };

	depend_drop(c, &on);
	class_leave_family(c, o);
	catalog_remove_object(c, NULL, str_c(c->arena, o->kind), o->name);
}

static void
drop_domain_constraint(struct catalog *c, struct typedef_ *t, struct str name)
{
	for (size_t i = t->constraints.n; i-- > 0;)
		if (t->constraints.items[i].check != NULL && str_eq(t->constraints.items[i].name, name))
			catalog_remove(c, &t->constraints, i);
}

static void
drop_column(struct catalog *c, struct relation *r, struct column *column)
{
	column_drop_users(c, r, column->name);
	catalog_drop_policies(c, r, column);
	if (!column->dropped)
		catalog_drop_column(c, r, column);
}

static void
drop_dependent(struct catalog *c, const struct dependent *d)
{
	if (d->relation != NULL && d->relation->dropped)
		return;
	switch (d->kind) {
	case A_COLUMN:
		if (!d->column->dropped)
			drop_column(c, d->relation, d->column);
		break;
	case A_DEFAULT: drop_default(c, d->column); break;
	case A_CONSTRAINT:
		if (!d->constraint->dropped)
			catalog_drop_constraint(c, d->constraint);
		break;
	case AN_INDEX: catalog_drop_relation(c, d->relation); break;
	case A_POLICY: drop_policy(c, d->relation, d->policy); break;
	case A_TRIGGER: drop_trigger(c, d->relation, d->trigger); break;
	case A_RULE: drop_rule(c, d->relation, d->object->name); break;
	case A_RELATION: drop_relation(c, d->relation, true); break;
	case A_FUNCTION: depend_drop_function(c, d->function); break;
	case A_TYPE: type_drop_with_users(c, d->type); break;
	case A_DOMAIN_CONSTRAINT: drop_domain_constraint(c, d->type, d->name); break;
	case AN_OBJECT: drop_object(c, d->object); break;
	}
}

static void
drop_found(struct catalog *c, const struct search *s)
{
	for (size_t i = 0; i < s->found.n; i++)
		drop_dependent(c, &s->found.items[i]);
}

void
depend_drop(struct catalog *c, const struct depended *on)
{
	struct search s;

	begin(&s, c->arena, c, on);
	find_all(&s);
	drop_found(c, &s);
}

void
depend_drop_function(struct catalog *c, struct function *f)
{
	const struct depended on = { .function = f };
	struct search s;

	if (f->dropped)
		return;
	begin(&s, c->arena, c, &on);
	find_all(&s);
	catalog_drop_function(c, f->schema, f->name, f->arguments, true);
	drop_found(c, &s);
}

/* ---- columns ---- */

/* Of a body that cannot be told for sure: nothing else that it reads has such a column. */
static bool
body_may_name(const struct function *f, const struct relation *r, struct str column)
{
	bool elsewhere = false;

	for (size_t i = 0; i < f->reads.n; i++) {
		elsewhere = elsewhere || (f->reads.items[i] != r && (f->reads.items[i]->assumed || catalog_find_column(f->reads.items[i], column) != NULL));
	}
	return !elsewhere && next_word(str_slice(f->definition, head_of(f->definition).n, f->definition.n), column, 0) != (size_t)-1;
}

static bool
body_names_column(const struct catalog *c, const struct function *f, const struct relation *r, struct str column)
{
	enum tri uses = f->dropped ? NO : body_uses_column(c, f, r, column);

	return uses == YES || (uses == UNKNOWN && body_may_name(f, r, column));
}

static struct function *
function_naming(const struct catalog *c, const struct relation *r, struct str column)
{
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct function_set *set = ((const struct slot *)c->functions.entries[i].value)->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++)
			if (body_names_column(c, set->overloads.items[j], r, column))
				return set->overloads.items[j];
	}
	return NULL;
}

/* "new.a" */
static struct object *
rule_naming(struct arena *arena, const struct relation *r, struct str column)
{
	struct str name = sql_ident(arena, column);
	struct str new_one = str_printf(arena, "new.%.*s", STR_ARG(name)), old_one = str_printf(arena, "old.%.*s", STR_ARG(name));

	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "rule") && (next_word(r->objects.items[i]->text, new_one, 0) != (size_t)-1 ||
		    next_word(r->objects.items[i]->text, old_one, 0) != (size_t)-1))
			return r->objects.items[i];
	return NULL;
}

/* In the statements of a rule, of another table or its own: "INSERT INTO t (a)" */
static struct object *
acting_rule_naming(const struct catalog *c, const struct relation *r, struct str column, struct relation **on)
{
	for (size_t i = 0; i < c->all.n; i++) {
		*on = c->all.items[i];
		for (size_t j = 0; !(*on)->dropped && j < (*on)->objects.n; j++)
			if (str_is((*on)->objects.items[j]->kind, "rule") && rule_uses_column(c, *on, (*on)->objects.items[j], r, column))
				return (*on)->objects.items[j];
	}
	return NULL;
}

static struct trigger *
trigger_naming(const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && r->triggers.items[i]->when != NULL && expr_mentions_column(r->triggers.items[i]->when, column))
			return r->triggers.items[i];
	return NULL;
}

/* A list of columns, or a condition */
static struct object *
publication_naming(const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "publication") && next_word(r->objects.items[i]->text, column, 0) != (size_t)-1)
			return r->objects.items[i];
	return NULL;
}

struct str
column_named_by(const struct facts *f, const struct relation *r, struct str column)
{
	const struct function *fn = function_naming(f->catalog, r, column);
	const struct object *rule = rule_naming(f->arena, r, column), *publication = publication_naming(r, column);
	const struct trigger *t = trigger_naming(r, column);
	struct relation *on;

	if (rule == NULL)
		rule = acting_rule_naming(f->catalog, r, column, &on);
	if (relation_unread_since(f->catalog, r, r->born, REACH_SCHEMA))
		return STR_NONE;
	if (rule != NULL)
		return str_printf(f->arena, "rule %.*s", STR_ARG(rule->name));
	if (publication != NULL)
		return str_printf(f->arena, "publication %.*s", STR_ARG(publication->name));
	if (t != NULL)
		return str_printf(f->arena, "trigger %.*s", STR_ARG(t->name));
	return fn == NULL || fn->born.doubtful ? STR_NONE : str_printf(f->arena, "function %.*s", STR_ARG(fn->name));
}

static void
drop_naming(struct catalog *c, struct relation *r, struct str column)
{
	struct function *fn;
	struct object *o;
	struct relation *on;
	struct trigger *t;

	while ((fn = function_naming(c, r, column)) != NULL)
		depend_drop_function(c, fn);
	while ((o = rule_naming(c->arena, r, column)) != NULL)
		drop_rule(c, r, o->name);
	while ((o = acting_rule_naming(c, r, column, &on)) != NULL)
		drop_rule(c, on, o->name);
	while ((o = publication_naming(r, column)) != NULL)
		catalog_remove_object(c, r, "publication", o->name);
	while ((t = trigger_naming(r, column)) != NULL)
		drop_trigger(c, r, t);
}

/* A generated column goes along, with what uses that. */
void
column_drop_users(struct catalog *c, struct relation *r, struct str column)
{
	views_drop_on_column(c, r, column);
	drop_naming(c, r, column);
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && r->columns.items[i]->generated != 0 && expr_mentions_column(r->columns.items[i]->default_expr, column))
			column_drop_users(c, r, r->columns.items[i]->name);
}
