#include "observe.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "watch.h"

static const char clean_sql[] =
	"SET client_min_messages = error; RESET ROLE; RESET search_path;"
	"DO $$ DECLARE r record; BEGIN"
	" FOR r IN SELECT pubname FROM pg_publication LOOP EXECUTE format('DROP PUBLICATION %I', r.pubname); END LOOP;"
	" FOR r IN SELECT subname FROM pg_subscription LOOP EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', r.subname);"
	"  EXECUTE format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', r.subname); EXECUTE format('DROP SUBSCRIPTION %I', r.subname); END LOOP;"
	" FOR r IN SELECT evtname FROM pg_event_trigger LOOP EXECUTE format('DROP EVENT TRIGGER %I', r.evtname); END LOOP;"
	" FOR r IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', r.fdwname); END LOOP;"
	" FOR r IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP EXECUTE format('DROP EXTENSION %I CASCADE', r.extname); END LOOP;"
	" FOR r IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP"
	"  EXECUTE format('DROP SCHEMA %I CASCADE', r.nspname); END LOOP;"
	" FOR r IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> session_user LOOP"
	"  BEGIN EXECUTE format('DROP OWNED BY %I', r.rolname); EXECUTE format('DROP ROLE %I', r.rolname);"
	"  EXCEPTION WHEN others THEN NULL; END; END LOOP;"
	"END $$; DISCARD TEMP; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO PUBLIC";

void
observe_clean(PGconn *c)
{
	PGresult *r;

	if (PQtransactionStatus(c) != PQTRANS_IDLE)
		PQclear(PQexec(c, "ROLLBACK"));
	/* DISCARD ALL, but for what is prepared */
	PQclear(PQexec(c, "SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all()"));
	r = PQexec(c, clean_sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK) {
		printf("Bail out! cannot clean: %s", PQerrorMessage(c));
		exit(1);
	}
	PQclear(r);
}

static struct str
error_of(struct arena *arena, const PGresult *r)
{
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

	if (PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK || PQresultStatus(r) == PGRES_EMPTY_QUERY)
		return STR("");
	return str_copy(arena, str_of(message ? message : PQresultErrorMessage(r)));
}

struct str
observe_prepare(struct arena *arena, PGconn *c, struct str sql)
{
	PGresult *r = PQexec(c, str_c(arena, sql));
	struct str error = error_of(arena, r);

	PQclear(r);
	return error;
}

/* ---- snapshots ---- */

/* The strongest of the locks that a transaction has, or that were seen while a statement ran. */
static const char own_locks_sql[] =
	"SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() AND database = (SELECT oid"
	" FROM pg_database WHERE datname = current_database()) AND relation >= 16384";

/* oid, schema, name, kind, storage, sequential scans of this transaction or of all, strongest lock */
static const char snapshot_sql[] =
	"SELECT coalesce(c.oid, l.relation)::text, regexp_replace(n.nspname, '^pg_temp_.*', 'pg_temp'), c.relname, c.relkind::text,"
	" pg_relation_filenode(c.oid)::text, coalesce(pg_stat_get_%snumscans(c.oid), 0)::text, l.mode"
	" FROM (SELECT relation, (array_agg(mode ORDER BY array_position(ARRAY['AccessShareLock','RowShareLock','RowExclusiveLock',"
	" 'ShareUpdateExclusiveLock','ShareLock','ShareRowExclusiveLock','ExclusiveLock','AccessExclusiveLock'], mode) DESC))[1] AS mode"
	" FROM (%s) a (relation, mode) GROUP BY relation) l"
	" FULL JOIN (pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND c.oid >= 16384"
	" AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_toast' AND c.relkind <> 't') ON c.oid = l.relation"
	" ORDER BY 1";

enum { OID, SCHEMA, NAME, KIND, STORAGE, SCANS, LOCK };

static PGresult *
snapshot(struct arena *arena, PGconn *c, const char *counter, struct str locks)
{
	PGresult *r = PQexec(c, str_c(arena, str_printf(arena, snapshot_sql, counter, str_c(arena, locks))));

	if (PQresultStatus(r) != PGRES_TUPLES_OK) {
		printf("Bail out! snapshot: %s", PQerrorMessage(c));
		exit(1);
	}
	return r;
}

/* Within a transaction, and around one. It is prepared, for it is most of what the tests do. */
static PGresult *
snapshot_inside(struct arena *arena, PGconn *c)
{
	PGresult *r = PQexecPrepared(c, "inside", 0, NULL, NULL, NULL, 0);

	if (PQresultStatus(r) == PGRES_TUPLES_OK)
		return r;
	PQclear(r);
	PQclear(PQprepare(c, "inside", str_c(arena, str_printf(arena, snapshot_sql, "xact_", own_locks_sql)), 0, NULL));
	return snapshot(arena, c, "xact_", str_of(own_locks_sql));
}

/* Otherwise the counters of scans are flushed at some moment of their own. */
static void
flush(PGconn *c)
{
	PQclear(PQexec(c, "SELECT pg_stat_force_next_flush()"));
}

static PGresult *
snapshot_outside(struct arena *arena, PGconn *c, const struct held_list *held)
{
	struct buf b = BUF(arena);

	flush(c);
	buf_c(&b, "VALUES (0::oid, '')");
	for (size_t i = 0; i < held->n; i++)
		buf_printf(&b, ", (%.*s, '%.*s')", STR_ARG(held->items[i].oid), STR_ARG(held->items[i].mode));
	return snapshot(arena, c, "", buf_text(&b));
}

static int
row_of(const PGresult *r, const char *oid)
{
	for (int i = 0; i < PQntuples(r); i++)
		if (strcmp(PQgetvalue(r, i, OID), oid) == 0 && PQgetlength(r, i, NAME) > 0)
			return i;
	return -1;
}

static struct str
text(struct arena *arena, const PGresult *r, int row, int column)
{
	return str_copy(arena, str_of(PQgetvalue(r, row, column)));
}

/* What a row of the later snapshot says, with the names of before; false: it tells of nothing. */
static bool
compare_row(struct observation *o, const PGresult *before, const PGresult *after, int row, struct seen *seen)
{
	int old = row_of(before, PQgetvalue(after, row, OID));
	const PGresult *named = old >= 0 ? before : after;
	int at = old >= 0 ? old : row;

	if (PQgetlength(named, at, NAME) == 0)
		return false;
	*seen = (struct seen){ .schema = text(o->arena, named, at, SCHEMA), .name = text(o->arena, named, at, NAME),
		.kind = PQgetvalue(named, at, KIND)[0], .lock = text(o->arena, after, row, LOCK), .created = old < 0,
		.storage = text(o->arena, named, at, STORAGE) };
	if (old >= 0 && PQgetlength(after, row, NAME) > 0) {
		seen->scanned = atol(PQgetvalue(after, row, SCANS)) > atol(PQgetvalue(before, old, SCANS));
		seen->rewritten = strcmp(PQgetvalue(before, old, STORAGE), PQgetvalue(after, row, STORAGE)) != 0;
	}
	return seen->lock.n > 0;
}

/* An index that is dropped and built under the same name was rebuilt. */
static bool
merge_rebuilt(struct observation *o, const struct seen *seen)
{
	for (size_t i = 0; i < o->relations.n; i++) {
		struct seen *other = &o->relations.items[i];
		if (str_eq(other->name, seen->name) && str_eq(other->schema, seen->schema) && other->created != seen->created) {
			other->created = false;
			other->rewritten = !str_eq(other->storage, seen->storage);
			return true;
		}
	}
	return false;
}

static void
compare(struct observation *o, const PGresult *before, const PGresult *after)
{
	struct seen seen;

	for (int i = 0; i < PQntuples(after); i++)
		if (compare_row(o, before, after, i, &seen) && !merge_rebuilt(o, &seen))
			*vec_push(o->arena, &o->relations) = seen;
}

static void
observe_alone(PGconn *c, struct str statement, struct observation *o)
{
	struct held_list held = { .n = 0 };
	PGresult *before = snapshot_outside(o->arena, c, &held), *after;

	o->refuses_transaction = true;
	o->error = watch(o->arena, c, statement, &held);
	after = snapshot_outside(o->arena, c, &held);
	compare(o, before, after);
	PQclear(before);
	PQclear(after);
}

static bool
refuses_transaction(const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	return state != NULL && strcmp(state, "25001") == 0;
}

void
observe(PGconn *c, struct str statement, bool keep, struct observation *o)
{
	PGresult *before, *r, *after;
	bool alone;

	flush(c);
	before = snapshot_inside(o->arena, c);
	PQclear(PQexec(c, "BEGIN"));
	r = PQexec(c, str_c(o->arena, statement));
	o->error = error_of(o->arena, r);
	alone = refuses_transaction(r);
	if (o->error.n == 0) {
		after = snapshot_inside(o->arena, c);
		compare(o, before, after);
		PQclear(after);
	}
	PQclear(PQexec(c, keep && o->error.n == 0 ? "COMMIT" : "ROLLBACK"));
	PQclear(r);
	PQclear(before);
	if (alone)
		observe_alone(c, statement, o);
}
