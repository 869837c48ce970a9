#ifndef OP_FOREIGN_H
#define OP_FOREIGN_H

#include "op/lower.h"

/* OPTIONS (ADD host 'h', SET port '1', DROP dbname) of foreign tables, their columns, servers, wrappers and user mappings. */

enum foreign_action { FOREIGN_ADD, FOREIGN_SET, FOREIGN_DROP };

struct foreign_option {
	struct str name, value;
	enum foreign_action action;
};

VEC_TYPE(foreign_options, struct foreign_option);

struct foreign_options lower_foreign_options(struct lowering *, const List *);
/* Those of a foreign table, or of a column of it; without a table of the object `of`: "server s". Kept as objects of the kind "foreign option". */
void foreign_options_set(struct catalog *, struct relation *, struct str of, const struct foreign_options *);
/* Why the server refuses the changes (transformGenericOptions); STR_NONE: it does not. */
struct str foreign_options_misfit(const struct facts *, const struct relation *, struct str of, const struct foreign_options *);
/* What the options of an object of the database are "of": "server s". */
struct str foreign_words(struct arena *, const char *kind, struct str name);
/* HANDLER f, NO HANDLER and the same of VALIDATOR, of ALTER FOREIGN DATA WRAPPER. */
struct wrapper_function {
	bool given;
	struct str clause;              /* " HANDLER f"; empty: none */
};

struct wrapper_function lower_wrapper_function(struct lowering *, const AlterFdwStmt *, const char *option);
void foreign_wrapper_set_functions(struct catalog *, struct str wrapper, const struct wrapper_function *handler, const struct wrapper_function *validator);
void foreign_server_set_version(struct catalog *, struct str server, struct str version);
/* A wrapper or server gets another name: what is made of it, and its options, follow. name STR_NONE: they go with it. */
void foreign_object_renamed(struct catalog *, const char *kind, struct str old, struct str name);

/* What keeps a wrapper or server from being dropped without CASCADE; STR_NONE: nothing that is known for sure. */
struct str foreign_object_needed(const struct facts *, const char *kind, struct str name);

/* CREATE, ALTER and DROP of a wrapper, server or user mapping; the key of a mapping is "alice SERVER s". */
struct foreign_object {
	const char *kind;               /* NULL: it is of another kind */
	struct str key, text;           /* its definition without options; STR_NONE: ALTER */
	struct foreign_options options;
};

struct foreign_object lower_foreign_object(struct lowering *, const void *node);

#endif
