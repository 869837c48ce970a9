#ifndef BASE_TRI_H
#define BASE_TRI_H

#include <stdbool.h>

/* Three-valued truth; zero means nobody told us. */
enum tri { UNKNOWN, NO, YES };

static inline enum tri
tri_of(bool b)
{
	return b ? YES : NO;
}

static inline enum tri
tri_not(enum tri t)
{
	return t == UNKNOWN ? UNKNOWN : t == YES ? NO : YES;
}

static inline enum tri
tri_and(enum tri a, enum tri b)
{
	if (a == NO || b == NO)
		return NO;
	return a == YES && b == YES ? YES : UNKNOWN;
}

static inline enum tri
tri_or(enum tri a, enum tri b)
{
	if (a == YES || b == YES)
		return YES;
	return a == NO && b == NO ? NO : UNKNOWN;
}

#endif
