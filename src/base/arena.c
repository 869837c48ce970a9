#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Tests make it tiny: every block is then an allocation of its own, which can fail, and whose end a sanitizer knows. */
#ifndef ARENA_CHUNK_MAX
#define ARENA_CHUNK_MAX (1 << 18)
#endif

enum { ALIGN = 16, LAST_CHUNK = ARENA_CHUNK_MAX, FIRST_CHUNK = LAST_CHUNK < 4096 ? LAST_CHUNK : 4096 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;              /* of bytes */
	alignas(ALIGN) unsigned char bytes[];
};

struct arena_deferred {
	struct arena_deferred *next;
	void (*fn)(void *);
	void *arg;
};

_Noreturn void
arena_exhausted(struct arena *a)
{
	if (a->oom)
		a->oom(a->oom_arg);
	fputs("out of memory\n", stderr);
	exit(3);
}

/* calloc: large chunks come from the kernel as zeros and are not touched twice. */
static struct arena_chunk *
chunk_new(struct arena *a, size_t size)
{
	struct arena_chunk *chunk;

	if (size > PTRDIFF_MAX - sizeof(*chunk))
		arena_exhausted(a);
	chunk = calloc(1, sizeof(*chunk) + size);
	if (!chunk)
		arena_exhausted(a);
	chunk->size = size;
	return chunk;
}

static size_t
next_size(const struct arena_chunk *current)
{
	if (!current || current->size < FIRST_CHUNK)
		return FIRST_CHUNK;
	return current->size < LAST_CHUNK ? current->size * 2 : LAST_CHUNK;
}

/* A block that would waste much of a chunk gets one of its own, behind the one in use. */
static void *
alloc_slow(struct arena *a, size_t size)
{
	size_t usual = next_size(a->chunk);
	bool own = size > usual / 4;
	struct arena_chunk *chunk = chunk_new(a, own ? size : usual);

	chunk->used = size;
	if (own && a->chunk) {
		chunk->next = a->chunk->next;
		a->chunk->next = chunk;
	} else {
		chunk->next = a->chunk;
		a->chunk = chunk;
	}
	return chunk->bytes;
}

void
arena_init(struct arena *a, void (*oom)(void *), void *arg)
{
	*a = (struct arena){ .oom = oom, .oom_arg = arg };
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct arena_chunk *chunk = a->chunk;
	void *p;

	if (size > SIZE_MAX - ALIGN)
		arena_exhausted(a);
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (chunk && chunk->size - chunk->used >= size) {
		p = chunk->bytes + chunk->used;
		chunk->used += size;
	} else {
		p = alloc_slow(a, size);
	}
	a->used += size;
	return p;
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		arena_exhausted(a);
	return arena_alloc(a, n * size);
}

void
arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct arena_deferred *d = NEW(a, struct arena_deferred);

	*d = (struct arena_deferred){ a->deferred, fn, arg };
	a->deferred = d;
}

void
arena_free(struct arena *a)
{
	struct arena_chunk *chunk, *next;

	while (a->deferred) {
		struct arena_deferred *d = a->deferred;

		a->deferred = d->next;
		d->fn(d->arg);
	}
	for (chunk = a->chunk; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	a->chunk = NULL;
	a->used = 0;
}

void *
vec_grown(struct arena *a, const void *items, size_t *cap, size_t size)
{
	size_t old = *cap;
	size_t grown = old < 4 ? 8 : old > SIZE_MAX / 2 ? SIZE_MAX : old * 2;
	void *p = arena_array(a, grown, size);

	if (old)
		memcpy(p, items, old * size);
	*cap = grown;
	return p;
}
