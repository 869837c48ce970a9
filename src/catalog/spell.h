#ifndef CATALOG_SPELL_H
#define CATALOG_SPELL_H

#include "base/buf.h"
#include "catalog/catalog.h"

/*
 * Definitions as the server spells them (ruleutils.c), names quoted where SQL needs it. Expressions stay as the
 * author wrote them, in canonical form: the server also writes out the casts that it adds.
 */

/* The schema in front unless it is the default one: generate_relation_name(). */
void spell_name(struct buf *, const struct catalog *, struct str schema, struct str name);
void spell_relation(struct buf *, const struct catalog *, const struct relation *);
/* As format_type() spells it, with the name that a user's type has now. */
void spell_type(struct buf *, const struct catalog *, struct type);
/* "(a, b)" */
void spell_names(struct buf *, const struct str *names, size_t n);
/* In parentheses, unless it is a function call, a column or a constant. */
void spell_expr(struct buf *, const struct expr *);
/* "a, lower(b) COLLATE "C" text_pattern_ops DESC NULLS LAST" */
void spell_index_column(struct buf *, const struct index_column *);
/* pg_get_constraintdef(); an assumed one may lack what nobody told. */
void spell_constraint(struct buf *, const struct catalog *, const struct constraint *);
/* pg_get_indexdef(): "CREATE INDEX i ON public.t USING btree (a)" */
void spell_index(struct buf *, const struct relation *index);
/* What of it stands behind the method: "(a) INCLUDE (b) WHERE (c > 0)" */
void spell_index_rest(struct buf *, const struct relation *index);
/* pg_get_partkeydef(): "RANGE (at)" */
void spell_partition_key(struct buf *, const struct relation *);
/* What stands behind DEFAULT, or AS of a generated column; writes nothing when there is none. */
void spell_default(struct buf *, const struct catalog *, const struct column *);
const char *spell_persistence(const struct relation *);        /* "permanent", "unlogged", "temporary" */
/* "table", "partitioned table", "view" ... */
const char *spell_relkind(enum relkind);
/* "check", "foreign key" ... */
const char *spell_constraint_kind(enum constraint_kind);
/* A function's name and argument types: "f(integer, text)" */
void spell_function(struct buf *, const struct catalog *, const struct function *);

/* pg_get_ruledef(), of an object "rule" of the relation */
void spell_rule(struct buf *, const struct relation *, const struct object *);
/* pg_get_statisticsobjdef(), of an object "statistics object" */
void spell_statistics(struct buf *, const struct catalog *, const struct object *);
/* pg_get_triggerdef() */
void spell_trigger(struct buf *, const struct catalog *, const struct trigger *);

#endif
