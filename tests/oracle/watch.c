#define _DEFAULT_SOURCE
#include "watch.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "server.h"

/*
 * A statement that refuses a transaction block lets go of its locks before anyone can ask. But whatever it does to a
 * relation, it writes to pg_class while it has the lock. So pg_class is held in SHARE mode by two sessions in turn:
 * the statement stops at each write; its locks are read; the other session joins the queue behind it; the first lets go;
 * the statement writes, and stops again where it next wants to, for by then the other session has the lock.
 */
struct stepper {
	struct arena *arena;
	PGconn *subject, *watcher, *holders[2];
	unsigned turn;                  /* the holder that has pg_class; the other is idle */
	struct held_list *list;
};

enum state { RUNNING, STOPPED, BLOCKED, DONE };

enum { TIMEOUT_MS = 20000 };

static void
doze(void)
{
	struct timespec moment = { 0, 1000000 };

	nanosleep(&moment, NULL);
}

static void
give_up(const char *what, const char *detail)
{
	printf("Bail out! watching a statement: %s: %s\n", what, detail);
	exit(1);
}

static void
run(PGconn *c, const char *sql)
{
	PGresult *r = PQexec(c, sql);

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		give_up(sql, PQerrorMessage(c));
	PQclear(r);
}

/* pg_locks without the view, and prepared: the statement may have locked whatever it takes to look a name up. */
static const char locks_sql[] =
	"SELECT relation, mode, granted, coalesce(relation = 1259, false) FROM pg_lock_status() l (locktype, database, relation, page,"
	" tuple, virtualxid, transactionid, classid, objid, objsubid, virtualtransaction, pid, mode, granted) WHERE pid = $1"
	" AND (NOT granted OR locktype = 'relation' AND relation >= 16384)";

/* Locks on users' relations, and whatever is waited for. */
static PGresult *
locks_of(struct stepper *s, PGconn *c)
{
	char pid[16];
	const char *values[] = { pid };
	PGresult *r;

	snprintf(pid, sizeof pid, "%d", PQbackendPID(c));
	r = PQexecPrepared(s->watcher, "locks", 1, values, NULL, NULL, 0);
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		give_up("its locks", PQerrorMessage(s->watcher));
	return r;
}

/* RUNNING, STOPPED at pg_class, or BLOCKED by anything else. */
static enum state
state_of(const PGresult *locks)
{
	for (int i = 0; i < PQntuples(locks); i++)
		if (*PQgetvalue(locks, i, 2) == 'f')
			return *PQgetvalue(locks, i, 3) == 't' ? STOPPED : BLOCKED;
	return RUNNING;
}

static enum state
look(struct stepper *s, PGconn *c)
{
	PGresult *locks = locks_of(s, c);
	enum state state = state_of(locks);

	PQclear(locks);
	return state == RUNNING && PQconsumeInput(c) && !PQisBusy(c) ? DONE : state;
}

static enum state
wait_until_still(struct stepper *s, PGconn *c)
{
	enum state state = look(s, c);

	for (int i = 0; state == RUNNING; i++) {
		if (i == TIMEOUT_MS)
			give_up("it neither stops nor ends", "");
		doze();
		state = look(s, c);
	}
	return state;
}

static void
read_locks(struct stepper *s)
{
	PGresult *locks = locks_of(s, s->subject);

	for (int i = 0; i < PQntuples(locks); i++)
		if (*PQgetvalue(locks, i, 3) == 'f')
			*vec_push(s->arena, s->list) = (struct held){ str_copy(s->arena, str_of(PQgetvalue(locks, i, 0))),
				str_copy(s->arena, str_of(PQgetvalue(locks, i, 1))) };
	PQclear(locks);
}

static PGconn *
connect_impatiently(void)
{
	PGconn *c = server_connect();

	run(c, "SET statement_timeout = '20s'");
	return c;
}

/* Waits for pg_class to be locked: by now nothing but the statement itself can be in the way. */
static void
finish_lock(PGconn *holder)
{
	PGresult *r;

	while ((r = PQgetResult(holder)) != NULL) {
		if (PQresultStatus(r) != PGRES_COMMAND_OK)
			give_up("pg_class", PQerrorMessage(holder));
		PQclear(r);
	}
}

/* Looks the name up beforehand, so that no snapshot is held while it waits: the statement might wait for that in turn. */
static void
begin_lock(PGconn *holder)
{
	PQsendQuery(holder, "BEGIN; LOCK TABLE pg_catalog.pg_class IN ACCESS SHARE MODE; COMMIT;"
	    "BEGIN; LOCK TABLE pg_catalog.pg_class IN SHARE MODE");
}

/* The statement waits for pg_class: lets it go on to where it next writes there, or to its end. */
static void
step(struct stepper *s)
{
	PGconn *now = s->holders[s->turn], *next = s->holders[!s->turn];

	read_locks(s);
	begin_lock(next);
	(void)wait_until_still(s, next);
	run(now, "COMMIT");
	finish_lock(next);
	s->turn = !s->turn;
}

/* It waits for the end of a transaction, which can only be that of the holder. */
static void
unblock(struct stepper *s)
{
	PGconn *now = s->holders[s->turn], *next = s->holders[!s->turn];

	read_locks(s);
	run(now, "COMMIT");
	begin_lock(next);
	finish_lock(next);
	s->turn = !s->turn;
}

static struct str
result_of(struct stepper *s)
{
	PGresult *r;
	struct str error = STR("");

	while ((r = PQgetResult(s->subject)) != NULL) {
		const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
		if (PQresultStatus(r) == PGRES_FATAL_ERROR)
			error = str_copy(s->arena, str_of(message ? message : PQresultErrorMessage(r)));
		PQclear(r);
	}
	return error;
}

struct str
watch(struct arena *arena, PGconn *c, struct str statement, struct held_list *list)
{
	struct stepper s = { .arena = arena, .subject = c, .watcher = connect_impatiently(),
		.holders = { connect_impatiently(), connect_impatiently() }, .list = list };
	enum state state;
	struct str error;

	PQclear(PQprepare(s.watcher, "locks", locks_sql, 0, NULL));
	begin_lock(s.holders[s.turn]);
	finish_lock(s.holders[s.turn]);
	PQsendQuery(c, str_c(arena, statement));
	while ((state = wait_until_still(&s, c)) != DONE)
		if (state == STOPPED)
			step(&s);
		else
			unblock(&s);
	error = result_of(&s);
	PQfinish(s.holders[0]);
	PQfinish(s.holders[1]);
	PQfinish(s.watcher);
	return error;
}
