#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "rule/rule.h"

struct rules *
rules_new(struct arena *a)
{
	struct rules *rules = NEW(a, struct rules);

	rules->arena = a;
	rules->by_id = MAP(a);
	rules->by_alias = MAP(a);
	rules->by_kind = MAP(a);
	return rules;
}

static struct rule_list *
list_at(struct rules *rules, struct map *map, struct str key)
{
	void **at = map_at(map, key);

	if (*at == NULL)
		*at = NEW(rules->arena, struct rule_list);
	return *at;
}

static void
list_push(struct rules *rules, struct map *map, struct str key, struct rule *rule)
{
	struct rule_list *list = list_at(rules, map, key);

	*vec_push(rules->arena, list) = rule;
}

static void
list_without(struct rule_list *list, const struct rule *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		if (list->items[i] != rule)
			list->items[n++] = list->items[i];
	list->n = n;
}

/* "rules/locks/x.yaml" gives "locks/x.yaml". */
static struct str
category_and_file(struct str path)
{
	size_t from = path.n;

	for (int slashes = 0; from > 0; from--)
		if (path.s[from - 1] == '/' && ++slashes == 2)
			break;
	return str_slice(path, from, path.n);
}

static void
remove_rule(struct rules *rules, struct rule *rule)
{
	list_without(&rules->list, rule);
	for (size_t i = 0; i < rule->naliases; i++)
		list_without(list_at(rules, &rules->by_alias, rule->aliases[i]), rule);
}

int
rules_add(struct rules *rules, struct rule *rule)
{
	struct rule *other = rules_find(rules, rule->id);

	if (other != NULL) {
		if (!other->builtin || !str_eq(category_and_file(rule->path), category_and_file(other->path)))
			return -1;
		remove_rule(rules, other);
	}
	*map_at(&rules->by_id, rule->id) = rule;
	*vec_push(rules->arena, &rules->list) = rule;
	for (size_t i = 0; i < rule->naliases; i++)
		list_push(rules, &rules->by_alias, rule->aliases[i], rule);
	return 0;
}

struct rule *
rules_find(const struct rules *rules, struct str id)
{
	return map_get(&rules->by_id, id);
}

static struct str
closest(const struct rules *rules, struct str name)
{
	size_t n = 0, max = rules->list.n + rules->by_alias.n;
	struct str *names = NEW_ARRAY(rules->arena, struct str, max + 1);

	for (size_t i = 0; i < rules->list.n; i++)
		names[n++] = rules->list.items[i]->id;
	for (size_t i = 0; i < rules->by_alias.n; i++)
		names[n++] = rules->by_alias.entries[i].key;
	return str_closest(name, names, n);
}

struct rule_name
rules_lookup(void *arg, struct str name, size_t index)
{
	const struct rules *rules = arg;
	const struct rule *rule = rules_find(rules, name);
	const struct rule_list *list = map_get(&rules->by_alias, name);

	if (rule != NULL && index == 0)
		return (struct rule_name){ rule->id, STR_NONE };
	index -= rule != NULL;
	if (list != NULL && index < list->n)
		return (struct rule_name){ list->items[index]->id, STR_NONE };
	return (struct rule_name){ STR_NONE, rule == NULL && list == NULL ? closest(rules, name) : STR_NONE };
}

/* The id, or the ids that share the alias. */
static struct str
quoted_ids(struct rules *rules, struct str name)
{
	const struct rule_list *list = map_get(&rules->by_alias, name);
	struct buf ids = BUF(rules->arena);

	if (rules_find(rules, name) != NULL)
		buf_printf(&ids, "'%.*s'", STR_ARG(name));
	else
		for (size_t i = 0; list != NULL && i < list->n; i++)
			buf_printf(&ids, "%s'%.*s'", i > 0 ? " or " : "", STR_ARG(list->items[i]->id));
	return buf_text(&ids);
}

static int
unknown_rule(struct rules *rules, struct str id, struct err *err)
{
	struct str like = closest(rules, id), ids = like.s != NULL ? quoted_ids(rules, like) : STR_NONE;

	if (ids.n == 0)
		return err_set(err, rules->arena, "unknown rule '%.*s'", STR_ARG(id));
	return err_set(err, rules->arena, "unknown rule '%.*s'; did you mean %.*s?", STR_ARG(id), STR_ARG(ids));
}

int
rules_set_severity(struct rules *rules, struct str id, struct str severity, struct err *err)
{
	struct rule *rule = rules_find(rules, id);

	if (rule == NULL)
		return unknown_rule(rules, id, err);
	rule->asleep = false;
	if (!severity_parse(severity, &rule->effective))
		return err_set(err, rules->arena, "'%.*s' is not a severity: write error, warning, info or off", STR_ARG(severity));
	return 0;
}

static int
unknown_param(const struct rules *rules, const struct rule *rule, struct str name, struct err *err)
{
	struct str *names = NEW_ARRAY(rules->arena, struct str, rule->nparams + 1), like;

	for (size_t i = 0; i < rule->nparams; i++)
		names[i] = rule->params[i].name;
	names[rule->nparams] = STR("severity");
	like = str_closest(name, names, rule->nparams + 1);
	if (like.s == NULL)
		return err_set(err, rules->arena, "rule %.*s has no parameter '%.*s'", STR_ARG(rule->id), STR_ARG(name));
	return err_set(err, rules->arena, "rule %.*s has no parameter '%.*s'; did you mean '%.*s'?", STR_ARG(rule->id),
	    STR_ARG(name), STR_ARG(like));
}

int
rules_set_param(struct rules *rules, struct str id, struct str name, struct str value, struct err *err)
{
	struct rule *rule = rules_find(rules, id);
	struct value v;

	if (rule == NULL)
		return unknown_rule(rules, id, err);
	for (size_t i = 0; i < rule->nparams; i++) {
		if (!str_eq(rule->params[i].name, name))
			continue;
		if (value_parse(rules->arena, name, rule->params[i].value.type, value, &v, err) < 0)
			return -1;
		if (rule->params[i].is_pattern && !pattern_check(rules->arena, value, err))
			return -1;
		rule->params[i].value = v;
		return 0;
	}
	return unknown_param(rules, rule, name, err);
}

void
rules_reset(struct rules *rules)
{
	for (size_t i = 0; i < rules->list.n; i++) {
		struct rule *rule = rules->list.items[i];
		rule->effective = rule->enabled ? rule->severity : SEVERITY_OFF;
		rule->asleep = false;
		for (size_t p = 0; p < rule->nparams; p++)
			rule->params[p].value = rule->params[p].shipped;
	}
}

static int
compare_ids(const void *a, const void *b)
{
	return str_cmp((*(struct rule *const *)a)->id, (*(struct rule *const *)b)->id);
}

static void
dispatch(struct rules *rules, struct rule *rule, const struct op_kind *const *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		list_push(rules, &rules->by_kind, str_of(kinds[i]->name), rule);
}

void
rules_ready(struct rules *rules)
{
	size_t n;
	const struct op_kind *const *all = op_kinds(&n);

	if (rules->list.n > 1)
		qsort(rules->list.items, rules->list.n, sizeof(rules->list.items[0]), compare_ids);
	for (size_t i = 0; i < rules->by_kind.n; i++)
		((struct rule_list *)rules->by_kind.entries[i].value)->n = 0;
	for (size_t i = 0; i < rules->list.n; i++) {
		struct rule *rule = rules->list.items[i];
		if (rule->effective == SEVERITY_OFF)
			continue;
		if (rule->nkinds == 0)
			dispatch(rules, rule, all, n);
		else
			dispatch(rules, rule, rule->kinds, rule->nkinds);
	}
}
