#ifndef OP_VIEW_TEXT_H
#define OP_VIEW_TEXT_H

#include "op/op.h"

/*
 * The text of a view keeps meaning what it meant when it was created, as the server keeps it: by the tables and columns
 * it names, not by their names. Definitions are those of struct relation.
 */

/* With every * written out, and the schema before names that are not in the default one. */
struct str view_text_fixed(struct arena *, const struct catalog *, struct str definition, enum relkind);
/* Of a function in standard SQL, with every * and the columns of INSERT written out. */
struct str body_text_fixed(struct arena *, const struct catalog *, const struct function *);
/* The views on a relation, and the policies that read it, are rewritten for the name and schema that it is about to get. */
void views_follow_relation(struct catalog *, struct relation *, struct str schema, struct str name);
/* A body in standard SQL may name a parameter behind the name of its function, which is about to get another one. */
void body_follows_name(struct catalog *, struct function *, struct str name);
/* The same for a column. */
void views_follow_column(struct catalog *, struct relation *, struct str old, struct str name);

/* Finds the columns that its conditions use, and the relations that they read. */
void policy_note_uses(struct catalog *, struct policy *);
/* A condition of a policy of that table, when one of its columns gets another name; false: it has no subquery, or cannot be told. */
bool policy_follows_column(struct catalog *, struct relation *, const struct expr **, struct str old, struct str name);

/* The view's query names the column of the relation; UNKNOWN: it cannot be told. */
enum tri view_uses_column(const struct catalog *, const struct relation *view, struct relation *, struct str column);
/* The same of a body in standard SQL. */
enum tri body_uses_column(const struct catalog *, const struct function *, const struct relation *, struct str column);
/* The same of a rule, of that table or another one. */
bool rule_uses_column(const struct catalog *, const struct relation *on, const struct object *rule, const struct relation *, struct str column);
/*
 * CASCADE: drops the views that read the relation, or only those that use its column; and the views on them. One that may
 * use it becomes doubtful.
 */
void views_drop_on(struct catalog *, struct relation *);
void views_drop_on_column(struct catalog *, struct relation *, struct str column);

#endif
