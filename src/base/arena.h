#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

/*
 * Everything a function allocates lives in the arena it was given, until
 * arena_free(). A function that takes an arena allocates; one that does not,
 * does not.
 */
struct arena {
	struct arena_chunk *chunk;
	struct arena_deferred *deferred;
	size_t used;                    /* bytes handed out so far */
	void (*oom)(void *);            /* must not return */
	void *oom_arg;
};

/* oom is called, and must not return, when memory is exhausted; NULL: print and exit(3). */
void arena_init(struct arena *, void (*oom)(void *), void *arg);
/* Zeroed memory of the given size, aligned for any type; never NULL. */
void *arena_alloc(struct arena *, size_t);
/* The same for n items of the given size; a product that overflows is out of memory. */
void *arena_array(struct arena *, size_t n, size_t size);
/* Calls fn(arg) in arena_free(), last registered first. */
void arena_defer(struct arena *, void (*fn)(void *), void *arg);
/* What happens when memory is exhausted; for libraries that allocate on their own. */
_Noreturn void arena_exhausted(struct arena *);
void arena_free(struct arena *);

#define NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, n) ((type *)arena_array((arena), (n), sizeof(type)))

/*
 * A growable array on an arena: VEC(int) v = { 0 }; *vec_push(arena, &v) = 3;
 * Growing allocates a new block and leaves the old one as it was.
 */
#define VEC(type) struct { type *items; size_t n, cap; }
/* A named one, to pass around: VEC_TYPE(str_list, struct str) declares struct str_list. */
#define VEC_TYPE(tag, type) struct tag { type *items; size_t n, cap; }
#define vec_push(arena, v) \
	((v)->n == (v)->cap \
	    ? ((v)->items = vec_grown((arena), (v)->items, &(v)->cap, sizeof(*(v)->items)), \
	       &(v)->items[(v)->n++]) \
	    : &(v)->items[(v)->n++])
#define vec_last(v) (&(v)->items[(v)->n - 1])

void *vec_grown(struct arena *, const void *items, size_t *cap, size_t size);

#endif
