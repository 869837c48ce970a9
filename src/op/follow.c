#include "op/follow.h"

#include <ctype.h>
#include <string.h>

#include "catalog/spell.h"
#include "op/select.h"

struct change {
	struct catalog *catalog;
	enum expr_kind kind;
	struct name old, name;
	const struct function *function;        /* of EXPR_FUNCTION: one of several of its name; NULL: all that are called so */
	struct called_list calls;       /* then of the text at hand all calls of that name, as they stand */
	unsigned operator;              /* of EXPR_OPERATOR: one of several of its name; 0: all that are called so */
	const struct relation *relation;        /* of EXPR_CONST: that literals name, as 'name'::regclass */
	struct str word;                /* of the function: "total", */
	const char *dotted;             /* ".total" */
	struct str words[2];            /* how the old one is written: with its schema, and without it if that is the default one */
	struct str new_words;
};

static bool
is_meant(const struct change *x, const struct expr *e)
{
	bool cast = e->kind == EXPR_CAST;
	struct str schema = cast ? e->type.schema : e->schema, name = cast ? e->type.name : e->name;

	if (x->kind == EXPR_CONST)
		return catalog_named_relation(x->catalog, e) == x->relation;
	if (x->operator != 0)
		return e->kind == EXPR_OPERATOR && e->function == x->operator;
	if (x->kind == EXPR_OPERATOR && e->kind == EXPR_TEST)   /* = ANY (...) */
		return str_eq(name, x->old.name) && str_eq(schema.n > 0 ? schema : x->catalog->default_schema, x->old.schema);
	if (x->function != NULL)
		return e->kind == EXPR_FUNCTION && e->function == x->function->number;
	if (e->kind != x->kind || (cast && e->type.builtin) || !str_eq(name, x->old.name))
		return false;
	return str_eq(schema.n > 0 ? schema : x->catalog->default_schema, x->old.schema);
}

static bool
mentions(const struct change *x, const struct expr *e)
{
	bool found = is_meant(x, e);

	for (size_t i = 0; !found && i < e->nargs; i++)
		found = e->args[i] != NULL && mentions(x, e->args[i]);
	return found;
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '"' || c == '.' || c == '$';
}

static bool
is_in_literal(struct str text, size_t at)
{
	bool within = false;

	for (size_t i = 0; i < at; i++)
		within = within != (text.s[i] == '\'');
	return within;
}

static bool
is_operator_char(char c)
{
	return c != '\0' && strchr("+-*/<>=~!@#%^&|`?.", c) != NULL;
}

/* "OPERATOR(s.===)", or "===" as a whole. */
static bool
stands_as_operator(struct str text, size_t from, size_t to)
{
	bool joined = text.s[from] != 'O' && ((from > 0 && is_operator_char(text.s[from - 1])) || (to < text.n && is_operator_char(text.s[to])));

	return !joined && !is_in_literal(text, from);
}

/* "::state", "total(" */
static bool
stands_there(const struct change *x, struct str text, size_t from, size_t to)
{
	if (x->kind == EXPR_OPERATOR)
		return stands_as_operator(text, from, to);
	if (x->kind == EXPR_CAST)
		return str_ends(str_slice(text, 0, from), "::") && (to == text.n || !is_word(text.s[to]));
	return (from == 0 || !is_word(text.s[from - 1])) && to < text.n && text.s[to] == '(';
}

/* "nextval('": what stands before the literal is a call that takes the name of a relation; or behind it "::regclass". */
static bool
is_name(struct str text, size_t from, size_t to)
{
	size_t at = from > 0 && text.s[from - 1] == '(' ? from - 1 : 0, begin = at;

	while (begin > 0 && is_word(text.s[begin - 1]) && text.s[begin - 1] != '.')
		begin--;
	return str_starts(str_slice(text, to, text.n), "::regclass") || takes_relation_name(str_slice(text, begin, at));
}

static size_t
end_of_literal(struct str text, size_t from)
{
	size_t to = from + 1;

	while (to < text.n && (text.s[to] != '\'' || (to + 1 < text.n && text.s[to + 1] == '\'')))
		to += text.s[to] == '\'' ? 2 : 1;
	return to < text.n ? to + 1 : text.n;
}

bool
text_names_relation(const struct catalog *c, struct str text, const struct relation *r)
{
	for (size_t i = 0, end; i < text.n; i = end) {
		end = text.s[i] == '\'' ? end_of_literal(text, i) : i + 1;
		if (text.s[i] == '\'' && end >= i + 2 && is_name(text, i, end) && catalog_relation_in_text(c, str_slice(text, i + 1, end - 1)) == r)
			return true;
	}
	return false;
}

static struct str
names_changed(const struct change *x, struct str text)
{
	struct buf b = BUF(x->catalog->arena);
	size_t kept = 0;

	for (size_t i = 0, end; i < text.n; i = end) {
		end = text.s[i] == '\'' ? end_of_literal(text, i) : i + 1;
		if (text.s[i] != '\'' || end < i + 2 || !is_name(text, i, end) ||
		    catalog_relation_in_text(x->catalog, str_slice(text, i + 1, end - 1)) != x->relation)
			continue;
		buf_str(&b, str_slice(text, kept, i));
		sql_put_literal(&b, x->new_words);
		kept = end;
	}
	buf_str(&b, str_slice(text, kept, text.n));
	return buf_text(&b);
}

/* "total(" or "app.total(" at the start of a word; 0: no call of that name. */
static size_t
call_size(const struct change *x, struct str text, size_t at)
{
	size_t end = at;
	struct str word;

	while (end < text.n && is_word(text.s[end]))
		end++;
	word = str_slice(text, at, end);
	return end < text.n && text.s[end] == '(' && (str_eq(word, x->word) || str_ends(word, x->dotted)) ? end - at : 0;
}

static size_t
end_of_piece(struct str text, size_t at)
{
	size_t end = at + 1;

	if (text.s[at] == '\'')
		return end_of_literal(text, at);
	while (is_word(text.s[at]) && end < text.n && is_word(text.s[end]))
		end++;
	return end;
}

/* The calls of the name stand in the text as they are listed; the same text: some do not, so that it cannot be told which of them to change. */
static struct str
calls_changed(const struct change *x, struct str text)
{
	struct buf b = BUF(x->catalog->arena);
	size_t n = 0;

	for (size_t i = 0, end; i < text.n; i = end) {
		size_t size = call_size(x, text, i);
		end = end_of_piece(text, i);
		if (size > 0 && n < x->calls.n && x->calls.items[n].function == x->function->number)
			buf_str(&b, x->new_words);
		else
			buf_str(&b, str_slice(text, i, end));
		n += size > 0;
	}
	return n == x->calls.n ? buf_text(&b) : text;
}

static struct str
text_changed(const struct change *x, struct str text)
{
	if (x->function != NULL)
		return calls_changed(x, text);
	if (x->kind == EXPR_CONST)
		return str_find_char(text, '\'') == (size_t)-1 ? text : names_changed(x, text);
	for (size_t i = 0; i < 2 && x->words[i].n > 0; i++) {
		struct buf b = BUF(x->catalog->arena);
		size_t from = 0, at;
		while ((at = str_find(str_slice(text, from, text.n), x->words[i])) != (size_t)-1) {
			size_t to = from + at + x->words[i].n;
			buf_str(&b, str_slice(text, from, from + at));
			buf_str(&b, stands_there(x, text, from + at, to) ? x->new_words : x->words[i]);
			from = to;
		}
		buf_str(&b, str_slice(text, from, text.n));
		text = buf_text(&b);
	}
	return text;
}

static struct expr *
copy_changed(const struct change *x, const struct expr *e)
{
	struct arena *arena = x->catalog->arena;
	struct expr *copy = NEW(arena, struct expr);
	bool changes = is_meant(x, e);

	*copy = *e;
	if (changes && x->kind == EXPR_CAST) {
		copy->type.schema = x->name.schema;
		copy->type.name = x->name.name;
	} else if (changes && x->kind != EXPR_CONST) {
		copy->schema = x->name.schema;
		copy->name = x->name.name;
	}
	if (e->text.s != NULL)
		copy->text = text_changed(x, e->text);
	if (e->nargs > 0)
		copy->args = NEW_ARRAY(arena, struct expr *, e->nargs);
	for (size_t i = 0; i < e->nargs; i++)
		copy->args[i] = e->args[i] == NULL ? NULL : copy_changed(x, e->args[i]);
	if (changes && e->kind != EXPR_CONST && x->kind == EXPR_CONST)
		copy->args[0]->name = x->new_words;
	return copy;
}

static void
add_call(const struct change *x, struct called_list *list, struct called call)
{
	size_t at = list->n;

	if (!str_eq(call.name, x->old.name))
		return;
	*vec_push(x->catalog->arena, list) = call;
	for (; at > 0 && list->items[at - 1].at > call.at; at--)
		list->items[at] = list->items[at - 1];
	list->items[at] = call;
}

struct listing {
	const struct change *change;
	struct called_list list;
};

static void
list_call(void *arg, const struct expr *e)
{
	struct listing *l = arg;

	if (e->kind == EXPR_FUNCTION)
		add_call(l->change, &l->list, (struct called){ e->schema, e->name, e->span.off, e->function });
}

static struct called_list
calls_of(const struct change *x, const struct expr *e)
{
	struct listing l = { .change = x };

	if (x->function != NULL)
		expr_walk(e, list_call, &l);
	return l.list;
}

/* In the text one operator of a name looks like the other. */
static bool
has_another(const struct change *x, const struct expr *e)
{
	bool another = e->kind == EXPR_SUBQUERY || (str_eq(e->name, x->old.name) && (e->kind == EXPR_OPERATOR || e->kind == EXPR_TEST) && !is_meant(x, e));

	for (size_t i = 0; !another && i < e->nargs; i++)
		another = e->args[i] != NULL && has_another(x, e->args[i]);
	return another;
}

static const struct expr *
changed(struct change *x, const struct expr *e)
{
	if (e == NULL || !mentions(x, e) || (x->operator != 0 && has_another(x, e)))
		return e;
	x->calls = calls_of(x, e);
	return x->function != NULL && calls_changed(x, e->text).s == e->text.s ? e : copy_changed(x, e);
}

static void
change_expr(struct change *x, const struct expr **at)
{
	const struct expr *e = changed(x, *at);

	if (e != *at)
		catalog_set(x->catalog, at, e);
}

static void
change_keys(struct change *x, struct index_column **items, size_t n, size_t cap)
{
	struct index_column *copy = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct expr *e = changed(x, (*items)[i].expr);
		if (e == (*items)[i].expr)
			continue;
		if (copy == NULL) {
			copy = NEW_ARRAY(x->catalog->arena, struct index_column, cap > n ? cap : n);
			memcpy(copy, *items, n * sizeof *copy);
		}
		copy[i].expr = e;
	}
	if (copy != NULL)
		catalog_set(x->catalog, items, copy);
}

/* Of a view, a rule, or a body in standard SQL: by its text. */
static void
change_text(const struct change *x, struct str *at)
{
	struct str text = at->s == NULL || x->operator != 0 ? *at : text_changed(x, *at);

	if (!str_eq(text, *at))
		catalog_set(x->catalog, at, text);
}

static void
change_calls(const struct change *x, const struct called_list *list)
{
	struct called *calls = list->items;


	for (size_t i = 0; x->kind == EXPR_FUNCTION && i < list->n; i++) {
		struct str schema = calls[i].schema.s != NULL ? calls[i].schema : x->catalog->default_schema;
		if (x->function != NULL ? calls[i].function != x->function->number : !str_eq(calls[i].name, x->old.name) || !str_eq(schema, x->old.schema))
			continue;
		catalog_set(x->catalog, &calls[i].schema, x->name.schema);
		catalog_set(x->catalog, &calls[i].name, x->name.name);
	}
}

static void
change_query(struct change *x, struct str *text, const struct called_list *calls)
{
	memset(&x->calls, 0, sizeof x->calls);
	for (size_t i = 0; i < calls->n; i++)
		add_call(x, &x->calls, calls->items[i]);
	change_text(x, text);
	change_calls(x, calls);
}

static void
change_relation(struct change *x, struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++)
		change_expr(x, &r->columns.items[i]->default_expr);
	for (size_t i = 0; i < r->constraints.n; i++)
		change_expr(x, &r->constraints.items[i]->check);
	for (size_t i = 0; i < r->indexes.n; i++) {
		struct index *index = r->indexes.items[i]->index;
		if (index->columns.n > 0)
			change_keys(x, &index->columns.items, index->columns.n, index->columns.cap);
		change_expr(x, &index->predicate);
	}
	if (r->partition_key.n > 0)
		change_keys(x, &r->partition_key.items, r->partition_key.n, r->partition_key.cap);
	for (size_t i = 0; i < r->policies.n; i++) {
		change_expr(x, &r->policies.items[i]->using_expr);
		change_expr(x, &r->policies.items[i]->check_expr);
	}
	for (size_t i = 0; i < r->triggers.n; i++) {
		struct trigger *t = r->triggers.items[i];
		if (t->when == NULL || !mentions(x, t->when))
			continue;
		change_expr(x, &t->when);
		catalog_set(x->catalog, &t->definition, text_changed(x, t->definition));
	}
	for (size_t i = 0; i < r->objects.n; i++)
		if (str_is(r->objects.items[i]->kind, "rule"))
			change_query(x, &r->objects.items[i]->text, &r->objects.items[i]->calls);
}

static void
change_function(struct change *x, struct function *f)
{
	if (f->body.s == NULL)
		change_query(x, &f->definition, &f->calls);
}

static void
change_functions(struct change *x)
{
	for (size_t i = 0; i < x->catalog->functions.n; i++) {
		const struct function_set *set = ((const struct slot *)x->catalog->functions.entries[i].value)->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++)
			change_function(x, set->overloads.items[j]);
	}
}

static void
change_domain(struct change *x, struct typedef_ *t)
{
	change_expr(x, &t->default_expr);
	for (size_t i = 0; i < t->constraints.n; i++)
		change_expr(x, &t->constraints.items[i].check);
}

/* Rules and statistics objects are known by their texts, which do not tell one overload from another. */
static void
change_objects(const struct change *x)
{
	const struct catalog *c = x->catalog;

	for (size_t i = 0; i < c->objects.n; i++) {
		struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && str_is(o->kind, "statistics object"))
			change_text(x, &o->text);
	}
	for (size_t i = 0; i < c->all.n; i++)
		for (size_t j = 0; !c->all.items[i]->dropped && j < c->all.items[i]->objects.n; j++)
			if (str_is(c->all.items[i]->objects.items[j]->kind, "rule"))
				change_text(x, &c->all.items[i]->objects.items[j]->text);
}

static void
change_all(struct change *x)
{
	const struct catalog *c = x->catalog;

	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && c->all.items[i]->index == NULL) {
			change_relation(x, c->all.items[i]);
			change_query(x, &c->all.items[i]->definition, &c->all.items[i]->calls);
		}
	change_functions(x);
	if (x->function == NULL)
		change_objects(x);
	for (size_t i = 0; i < c->all_types.n; i++)
		if (!c->all_types.items[i]->dropped)
			change_domain(x, c->all_types.items[i]);
}

static void
follow(struct catalog *c, enum expr_kind kind, const struct function *function, struct name old, struct name name)
{
	struct change x = { .catalog = c, .kind = kind, .function = function, .old = old, .name = name };
	struct buf qualified = BUF(c->arena), words = BUF(c->arena);

	sql_put_ident(&qualified, old.schema);
	buf_char(&qualified, '.');
	sql_put_ident(&qualified, old.name);
	x.words[0] = buf_text(&qualified);
	x.word = sql_ident(c->arena, old.name);
	x.dotted = str_c(c->arena, str_printf(c->arena, ".%.*s", STR_ARG(x.word)));
	if (str_eq(old.schema, c->default_schema))
		x.words[1] = sql_ident(c->arena, old.name);
	spell_name(&words, c, name.schema, name.name);
	x.new_words = buf_text(&words);
	change_all(&x);
}

/* generate_operator_name() */
static struct str
operator_words(const struct catalog *c, struct name name)
{
	return str_eq(name.schema, c->default_schema) ? name.name
	    : str_printf(c->arena, "OPERATOR(%.*s.%.*s)", STR_ARG(sql_ident(c->arena, name.schema)), STR_ARG(name.name));
}

void
exprs_follow_operator(struct catalog *c, unsigned number, struct name old, struct name name)
{
	struct change x = { .catalog = c, .kind = EXPR_OPERATOR, .operator = number, .old = old, .name = name, .words = { operator_words(c, old) }, .new_words = operator_words(c, name) };

	change_all(&x);
}

void
exprs_follow(struct catalog *c, enum expr_kind kind, struct name old, struct name name)
{
	follow(c, kind, NULL, old, name);
}

void
exprs_follow_overload(struct catalog *c, const struct function *f, struct name name)
{
	follow(c, EXPR_FUNCTION, f, (struct name){ f->schema, f->name, { 0, 0 } }, name);
}

/* "nextval('s'" */
static bool
is_for_sequence(struct str call)
{
	size_t quote = call.n;

	if (!str_ends(call, "'"))
		return false;
	for (quote--; quote > 0 && call.s[quote - 1] != '\'';)
		quote--;
	return quote > 1 && call.s[quote - 2] == '(' && (str_ends(str_slice(call, 0, quote - 2), "val") || str_ends(str_slice(call, 0, quote - 2), "VAL"));
}

/* A regclass that need not be a sequence. */
static bool
names_relation(struct str text)
{
	static const char *const words[] = { "regclass", "_size(" };

	for (size_t i = 0; i < text.n; i++) {
		struct str rest = str_slice(text, i, text.n);
		if (*rest.s != 'r' && *rest.s != 'R' && *rest.s != '_')
			continue;
		if (str_starts_nocase(rest, words[1]) || (str_starts_nocase(rest, words[0]) && !(i > 1 && is_for_sequence(str_slice(text, 0, i - 2)))))
			return true;
	}
	return false;
}

void
names_note(struct catalog *c, struct str text)
{
	if (!c->names_relations && names_relation(text))
		catalog_set(c, &c->names_relations, true);
}

/* All that the catalog holds is looked at, so only where it may be needed: hardly any expression names what is no sequence. */
void
names_follow(struct catalog *c, const struct relation *r, struct str schema, struct str name)
{
	if (r->kind != RELATION_SEQUENCE && !c->names_relations)
		return;
	struct change x = { .catalog = c, .kind = EXPR_CONST, .relation = r };
	struct buf words = BUF(c->arena);

	spell_name(&words, c, schema, name);
	x.new_words = buf_text(&words);
	change_all(&x);
}
