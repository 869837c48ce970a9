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
/* Also called when the program ends. */
void server_stop(void);

#endif
