#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* A slice of text: not NUL-terminated, not owned. s is NULL only when "no text at all" matters. */
struct str {
	const char *s;
	size_t n;
};

VEC_TYPE(str_list, struct str);

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_NONE ((struct str){ NULL, 0 })
/* For printf: "%.*s", STR_ARG(x) */
#define STR_ARG(x) (int)(x).n, (x).n ? (x).s : ""

struct str str_of(const char *);                        /* NULL gives STR_NONE */
struct str str_slice(struct str, size_t from, size_t to);   /* bounds beyond the end mean the end */
struct str str_copy(struct arena *, struct str);
/* In small letters; ASCII only. */
struct str str_fold(struct arena *, struct str);
/* A NUL-terminated copy. */
char *str_c(struct arena *, struct str);
struct str str_printf(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str str_vprintf(struct arena *, const char *fmt, va_list);

bool str_eq(struct str, struct str);
bool str_is(struct str, const char *);
bool str_eq_nocase(struct str, struct str);             /* ASCII only */
bool str_is_nocase(struct str, const char *);
bool str_starts(struct str, const char *prefix);
bool str_ends(struct str, const char *suffix);
bool str_starts_nocase(struct str, const char *prefix);
bool str_in(struct str, const struct str *list, size_t n);
/* The same ones, in the same order. */
bool str_same(const struct str *a, size_t na, const struct str *b, size_t nb);
bool str_in_words(struct str, const char *words);        /* divided by single spaces */
bool str_among(struct str, const char *const *words);   /* NULL ends them; ASCII only, case ignored */
int str_cmp(struct str, struct str);                    /* bytewise, as memcmp */
/* Runs of digits compare as integers of any length, the rest bytewise: "v9" < "v10". 0 only for equal texts. */
int str_cmp_natural(struct str, struct str);
struct str str_trim(struct str);
/* On one line, with single blanks, and cut behind 60 characters. */
struct str str_brief(struct arena *, struct str);                        /* ASCII white space at both ends */
/* First occurrence, or (size_t)-1. */
size_t str_find(struct str, struct str needle);
size_t str_find_char(struct str, char);
/* Splits off the text before sep and moves *rest behind it; false when *rest is empty, so "a," is one piece. */
bool str_cut(struct str *rest, char sep, struct str *piece);
/* Whole text is a decimal integer, perhaps signed, that fits. */
bool str_to_int(struct str, int64_t *);
uint64_t str_hash(struct str);                          /* FNV-1a, 64 bits */
uint64_t str_hash_on(uint64_t hash, struct str);        /* as if the text came behind what was hashed already */
/* Bytes of the first character, a UTF-8 sequence or one invalid byte; 0 at the end. */
size_t str_char_size(struct str);
size_t str_chars(struct str);                           /* characters in all, counted like that */
/* fnmatch-like: * within a path part, ** across parts, ? one character but a slash; "**" + "/x" also matches "x". */
bool str_glob(struct str pattern, struct str text);
/*
 * The closest of n candidates within a third of its length (at least 1) in typing errors, case ignored; else the
 * only one that it begins, from three bytes on; else STR_NONE.
 */
struct str str_closest(struct str, const struct str *candidates, size_t n);

#endif
