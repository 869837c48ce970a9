#define _DEFAULT_SOURCE
#include "watch.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "server.h"

/*
 * A statement that refuses a transaction block lets go of its locks before anyone can ask. But whatever it does to a
 * relation, it writes to pg_class while it has the lock. So pg_class is held in SHARE mode by two sessions in turn:
 * the statement stops at each write; its locks are read; the other session joins the queue behind it; the first lets go;
 * the statement writes, and stops again where it next wants to, for by then the other session has the lock.
 *
 * Nothing need be written of what has no storage, or before the work begins: each table has a guard that holds it
 * in every mode, and gives way step by step; so has each partitioned index, in the one mode that can be had.
 */
struct stepper {
	struct arena *arena;
	PGconn *subject, *watcher, *holders[2];
	unsigned turn;                  /* the holder that has pg_class; the other is idle */
	size_t nguards;
	struct held_list *list;
};

/* Holds one relation. */
struct guard {
	PGconn *connection;
	struct str oid;
};

enum { MAX_GUARDS = 8 };

/* Connections are kept from one statement to the next. */
static PGconn *helpers[3];
static struct guard guards[MAX_GUARDS];

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
		if (*PQgetvalue(locks, i, 3) == 'f' && PQgetlength(locks, i, 0) > 0)
			*vec_push(s->arena, s->list) = (struct held){ str_copy(s->arena, str_of(PQgetvalue(locks, i, 0))),
				str_copy(s->arena, str_of(PQgetvalue(locks, i, 1))) };
	PQclear(locks);
}

static PGconn *
connect_impatiently(void)
{
	PGconn *c = server_connect();

	run(c, "SET statement_timeout = '60s'");
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
	run(holder, "BEGIN; LOCK TABLE ONLY pg_catalog.pg_class IN ACCESS SHARE MODE; COMMIT; BEGIN");
	PQsendQuery(holder, "LOCK TABLE ONLY pg_catalog.pg_class IN SHARE MODE");
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

/* It saw the snapshot with which the holder looked pg_class up, and waits for that to go. */
static void
unblock_from_holder(struct stepper *s)
{
	PGconn *now = s->holders[s->turn], *next = s->holders[!s->turn];

	begin_lock(next);
	finish_lock(next);
	run(now, "COMMIT");
	s->turn = !s->turn;
}

/* The modes of the guard, each in a savepoint of its own; and what it goes back to for one that waits. */
static const struct rung {
	const char *mode, *spelled;
	int back_to;
} rungs[] = {
	{ "AccessShareLock", "ACCESS SHARE", 6 }, { "RowShareLock", "ROW SHARE", 5 }, { "RowExclusiveLock", "ROW EXCLUSIVE", 4 },
	{ "ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE", 3 }, { "ShareLock", "SHARE", 2 },
	{ "ExclusiveLock", "EXCLUSIVE", 1 }, { "AccessExclusiveLock", "ACCESS EXCLUSIVE", 0 },
	{ "ShareRowExclusiveLock", NULL, 2 }
};

/* COMMENT takes ShareUpdateExclusiveLock, and has nothing to do. */
static const char tables_sql[] =
	"SELECT oid, oid::regclass, relkind FROM pg_class WHERE relkind IN ('r', 'p', 'I') AND oid >= 16384 ORDER BY 1";

static void
guard_one(struct stepper *s, struct guard *g, const PGresult *r, int row)
{
	const char *name = PQgetvalue(r, row, 1);
	bool is_index = *PQgetvalue(r, row, 2) == 'I';
	struct buf b = BUF(s->arena);

	buf_c(&b, "BEGIN");
	for (int i = 0; rungs[i].spelled != NULL; i++) {
		buf_printf(&b, "; SAVEPOINT s%d", i);
		if (!is_index)
			buf_printf(&b, "; LOCK TABLE ONLY %s IN %s MODE", name, rungs[i].spelled);
		else if (rungs[i].back_to == i)
			buf_printf(&b, "; COMMENT ON INDEX %s IS NULL", name);
	}
	run(g->connection, str_c(s->arena, buf_text(&b)));
	g->oid = str_copy(s->arena, str_of(PQgetvalue(r, row, 0)));
}

/* VACUUM truncates a table, for which it tries for 5 s to get a lock, and then does without (lazy_truncate_heap). */
static void
guard_tables(struct stepper *s, struct str statement)
{
	PGresult *r = PQexec(s->watcher, tables_sql);
	bool vacuum = str_starts_nocase(statement, "vacuum");

	for (int i = 0; i < PQntuples(r) && s->nguards < MAX_GUARDS; i++) {
		if (vacuum && *PQgetvalue(r, i, 2) == 'r')
			continue;
		if (guards[i].connection == NULL)
			guards[i].connection = connect_impatiently();
		guard_one(s, &guards[s->nguards++], r, i);
	}
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		give_up(tables_sql, PQerrorMessage(s->watcher));
	PQclear(r);
}

static void
dismiss_guards(struct stepper *s)
{
	while (s->nguards > 0)
		run(guards[--s->nguards].connection, "COMMIT");
}

static int
rung_of(const char *mode)
{
	for (size_t i = 0; i < sizeof rungs / sizeof rungs[0]; i++)
		if (strcmp(mode, rungs[i].mode) == 0)
			return rungs[i].back_to;
	return -1;
}

/* What it waits for, when that is a relation: its guard gives way as far as it must. */
static bool
give_way(struct stepper *s)
{
	PGresult *locks = locks_of(s, s->subject);
	bool gave = false;
	char sql[32];

	for (int i = 0; i < PQntuples(locks); i++)
		for (size_t k = 0; k < s->nguards; k++)
			if (*PQgetvalue(locks, i, 2) == 'f' && str_is(guards[k].oid, PQgetvalue(locks, i, 0))) {
				snprintf(sql, sizeof sql, "ROLLBACK TO s%d", rung_of(PQgetvalue(locks, i, 1)));
				run(guards[k].connection, sql);
				gave = true;
			}
	PQclear(locks);
	return gave;
}

/* It waits for a guard, or for the end of a transaction: that of a guard, or else of the holder. */
static void
unblock(struct stepper *s)
{
	read_locks(s);
	if (give_way(s))
		return;
	if (s->nguards > 0)
		dismiss_guards(s);
	else
		unblock_from_holder(s);
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

static void
connect_helpers(struct stepper *s)
{
	for (size_t i = 0; i < 3 && helpers[i] == NULL; i++)
		helpers[i] = connect_impatiently();
	s->holders[0] = helpers[0];
	s->holders[1] = helpers[1];
	s->watcher = helpers[2];
	PQclear(PQexec(s->watcher, "DEALLOCATE ALL"));
	PQclear(PQprepare(s->watcher, "locks", locks_sql, 0, NULL));
}

/* It stops far longer here than anywhere else: what would end it for that is off while it runs. */
static const char *const limits[] = { "lock_timeout", "statement_timeout" };

enum { LIMITS = sizeof limits / sizeof limits[0] };

static void
set_limit(struct stepper *s, const char *name, const char *value)
{
	run(s->subject, str_c(s->arena, str_printf(s->arena, "SET %s = '%s'", name, value)));
}

static void
lift_limits(struct stepper *s, char *before[LIMITS])
{
	for (size_t i = 0; i < LIMITS; i++) {
		PGresult *r = PQexec(s->subject, str_c(s->arena, str_printf(s->arena, "SHOW %s", limits[i])));
		if (PQresultStatus(r) != PGRES_TUPLES_OK)
			give_up(limits[i], PQerrorMessage(s->subject));
		before[i] = str_c(s->arena, str_of(PQgetvalue(r, 0, 0)));
		PQclear(r);
		set_limit(s, limits[i], "0");
	}
}

struct str
watch(struct arena *arena, PGconn *c, struct str statement, struct held_list *list)
{
	struct stepper s = { .arena = arena, .subject = c, .list = list };
	bool sets = str_starts_nocase(statement, "set") || str_starts_nocase(statement, "reset");
	char *before[LIMITS];
	enum state state;
	struct str error;

	if (!sets)
		lift_limits(&s, before);
	connect_helpers(&s);
	begin_lock(s.holders[s.turn]);
	finish_lock(s.holders[s.turn]);
	guard_tables(&s, statement);
	PQsendQuery(c, str_c(arena, statement));
	while ((state = wait_until_still(&s, c)) != DONE)
		if (state == STOPPED)
			step(&s);
		else
			unblock(&s);
	error = result_of(&s);
	dismiss_guards(&s);
	run(s.holders[s.turn], "COMMIT");
	for (size_t i = 0; !sets && i < LIMITS; i++)
		set_limit(&s, limits[i], before[i]);
	return error;
}
