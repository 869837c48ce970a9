#ifndef ADAPTER_CHANGELOG_H
#define ADAPTER_CHANGELOG_H

#include "adapter/adapter.h"
#include "text/yaml.h"

/*
 * What changelogs of Liquibase say, whether in XML, YAML or JSON: lists of maps with one key each, as YAML has it, are the
 * same as a map that has keys several times, as an element of XML is one.
 */

VEC_TYPE(changelog_items, const struct yaml *);

struct changelog_items changelog_items(struct arena *, const struct yaml *);
/* Those of that key, there and in lists of that key: <column>, and column below columns. */
struct changelog_items changelog_named(struct arena *, const struct yaml *, const char *key, const char *list);
/* NULL: there is none. */
const struct yaml *changelog_get(const struct yaml *, const char *key);
/* An attribute, or the text of an element; key NULL: of the node itself. */
const struct yaml *changelog_text_node(const struct yaml *, const char *key);
struct str changelog_text(const struct yaml *, const char *key);
bool changelog_says(const struct yaml *, const char *key, bool standard);

/* The node's text as pieces of the file, line by line where it is indented. */
void changelog_take(struct making *, const struct yaml *);
/* A text that stands for the node: the piece of the file where it is one. */
void changelog_put(struct making *, struct str, const struct yaml *);
/* Of a value, or of the key of what holds some; never empty. */
struct span changelog_place(const struct yaml *);

#endif
