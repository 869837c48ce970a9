#ifndef UNIT_FAKE_H
#define UNIT_FAKE_H

#include "op/op.h"

/* An operation whose fields have every kind of value: see fake.c. */
extern const struct op_kind fake_kind;
struct facts fake_facts(struct arena *);

#endif
