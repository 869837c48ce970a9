#ifndef OP_FOLLOW_H
#define OP_FOLLOW_H

#include "op/op.h"

/*
 * Expressions keep meaning what they meant when a type or function that they name is about to get another name or schema:
 * of defaults, CHECKs, indexes, policies, triggers and domains, and texts of views and bodies in standard SQL. kind: EXPR_CAST of a type, EXPR_FUNCTION of a function.
 */
void exprs_follow(struct catalog *, enum expr_kind, struct name old, struct name name);
/* Of one of several functions of a name: in what is not known by its text, where all calls of that name are told apart by their arguments. */
void exprs_follow_overload(struct catalog *, const struct function *, struct name name);

/* The same for an operator: of a name that no other one has (number 0), or in expressions where that one is told to be meant wherever the name stands. */
void exprs_follow_operator(struct catalog *, unsigned number, struct name old, struct name name);

/* The same for literals that name a relation, 's'::regclass and nextval('s'), before it gets another name or schema. */
bool text_names_relation(const struct catalog *, struct str text, const struct relation *);
void names_follow(struct catalog *, const struct relation *, struct str schema, struct str name);
/* Of every statement: it may name a relation in such a way that is no sequence. */
void names_note(struct catalog *, struct str text);

#endif
