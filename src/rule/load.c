#include <ctype.h>
#include <stddef.h>

#include "base/err.h"
#include "rule/rule.h"
#include "text/yaml.h"

/* A parameter gets its type from the first field it is compared with. */
struct param_use {
	const struct yaml *node;
	bool typed;
};

struct loader {
	struct yaml_file file;
	struct arena *arena;
	struct rule *rule;
	struct param_use *params;       /* one per parameter of the rule */
	bool blind;                     /* the kinds are wrong: fields cannot be looked up */
};

VEC_TYPE(names, struct str);

static void
mistake(struct loader *l, const struct yaml *node, struct err err)
{
	yaml_mistake(&l->file, node->at, "%.*s", STR_ARG(err.message));
}

/* ---- texts and lists of texts ---- */

static void
read_text(struct loader *l, const struct yaml *node, void *out)
{
	if (yaml_expect(&l->file, node, YAML_TEXT))
		*(struct str *)out = str_trim(node->text);
}

static void
read_bool(struct loader *l, const struct yaml *node, void *out)
{
	(void)yaml_bool(&l->file, node, out);
}

static struct names
read_list(struct loader *l, const struct yaml *node)
{
	struct names list = { 0 };

	if (!yaml_expect(&l->file, node, YAML_LIST))
		return list;
	for (size_t i = 0; i < node->items.n; i++)
		if (yaml_expect(&l->file, node->items.items[i], YAML_TEXT))
			*vec_push(l->arena, &list) = node->items.items[i]->text;
	return list;
}

static void
keep_list(struct loader *l, const struct yaml *node, struct str **items, size_t *n)
{
	struct names list = read_list(l, node);

	*items = list.items;
	*n = list.n;
}

static void
read_aliases(struct loader *l, const struct yaml *node, void *out)
{
	keep_list(l, node, out, &l->rule->naliases);
}

static void
read_note_on(struct loader *l, const struct yaml *node, void *out)
{
	keep_list(l, node, out, &l->rule->nnote_on);
}

static void
read_references(struct loader *l, const struct yaml *node, void *out)
{
	keep_list(l, node, out, &l->rule->nreferences);
}

/* ---- id, severity, op ---- */

/* "locks/x.yaml" gives "x". */
static struct str
stem(struct str path)
{
	size_t from = path.n;

	while (from > 0 && path.s[from - 1] != '/')
		from--;
	path = str_slice(path, from, path.n);
	return str_slice(path, 0, str_ends(path, ".yaml") ? path.n - 5 : path.n);
}

static bool
is_id(struct str id)
{
	for (size_t i = 0; i < id.n; i++)
		if (!islower((unsigned char)id.s[i]) && !isdigit((unsigned char)id.s[i]) && id.s[i] != '-')
			return false;
	return id.n > 0;
}

static void
read_id(struct loader *l, const struct yaml *node, void *out)
{
	struct str want = stem(l->file.source->path);

	read_text(l, node, out);
	if (node->kind != YAML_TEXT || l->rule->id.n == 0)
		return;
	if (!is_id(l->rule->id))
		yaml_mistake(&l->file, node->at, "an id is made of a-z, 0-9 and '-', unlike '%.*s'", STR_ARG(l->rule->id));
	else if (!str_eq(l->rule->id, want))
		yaml_mistake(&l->file, node->at, "the id is '%.*s', but the file is named '%.*s'", STR_ARG(l->rule->id),
		    STR_ARG(want));
}

static void
read_severity(struct loader *l, const struct yaml *node, void *out)
{
	const struct str words[] = { STR("error"), STR("warning"), STR("info") };

	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return;
	if (str_is(node->text, "off"))
		yaml_mistake(&l->file, node->at, "a rule has a severity: say 'enabled: false' to ship it switched off");
	else if (!severity_parse(node->text, out))
		yaml_unknown(&l->file, node->at, "severity", node->text, words, 3);
}

static void
unknown_kind(struct loader *l, const struct yaml *node)
{
	struct names names = { 0 };
	size_t n;
	const struct op_kind *const *kinds = op_kinds(&n);

	for (size_t i = 0; i < n; i++)
		*vec_push(l->arena, &names) = str_of(kinds[i]->name);
	yaml_unknown(&l->file, node->at, "operation", node->text, names.items, names.n);
	l->blind = true;
}

static void
add_kind(struct loader *l, const struct yaml *node)
{
	const struct op_kind *kind;

	if (!yaml_expect(&l->file, node, YAML_TEXT))
		l->blind = true;
	else if ((kind = op_kind_find(node->text)) == NULL)
		unknown_kind(l, node);
	else
		l->rule->kinds[l->rule->nkinds++] = kind;
}

static void
read_op(struct loader *l, const struct yaml *node, void *out)
{
	(void)out;
	if (node->kind == YAML_TEXT && str_is(node->text, "any"))
		return;
	l->rule->kinds = NEW_ARRAY(l->arena, const struct op_kind *, node->items.n + 1);
	if (node->kind == YAML_TEXT) {
		add_kind(l, node);
		return;
	}
	l->blind = !yaml_expect(&l->file, node, YAML_LIST);
	for (size_t i = 0; i < node->items.n && !l->blind; i++)
		add_kind(l, node->items.items[i]);
}

/* ---- parameters ---- */

static void
read_params(struct loader *l, const struct yaml *node, void *out)
{
	struct rule *rule = l->rule;

	(void)out;
	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	rule->params = NEW_ARRAY(l->arena, struct param, node->items.n);
	l->params = NEW_ARRAY(l->arena, struct param_use, node->items.n);
	for (size_t i = 0; i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		if (!yaml_expect(&l->file, item, YAML_TEXT))
			continue;
		rule->params[rule->nparams].name = item->key;
		l->params[rule->nparams++].node = item;
	}
}

static void
unknown_param(struct loader *l, const struct yaml *node, struct str name)
{
	struct names names = { 0 };

	for (size_t i = 0; i < l->rule->nparams; i++)
		*vec_push(l->arena, &names) = l->rule->params[i].name;
	yaml_unknown(&l->file, node->at, "parameter", name, names.items, names.n);
}

/* Gives the parameter the field's type. */
static void
type_param(struct loader *l, size_t i, const struct yaml *node, const struct field_ref *field)
{
	struct param *p = &l->rule->params[i];
	struct param_use *use = &l->params[i];
	struct err err;

	if (use->typed && p->value.type != field->type)
		yaml_mistake(&l->file, node->at, "$%.*s is compared with fields of different types", STR_ARG(p->name));
	if (use->typed)
		return;
	use->typed = true;
	if (value_parse(l->arena, field->name, field->type, use->node->text, &p->value, &err) < 0)
		mistake(l, use->node, err);
	p->shipped = p->value;
}

static const struct param *
find_param(struct loader *l, const struct yaml *node, const struct field_ref *field)
{
	struct str name = str_slice(node->text, 1, node->text.n);

	for (size_t i = 0; i < l->rule->nparams; i++)
		if (str_eq(l->rule->params[i].name, name)) {
			type_param(l, i, node, field);
			return &l->rule->params[i];
		}
	unknown_param(l, node, name);
	return NULL;
}

static void
check_params_used(struct loader *l)
{
	for (size_t i = 0; i < l->rule->nparams && !l->blind; i++)
		if (!l->params[i].typed)
			yaml_mistake(&l->file, l->params[i].node->key_at, "parameter '%.*s' is not used",
			    STR_ARG(l->rule->params[i].name));
}

/* ---- conditions ---- */

static void read_conds(struct loader *, const struct yaml *, struct cond *);

static struct operand
read_operand(struct loader *l, const struct yaml *node, const struct field_ref *field)
{
	struct operand o = { 0 };
	struct err err;

	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return o;
	if (str_starts(node->text, "$"))
		o.param = find_param(l, node, field);
	else if (value_parse(l->arena, field->name, field->type, node->text, &o.value, &err) < 0)
		mistake(l, node, err);
	return o;
}

/* One value, or a list of which one must hold. */
static void
read_operands(struct loader *l, const struct yaml *node, struct cond *c)
{
	size_t n = node->kind == YAML_LIST ? node->items.n : 1;

	c->operands = NEW_ARRAY(l->arena, struct operand, n);
	for (size_t i = 0; i < n; i++)
		c->operands[i] = read_operand(l, node->kind == YAML_LIST ? node->items.items[i] : node, &c->field);
	c->noperands = n;
}

/* field: VALUE */
static void
read_equal(struct loader *l, const struct yaml *node, struct cond *c)
{
	c->kind = COND_TEST;
	c->cmp = CMP_EQ;
	read_operands(l, node, c);
}

static void
check_patterns(struct loader *l, const struct yaml *node, const struct cond *c)
{
	struct err err;

	for (size_t i = 0; i < c->noperands; i++) {
		const struct operand *o = &c->operands[i];
		for (size_t p = 0; p < l->rule->nparams; p++)
			if (&l->rule->params[p] == o->param)
				l->rule->params[p].is_pattern = true;
		if (!pattern_check(l->arena, o->param != NULL ? o->param->value.text : o->value.text, &err))
			mistake(l, node->kind == YAML_LIST ? node->items.items[i] : node, err);
	}
}

static const struct str comparisons[] = { { "", 0 }, { "lt", 2 }, { "le", 2 }, { "ge", 2 }, { "gt", 2 }, { "has", 3 }, { "matches", 7 } };

static bool
find_cmp(struct str word, enum cmp *cmp)
{
	for (enum cmp i = CMP_LT; i <= CMP_MATCHES; i++)
		if (str_eq(word, comparisons[i])) {
			*cmp = i;
			return true;
		}
	return false;
}

static bool
is_comparable(struct loader *l, const struct yaml *node, const struct cond *c)
{
	enum field_type type = c->field.type;

	if (c->cmp >= CMP_HAS ? type == FIELD_TEXT : type == FIELD_NUMBER || type == FIELD_LOCK)
		return true;
	yaml_mistake(&l->file, node->key_at, "'%.*s' %s", STR_ARG(c->field.name), c->cmp >= CMP_HAS ? "is no text" : "has no order");
	return false;
}

static void
read_comparison(struct loader *l, const struct yaml *node, const struct field_ref *field, struct cond *c)
{
	c->kind = COND_TEST;
	c->field = *field;
	if (!find_cmp(node->key, &c->cmp)) {
		yaml_unknown(&l->file, node->key_at, "comparison", node->key, comparisons + 1, CMP_MATCHES);
		return;
	}
	if (!is_comparable(l, node, c))
		return;
	if (c->cmp < CMP_HAS && !yaml_expect(&l->file, node, YAML_TEXT))
		return;
	read_operands(l, node, c);
	if (c->cmp == CMP_MATCHES)
		check_patterns(l, node, c);
}

/* field: { ge: VALUE, lt: VALUE } */
static void
read_comparisons(struct loader *l, const struct yaml *node, struct cond *c)
{
	const struct field_ref *field = &c->field;

	c->kind = COND_ALL;
	c->kids = NEW_ARRAY(l->arena, struct cond, node->items.n);
	c->nkids = node->items.n;
	for (size_t i = 0; i < c->nkids; i++)
		read_comparison(l, node->items.items[i], field, &c->kids[i]);
}

static void
read_test(struct loader *l, const struct yaml *node, struct cond *c)
{
	struct err err;

	if (l->blind || !yaml_expect(&l->file, node, node->kind))
		return;
	if (field_resolve(l->arena, node->key, l->rule->kinds, l->rule->nkinds, true, &c->field, &err) < 0)
		yaml_mistake(&l->file, node->key_at, "%.*s", STR_ARG(err.message));
	else if (node->kind == YAML_MAP)
		read_comparisons(l, node, c);
	else
		read_equal(l, node, c);
}

static void
read_kids(struct loader *l, const struct yaml *list, enum cond_kind kind, struct cond *c)
{
	c->kind = kind;
	if (!yaml_expect(&l->file, list, YAML_LIST))
		return;
	c->kids = NEW_ARRAY(l->arena, struct cond, list->items.n);
	c->nkids = list->items.n;
	for (size_t i = 0; i < c->nkids; i++)
		read_conds(l, list->items.items[i], &c->kids[i]);
}

static void
read_not(struct loader *l, const struct yaml *node, struct cond *c)
{
	c->kind = COND_NOT;
	c->kids = NEW(l->arena, struct cond);
	c->nkids = 1;
	read_conds(l, node, c->kids);
}

static void
read_item(struct loader *l, const struct yaml *node, struct cond *c)
{
	if (str_is(node->key, "not"))
		read_not(l, node, c);
	else if (str_is(node->key, "any"))
		read_kids(l, node, COND_ANY, c);
	else if (str_is(node->key, "all"))
		read_kids(l, node, COND_ALL, c);
	else
		read_test(l, node, c);
}

static void
read_conds(struct loader *l, const struct yaml *node, struct cond *c)
{
	if (node->kind == YAML_LIST) {
		read_kids(l, node, COND_ALL, c);
		return;
	}
	c->kind = COND_ALL;
	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	c->kids = NEW_ARRAY(l->arena, struct cond, node->items.n);
	c->nkids = node->items.n;
	for (size_t i = 0; i < c->nkids; i++)
		read_item(l, node->items.items[i], &c->kids[i]);
}

static void
read_condition(struct loader *l, const struct yaml *node, void *out)
{
	read_conds(l, node, out);
}

/* ---- templates ---- */

/* Where the piece of text stands in the file; the node when it cannot be found as it is. */
static struct place
place_in(const struct yaml *node, struct str piece)
{
	const struct source *source = node->at.source;
	struct str rest = str_slice(source->text, node->at.span.off, source->text.n);
	size_t at = str_find(rest, piece);

	if (at == (size_t)-1)
		return node->at;
	return (struct place){ source, span_of(node->at.span.off + at, node->at.span.off + at + piece.n) };
}

static struct template *
template_of(struct loader *l, const struct yaml *node)
{
	struct template *t;
	struct str wrong;
	struct err err;

	if (l->blind || !yaml_expect(&l->file, node, YAML_TEXT))
		return NULL;
	t = template_parse(l->arena, str_trim(node->text), l->rule->kinds, l->rule->nkinds, &wrong, &err);
	if (t == NULL)
		yaml_mistake(&l->file, place_in(node, wrong), "%.*s", STR_ARG(err.message));
	return t;
}

static void
read_message(struct loader *l, const struct yaml *node, void *out)
{
	read_text(l, node, out);
	l->rule->message = template_of(l, node);
}

static void
read_note(struct loader *l, const struct yaml *node, void *out)
{
	(void)out;
	l->rule->note = template_of(l, node);
}

static void
read_why(struct loader *l, const struct yaml *node, void *out)
{
	read_text(l, node, out);
	l->rule->why_template = template_of(l, node);
}

static void
read_safe_result(struct loader *l, const struct yaml *node, void *out)
{
	const struct str words[] = { STR("same"), STR("different") };

	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return;
	*(bool *)out = str_is(node->text, "same");
	if (!str_is(node->text, "same") && !str_is(node->text, "different"))
		yaml_unknown(&l->file, node->at, "result", node->text, words, 2);
}

static void
read_safe(struct loader *l, const struct yaml *node, void *out)
{
	read_text(l, node, out);
	l->rule->safe = template_of(l, node);
}

/* ---- labels ---- */

static void
check_place(struct loader *l, const struct yaml *node)
{
	const struct str more[] = { STR("table.created"), STR("table.unkeyed"), STR("column.created"), STR("column.typed"), STR("column.copied"), STR("constraint.created"),
		STR("references.created"), STR("index.created"), STR("tx.begin"), STR("tx.lock"), STR("tx.last_lock"), STR("tx.inverted"),
		STR("session.lock_timeout") };
	enum { NMORE = sizeof(more) / sizeof(more[0]) };
	struct str words[SPAN_COUNT + NMORE];

	if (place_word_known(node->text))
		return;
	for (int i = 0; i < SPAN_COUNT; i++)
		words[i] = str_of(op_span_word((enum op_span)i));
	for (int i = 0; i < NMORE; i++)
		words[SPAN_COUNT + i] = more[i];
	yaml_unknown(&l->file, node->at, "place", node->text, words, SPAN_COUNT + NMORE);
}

static void
read_label(struct loader *l, const struct yaml *node, struct label_spec *label)
{
	const struct str keys[] = { STR("at"), STR("text") };
	const struct yaml *at, *text;

	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	yaml_check_keys(&l->file, node, keys, 2);
	at = yaml_get(node, "at");
	text = yaml_get(node, "text");
	if (at == NULL)
		yaml_mistake(&l->file, node->at, "a label needs 'at'");
	else if (yaml_expect(&l->file, at, YAML_TEXT)) {
		check_place(l, at);
		label->at = at->text;
	}
	if (text != NULL)
		label->text = template_of(l, text);
}

static void
read_labels(struct loader *l, const struct yaml *node, void *out)
{
	(void)out;
	if (!yaml_expect(&l->file, node, YAML_LIST))
		return;
	l->rule->labels = NEW_ARRAY(l->arena, struct label_spec, node->items.n);
	l->rule->nlabels = node->items.n;
	for (size_t i = 0; i < node->items.n; i++)
		read_label(l, node->items.items[i], &l->rule->labels[i]);
}

/* ---- examples ---- */

static size_t
read_examples(struct loader *l, const struct yaml *node, void *out)
{
	struct example *list;
	size_t n = 0;

	if (!yaml_expect(&l->file, node, YAML_MAP))
		return 0;
	*(struct example **)out = list = NEW_ARRAY(l->arena, struct example, node->items.n);
	for (size_t i = 0; i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		if (yaml_expect(&l->file, item, YAML_TEXT))
			list[n++] = (struct example){ item->key, item->text, item->line };
	}
	return n;
}

static void
read_bad(struct loader *l, const struct yaml *node, void *out)
{
	l->rule->nbad = read_examples(l, node, out);
}

static void
read_good(struct loader *l, const struct yaml *node, void *out)
{
	l->rule->ngood = read_examples(l, node, out);
}

static void
read_elsewhere(struct loader *l, const struct yaml *node, void *out)
{
	l->rule->nelsewhere = read_examples(l, node, out);
}

/* ---- the file ---- */

/* In the order in which they are read: op and params before what names fields. */
static const struct key {
	const char *name;
	void (*read)(struct loader *, const struct yaml *, void *out);
	size_t out;
	bool required;
} keys[] = {
#define KEY(name, read, member, required) { name, read, offsetof(struct rule, member), required }
	KEY("id", read_id, id, true),
	KEY("title", read_text, title, true),
	KEY("since", read_text, since, false),
	KEY("category", read_text, category, false),
	KEY("severity", read_severity, severity, true),
	KEY("enabled", read_bool, enabled, false),
	KEY("op", read_op, kinds, true),
	KEY("params", read_params, params, false),
	KEY("when", read_condition, when, false),
	KEY("unless", read_condition, unless, false),
	KEY("aliases", read_aliases, aliases, false),
	KEY("message", read_message, message_text, true),
	KEY("labels", read_labels, labels, false),
	KEY("note_on", read_note_on, note_on, false),
	KEY("note", read_note, note, false),
	KEY("why", read_why, why, false),
	KEY("tradeoffs", read_text, tradeoffs, false),
	KEY("ignore_when", read_text, ignore_when, false),
	KEY("safe", read_safe, safe_text, false),
	KEY("safe_checked", read_bool, safe_checked, false),
	KEY("safe_note", read_text, safe_note, false),
	KEY("safe_result", read_safe_result, safe_same, false),
	KEY("references", read_references, references, false),
	KEY("bad", read_bad, bad, false),
	KEY("good", read_good, good, false),
	KEY("elsewhere", read_elsewhere, elsewhere, false),
#undef KEY
};

enum { NKEYS = sizeof(keys) / sizeof(keys[0]) };

static struct place
file_place(const struct loader *l)
{
	return (struct place){ l->file.source, span_of(0, l->file.source->text.n > 0) };
}

static void
check_known_keys(struct loader *l, const struct yaml *root)
{
	struct str names[NKEYS];

	for (size_t i = 0; i < NKEYS; i++)
		names[i] = str_of(keys[i].name);
	yaml_check_keys(&l->file, root, names, NKEYS);
}

static void
read_keys(struct loader *l, const struct yaml *root)
{
	for (size_t i = 0; i < NKEYS; i++) {
		const struct yaml *node = yaml_get(root, keys[i].name);
		if (node != NULL)
			keys[i].read(l, node, (char *)l->rule + keys[i].out);
		else if (keys[i].required)
			yaml_mistake(&l->file, file_place(l), "'%s' is missing", keys[i].name);
	}
}

static void
read_rule(struct loader *l, const struct yaml *root)
{
	if (root->kind != YAML_MAP) {
		yaml_mistake(&l->file, root->at, "a rule is a map of keys, not %s", yaml_kind_words(root->kind));
		return;
	}
	check_known_keys(l, root);
	l->blind = yaml_get(root, "op") == NULL;
	read_keys(l, root);
	check_params_used(l);
	if ((l->rule->nnote_on > 0) != (l->rule->note != NULL))
		yaml_mistake(&l->file, yaml_get(root, l->rule->note != NULL ? "note" : "note_on")->at, "'note_on' and 'note' belong together");
	if (!l->rule->safe_checked && l->rule->safe_note.n == 0)
		yaml_mistake(&l->file, yaml_get(root, "safe_checked")->at, "'safe_checked: false' needs a 'safe_note' that says why");
}

struct rule *
rule_parse(struct arena *a, const struct source *source, struct diags *diags)
{
	struct rule *rule = NEW(a, struct rule);
	struct loader l = { .arena = a, .rule = rule, .file = { .arena = a, .source = source, .diags = diags,
		.rule = STR("invalid-rule") } };
	const struct yaml *root = yaml_read(&l.file);

	rule->path = source->path;
	rule->enabled = true;
	rule->safe_checked = true;
	if (root != NULL)
		read_rule(&l, root);
	else if (l.file.mistakes == 0)
		yaml_mistake(&l.file, file_place(&l), "a rule file is empty");
	rule->effective = rule->enabled ? rule->severity : SEVERITY_OFF;
	return l.file.mistakes == 0 ? rule : NULL;
}
