#include "base/err.h"
#include "check/check.h"

/* How severe findings are: presets, the configured rules, and overrides for some files. */

static void
complain(struct diags *diags, struct place at, struct str message)
{
	diag_add(diags, SEVERITY_ERROR, STR("input"), STR("invalid-configuration"), at, message)->unchecked = true;
}

static void
apply_preset(enum preset preset, struct rules *rules)
{
	for (size_t i = 0; i < rules->list.n; i++) {
		struct rule *r = rules->list.items[i];
		if (preset == PRESET_STRICT && r->enabled && r->severity < SEVERITY_ERROR)
			r->effective = (enum severity)(r->severity + 1);
		if (preset == PRESET_ALL)
			r->effective = r->severity;
	}
}

static void
apply_severity(const struct rule_setting *s, struct rules *rules, struct diags *diags)
{
	struct err err;
	struct str severity = s->severity.s != NULL ? s->severity : STR("off");

	if (rules_find(rules, s->id) != NULL && s->severity.s == NULL)
		return;
	if (rules_set_severity(rules, s->id, severity, &err) < 0)
		complain(diags, s->place, err.message);
}

static void
apply_params(const struct rule_setting *s, struct rules *rules, struct diags *diags)
{
	struct err err;

	for (size_t i = 0; i < s->params.n && rules_find(rules, s->id) != NULL; i++) {
		const struct param_setting *p = &s->params.items[i];
		if (rules_set_param(rules, s->id, p->name, p->value, &err) < 0)
			complain(diags, p->place, err.message);
	}
}

/* A rule that is off but for some files has to run; elsewhere its findings are removed again. */
static void
wake(const struct rule_setting *s, struct rules *rules, struct diags *diags)
{
	struct rule *rule = rules_find(rules, s->id);

	if (rule == NULL)
		apply_severity(s, rules, diags);
	else if (rule->effective == SEVERITY_OFF && !str_is(s->severity, "off")) {
		rule->asleep = true;
		(void)severity_parse(s->severity, &rule->effective);
	}
}

void
config_apply_rules(const struct config *config, struct rules *rules, struct diags *diags)
{
	apply_preset(config->preset, rules);
	for (size_t i = 0; i < config->rules.n; i++) {
		apply_severity(&config->rules.items[i], rules, diags);
		apply_params(&config->rules.items[i], rules, diags);
	}
	for (size_t i = 0; i < config->overrides.n; i++)
		for (size_t k = 0; k < config->overrides.items[i].rules.n; k++)
			wake(&config->overrides.items[i].rules.items[k], rules, diags);
}

/* ---- overrides ---- */

static bool
path_matches(struct arena *a, struct str pattern, struct str path)
{
	return str_glob(pattern, path) || str_glob(str_printf(a, "**/%.*s", STR_ARG(pattern)), path);
}

static bool
is_for(struct arena *a, const struct override *o, struct str path)
{
	for (size_t i = 0; i < o->paths.n; i++)
		if (path_matches(a, o->paths.items[i], path))
			return true;
	return false;
}

/* What the overrides say of the rule for a file, the last one first; false: nothing. */
static bool
find_severity(const struct config *config, struct arena *a, struct str rule, struct str path, enum severity *severity)
{
	for (size_t i = config->overrides.n; i-- > 0;) {
		const struct override *o = &config->overrides.items[i];
		for (size_t k = 0; k < o->rules.n; k++)
			if (str_eq(o->rules.items[k].id, rule) && is_for(a, o, path))
				return severity_parse(o->rules.items[k].severity, severity);
	}
	return false;
}

/* A finding in a way back is a degree below its rule. */
static void
override_one(const struct config *config, struct arena *a, const struct rule *rule, struct diag *d)
{
	struct str path = d->nlabels > 0 && d->labels[0].at.source != NULL ? d->labels[0].at.source->path : STR("");
	int below = (int)rule->effective - (int)d->severity;
	enum severity severity;

	if (find_severity(config, a, rule->id, path, &severity))
		d->severity = (int)severity > below ? (enum severity)((int)severity - below) : SEVERITY_OFF;
	else if (rule->asleep)
		d->severity = SEVERITY_OFF;
}

void
config_override(const struct config *config, const struct rules *rules, struct diags *diags)
{
	size_t n = 0;

	if (config->overrides.n == 0)
		return;
	for (size_t i = 0; i < diags->list.n; i++) {
		struct diag *d = diags->list.items[i];
		const struct rule *rule = rules != NULL ? rules_find(rules, d->rule) : NULL;
		if (rule != NULL)
			override_one(config, diags->arena, rule, d);
		if (d->severity != SEVERITY_OFF)
			diags->list.items[n++] = d;
	}
	diags->list.n = n;
}
