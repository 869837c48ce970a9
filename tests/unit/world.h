#ifndef UNIT_WORLD_H
#define UNIT_WORLD_H

#include "op/op.h"

/* The smallest replay that will do. */
struct world {
	struct arena arena;
	struct catalog *catalog;
	struct session *session;
	struct diags diags;
	/* Called with each operation before it is applied; may be NULL. */
	void (*visit)(void *arg, const struct facts *);
	void *arg;
};

void world_init(struct world *);
void world_free(struct world *);
/* The operations of some statements, which live as long as the world; -1: one does not parse. */
int world_lower(struct world *, struct str sql, struct script *);
/* Runs the operations of the statement numbered i, which is a transaction and, as far as births go, a migration of its own. */
void world_run_statement(struct world *, const struct script *, size_t i);
/* All of them, one after the other; -1: one does not parse. */
int world_run(struct world *, const char *sql);

#endif
