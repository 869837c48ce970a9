#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include "base/str.h"

struct err;

/* A program that has run. */
struct child {
	struct str out, errors;         /* what it wrote to standard output and standard error */
	int status;                     /* exit status; 128 plus the signal that ended it */
};

/*
 * Runs a program found in PATH, without a shell; its standard input is empty. hidden, ended by NULL, names variables
 * that it does not get from the environment. -1 with *err when it cannot be run.
 */
int child_run(struct arena *, char *const *argv, const char *const *hidden, struct child *, struct err *);

#endif
