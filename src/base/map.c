#include <string.h>

#include "base/arena.h"
#include "base/map.h"

/* A slot holds the entry's index plus one; zero is a free slot. */
static uint32_t *
slot_of(const struct map *m, struct str key, uint64_t hash)
{
	size_t mask = m->nslots - 1;
	size_t i = (size_t)(hash ^ hash >> 32) & mask;

	for (; m->slots[i]; i = (i + 1) & mask) {
		const struct map_entry *e = &m->entries[m->slots[i] - 1];

		if (e->hash == hash && str_eq(e->key, key))
			break;
	}
	return &m->slots[i];
}

static void
rehash(struct map *m)
{
	size_t i;

	m->nslots = m->nslots ? m->nslots * 2 : 16;
	m->slots = NEW_ARRAY(m->arena, uint32_t, m->nslots);
	for (i = 0; i < m->n; i++)
		*slot_of(m, m->entries[i].key, m->entries[i].hash) = (uint32_t)(i + 1);
}

void *
map_get(const struct map *m, struct str key)
{
	uint32_t slot = m->n ? *slot_of(m, key, str_hash(key)) : 0;

	return slot ? m->entries[slot - 1].value : NULL;
}

bool
map_has(const struct map *m, struct str key)
{
	return m->n && *slot_of(m, key, str_hash(key));
}

void **
map_at(struct map *m, struct str key)
{
	uint64_t hash = str_hash(key);
	uint32_t *slot;

	if ((m->n + 1) * 4 > m->nslots * 3)
		rehash(m);
	slot = slot_of(m, key, hash);
	if (!*slot) {
		if (m->n == m->cap)
			m->entries = vec_grown(m->arena, m->entries, &m->cap, sizeof(*m->entries));
		m->entries[m->n] = (struct map_entry){ key, hash, NULL };
		*slot = (uint32_t)++m->n;
	}
	return &m->entries[*slot - 1].value;
}
