#ifndef OP_EXTRAS_H
#define OP_EXTRAS_H

#include "op/op.h"

/* What hangs on a function that is dropped, but for what later statements of the file give the one that gets its name. */
struct extras {
	enum tri grants, owner, comment, options;
};

/* NULL: no file makes the function. */
struct extras extras_lost(const struct facts *, const struct function *);
enum tri extras_any(const struct extras *);
/* "grants, owner, comments and SET options": those that are or may be lost. */
struct str extras_words(struct arena *, const struct extras *);

#endif
