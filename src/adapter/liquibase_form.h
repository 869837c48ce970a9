#ifndef ADAPTER_LIQUIBASE_FORM_H
#define ADAPTER_LIQUIBASE_FORM_H

#include "adapter/liquibase_change.h"

/* How the SQL of a change is written: forms with names, types and texts that its attributes give. */

struct arena *form_arena(const struct change_writer *);
/* The attribute of the change, or of the part of it that is written, wherever it stands; NULL, empty: it is not given. */
const struct yaml *form_find(const struct change_writer *, const char *key);
struct str form_get(const struct change_writer *, const char *key);
bool form_has(const struct change_writer *, const char *key);
bool form_says(const struct change_writer *, const char *key);
/* Attributes are looked for there, too, and first. */
void form_enter(struct change_writer *, const struct yaml *);

/* Words of SQL, which stand for what is written. */
void form_words(struct change_writer *, struct str);
/* What stands for that attribute; NULL: for what is written. */
void form_put(struct change_writer *, struct str, const struct yaml *);
/* The same of an identifier. */
void form_name(struct change_writer *, struct str, const struct yaml *);
/* In quotes. */
struct str form_literal(struct arena *, struct str);

/* Around a statement, with the remarks and the <modifySql> of its changeset. */
void form_begin(struct change_writer *);
void form_end(struct change_writer *);
/*
 * A form of SQL: <name>, <schema.name> and <names,> are identifiers that attributes give, {attribute} is its text, {attribute:type}
 * the type, {attribute:text} a literal. [attribute|...] is there when it is given, [attribute?|...] when it is true, [!attribute|...] and
 * [!attribute?|...] when it is not given, or false. A statement ends at ";".
 */
void form_write(struct change_writer *, const char *form);
/* All of a statement. */
void form_statement(struct change_writer *, const char *form);

#endif
