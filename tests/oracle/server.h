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
/* Makes an empty database with a name of its own, and connects to it. */
PGconn *server_new_database(const char *name);
/* Another connection to the same database takes its place. */
void server_connect_again(PGconn **);
/* Makes a database that is like the one of the connection, which is a new one after it, and connects to that copy. */
PGconn *server_copy_database(PGconn **from, const char *name);
/* Closes the connection, and drops the database it was for. */
void server_drop_database(PGconn *);
/* Also called when the program ends. */
void server_stop(void);

#endif
