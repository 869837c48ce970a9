#include "output/tree.h"

#include <stdint.h>
#include <stdlib.h>

#include "output/layout.h"

static void
release(void *arg)
{
	struct tree *t = arg;

	json_decref(t->root);
	free(t->text);
}

static struct tree *
tree_of(struct arena *arena, json_t *(*make)(void))
{
	struct tree *t = NEW(arena, struct tree);

	t->arena = arena;
	arena_defer(arena, release, t);
	t->root = make();
	t->failed = !t->root;
	return t;
}

struct tree *
tree_new(struct arena *arena)
{
	return tree_of(arena, json_object);
}

struct tree *
tree_new_array(struct arena *arena)
{
	return tree_of(arena, json_array);
}

/* jansson takes the value in any case, and refuses NULL for both parent and value. */
static json_t *
add(struct tree *t, json_t *parent, const char *key, json_t *value)
{
	int error = key ? json_object_set_new(parent, key, value) : json_array_append_new(parent, value);

	if (error)
		t->failed = true;
	return error ? NULL : value;
}

json_t *
tree_object(struct tree *t, json_t *parent, const char *key)
{
	return add(t, parent, key, json_object());
}

json_t *
tree_array(struct tree *t, json_t *parent, const char *key)
{
	return add(t, parent, key, json_array());
}

void
tree_str(struct tree *t, json_t *parent, const char *key, struct str s)
{
	s = utf8_clean(t->arena, s);
	add(t, parent, key, json_stringn(s.n > 0 ? s.s : "", s.n));
}

void
tree_optional(struct tree *t, json_t *parent, const char *key, struct str s)
{
	if (s.n > 0)
		tree_str(t, parent, key, s);
	else
		tree_null(t, parent, key);
}

void
tree_c(struct tree *t, json_t *parent, const char *key, const char *s)
{
	tree_str(t, parent, key, str_of(s));
}

void
tree_int(struct tree *t, json_t *parent, const char *key, size_t n)
{
	add(t, parent, key, json_integer((json_int_t)n));
}

void
tree_signed(struct tree *t, json_t *parent, const char *key, int64_t n)
{
	(void)add(t, parent, key, json_integer(n));
}

void
tree_bool(struct tree *t, json_t *parent, const char *key, bool yes)
{
	add(t, parent, key, json_boolean(yes));
}

void
tree_null(struct tree *t, json_t *parent, const char *key)
{
	add(t, parent, key, json_null());
}

void
tree_write(struct tree *t, struct buf *out)
{
	free(t->text);
	t->text = t->failed ? NULL : json_dumps(t->root, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	/* The arena's way out of memory is everyone's. */
	if (!t->text)
		arena_alloc(t->arena, SIZE_MAX / 2);
	buf_c(out, t->text);
	buf_char(out, '\n');
}
