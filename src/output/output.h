#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "base/buf.h"
#include "rule/rule.h"
#include "text/diag.h"

struct tally {
	size_t files, statements, error, warning, info, unchecked;
	size_t known;                   /* findings that a baseline left out */
	size_t gone;                    /* what else is in the baseline: no longer found */
};

/* What a renderer gets: everything at once, in order. */
struct report {
	struct arena *arena;
	const struct rules *rules;      /* for formats that describe the rules */
	struct diag *const *diags;
	size_t ndiags;
	const struct source *const *files;      /* that were checked, in order; for formats that name the clean ones, too */
	size_t nfiles;
	struct tally tally;
	const char *version;            /* "0.1.0" */
	const char *parser;             /* "18.0" */
	bool change;                    /* only what a change touches was looked at */
	bool color;
	bool quiet;                     /* human: findings only, no closing line */
	bool verbose;                   /* human: why and trade-offs in full */
};

struct output {
	const char *name, *doc;
	void (*write)(struct buf *, const struct report *);
};

/* NULL: no such format. */
const struct output *output_find(struct str name);
const struct output *const *outputs(size_t *n);

/* Whether there is a place to show; otherwise it is about the file as a whole, or, without a source, about none. */
bool place_shown(struct place);
/* Where it points first. */
struct place diag_place(const struct diag *);
/* A path without "./" before it: what compares paths with those of a repository wants it so. */
struct str path_plain(struct str path);
/* One line of plain text: how many of each severity, in how many files. */
void report_tally(struct buf *, const struct report *);

/*
 * Adding a format: write output/NAME.c that exports `const struct output output_NAME`. Nothing else is touched.
 * tree.h makes JSON, layout.h lays out text for terminals.
 */

#endif
