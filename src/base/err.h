#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/str.h"

/* Why an operation failed: one sentence without final punctuation, in the arena it was made with. */
struct err {
	struct str message;
};

/* Fills *err (which may be NULL) and returns -1. */
int err_set(struct err *, struct arena *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
