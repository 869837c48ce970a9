#ifndef OP_ABSENCE_H
#define OP_ABSENCE_H

#include "op/op.h"

/* The nth fact of that kind, for tests that go through all: "final_table" and "has_unique_key". false: there are no more. */
bool absence_nth(size_t n, const char **kind, const char **field);

#endif
