#include <stddef.h>
#include <sys/stat.h>

#include "base/err.h"
#include "check/check.h"
#include "text/yaml.h"

struct loader {
	struct yaml_file file;
	struct arena *arena;
	struct config *config;
};

void
config_init(struct config *c)
{
	*c = (struct config){ .pg_version = 18, .schema = STR("public"), .fail_on = SEVERITY_ERROR };
}

static void
read_version(struct loader *l, const struct yaml *node)
{
	int64_t n;

	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return;
	if (!str_to_int(node->text, &n) || n < 13 || n > 18)
		yaml_mistake(&l->file, node->at, "'pg_version' is a number from 13 to 18, not '%.*s'", STR_ARG(node->text));
	else
		l->config->pg_version = (int)n;
}

static void
read_framework(struct loader *l, const struct yaml *node)
{
	size_t n;
	const struct adapter *const *all = adapters(&n);
	struct str *names = NEW_ARRAY(l->arena, struct str, n + 1);

	if (!yaml_expect(&l->file, node, YAML_TEXT) || str_is(node->text, "auto"))
		return;
	l->config->framework = node->text;
	for (size_t i = 0; i < n; i++)
		names[i] = str_of(all[i]->name);
	names[n] = STR("auto");
	if (adapter_find(node->text) == NULL)
		yaml_unknown(&l->file, node->at, "framework", node->text, names, n + 1);
}

static void
read_schema(struct loader *l, const struct yaml *node)
{
	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return;
	l->config->schema = node->text;
	l->config->schema_given = true;
}

static void
read_placeholders(struct loader *l, const struct yaml *node)
{
	struct map *values = &l->config->adapter.placeholders;

	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	*values = MAP(l->arena);
	for (size_t i = 0; i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		if (item->kind != YAML_TEXT)
			(void)yaml_expect(&l->file, item, YAML_TEXT);
		else {
			struct str *value = NEW(l->arena, struct str);
			*value = item->text;
			*map_at(values, item->key) = value;
		}
	}
}

/* ---- custom ---- */

static void
read_text(struct loader *l, const struct yaml *map, const char *key, struct str *to)
{
	const struct yaml *node = yaml_get(map, key);

	if (node != NULL && yaml_expect(&l->file, node, YAML_TEXT))
		*to = node->text;
}

static void
read_custom_transaction(struct loader *l, const struct yaml *node, enum tx_mode *to)
{
	static const struct {
		const char *word;
		enum tx_mode tx;
	} words[] = { { "true", TX_WRAPPED }, { "false", TX_NONE }, { "string", TX_STRING } };

	if (node == NULL || !yaml_expect(&l->file, node, YAML_TEXT))
		return;
	for (size_t i = 0; i < 3; i++)
		if (str_is(node->text, words[i].word)) {
			*to = words[i].tx;
			return;
		}
	yaml_mistake(&l->file, node->at, "'transaction' is true, false or string (the whole file as one string), not '%.*s'", STR_ARG(node->text));
}

static void
read_custom_placeholder(struct loader *l, const struct yaml *node, struct custom_framework *to)
{
	const struct str names[] = { STR("prefix"), STR("suffix") };

	if (node == NULL || !yaml_expect(&l->file, node, YAML_MAP))
		return;
	yaml_check_keys(&l->file, node, names, 2);
	read_text(l, node, "prefix", &to->prefix);
	read_text(l, node, "suffix", &to->suffix);
	if (to->prefix.n == 0)
		yaml_mistake(&l->file, node->at, "'placeholder' needs 'prefix', what a placeholder begins with");
}

static void
read_custom(struct loader *l, const struct yaml *node)
{
	const struct str names[] = { STR("files"), STR("down_files"), STR("up"), STR("down"), STR("no_transaction"), STR("transaction"),
		STR("placeholder") };
	struct custom_framework *to = &l->config->adapter.custom;

	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	yaml_check_keys(&l->file, node, names, sizeof(names) / sizeof(names[0]));
	read_text(l, node, "files", &to->files);
	read_text(l, node, "down_files", &to->down_files);
	read_text(l, node, "up", &to->up);
	read_text(l, node, "down", &to->down);
	read_text(l, node, "no_transaction", &to->no_transaction);
	read_custom_transaction(l, yaml_get(node, "transaction"), &to->tx);
	read_custom_placeholder(l, yaml_get(node, "placeholder"), to);
	if (l->config->framework.n == 0)
		l->config->framework = STR("custom");
}

static void
read_transaction(struct loader *l, const struct yaml *node)
{
	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return;
	if (str_is(node->text, "true"))
		l->config->transaction = TX_WRAPPED;
	else if (str_is(node->text, "false"))
		l->config->transaction = TX_NONE;
	else if (!str_is(node->text, "auto"))
		yaml_mistake(&l->file, node->at, "'transaction' is true, false or auto, not '%.*s'", STR_ARG(node->text));
}

/* A list is written as the server shows it: "app, public". */
static struct str
joined(struct loader *l, const struct yaml *list)
{
	struct buf b = BUF(l->arena);

	for (size_t i = 0; i < list->items.n; i++)
		if (yaml_expect(&l->file, list->items.items[i], YAML_TEXT)) {
			buf_c(&b, b.n > 0 ? ", " : "");
			buf_str(&b, list->items.items[i]->text);
		}
	return buf_text(&b);
}

static bool
is_time(int setting)
{
	return setting == SETTING_LOCK_TIMEOUT || setting == SETTING_STATEMENT_TIMEOUT || setting == SETTING_IDLE_TIMEOUT;
}

static void
unknown_setting(struct loader *l, const struct yaml *node)
{
	struct str names[SETTING_CUSTOM];

	for (int i = 0; i < SETTING_CUSTOM; i++)
		names[i] = str_of(setting_word((enum setting_name)i));
	yaml_unknown(&l->file, node->key_at, "setting", node->key, names, SETTING_CUSTOM);
}

static void
read_setting(struct loader *l, const struct yaml *node)
{
	int which = setting_find(node->key);
	struct setting *s;

	if (which < 0) {
		unknown_setting(l, node);
		return;
	}
	s = &l->config->session[which];
	if (which == SETTING_SEARCH_PATH && node->kind == YAML_LIST)
		s->text = joined(l, node);
	else if (!yaml_expect(&l->file, node, YAML_TEXT))
		return;
	else
		s->text = node->text;
	s->known = YES;
	if (is_time(which) && !setting_time(s->text, &s->value))
		yaml_mistake(&l->file, node->at, "'%.*s' is a time such as 5s or 0, not '%.*s'", STR_ARG(node->key),
		    STR_ARG(s->text));
}

static void
read_session(struct loader *l, const struct yaml *node)
{
	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	for (size_t i = 0; i < node->items.n; i++)
		read_setting(l, node->items.items[i]);
}

static bool
is_severity(struct loader *l, const struct yaml *node)
{
	const struct str words[] = { STR("error"), STR("warning"), STR("info"), STR("off") };
	enum severity severity;

	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return false;
	if (severity_parse(node->text, &severity))
		return true;
	yaml_unknown(&l->file, node->at, "severity", node->text, words, 4);
	return false;
}

static void
read_rule_map(struct loader *l, const struct yaml *node, struct rule_setting *setting)
{
	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	for (size_t i = 0; i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		if (str_is(item->key, "severity") && is_severity(l, item))
			setting->severity = item->text;
		else if (!str_is(item->key, "severity") && yaml_expect(&l->file, item, YAML_TEXT))
			*vec_push(l->arena, &setting->params) = (struct param_setting){ .name = item->key,
				.value = item->text, .place = item->key_at };
	}
}

static void
read_preset(struct loader *l, const struct yaml *node)
{
	const struct str words[] = { STR("recommended"), STR("strict"), STR("all") };

	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return;
	for (size_t i = 0; i < 3; i++)
		if (str_eq(node->text, words[i])) {
			l->config->preset = (enum preset)i;
			return;
		}
	yaml_unknown(&l->file, node->at, "preset", node->text, words, 3);
}

/* ---- overrides ---- */

static void
read_override_rules(struct loader *l, const struct yaml *node, struct override *to)
{
	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	for (size_t i = 0; i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		if (is_severity(l, item))
			*vec_push(l->arena, &to->rules) = (struct rule_setting){ .id = item->key, .severity = item->text, .place = item->key_at };
	}
}

static void
read_texts(struct loader *l, const struct yaml *node, struct str_list *to)
{
	if (!yaml_expect(&l->file, node, YAML_LIST))
		return;
	for (size_t i = 0; i < node->items.n; i++)
		if (yaml_expect(&l->file, node->items.items[i], YAML_TEXT))
			*vec_push(l->arena, to) = node->items.items[i]->text;
}

static void
read_override(struct loader *l, const struct yaml *node)
{
	const struct str names[] = { STR("paths"), STR("rules") };
	struct override override = { 0 };

	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	yaml_check_keys(&l->file, node, names, 2);
	const struct yaml *paths = yaml_get(node, "paths"), *rules = yaml_get(node, "rules");
	if (paths == NULL || rules == NULL) {
		yaml_mistake(&l->file, node->at, "an override needs 'paths', a list of patterns, and 'rules', a map of severities");
		return;
	}
	read_texts(l, paths, &override.paths);
	read_override_rules(l, rules, &override);
	*vec_push(l->arena, &l->config->overrides) = override;
}

static void
read_overrides(struct loader *l, const struct yaml *node)
{
	if (!yaml_expect(&l->file, node, YAML_LIST))
		return;
	for (size_t i = 0; i < node->items.n; i++)
		read_override(l, node->items.items[i]);
}

static void
read_rules(struct loader *l, const struct yaml *node)
{
	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	for (size_t i = 0; i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		struct rule_setting setting = { .id = item->key, .place = item->key_at };
		if (item->kind == YAML_MAP)
			read_rule_map(l, item, &setting);
		else if (is_severity(l, item))
			setting.severity = item->text;
		*vec_push(l->arena, &l->config->rules) = setting;
	}
}

/* What comes before the last "/" of a path, with it. */
static struct str
directory(struct str path)
{
	while (path.n > 0 && path.s[path.n - 1] != '/')
		path.n--;
	return path;
}

/* A path of the file, which is relative to it, as one to open. */
static struct str
located(struct loader *l, struct str path)
{
	struct str base = directory(l->file.source->path);

	return str_starts(path, "/") ? path : str_printf(l->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(path));
}

static void
read_starts_empty(struct loader *l, const struct yaml *node)
{
	(void)yaml_bool(&l->file, node, &l->config->starts_empty);
}

static void
read_baseline(struct loader *l, const struct yaml *node)
{
	if (yaml_expect(&l->file, node, YAML_TEXT))
		l->config->baseline = located(l, node->text);
}

static void
read_rules_dirs(struct loader *l, const struct yaml *node)
{
	if (!yaml_expect(&l->file, node, YAML_LIST))
		return;
	for (size_t i = 0; i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		if (yaml_expect(&l->file, item, YAML_TEXT))
			*vec_push(l->arena, &l->config->rules_dirs) = located(l, item->text);
	}
}

static void
read_fail_on(struct loader *l, const struct yaml *node)
{
	const struct str words[] = { STR("error"), STR("warning"), STR("info"), STR("never") };

	if (!yaml_expect(&l->file, node, YAML_TEXT))
		return;
	l->config->fail_on_set = true;
	l->config->fail_on = SEVERITY_OFF;
	if (str_is(node->text, "never"))
		return;
	if (str_is(node->text, "off") || !severity_parse(node->text, &l->config->fail_on))
		yaml_unknown(&l->file, node->at, "severity", node->text, words, 4);
}

/* ---- tenant ---- */

static void
read_tenant_column(struct loader *l, const struct yaml *node)
{
	if (yaml_expect(&l->file, node, YAML_TEXT))
		l->config->tenant.column = node->text;
}

static void
read_tenant_root(struct loader *l, const struct yaml *node)
{
	if (yaml_expect(&l->file, node, YAML_TEXT))
		l->config->tenant.root = node->text;
}

static void
read_exempt(struct loader *l, const struct yaml *node)
{
	struct str_list names = { 0 };

	read_texts(l, node, &names);
	for (size_t i = 0; i < names.n; i++)
		*vec_push(l->arena, &l->config->tenant.exempt) = names.items[i];
}

static void
read_tri(struct loader *l, const struct yaml *node, enum tri *to)
{
	bool yes;

	if (yaml_bool(&l->file, node, &yes))
		*to = tri_of(yes);
}

static void
read_composite_keys(struct loader *l, const struct yaml *node)
{
	read_tri(l, node, &l->config->tenant.composite_keys);
}

static void
read_row_security(struct loader *l, const struct yaml *node)
{
	read_tri(l, node, &l->config->tenant.row_security);
}

static void
read_foreign_keys(struct loader *l, const struct yaml *node)
{
	read_tri(l, node, &l->config->tenant.foreign_keys);
}

static void
read_leading_indexes(struct loader *l, const struct yaml *node)
{
	read_tri(l, node, &l->config->tenant.leading_indexes);
}

static void
read_per_tenant_changes(struct loader *l, const struct yaml *node)
{
	(void)yaml_bool(&l->file, node, &l->config->tenant.per_tenant_changes);
}

static void
read_detect(struct loader *l, const struct yaml *node)
{
	bool detect = true;

	(void)yaml_bool(&l->file, node, &detect);
	l->config->tenant.no_detection = !detect;
}

struct key {
	const char *name;
	void (*read)(struct loader *, const struct yaml *);
};

static const struct key tenant_keys[] = {
	{ "column", read_tenant_column },
	{ "root", read_tenant_root },
	{ "exempt", read_exempt },
	{ "composite_keys", read_composite_keys },
	{ "row_security", read_row_security },
	{ "foreign_keys", read_foreign_keys },
	{ "leading_indexes", read_leading_indexes },
	{ "per_tenant_changes", read_per_tenant_changes },
	{ "detect", read_detect },
};

enum { NTENANT = sizeof(tenant_keys) / sizeof(tenant_keys[0]) };

static void read_keys(struct loader *, const struct yaml *map, const struct key *, size_t n);

static void
read_tenant(struct loader *l, const struct yaml *node)
{
	const struct tenant_config *t = &l->config->tenant;

	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	read_keys(l, node, tenant_keys, NTENANT);
	if (t->column.s == NULL && (t->root.s != NULL || t->per_tenant_changes))
		yaml_mistake(&l->file, node->at, "'tenant' needs 'column', the name of the column that says whose row it is");
}

/* Of a root, and of the whole: there a root's are defaults. */
static const struct key root_keys[] = {
	{ "pg_version", read_version },
	{ "framework", read_framework },
	{ "placeholders", read_placeholders },
	{ "custom", read_custom },
	{ "schema", read_schema },
	{ "starts_empty", read_starts_empty },
	{ "transaction", read_transaction },
	{ "session", read_session },
	{ "tenant", read_tenant },
};

static void read_roots(struct loader *, const struct yaml *);

/* The roots come last: they start from what the whole has. */
static const struct key keys[] = {
	{ "preset", read_preset },
	{ "rules", read_rules },
	{ "overrides", read_overrides },
	{ "rules_dirs", read_rules_dirs },
	{ "fail_on", read_fail_on },
	{ "baseline", read_baseline },
	{ "roots", read_roots },
};

enum { NROOT_KEYS = sizeof(root_keys) / sizeof(root_keys[0]), NKEYS = sizeof(keys) / sizeof(keys[0]) };

static void
read_values(struct loader *l, const struct yaml *map, const struct key *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct yaml *node = yaml_get(map, list[i].name);
		if (node != NULL)
			list[i].read(l, node);
	}
}

/* Those of a root, and some more. */
static void
check_root_keys(struct loader *l, const struct yaml *map, const struct key *more, size_t n)
{
	struct str names[NROOT_KEYS + NKEYS];

	for (size_t i = 0; i < NROOT_KEYS; i++)
		names[i] = str_of(root_keys[i].name);
	for (size_t i = 0; i < n; i++)
		names[NROOT_KEYS + i] = str_of(more[i].name);
	yaml_check_keys(&l->file, map, names, NROOT_KEYS + n);
}

static void
read_keys(struct loader *l, const struct yaml *map, const struct key *list, size_t n)
{
	struct str *names = NEW_ARRAY(l->arena, struct str, n);

	for (size_t i = 0; i < n; i++)
		names[i] = str_of(list[i].name);
	yaml_check_keys(&l->file, map, names, n);
	read_values(l, map, list, n);
}

static void
read_root(struct loader *l, const struct yaml *node)
{
	static const struct key path[] = { { "path", NULL } };
	const struct yaml *where = node->kind == YAML_MAP ? yaml_get(node, "path") : NULL;
	struct config *whole = l->config, *own = NEW(l->arena, struct config);

	if (!yaml_expect(&l->file, node, YAML_MAP))
		return;
	if (where == NULL || where->kind != YAML_TEXT) {
		yaml_mistake(&l->file, node->at, "a root needs 'path', the directory of its migrations");
		return;
	}
	*own = *whole;
	l->config = own;
	check_root_keys(l, node, path, 1);
	read_values(l, node, root_keys, NROOT_KEYS);
	l->config = whole;
	*vec_push(l->arena, &whole->roots) = (struct root){ located(l, where->text), own };
}

static void
read_roots(struct loader *l, const struct yaml *node)
{
	if (!yaml_expect(&l->file, node, YAML_LIST))
		return;
	for (size_t i = 0; i < node->items.n; i++)
		read_root(l, node->items.items[i]);
}

static void
read_whole(struct loader *l, const struct yaml *root)
{
	if (root->kind == YAML_MAP) {
		check_root_keys(l, root, keys, NKEYS);
		read_values(l, root, root_keys, NROOT_KEYS);
		read_values(l, root, keys, NKEYS);
	} else
		yaml_mistake(&l->file, root->at, "the configuration is a map of keys, not %s", yaml_kind_words(root->kind));
}

int
config_parse(struct arena *a, struct config *config, struct source *source, struct diags *diags)
{
	struct loader l = { .arena = a, .config = config, .file = { .arena = a, .source = source, .diags = diags,
		.rule = STR("invalid-configuration") } };
	const struct yaml *root = yaml_read(&l.file);

	if (root != NULL)
		read_whole(&l, root);
	return l.file.mistakes == 0 ? 0 : -1;
}

static void
complain(struct diags *diags, struct place at, struct str message)
{
	struct diag *d = diag_add(diags, SEVERITY_ERROR, STR("input"), STR("invalid-configuration"), at, message);

	d->unchecked = true;
	if (at.source == NULL)
		d->nlabels = 0;
}

int
config_load(struct arena *a, struct config *config, struct str path, struct diags *diags)
{
	struct err err;
	struct source *source = source_read(a, path, &err);

	if (source == NULL) {
		complain(diags, (struct place){ 0 }, err.message);
		return -1;
	}
	config->path = path;
	return config_parse(a, config, source, diags);
}

static struct str
config_in(struct arena *a, struct str dir)
{
	static const char *const names[] = { ".dbopt-migrate.yaml", ".dbopt-migrate.yml" };
	struct stat st;

	for (size_t i = 0; i < 2; i++) {
		struct str path = str_is(dir, ".") ? str_of(names[i]) :
		    str_printf(a, "%.*s%s%s", STR_ARG(dir), str_ends(dir, "/") ? "" : "/", names[i]);
		if (stat(str_c(a, path), &st) == 0 && S_ISREG(st.st_mode))
			return path;
	}
	return STR_NONE;
}

/* The directory above, as a path: of "a/b" it is "a", of "a" it is ".", of "." it is "..". */
static struct str
above(struct arena *a, struct str dir)
{
	struct str up;

	while (dir.n > 1 && dir.s[dir.n - 1] == '/')
		dir.n--;
	if (str_is(dir, "."))
		return STR("..");
	if (str_is(dir, "..") || str_ends(dir, "/..") || str_ends(dir, "/."))
		return str_printf(a, "%.*s/..", STR_ARG(dir));
	up = directory(dir);
	while (up.n > 1 && up.s[up.n - 1] == '/')
		up.n--;
	return up.n == 0 ? STR(".") : up;
}

static bool
same_directory(struct arena *a, struct str one, struct str other)
{
	struct stat s, t;

	return stat(str_c(a, one), &s) < 0 || stat(str_c(a, other), &t) < 0 || (s.st_dev == t.st_dev && s.st_ino == t.st_ino);
}

struct str
config_find(struct arena *a, struct str path)
{
	struct stat st;
	struct str dir = path, up, found;

	if (stat(str_c(a, path), &st) < 0 || !S_ISDIR(st.st_mode))
		dir = above(a, path);
	while ((found = config_in(a, dir)).s == NULL) {
		up = above(a, dir);
		if (same_directory(a, dir, up))
			return STR_NONE;
		dir = up;
	}
	return found;
}
