#include "adapter/adapter.h"
#include "text/yaml.h"

/* Spring Boot and Quarkus configure the framework among the rest: "spring.flyway.mixed", "quarkus.flyway.mixed". */
static struct str
without_space(struct str key)
{
	static const char *const spaces[] = { "spring.", "quarkus." };

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (str_starts(key, spaces[i]))
			return str_slice(key, str_of(spaces[i]).n, key.n);
	return key;
}

/* "${NAME:value}" is the value unless the environment has the name. STR_NONE: that alone knows. */
static struct str
resolve(struct arena *a, struct str value)
{
	struct buf out = BUF(a);
	struct str name;
	size_t at, end;

	while ((at = str_find(value, STR("${"))) != (size_t)-1) {
		struct str rest = str_slice(value, at + 2, value.n);
		end = str_find_char(rest, '}');
		if (end == (size_t)-1)
			return STR_NONE;
		struct str inner = str_slice(rest, 0, end);
		if (str_find_char(inner, ':') == (size_t)-1 || str_find(inner, STR("${")) != (size_t)-1)
			return STR_NONE;
		str_cut(&inner, ':', &name);
		buf_str(&out, str_slice(value, 0, at));
		buf_str(&out, inner);
		value = str_slice(rest, end + 1, rest.n);
	}
	buf_str(&out, value);
	return buf_text(&out);
}

static void
add(struct arena *a, struct properties *list, struct str key, struct str value)
{
	value = resolve(a, value);
	if (value.s != NULL)
		*vec_push(a, list) = (struct pair){ without_space(key), value };
}

static void
add_node(struct arena *a, struct properties *list, struct str key, const struct yaml *node)
{
	if (node->kind == YAML_TEXT)
		add(a, list, key, node->text);
	for (size_t i = 0; node->kind != YAML_TEXT && i < node->items.n; i++) {
		const struct yaml *item = node->items.items[i];
		struct str name = item->key.s != NULL ? item->key : str_printf(a, "%zu", i);
		add_node(a, list, key.n > 0 ? str_printf(a, "%.*s.%.*s", STR_ARG(key), STR_ARG(name)) : name, item);
	}
}

/* The documents behind the first are for profiles. */
static void
read_yaml(struct arena *a, struct properties *list, struct source *source)
{
	struct diags unheard = { .arena = a };
	struct str text = source->text;
	size_t end = str_find(str_slice(text, 1, text.n), STR("\n---"));

	if (end != (size_t)-1)
		source = source_new(a, source->path, str_slice(text, 0, end + 1));
	struct yaml_file file = { .arena = a, .source = source, .diags = &unheard, .rule = STR("input"), .lenient = true };
	const struct yaml *root = yaml_read(&file);
	if (root != NULL)
		add_node(a, list, STR(""), root);
}

struct properties
application_properties(const struct listing *l)
{
	static const char *const names[] = { "application.properties", "application.yml", "application.yaml" };
	struct properties list = { 0 };
	struct str dir = STR("..");

	for (int up = 0; up < 4 && l->root.n > 0 && list.n == 0; up++) {
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			struct source *source = listing_source(l->arena, l, str_printf(l->arena, "%.*s/%s", STR_ARG(dir), names[i]), NULL);
			if (source != NULL && i > 0)
				read_yaml(l->arena, &list, source);
			if (source == NULL || i > 0)
				continue;
			for (struct ini ini = ini_of(l->arena, source->text); ini_next(&ini);)
				add(l->arena, &list, ini.key, ini.value);
		}
		dir = str_printf(l->arena, "%.*s/..", STR_ARG(dir));
	}
	return list;
}
