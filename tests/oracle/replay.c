#define _DEFAULT_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "check/check.h"
#include "compare.h"
#include "play.h"
#include "server.h"

/*
 * replay [OPTION...] DIR: runs the migrations below DIR on a throw-away server (or the one that $ORACLE_DSN names) and
 * over the shadow catalog, compares the two after each file, and tells every difference once. Exit status: 0 none, 1 some.
 */

struct replaying {
	struct arena arena;             /* of the whole run */
	struct arena scratch;           /* of one comparison */
	struct comparison_at at;
	struct map told;                /* path and values of the differences that were told */
	struct str excepted;            /* lines of "GLOB TAB reason" */
	struct player player;
	unsigned every, files, differences, forgiven;
};

/* ---- running ---- */

static void
run_statement(void *arg, const struct facts *f, const struct statement *s)
{
	struct replaying *p = arg;
	struct arena arena;
	struct str message;

	arena_init(&arena, NULL, NULL);
	message = play_statement(&arena, &p->player, f->unit->tx, s->source, s->span);
	if (message.s != NULL)
		play_tell_refusal(s->source, s->span, message);
	arena_free(&arena);
}

/* ---- telling ---- */

static bool
is_excepted(const struct replaying *p, struct str path)
{
	struct str lines = p->excepted, line, glob;

	while (str_cut(&lines, '\n', &line))
		if (!str_starts(line, "#") && str_cut(&line, '\t', &glob) && str_glob(glob, path))
			return true;
	return false;
}

static void
tell(struct replaying *p, struct str file, const struct mismatch *m)
{
	struct str key = str_printf(&p->arena, "%.*s\n%.*s\n%.*s", STR_ARG(m->path), STR_ARG(m->server), STR_ARG(m->shadow));

	if (map_has(&p->told, key))
		return;
	*map_at(&p->told, key) = p;
	if (is_excepted(p, m->path)) {
		p->forgiven++;
		return;
	}
	p->differences++;
	printf("%.*s: %.*s%s\n  server: %.*s\n  %s: %.*s\n", STR_ARG(file), STR_ARG(m->path), m->round_trip ? " (made anew)" : "",
	    STR_ARG(m->server.s ? m->server : STR("not there")), m->round_trip ? "copy" : "shadow",
	    STR_ARG(m->shadow.s ? m->shadow : STR("not there")));
	fflush(stdout);
}

static void
compare_now(struct replaying *p, struct str file, const struct catalog *c, bool round_trip)
{
	struct comparison_at at = p->at;
	struct mismatches list = { 0 };

	arena_init(&p->scratch, NULL, NULL);
	at.arena = &p->scratch;
	if (!round_trip)
		at.copy = NULL;
	compare_catalog(&at, c, &list);
	for (size_t i = 0; i < list.n; i++)
		tell(p, file, &list.items[i]);
	arena_free(&p->scratch);
}

static void
after_migration(void *arg, const struct migration *m, const struct catalog *c)
{
	struct replaying *p = arg;

	(void)play_end(&p->arena, &p->player);
	p->files++;
	compare_now(p, m->up.source->path, c, p->files % p->every == 0);
}

static void
at_end(void *arg, const struct history *h, const struct catalog *c, const struct tenant_design *design)
{
	(void)h;
	(void)design;
	compare_now(arg, STR("at the end"), c, true);
}

/* ---- the command ---- */

static void
usage(FILE *out)
{
	fputs("usage: replay [--framework NAME] [--every N] [--except FILE] [DIR\n"
	      "  --framework NAME  how the files are laid out; default: as found\n"
	      "  --every N         make the schema anew, and compare, after every N files (default 1) and at the end\n"
	      "  --except FILE     lines of GLOB TAB reason: paths of differences that are known\n"
	      "The server is a throw-away one, or that of $ORACLE_DSN; two databases are made there, and dropped at the end.\n", out);
}

static struct str
read_text(struct arena *arena, const char *path)
{
	FILE *f = fopen(path, "r");
	struct buf b = BUF(arena);
	char piece[4096];
	size_t n;

	if (!f) {
		perror(path);
		exit(2);
	}
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_bytes(&b, piece, n);
	fclose(f);
	return buf_text(&b);
}

static void
take_options(struct replaying *p, struct config *config, int argc, char **argv)
{
	static const struct option options[] = { { "framework", 1, NULL, 'f' }, { "every", 1, NULL, 'e' }, { "except", 1, NULL, 'x' },
		{ "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'f')
			config->framework = str_of(optarg);
		else if (c == 'e')
			p->every = (unsigned)strtoul(optarg, NULL, 10);
		else if (c == 'x')
			p->excepted = read_text(&p->arena, optarg);
		else {
			usage(c == 'h' ? stdout : stderr);
			exit(c == 'h' ? 0 : 2);
		}
	}
	if (p->every == 0 || optind + 1 != argc) {
		usage(stderr);
		exit(2);
	}
}

static void
open_databases(struct replaying *p)
{
	server_start();
	p->at.server = play_database("replay");
	p->at.copy = play_database("copy");
	p->player.server = p->at.server;
	p->at.version = PQserverVersion(p->at.server) / 10000;
	p->at.query = compare_query(&p->arena);
}

int
main(int argc, char **argv)
{
	struct replaying p = { .every = 1 };
	struct config config;
	struct diags diags = { .arena = &p.arena };
	struct run run = { .arena = &p.arena, .config = &config, .diags = &diags, .forward_only = true,
		.visitor = { .arg = &p, .statement = run_statement, .migration = after_migration, .end = at_end } };
	struct history *list;
	struct err err = { STR("") };
	struct str path;
	size_t n;

	arena_init(&p.arena, NULL, NULL);
	config_init(&config);
	take_options(&p, &config, argc, argv);
	p.told = MAP(&p.arena);
	path = str_of(argv[optind]);
	if (history_open(&p.arena, &config, &path, 1, NULL, &diags, &list, &n, &err) != 0) {
		fprintf(stderr, "replay: %.*s\n", STR_ARG(err.message));
		return 2;
	}
	open_databases(&p);
	config.pg_version = p.at.version;
	for (size_t i = 0; i < n; i++) {
		if (list[i].schema.n > 0) {
			play_at_home(p.at.server, str_c(&p.arena, list[i].schema));
			play_at_home(p.at.copy, str_c(&p.arena, list[i].schema));
		}
		replay(&run, &list[i]);
	}
	printf("PostgreSQL %d: %u files, %u statements, %u refused, %u differences, %u known\n", p.at.version, p.files, p.player.statements,
	    p.player.refused, p.differences, p.forgiven);
	play_forget_role(p.at.server);
	server_drop_database(p.at.server);
	server_drop_database(p.at.copy);
	server_stop();
	arena_free(&p.arena);
	return p.differences > 0;
}
