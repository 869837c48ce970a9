#ifndef ORACLE_PLAY_H
#define ORACLE_PLAY_H

#include <libpq-fe.h>

#include "catalog/tx.h"
#include "sql/parse.h"

/* Plays migrations on a server as their runner does, statement by statement. */
struct player {
	PGconn *server;
	bool go_on;                     /* in a transaction too: what is refused is passed over */
	bool in_migration;
	unsigned statements, refused;
	char state[6];                  /* SQLSTATE of the last refusal */
};

/* A refusal ends what stands in front of it in the transaction, unless the player goes on. The server's message; STR_NONE: it worked. */
struct str play_statement(struct arena *, struct player *, enum tx_mode, const struct source *, struct span);
/* Commits what is open, or takes it back when some of it was refused. The server's message when it does not commit; STR_NONE: done. */
struct str play_end(struct arena *, struct player *);
/* Takes back what is open. */
void play_take_back(struct player *);
/* Prints "refused: PATH:LINE: MESSAGE". */
void play_tell_refusal(const struct source *, struct span, struct str message);
/* Connections whose notices nobody hears, and where no body of a function is checked; the second to a new, empty database. */
PGconn *play_connect(const char *database);
PGconn *play_database(const char *name);
/* Makes that schema the search path of all sessions of the database, as a runner does for what it plays, and connects again. */
void play_at_home(PGconn *, const char *schema);
/* Takes back what a history has set for the role, as that would hold in all databases of the server. */
void play_forget_role(PGconn *);

#endif
