#ifndef RULE_FIELD_H
#define RULE_FIELD_H

#include "base/err.h"
#include "op/op.h"

/* A field as a rule names it: common to all kinds, or each kind's own of that name. */
struct field_ref {
	struct str name;
	enum field_type type;           /* the same for all kinds, when asked for */
	const char *doc;
	const struct field *common;
	struct {
		const struct op_kind *kind;
		const struct field *field;
	} *own;
	size_t nown;
};

/*
 * Finds the field for every one of the kinds (none: any kind). -1 with *err, which ends in a did-you-mean,
 * when one of them does not have it or, if typed, the types differ.
 */
int field_resolve(struct arena *, struct str name, const struct op_kind *const *kinds, size_t nkinds, bool typed,
    struct field_ref *, struct err *);
/* Absent for a kind it was not resolved for. */
struct value field_value(const struct field_ref *, const struct facts *);

/* Reads text as a value of the type; times may be written as "5s". name is for the message. */
int value_parse(struct arena *, struct str name, enum field_type, struct str text, struct value *, struct err *);

#endif
