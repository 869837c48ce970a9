#ifndef OP_FAILURE_H
#define OP_FAILURE_H

#include <string.h>

#include "op/op.h"

/* Reasons for a statement to fail, in failure.c and refused.c: STR_NONE, or the server's words. */

static inline bool
is_kind(const struct op *op, const char *name)
{
	return strcmp(op->kind->name, name) == 0;
}

/* The value of a field of the kind; absent when it has no such field. */
static inline struct value
fact(const struct facts *f, const char *name)
{
	const struct field *field = field_find(f->op->kind, str_of(name));

	return field == NULL ? value_absent() : field->get(f);
}

static inline bool
holds(const struct facts *f, const char *name)
{
	struct value v = fact(f, name);

	return v.state == VALUE_KNOWN && v.yes;
}

/* Its definition is known: what it lacks it does not have. */
static inline bool
is_known(const struct relation *r)
{
	return r != NULL && !r->assumed && !r->dropped && !r->born.doubtful;
}

/* So is every part of it of that kind: no code that nobody could read ran since it was made. */
static inline bool
is_settled(const struct facts *f, const struct relation *r, enum reach part)
{
	return is_known(r) && !relation_unread_since(f->catalog, r, r->born, part);
}

/* Code that nobody could read may have dropped or renamed it since. */
static inline bool
is_in_place(const struct facts *f, const struct relation *r)
{
	return is_settled(f, r, REACH_SCHEMA) && (r->index == NULL || !relation_unread_since(f->catalog, r->index->table, r->born, REACH_SCHEMA));
}

/* Certain to have no such column. */
static inline bool
lacks_column(const struct facts *f, const struct relation *r, struct str column)
{
	return is_settled(f, r, REACH_SCHEMA) && catalog_find_column(r, column) == NULL;
}

/* Another object of the same DROP. In failure.c. */
bool dropped_with(const struct facts *, const struct relation *);
/* The default of the column, which is there, takes its values from the sequence. In refused.c. */
bool draws_from(const struct catalog *, const struct column *, const struct relation *sequence);
/* It is that table, or a partition of it. */
bool belongs_to(const struct relation *, const struct relation *whole);

static inline struct str
words(const struct facts *f, const struct relation *r)
{
	return relation_words(f->arena, f->catalog, r);
}

/* Its target is a relation that has to be there, and no type, function ... In failure.c. */
bool op_names_relation(const struct op *);
/* The statement is for another kind of relation; in wrong_kind.c. */
struct str wrong_kind(const struct facts *);
/* A column that parents or children have, too; in family.c. */
struct str column_of_family(const struct facts *);

/* What names and keys forbid that are there already, or are not: refused.c */
struct str op_refused(const struct facts *);

#endif
