#ifndef TEXT_YAML_H
#define TEXT_YAML_H

#include "text/diag.h"

/*
 * YAML as far as rules and configuration need it: maps, lists and texts, each
 * with its place. Duplicate keys, anchors, aliases, tags, a second document,
 * more than 1 MiB and nesting deeper than 32 are mistakes. In a lenient file an
 * alias is what its anchor stands before, and of a key's values the last counts.
 */

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	struct place at;
	struct str key;                 /* of a map's item; STR_NONE in a list */
	struct place key_at;
	struct str text;
	unsigned line;                  /* where the text begins, from 1: of a block text the line after "|" */
	VEC(struct yaml *) items;       /* of a map in the order of the file */
	size_t nodes;                   /* in it, with itself and all that aliases stand for */
};

/* A file while it is read, and where its mistakes go. */
struct yaml_file {
	struct arena *arena;
	const struct source *source;
	struct diags *diags;
	struct str rule;                /* of the diagnostics: "invalid-rule" */
	bool lenient;                   /* the file is another program's */
	size_t mistakes;
};

/* NULL: an empty file, or mistakes. */
struct yaml *yaml_read(struct yaml_file *);
/* The item of that key, or NULL. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);
const char *yaml_kind_words(enum yaml_kind);            /* "a text", "a list", "a map" */

void yaml_mistake(struct yaml_file *, struct place, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* "unknown key 'severty'; did you mean 'severity'?" */
void yaml_unknown(struct yaml_file *, struct place, const char *what, struct str name, const struct str *candidates, size_t n);
/* false and a mistake when the node is of another kind, or empty. */
bool yaml_expect(struct yaml_file *, const struct yaml *, enum yaml_kind);
/* Text that is true or false. */
bool yaml_bool(struct yaml_file *, const struct yaml *, bool *);
/* Every item of the map has one of these keys; unknown ones are mistakes. */
void yaml_check_keys(struct yaml_file *, const struct yaml *map, const struct str *keys, size_t n);

#endif
