/*
 * The libpg_query of a newer Debian is built against a newer glibc; these are the functions that it
 * needs and glibc before 2.38 does not have.
 */
#include <stdlib.h>
#include <string.h>

#if defined(__GLIBC__) && !__GLIBC_PREREQ(2, 38)

unsigned long __isoc23_strtoul(const char *restrict, char **restrict, int);
size_t strlcpy(char *restrict, const char *restrict, size_t);

/* C23 differs only in that bases 0 and 2 also read a 0b prefix, which no SQL token has here. */
unsigned long
__isoc23_strtoul(const char *restrict s, char **restrict end, int base)
{
	return strtoul(s, end, base);
}

size_t
strlcpy(char *restrict dst, const char *restrict src, size_t size)
{
	size_t len = strlen(src);

	if (size > 0) {
		size_t n = len < size ? len : size - 1;

		memcpy(dst, src, n);
		dst[n] = '\0';
	}
	return len;
}

#else

typedef int nothing_is_missing; /* ISO C wants a declaration in every file. */

#endif
