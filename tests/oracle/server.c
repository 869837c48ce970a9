#define _GNU_SOURCE
#include "server.h"

#include <errno.h>
#include <ftw.h>
#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char dir[256], bin[256];
static pid_t postmaster;

static void
die(const char *what, const char *detail)
{
	printf("Bail out! %s: %s\n", what, detail);
	exit(1);
}

/* The server refuses to run as root. */
static const struct passwd *
other_user(void)
{
	const struct passwd *user;

	if (geteuid() != 0)
		return NULL;
	user = getpwnam("postgres");
	if (!user)
		die("no user postgres", "the server does not run as root");
	return user;
}

static void
become(const struct passwd *user)
{
	if (user && (setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
		_exit(126);
}

static int
newer(const char *a, const char *b)
{
	return atoi(a + sizeof("/usr/lib/postgresql/") - 1) > atoi(b + sizeof("/usr/lib/postgresql/") - 1);
}

static void
find_programs(void)
{
	glob_t found;
	const char *best = NULL;

	if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) != 0)
		die("no PostgreSQL server", "is the package postgresql installed?");
	for (size_t i = 0; i < found.gl_pathc; i++)
		if (!best || newer(found.gl_pathv[i], best))
			best = found.gl_pathv[i];
	snprintf(bin, sizeof bin, "%.*s", (int)(strlen(best) - sizeof("/initdb") + 1), best);
	globfree(&found);
}

static pid_t
spawn(const char *program, char *const argv[])
{
	char path[512], log[512];
	pid_t pid;

	snprintf(path, sizeof path, "%s/%s", bin, program);
	snprintf(log, sizeof log, "%s/log", dir);
	pid = fork();
	if (pid == 0) {
		become(other_user());
		if (chdir(dir) != 0 || !freopen(log, "a", stdout) || !freopen(log, "a", stderr))
			_exit(125);
		execv(path, argv);
		_exit(127);
	}
	if (pid < 0)
		die("fork", strerror(errno));
	return pid;
}

static void
make_directory(void)
{
	const char *tmp = getenv("TMPDIR");
	const struct passwd *user = other_user();

	snprintf(dir, sizeof dir, "%s/dbopt-oracle-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(dir))
		die(dir, strerror(errno));
	if (user && chown(dir, user->pw_uid, user->pw_gid) != 0)
		die(dir, strerror(errno));
}

static void
show_log(void)
{
	char path[512], line[512];
	FILE *f;

	snprintf(path, sizeof path, "%s/log", dir);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		printf("# %s", line);
	if (f)
		fclose(f);
}

static void
init_cluster(void)
{
	char data[512];
	char *argv[] = { "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8", "--locale=C", NULL };
	int status;

	snprintf(data, sizeof data, "%s/data", dir);
	if (waitpid(spawn("initdb", argv), &status, 0) < 0 || status != 0) {
		show_log();
		die("initdb", "it failed");
	}
}

/* Also after RESET ALL. */
static const char settings[] = " options='-c client_min_messages=error -c synchronous_commit=off -c jit=off'";

/* database NULL: the one that $ORACLE_DSN names */
static PGconn *
try_connect(const char *database)
{
	char dsn[1024];
	const char *given = getenv("ORACLE_DSN");

	if (given && *given)
		snprintf(dsn, sizeof dsn, "%s%s%s%s", given, settings, database ? " dbname=" : "", database ? database : "");
	else
		snprintf(dsn, sizeof dsn, "host=%s user=postgres%s dbname=%s", dir, settings, database ? database : "postgres");
	return PQconnectdb(dsn);
}

static void
wait_for_server(void)
{
	struct timespec tenth = { 0, 100000000 };
	PGconn *c;

	for (int i = 0; i < 300; i++) {
		c = try_connect(NULL);
		bool up = PQstatus(c) == CONNECTION_OK;
		PQfinish(c);
		if (up)
			return;
		nanosleep(&tenth, NULL);
	}
	show_log();
	die("server", "it does not answer after 30 s");
}

void
server_start(void)
{
	char data[512];
	char *argv[] = { "postgres", "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "wal_level=logical",
		"-c", "autovacuum=off", "-c", "shared_buffers=4MB", "-c", "full_page_writes=off", "-c", "max_prepared_transactions=0", "-c", "timezone=UTC", NULL };
	const char *given = getenv("ORACLE_DSN");

	if (given && *given)
		return;
	find_programs();
	make_directory();
	atexit(server_stop);
	init_cluster();
	snprintf(data, sizeof data, "%s/data", dir);
	postmaster = spawn("postgres", argv);
	wait_for_server();
}

PGconn *
server_connect_to(const char *database)
{
	PGconn *c = try_connect(database);

	if (PQstatus(c) != CONNECTION_OK)
		die("connection", PQerrorMessage(c));
	return c;
}

PGconn *
server_connect(void)
{
	return server_connect_to(NULL);
}

static void
run_or_die(PGconn *c, const char *format, const char *name)
{
	char sql[256];
	PGresult *r;

	snprintf(sql, sizeof sql, format, name);
	r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		die(sql, PQerrorMessage(c));
	PQclear(r);
}

PGconn *
server_new_database(const char *name)
{
	char unique[64];
	PGconn *c = server_connect();

	snprintf(unique, sizeof unique, "dbopt_%s_%ld", name, (long)getpid());
	run_or_die(c, "CREATE DATABASE %s TEMPLATE template0", unique);
	PQfinish(c);
	return server_connect_to(unique);
}

void
server_connect_again(PGconn **c)
{
	char database[64];

	snprintf(database, sizeof database, "%s", PQdb(*c));
	PQfinish(*c);
	*c = server_connect_to(database);
}

/* Those of ALTER DATABASE ... SET are not copied. */
static void
take_settings(PGconn *c, const char *from)
{
	char sql[320];

	snprintf(sql, sizeof sql, "SELECT set_config(split_part(x, '=', 1), substr(x, strpos(x, '=') + 1), false) FROM pg_db_role_setting, unnest(setconfig) x "
		"WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = '%s')", from);
	PQclear(PQexec(c, sql));
}

PGconn *
server_copy_database(PGconn **from, const char *name)
{
	char copy[64], given[64], sql[160];
	PGconn *c = server_connect();

	snprintf(given, sizeof given, "%s", PQdb(*from));
	snprintf(copy, sizeof copy, "dbopt_%s_%ld", name, (long)getpid());
	snprintf(sql, sizeof sql, "%s TEMPLATE %s", copy, given);
	PQfinish(*from);
	run_or_die(c, "CREATE DATABASE %s", sql);
	PQfinish(c);
	*from = server_connect_to(given);
	c = server_connect_to(copy);
	take_settings(c, given);
	return c;
}

void
server_drop_database(PGconn *used)
{
	char name[64];
	PGconn *c;

	snprintf(name, sizeof name, "%s", PQdb(used));
	PQfinish(used);
	c = server_connect();
	run_or_die(c, "DROP DATABASE %s WITH (FORCE)", name);
	PQfinish(c);
}

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
server_stop(void)
{
	if (postmaster > 0) {
		kill(postmaster, SIGINT);
		waitpid(postmaster, NULL, 0);
		postmaster = 0;
	}
	if (dir[0]) {
		nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
		dir[0] = '\0';
	}
}
