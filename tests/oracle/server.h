#ifndef ORACLE_SERVER_H
#define ORACLE_SERVER_H

#include <libpq-fe.h>

/*
 * A throw-away PostgreSQL of this machine's newest package, on a socket in a directory of its own; or the one that
 * $ORACLE_DSN names. Trouble ends the program with a message.
 */
void server_start(void);
/* A new connection. */
PGconn *server_connect(void);
/* A new connection to a database. */
PGconn *server_connect_to(const char *database);
/* Makes an empty database; one of that name is dropped. */
void server_make_database(const char *name);
/* Also called when the program ends. */
void server_stop(void);

#endif
