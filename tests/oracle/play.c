#include "play.h"

#include <stdio.h>
#include <string.h>

#include "server.h"

static void
run(PGconn *c, const char *sql)
{
	PQclear(PQexec(c, sql));
}

static void
end_copy(PGconn *c)
{
	PGresult *r;

	PQputCopyEnd(c, NULL);
	while ((r = PQgetResult(c)) != NULL)
		PQclear(r);
}

static struct str
first_line(struct arena *arena, const char *message)
{
	return str_copy(arena, (struct str){ message, strcspn(message, "\n") });
}

/* The runner's transaction, before the first statement. */
static void
begin_migration(struct player *p, enum tx_mode tx, struct str first)
{
	if (!p->in_migration && tx == TX_WRAPPED && !str_starts_nocase(first, "begin"))
		run(p->server, "BEGIN");
	p->in_migration = true;
}

static struct str
take_refusal(struct arena *arena, struct player *p, const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	snprintf(p->state, sizeof p->state, "%s", state != NULL ? state : "");
	return first_line(arena, PQresultErrorMessage(r));
}

struct str
play_statement(struct arena *arena, struct player *p, enum tx_mode tx, const struct source *source, struct span span)
{
	struct str text = str_slice(source->sql, span.off, (size_t)span.off + span.len), message = STR_NONE;
	bool guarded;
	PGresult *r;

	begin_migration(p, tx, text);
	guarded = p->go_on && PQtransactionStatus(p->server) == PQTRANS_INTRANS;
	if (guarded)
		run(p->server, "SAVEPOINT played");
	r = PQexec(p->server, str_c(arena, text));
	p->statements++;
	if (PQresultStatus(r) == PGRES_COPY_IN)
		end_copy(p->server);
	else if (PQresultStatus(r) == PGRES_FATAL_ERROR)
		message = take_refusal(arena, p, r);
	PQclear(r);
	p->refused += message.s != NULL;
	if (guarded && PQtransactionStatus(p->server) == PQTRANS_INERROR)
		run(p->server, "ROLLBACK TO played");
	if (guarded && PQtransactionStatus(p->server) == PQTRANS_INTRANS)
		run(p->server, "RELEASE played");
	return message;
}

/* Functions of a history may name what comes later. */
static void
take_bodies_as_they_are(PGconn *c)
{
	run(c, "SET check_function_bodies = off");
}

/* What a session has for itself. */
static void
end_session(struct player *p)
{
	run(p->server, "RESET ALL");
	take_bodies_as_they_are(p->server);
	run(p->server, "DISCARD TEMP");
	p->in_migration = false;
}

struct str
play_end(struct arena *arena, struct player *p)
{
	PGTransactionStatusType status = PQtransactionStatus(p->server);
	struct str message = STR_NONE;
	PGresult *r;

	if (status != PQTRANS_IDLE) {
		r = PQexec(p->server, status == PQTRANS_INERROR ? "ROLLBACK" : "COMMIT");
		if (PQresultStatus(r) == PGRES_FATAL_ERROR)
			message = first_line(arena, PQresultErrorMessage(r));
		PQclear(r);
	}
	end_session(p);
	return message;
}

void
play_take_back(struct player *p)
{
	run(p->server, "ROLLBACK");
	end_session(p);
}

void
play_tell_refusal(const struct source *source, struct span span, struct str message)
{
	struct position at = source_position(source, span.off);

	printf("refused: %.*s:%u: %.*s\n", STR_ARG(source->path), at.line, STR_ARG(message));
}

static void
ignore(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

static PGconn *
prepared(PGconn *c)
{
	PQsetNoticeProcessor(c, ignore, NULL);
	take_bodies_as_they_are(c);
	return c;
}

PGconn *
play_connect(const char *database)
{
	return prepared(server_connect_to(database));
}

void
play_at_home(PGconn *c, const char *schema)
{
	char *name = PQescapeIdentifier(c, schema, strlen(schema)), *database = PQescapeIdentifier(c, PQdb(c), strlen(PQdb(c)));
	char sql[512];

	snprintf(sql, sizeof sql, "CREATE SCHEMA IF NOT EXISTS %s", name);
	run(c, sql);
	snprintf(sql, sizeof sql, "ALTER DATABASE %s SET search_path = %s", database, name);
	run(c, sql);
	PQfreemem(name);
	PQfreemem(database);
	PQreset(c);
	(void)prepared(c);
}

PGconn *
play_database(const char *name)
{
	return prepared(server_new_database(name));
}

void
play_forget_role(PGconn *c)
{
	run(c, "ALTER ROLE CURRENT_USER RESET ALL");
}
