#ifndef OUTPUT_TREE_H
#define OUTPUT_TREE_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * A JSON document under construction. What is added goes into parent: under key in an object, behind the last
 * element in an array (key NULL). Keys stay in the order in which they were added. Running out of memory is noticed
 * by tree_write().
 */
struct tree {
	struct arena *arena;
	json_t *root;
	char *text;
	bool failed;
};

/* Its root is an empty object. */
struct tree *tree_new(struct arena *);
/* Its root is an empty array. */
struct tree *tree_new_array(struct arena *);
json_t *tree_object(struct tree *, json_t *parent, const char *key);
json_t *tree_array(struct tree *, json_t *parent, const char *key);
/* Invalid bytes become U+FFFD. */
void tree_str(struct tree *, json_t *parent, const char *key, struct str);
/* The same, but null for an empty text. */
void tree_optional(struct tree *, json_t *parent, const char *key, struct str);
void tree_c(struct tree *, json_t *parent, const char *key, const char *);
void tree_int(struct tree *, json_t *parent, const char *key, size_t);
void tree_signed(struct tree *, json_t *parent, const char *key, int64_t);
void tree_bool(struct tree *, json_t *parent, const char *key, bool);
void tree_null(struct tree *, json_t *parent, const char *key);
/* The whole document, indented by two, with a line end. */
void tree_write(struct tree *, struct buf *);

#endif
