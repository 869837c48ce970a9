#include <stdlib.h>

#include <yaml.h>

#include "base/map.h"
#include "text/yaml.h"

enum { DEPTH_MAX = 32, SIZE_MAX_BYTES = 1 << 20, NODES_MAX = 1 << 18 };

struct reader {
	yaml_parser_t parser;
	yaml_event_t event;             /* the current one */
	struct yaml_file *file;
	size_t index;                   /* libyaml counts characters: the one at byte off */
	uint32_t off;
	struct map anchors;             /* name -> struct yaml */
	size_t aliased;                 /* nodes that aliases stand for */
};

/* Safe to call twice: both deletes leave zeroed memory. */
static void
release(void *arg)
{
	struct reader *r = arg;

	yaml_event_delete(&r->event);
	yaml_parser_delete(&r->parser);
}

const char *
yaml_kind_words(enum yaml_kind kind)
{
	static const char *const words[] = { "a text", "a list", "a map" };

	return words[kind];
}

static void
report(struct yaml_file *f, struct place at, struct str message)
{
	struct diag *d = diag_add(f->diags, SEVERITY_ERROR, STR("input"), f->rule, at, message);

	d->unchecked = true;
	f->mistakes++;
}

void
yaml_mistake(struct yaml_file *f, struct place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	report(f, at, str_vprintf(f->diags->arena, fmt, ap));
	va_end(ap);
}

void
yaml_unknown(struct yaml_file *f, struct place at, const char *what, struct str name, const struct str *candidates, size_t n)
{
	struct str closest = str_closest(name, candidates, n);

	if (closest.s == NULL)
		yaml_mistake(f, at, "unknown %s '%.*s'", what, STR_ARG(name));
	else
		yaml_mistake(f, at, "unknown %s '%.*s'; did you mean '%.*s'?", what, STR_ARG(name), STR_ARG(closest));
}

bool
yaml_expect(struct yaml_file *f, const struct yaml *node, enum yaml_kind kind)
{
	struct str name = node->key.s != NULL ? node->key : STR("this");

	if (node->kind != kind)
		yaml_mistake(f, node->at, "'%.*s' must be %s, not %s", STR_ARG(name), yaml_kind_words(kind),
		    yaml_kind_words(node->kind));
	else if (kind == YAML_TEXT ? str_trim(node->text).n == 0 : node->items.n == 0)
		yaml_mistake(f, node->at, "'%.*s' is empty", STR_ARG(name));
	else
		return true;
	return false;
}

bool
yaml_bool(struct yaml_file *f, const struct yaml *node, bool *out)
{
	if (!yaml_expect(f, node, YAML_TEXT))
		return false;
	*out = str_is(node->text, "true");
	if (*out || str_is(node->text, "false"))
		return true;
	yaml_mistake(f, node->at, "'%.*s' is true or false, not '%.*s'", STR_ARG(node->key), STR_ARG(node->text));
	return false;
}

void
yaml_check_keys(struct yaml_file *f, const struct yaml *map, const struct str *keys, size_t n)
{
	for (size_t i = 0; i < map->items.n; i++) {
		const struct yaml *item = map->items.items[i];
		bool known = false;
		for (size_t k = 0; k < n && !known; k++)
			known = str_eq(keys[k], item->key);
		if (!known)
			yaml_unknown(f, item->key_at, "key", item->key, keys, n);
	}
}

const struct yaml *
yaml_get(const struct yaml *map, const char *key)
{
	for (size_t i = 0; i < map->items.n; i++)
		if (str_is(map->items.items[i]->key, key))
			return map->items.items[i];
	return NULL;
}

/* The byte at which libyaml's character number index begins; questions come in ascending order. */
static uint32_t
offset(struct reader *r, size_t index)
{
	struct str text = r->file->source->text;

	if (index < r->index) {
		r->index = 0;
		r->off = 0;
	}
	for (; r->index < index && r->off < text.n; r->index++) {
		r->off++;
		while (r->off < text.n && ((unsigned char)text.s[r->off] & 0xC0) == 0x80)
			r->off++;
	}
	return r->off;
}

/* From start to end, but not past the line. */
static struct place
place_at(struct reader *r, size_t start, size_t end)
{
	struct str text = r->file->source->text;
	uint32_t from = offset(r, start), to;

	if (from == text.n && from > 0)
		from--;
	to = from;
	while (to < text.n && text.s[to] != '\n' && text.s[to] != '\r' && end > start) {
		to++;
		if (to == text.n || ((unsigned char)text.s[to] & 0xC0) != 0x80)
			end--;
	}
	return (struct place){ r->file->source, span_of(from, to > from ? to : from + 1) };
}

static struct place
event_place(struct reader *r)
{
	return place_at(r, r->event.start_mark.index, r->event.end_mark.index);
}

static void
parser_failed(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *context = p->context != NULL ? p->context : "";
	struct place at = place_at(r, p->problem_mark.index, p->problem_mark.index);

	if (p->error == YAML_MEMORY_ERROR)
		arena_exhausted(r->file->arena);
	if (p->error == YAML_READER_ERROR && p->problem_offset < r->file->source->text.n)
		at.span = span_of(p->problem_offset, p->problem_offset + 1);
	yaml_mistake(r->file, at, "not valid YAML: %s%s%s", context, *context != '\0' ? ", " : "",
	    p->problem != NULL ? p->problem : "");
}

static bool
next(struct reader *r)
{
	yaml_event_delete(&r->event);
	if (yaml_parser_parse(&r->parser, &r->event))
		return true;
	parser_failed(r);
	return false;
}

/* *name: the anchor; STR_NONE: there is none. */
static bool
take_marks(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag, struct str *name)
{
	bool refused = (anchor != NULL && !r->file->lenient) || tag != NULL;

	if (refused)
		yaml_mistake(r->file, event_place(r), anchor != NULL ? "anchors are not supported" : "tags are not supported");
	*name = anchor == NULL ? STR_NONE : str_copy(r->file->arena, str_of((const char *)anchor));
	return !refused;
}

static struct yaml *
keep_anchor(struct reader *r, struct str name, struct yaml *node)
{
	if (name.s != NULL)
		*map_at(&r->anchors, name) = node;
	return node;
}

static struct yaml *
new_node(struct reader *r, enum yaml_kind kind)
{
	struct yaml *node = NEW(r->file->arena, struct yaml);

	node->kind = kind;
	node->at = event_place(r);
	node->line = (unsigned)r->event.start_mark.line + 1;
	node->nodes = 1;
	return node;
}

static struct str
scalar_text(struct reader *r)
{
	return str_copy(r->file->arena, (struct str){ (const char *)r->event.data.scalar.value, r->event.data.scalar.length });
}

static struct yaml *
read_text(struct reader *r)
{
	yaml_scalar_style_t style = r->event.data.scalar.style;
	struct yaml *node;
	struct str anchor;

	if (!take_marks(r, r->event.data.scalar.anchor, r->event.data.scalar.tag, &anchor))
		return NULL;
	node = new_node(r, YAML_TEXT);
	node->text = scalar_text(r);
	if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
		node->line++;
	return keep_anchor(r, anchor, node);
}

static struct yaml *read_node(struct reader *, unsigned depth);

static struct yaml *
read_list(struct reader *r, unsigned depth)
{
	struct yaml *list, *item;
	struct str anchor;

	if (!take_marks(r, r->event.data.sequence_start.anchor, r->event.data.sequence_start.tag, &anchor))
		return NULL;
	list = new_node(r, YAML_LIST);
	while (next(r)) {
		if (r->event.type == YAML_SEQUENCE_END_EVENT)
			return keep_anchor(r, anchor, list);
		if ((item = read_node(r, depth + 1)) == NULL)
			return NULL;
		*vec_push(r->file->arena, &list->items) = item;
		list->nodes += item->nodes;
	}
	return NULL;
}

/* The key at the current event, whose place goes into *at. */
static bool
read_key(struct reader *r, struct map *seen, struct str *key, struct place *at)
{
	struct str anchor;

	*at = event_place(r);
	if (r->event.type != YAML_SCALAR_EVENT) {
		yaml_mistake(r->file, *at, "a key must be a text");
		return false;
	}
	if (!take_marks(r, r->event.data.scalar.anchor, r->event.data.scalar.tag, &anchor))
		return false;
	*key = scalar_text(r);
	if (map_has(seen, *key) && !r->file->lenient) {
		yaml_mistake(r->file, *at, "'%.*s' is given twice", STR_ARG(*key));
		return false;
	}
	return true;
}

static void
put_item(struct reader *r, struct map *seen, struct yaml *map, struct yaml *item)
{
	void **at = map_at(seen, item->key);

	for (size_t i = 0; *at != NULL && i < map->items.n; i++)
		if (map->items.items[i] == *at)
			map->items.items[i] = item;
	if (*at == NULL)
		*vec_push(r->file->arena, &map->items) = item;
	*at = item;
	map->nodes += item->nodes;
}

static struct yaml *
read_map(struct reader *r, unsigned depth)
{
	struct map seen = MAP(r->file->arena);
	struct yaml *map, *item;
	struct str key, anchor;
	struct place at;

	if (!take_marks(r, r->event.data.mapping_start.anchor, r->event.data.mapping_start.tag, &anchor))
		return NULL;
	map = new_node(r, YAML_MAP);
	while (next(r)) {
		if (r->event.type == YAML_MAPPING_END_EVENT)
			return keep_anchor(r, anchor, map);
		if (!read_key(r, &seen, &key, &at) || !next(r) || (item = read_node(r, depth + 1)) == NULL)
			return NULL;
		item->key = key;
		item->key_at = at;
		put_item(r, &seen, map, item);
	}
	return NULL;
}

/* A copy that shares what is in it: its key is its own. */
static struct yaml *
read_alias(struct reader *r)
{
	struct str name = str_of((const char *)r->event.data.alias.anchor);
	const struct yaml *node = r->file->lenient ? map_get(&r->anchors, name) : NULL;
	struct yaml *copy;

	r->aliased += node == NULL ? 0 : node->nodes;
	if (node != NULL && r->aliased <= NODES_MAX) {
		copy = NEW(r->file->arena, struct yaml);
		*copy = *node;
		return copy;
	}
	yaml_mistake(r->file, event_place(r), !r->file->lenient ? "aliases are not supported"
	    : node == NULL ? "there is no such anchor before" : "aliases stand for too much");
	return NULL;
}

static struct yaml *
read_node(struct reader *r, unsigned depth)
{
	if (depth > DEPTH_MAX) {
		yaml_mistake(r->file, event_place(r), "nested deeper than %d", DEPTH_MAX);
		return NULL;
	}
	switch (r->event.type) {
	case YAML_SCALAR_EVENT: return read_text(r);
	case YAML_SEQUENCE_START_EVENT: return read_list(r, depth);
	case YAML_MAPPING_START_EVENT: return read_map(r, depth);
	default: return read_alias(r);
	}
}

static struct yaml *
read_stream(struct reader *r)
{
	struct yaml *root;

	if (!next(r) || !next(r) || r->event.type == YAML_STREAM_END_EVENT)
		return NULL;
	if (!next(r) || (root = read_node(r, 0)) == NULL)
		return NULL;
	if (!next(r) || !next(r))
		return NULL;
	if (r->event.type != YAML_STREAM_END_EVENT) {
		yaml_mistake(r->file, event_place(r), "a second document is not supported");
		return NULL;
	}
	/* A file of comments behind "---" is a document with nothing in it. */
	return root->kind == YAML_TEXT && root->text.n == 0 ? NULL : root;
}

struct yaml *
yaml_read(struct yaml_file *f)
{
	struct reader *r = NEW(f->arena, struct reader);
	struct str text = f->source->text;
	struct yaml *root;

	r->file = f;
	r->anchors = MAP(f->arena);
	if (text.n > SIZE_MAX_BYTES) {
		yaml_mistake(f, (struct place){ f->source, span_of(0, 1) }, "larger than 1 MiB");
		return NULL;
	}
	arena_defer(f->arena, release, r);
	if (!yaml_parser_initialize(&r->parser)) {
		parser_failed(r);
		return NULL;
	}
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser, (const unsigned char *)text.s, text.n);
	root = read_stream(r);
	release(r);
	return root;
}
