#ifndef ORACLE_PREDICT_H
#define ORACLE_PREDICT_H

#include "check/example.h"

/* What the library says a statement does. */
struct predicted {
	struct str text;
	struct str failure;             /* why the server refuses it; STR_NONE: it does not */
	int needs;                      /* the oldest server that knows what is written */
	bool may_be_missing;            /* IF EXISTS may make it do nothing */
	bool unknown;                   /* it does things that the library cannot see */
	const struct relation_effect *relations;
	size_t n;
};

/* A step of a case: SQL that sets something up, or a statement to be watched. */
struct step {
	bool setup;
	struct str text;                /* of the setup */
	struct predicted predicted;
};

struct steps {
	struct arena *arena;
	VEC(struct step) list;
	struct predicted next;          /* what its operations have said of the statement under way */
	bool other_version;             /* it is about another version than the server's */
};

/* The steps of an example, or of the advice in it (see check/example.h), as the server of that version runs it. */
void predict(struct arena *, struct str name, struct str text, const struct advice *, int pg_version, struct steps *);

#endif
