#ifndef CHECK_BASELINE_H
#define CHECK_BASELINE_H

#include "base/buf.h"
#include "base/map.h"
#include "text/diag.h"

/*
 * Findings that are known and left out. A line of the file is a fingerprint; what follows a space is for reading.
 * Empty lines and those that begin with "#" say nothing.
 */
struct baseline {
	struct map entries;             /* fingerprint -> whether it occurred: NULL or not */
	size_t known;                   /* findings left out */
	size_t gone;                    /* entries that did not occur */
};

/* -1 with *err, which names the line: it cannot be read, or is no baseline. */
int baseline_read(struct arena *, struct str path, struct baseline *, struct err *);
/* Of diagnostics after diags_finish(), those that stand for something unchecked excepted. */
void baseline_write(struct buf *, const struct diags *);
/* Removes those that are known, and counts; what stands for something unchecked stays. */
void baseline_apply(struct baseline *, struct diags *);

#endif
