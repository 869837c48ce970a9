#ifndef OP_ENUM_SWAP_H
#define OP_ENUM_SWAP_H

#include "op/op.h"

/* A column goes from one enum to another, whose values the files tell, and each value by its text. */
struct enum_swap {
	const struct typedef_ *old, *new;
	const struct expr *using;       /* NULL: none */
};

/* false: it is no such change. */
bool enum_swap_of(const struct facts *, struct type to, const struct expr *using, struct enum_swap *);
/* Some row may hold a value that the new type lacks, and USING does not name. */
bool enum_swap_loses(const struct facts *, const struct enum_swap *);
/* For advice: the condition that the value, a column or what a cast can follow, is one of the type: "role::text IN ('a', 'b')". */
struct str enum_condition(const struct facts *, struct str value, const struct typedef_ *);
/* For advice: the statements that have the old type hold what the new one would, in its first name of the file. */
struct str enum_swap_instead(const struct facts *, const struct enum_swap *);
/* For advice, where one enum follows another: comments on the labels that the old one has to get before all else, each with its newline; empty: it has all. */
struct str enum_labels_first(const struct facts *, struct type to);
/* The other statements of the file that exchange types as the operation does, or take the default of a column meanwhile; none where it is from another type than an enum to one. */
struct ops enum_swap_along(const struct facts *, bool defaults);
/* Why the server refuses to give the column that type: a condition compares it with a value of the type it had. STR_NONE: it may not. */
struct str enum_condition_refuses(const struct facts *, struct type to);

#endif
