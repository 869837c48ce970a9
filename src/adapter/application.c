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

enum { DEPTH_LIMIT = 8 };

static struct str resolve(struct arena *, const struct properties *, struct str value, int depth);

/* Of "NAME:otherwise", or of the last property of that name, which goes before what stands otherwise. STR_NONE: the environment alone knows. */
static struct str
value_of(struct arena *a, const struct properties *all, struct str inner, int depth)
{
	struct str name;
	bool otherwise = str_find_char(inner, ':') != (size_t)-1;

	str_cut(&inner, ':', &name);
	for (size_t i = all->n; i-- > 0;)
		if (str_eq(all->items[i].key, without_space(name)))
			return depth >= DEPTH_LIMIT ? STR_NONE : resolve(a, all, all->items[i].value, depth + 1);
	return otherwise && str_find(inner, STR("${")) == (size_t)-1 ? inner : STR_NONE;
}

/* STR_NONE: part of it is known to the environment alone. */
static struct str
resolve(struct arena *a, const struct properties *all, struct str value, int depth)
{
	struct buf out = BUF(a);
	size_t at, end;

	while ((at = str_find(value, STR("${"))) != (size_t)-1) {
		struct str rest = str_slice(value, at + 2, value.n), one;
		end = str_find_char(rest, '}');
		if (end == (size_t)-1)
			return STR_NONE;
		one = value_of(a, all, str_slice(rest, 0, end), depth);
		if (one.s == NULL)
			return STR_NONE;
		buf_str(&out, str_slice(value, 0, at));
		buf_str(&out, one);
		value = str_slice(rest, end + 1, rest.n);
	}
	buf_str(&out, value);
	return buf_text(&out);
}

static void
add(struct arena *a, struct properties *list, struct str key, struct str value)
{
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

/* What a file says for a profile holds only where somebody asks for that. */
static bool
for_profile(const struct properties *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_is(list->items[i].key, "config.activate.on-profile") || str_is(list->items[i].key, "profiles"))
			return true;
	return false;
}

static struct properties
read_yaml(struct arena *a, struct source *source)
{
	struct diags unheard = { .arena = a };
	struct properties list = { 0 };
	struct yaml_file file = { .arena = a, .source = source, .diags = &unheard, .rule = STR("input"), .lenient = true };
	const struct yaml *root = yaml_read(&file);

	if (root != NULL)
		add_node(a, &list, STR(""), root);
	return list;
}

static struct properties
read_lines(struct arena *a, struct source *source)
{
	struct properties list = { 0 };

	for (struct ini ini = ini_of(a, source->text); ini_next(&ini);)
		add(a, &list, ini.key, ini.value);
	return list;
}

/* A file may hold several documents, each behind a line of such a beginning. */
static void
read_documents(struct arena *a, struct properties *list, const struct source *source, const char *line,
    struct properties (*read)(struct arena *, struct source *))
{
	struct str rest = source->text;

	while (rest.n > 0) {
		size_t end = str_find(str_slice(rest, 1, rest.n), str_of(line));
		end = end == (size_t)-1 ? rest.n : end + 1;
		struct properties part = read(a, source_new(a, source->path, str_slice(rest, 0, end)));
		for (size_t i = 0; i < part.n && !for_profile(&part); i++)
			*vec_push(a, list) = part.items[i];
		rest = str_slice(rest, end + (end < rest.n), rest.n);
	}
}

/* The later ones override: ConfigDataEnvironment.DEFAULT_SEARCH_LOCATIONS, and properties win over YAML beside them. */
static const char *const files[] = { "application.yml", "application.yaml", "application.properties", "config/application.yml",
	"config/application.yaml", "config/application.properties" };

static void
read_file(const struct listing *l, struct properties *list, struct str dir, struct str name)
{
	struct source *source = listing_source(l->arena, l, str_printf(l->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name)), NULL);

	if (source != NULL && str_ends(name, ".properties"))
		read_documents(l->arena, list, source, "\n#---", read_lines);
	else if (source != NULL)
		read_documents(l->arena, list, source, "\n---", read_yaml);
}

struct properties
application_properties(const struct listing *l)
{
	struct properties list = { 0 }, known = { 0 };
	struct str dir = STR("..");

	for (int up = 0; up < 4 && l->root.n > 0 && list.n == 0; up++) {
		for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
			read_file(l, &list, dir, str_of(files[i]));
		dir = str_printf(l->arena, "%.*s/..", STR_ARG(dir));
	}
	for (size_t i = 0; i < list.n; i++) {
		struct str value = resolve(l->arena, &list, list.items[i].value, 0);
		if (value.s != NULL)
			*vec_push(l->arena, &known) = (struct pair){ list.items[i].key, value };
	}
	return known;
}
