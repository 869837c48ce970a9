#include <expat.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "text/xml.h"

enum { SIZE_LIMIT = 16 << 20, DEPTH_LIMIT = 64 };

/* An element that is open. */
struct open {
	struct yaml *node;
	struct buf text;
	size_t from, to;                /* of the text in the file */
};

struct reader {
	struct yaml_file *file;
	XML_Parser parser;
	struct open open[DEPTH_LIMIT];
	size_t depth;
	struct yaml *root;
	bool deep;
};

static void
free_parser(void *arg)
{
	XML_ParserFree(arg);
}

static struct place
place_here(const struct reader *r)
{
	size_t from = (size_t)XML_GetCurrentByteIndex(r->parser), n = (size_t)XML_GetCurrentByteCount(r->parser);
	struct str line = str_slice(r->file->source->text, from, from + n);
	size_t end = str_find_char(line, '\n');

	return (struct place){ r->file->source, span_of(from, from + (end != (size_t)-1 && end > 0 ? end : line.n > 0 ? line.n : 1)) };
}

static struct str
local_name(struct arena *a, const char *name)
{
	const char *colon = strrchr(name, ':');

	return str_copy(a, str_of(colon != NULL ? colon + 1 : name));
}

static struct yaml *
add_text(struct reader *r, struct yaml *node, struct str key, struct place key_at, struct str text, struct place at)
{
	struct yaml *item = NEW(r->file->arena, struct yaml);

	*item = (struct yaml){ .kind = YAML_TEXT, .at = at, .key = key, .key_at = key_at, .text = text,
		.line = source_position(r->file->source, at.span.off).line };
	*vec_push(r->file->arena, &node->items) = item;
	return item;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The name at that place of a tag. */
static struct span
name_at(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.n && !is_blank(text.s[end]) && strchr("=/>", text.s[end]) == NULL)
		end++;
	return span_of(at, end);
}

/* What stands behind that place of a tag: NAME = "VALUE". The value may be empty: then it is the quotes. */
static struct span
value_behind(struct str text, size_t at)
{
	size_t from, end;

	while (at < text.n && (is_blank(text.s[at]) || text.s[at] == '='))
		at++;
	from = at + 1;
	end = from < text.n ? from + str_find_char(str_slice(text, from, text.n), text.s[at]) : text.n;
	return end > from ? span_of(from, end) : span_of(at, end + 1);
}

static void
add_attributes(struct reader *r, struct yaml *node, const XML_Char **attributes)
{
	const struct source *file = r->file->source;
	size_t at = (size_t)node->key_at.span.off + node->key_at.span.len, written = (size_t)XML_GetSpecifiedAttributeCount(r->parser);

	/* Those that only a DTD gives come last. */
	for (size_t i = 0; attributes[i] != NULL; i += 2) {
		struct str key = local_name(r->file->arena, attributes[i]), text = str_copy(r->file->arena, str_of(attributes[i + 1]));
		if (i >= written) {
			add_text(r, node, key, node->key_at, text, node->at);
			continue;
		}
		while (at < file->text.n && is_blank(file->text.s[at]))
			at++;
		struct span name = name_at(file->text, at), value = value_behind(file->text, at + name.len);
		add_text(r, node, key, (struct place){ file, name }, text, (struct place){ file, value });
		at = (size_t)value.off + value.len;
		at += at < file->text.n && !is_blank(file->text.s[at]);
	}
}

static void
start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct reader *r = arg;
	struct arena *a = r->file->arena;
	struct yaml *node = NEW(a, struct yaml);

	if (r->depth == DEPTH_LIMIT) {
		r->deep = true;
		XML_StopParser(r->parser, XML_FALSE);
		return;
	}
	*node = (struct yaml){ .kind = YAML_MAP, .at = place_here(r), .key = local_name(a, name) };
	node->key_at = (struct place){ r->file->source, name_at(r->file->source->text, (size_t)node->at.span.off + 1) };
	node->line = source_position(r->file->source, node->at.span.off).line;
	add_attributes(r, node, attributes);
	if (r->depth > 0)
		*vec_push(a, &r->open[r->depth - 1].node->items) = node;
	else
		r->root = node;
	r->open[r->depth++] = (struct open){ .node = node, .text = BUF(a) };
}

static void
end(void *arg, const XML_Char *name)
{
	struct reader *r = arg;
	struct open *o = &r->open[--r->depth];
	struct str text = buf_text(&o->text);

	(void)name;
	struct place at = { r->file->source, span_of(o->from, o->to) };
	if (str_trim(text).n > 0)
		add_text(r, o->node, STR(""), at, text, at);
}

static void
characters(void *arg, const XML_Char *s, int n)
{
	struct reader *r = arg;
	struct open *o = &r->open[r->depth - 1];
	struct str piece = { s, (size_t)n };

	if (o->text.n == 0 && str_trim(piece).n == 0)
		return;
	if (o->text.n == 0)
		o->from = (size_t)XML_GetCurrentByteIndex(r->parser);
	o->to = (size_t)XML_GetCurrentByteIndex(r->parser) + (size_t)XML_GetCurrentByteCount(r->parser);
	buf_str(&o->text, piece);
}

static void
failed(struct reader *r)
{
	struct str text = r->file->source->text;
	size_t at = (size_t)XML_GetCurrentByteIndex(r->parser);
	struct place place = { r->file->source, { 0, 0 } };

	if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
		arena_exhausted(r->file->arena);
	if (text.n > 0)
		place.span = span_of(at < text.n ? at : text.n - 1, at < text.n ? at + 1 : text.n);
	if (r->deep)
		yaml_mistake(r->file, place, "elements are nested deeper than %d", DEPTH_LIMIT);
	else
		yaml_mistake(r->file, place, "not valid XML: %s", XML_ErrorString(XML_GetErrorCode(r->parser)));
}

struct yaml *
xml_read(struct yaml_file *f)
{
	struct str text = f->source->text;
	struct reader *r = NEW(f->arena, struct reader);

	*r = (struct reader){ .file = f, .parser = XML_ParserCreate(NULL) };
	if (r->parser == NULL)
		arena_exhausted(f->arena);
	arena_defer(f->arena, free_parser, r->parser);
	if (text.n > SIZE_LIMIT) {
		yaml_mistake(f, (struct place){ f->source, span_of(0, 1) }, "larger than %d MiB", SIZE_LIMIT >> 20);
		return NULL;
	}
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, start, end);
	XML_SetCharacterDataHandler(r->parser, characters);
	if (XML_Parse(r->parser, text.s, (int)text.n, 1) == XML_STATUS_OK)
		return r->root;
	failed(r);
	return NULL;
}
