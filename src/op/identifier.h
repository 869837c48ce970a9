#ifndef OP_IDENTIFIER_H
#define OP_IDENTIFIER_H

#include "op/op.h"

/* The first name of more than 63 bytes that the statement gives to something (truncate_identifier()), unquoted; STR_NONE: none. */
struct str op_long_name(const struct facts *);
/* Where it stands, in its quotes; length 0: there is none. */
struct span op_long_name_span(const struct op *);
/* What the server makes of it. */
struct str op_cut_name(struct str);
/* Why the name has to be quoted in every statement, in words; STR_NONE: it has not. */
struct str op_quoting_reason(struct str name);

#endif
