#ifndef TESTS_UNIT_REPORT_H
#define TESTS_UNIT_REPORT_H

#include "output/output.h"

/* A report made by hand that has one of everything; the same for every format. */
struct report *report_full(struct arena *);

#endif
