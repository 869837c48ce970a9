#include "adapter/changelog.h"

static void
add_items(struct arena *a, const struct yaml *node, struct changelog_items *items)
{
	for (size_t i = 0; node != NULL && i < node->items.n; i++) {
		if (node->kind == YAML_LIST && node->items.items[i]->kind != YAML_TEXT)
			add_items(a, node->items.items[i], items);
		else if (node->kind == YAML_MAP)
			*vec_push(a, items) = node->items.items[i];
	}
}

struct changelog_items
changelog_items(struct arena *a, const struct yaml *node)
{
	struct changelog_items items = { 0 };

	add_items(a, node, &items);
	return items;
}

static void
add_named(struct arena *a, const struct yaml *node, const char *key, const char *list, struct changelog_items *found)
{
	struct changelog_items items = changelog_items(a, node);

	for (size_t i = 0; i < items.n; i++) {
		if (str_is(items.items[i]->key, key) && items.items[i]->kind != YAML_TEXT)
			*vec_push(a, found) = items.items[i];
		else if (str_is(items.items[i]->key, list))
			add_named(a, items.items[i], key, list, found);
	}
}

struct changelog_items
changelog_named(struct arena *a, const struct yaml *node, const char *key, const char *list)
{
	struct changelog_items found = { 0 };

	add_named(a, node, key, list, &found);
	return found;
}

const struct yaml *
changelog_get(const struct yaml *node, const char *key)
{
	const struct yaml *found = NULL;

	if (node == NULL || node->kind == YAML_TEXT)
		return NULL;
	if (node->kind == YAML_MAP)
		return yaml_get(node, key);
	for (size_t i = 0; found == NULL && i < node->items.n; i++)
		found = changelog_get(node->items.items[i], key);
	return found;
}

const struct yaml *
changelog_text_node(const struct yaml *node, const char *key)
{
	const struct yaml *found = key == NULL ? node : changelog_get(node, key);

	if (found != NULL && found->kind == YAML_MAP)
		found = yaml_get(found, "");
	return found != NULL && found->kind == YAML_TEXT ? found : NULL;
}

struct str
changelog_text(const struct yaml *node, const char *key)
{
	const struct yaml *found = changelog_text_node(node, key);

	return found != NULL ? found->text : STR_NONE;
}

bool
changelog_says(const struct yaml *node, const char *key, bool standard)
{
	struct str text = changelog_text(node, key);

	return text.n > 0 ? str_is_nocase(str_trim(text), "true") : standard;
}

/* ---- pieces of the file ---- */

/* Whether the lines of the text are those of the file from there on, but for what stands in front of them. */
static bool
same_lines(const struct source *source, const struct yaml *node)
{
	struct str rest = node->text, line;

	for (unsigned i = node->line; str_cut(&rest, '\n', &line); i++)
		if (i > source->nlines || str_find(source_line(source, i), str_trim(line)) == (size_t)-1)
			return false;
	return true;
}

static void
take_line(struct making *m, struct str line, struct str there)
{
	size_t from = (size_t)(there.s - m->file->text.s), at = from + str_find(there, str_trim(line));

	if (str_trim(line).n > 0)
		making_take(m, span_of(at, at + str_trim(line).n));
	making_put(m, STR("\n"), there.n > 0 ? span_of(from, from + there.n) : span_of(from > 0 ? from - 1 : 0, from + (from == 0)));
}

void
changelog_take(struct making *m, const struct yaml *node)
{
	struct str text = str_trim(node->text), rest = node->text, line;
	size_t found = str_find(source_text(m->file, node->at.span), text);

	if (found != (size_t)-1)
		making_take(m, span_of(node->at.span.off + found, node->at.span.off + found + text.n));
	else if (same_lines(m->file, node))
		for (unsigned i = node->line; str_cut(&rest, '\n', &line); i++)
			take_line(m, line, source_line(m->file, i));
	else
		making_put(m, node->text, changelog_place(node));
}

struct span
changelog_place(const struct yaml *node)
{
	struct span at = node->at.span;
	bool element = node->kind != YAML_TEXT && node->key.s != NULL;

	if (element || at.len == 0)
		at = node->key_at.span;
	return at.len > 0 ? at : span_of(at.off, (size_t)at.off + 1);
}

void
changelog_put(struct making *m, struct str text, const struct yaml *node)
{
	struct span at = changelog_place(node);
	size_t found = node->kind == YAML_TEXT ? str_find(source_text(m->file, at), text) : (size_t)-1;

	if (text.n == 0)
		return;
	if (found != (size_t)-1)
		making_take(m, span_of(at.off + found, at.off + found + text.n));
	else
		making_put(m, text, at);
}
