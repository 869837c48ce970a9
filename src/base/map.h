#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

/* A map from text to pointer that remembers insertion order. Keys are not copied. Nothing is removed. */
struct map {
	struct arena *arena;
	struct map_entry *entries;      /* in insertion order */
	size_t n, cap;
	uint32_t *slots;
	size_t nslots;                  /* a power of two, or 0 */
};

struct map_entry {
	struct str key;
	uint64_t hash;
	void *value;
};

#define MAP(a) ((struct map){ .arena = (a) })

void *map_get(const struct map *, struct str key);      /* NULL: not there */
/* The place of the value, which is NULL when the key is new. Valid until the next new key. */
void **map_at(struct map *, struct str key);
bool map_has(const struct map *, struct str key);

#endif
