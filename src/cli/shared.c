/* realpath() is XSI, not bare POSIX. */
#define _XOPEN_SOURCE 700

#include "cli/shared.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "sql/parse.h"

VEC_TYPE(setup_files, const struct source *);

static int
set_version(struct setup *s)
{
	struct str value = args_value(s->args, "pg-version");
	int64_t n;

	if (!value.s)
		return 0;
	if (!str_to_int(value, &n) || n < 13 || n > 18) {
		args_error(s->args, "--pg-version is a number from 13 to 18, not '%.*s'", STR_ARG(value));
		return -1;
	}
	s->config.pg_version = (int)n;
	for (size_t i = 0; i < s->config.roots.n; i++)
		s->config.roots.items[i].config->pg_version = (int)n;
	return 0;
}

static void
load_config(struct setup *s, struct str near)
{
	struct str path = args_value(s->args, "config");

	config_init(&s->config);
	if (!path.s)
		path = config_find(s->arena, near);
	if (path.s && config_load(s->arena, &s->config, path, &s->diags) != 0)
		s->invalid = true;
}

static void
load_rules(struct setup *s)
{
	s->rules = rules_new(s->arena);
	rules_load_builtin(s->rules);
	for (size_t i = 0; i < s->config.rules_dirs.n; i++)
		rules_load_dir(s->rules, s->config.rules_dirs.items[i], &s->diags);
	for (size_t i = 0; i < s->args->options.n; i++)
		if (strcmp(s->args->options.items[i].option->name, "rules") == 0)
			rules_load_dir(s->rules, str_of(s->args->options.items[i].value), &s->diags);
	config_apply_rules(&s->config, s->rules, &s->diags);
}

/* What a rule has when it is named alone: as configured, but never off. */
static struct str
configured_severity(const struct rules *rules, struct str id)
{
	const struct rule *rule = rules_find(rules, id);
	enum severity severity = rule ? rule->effective : SEVERITY_ERROR;

	return str_of(severity_name(severity == SEVERITY_OFF ? rule->severity : severity));
}

/* One --rule; the ids it names go to named, as keys. */
static int
set_rule(struct setup *s, struct str value, struct map *named, bool *only)
{
	struct str id = value, severity = STR_NONE;
	struct err err = { STR("") };
	size_t equals = str_find_char(value, '=');

	if (equals != (size_t)-1) {
		id = str_slice(value, 0, equals);
		severity = str_slice(value, equals + 1, value.n);
	} else
		*only = true;
	if (!severity.s)
		severity = configured_severity(s->rules, id);
	if (rules_set_severity(s->rules, id, severity, &err) != 0) {
		args_error(s->args, "--rule %.*s: %.*s", STR_ARG(value), STR_ARG(err.message));
		return -1;
	}
	*map_at(named, id) = named;
	return 0;
}

static int
set_rules(struct setup *s)
{
	struct map named = MAP(s->arena);
	bool only = false;

	for (size_t i = 0; i < s->args->options.n; i++) {
		const struct given *g = &s->args->options.items[i];
		if (strcmp(g->option->name, "rule") == 0 && set_rule(s, str_of(g->value), &named, &only) != 0)
			return -1;
	}
	for (size_t i = 0; only && i < s->rules->list.n; i++)
		if (!map_has(&named, s->rules->list.items[i]->id))
			rules_set_severity(s->rules, s->rules->list.items[i]->id, STR("off"), NULL);
	return 0;
}

int
setup_rules(struct setup *s, const struct args *args, struct str near)
{
	*s = (struct setup){ .arena = args->arena, .args = args };
	s->diags.arena = s->arena;
	load_config(s, near);
	load_rules(s);
	if (s->diags.list.n > 0)
		s->invalid = true;
	if (set_version(s) != 0 || set_rules(s) != 0)
		return -1;
	rules_ready(s->rules);
	return 0;
}

static bool
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Where migrations usually are; STR_NONE after telling that it is nowhere, or not clear. */
static struct str
usual_path(const struct args *args)
{
	static const char *const usual[] = { "migrations", "db/migrations", "db/migrate" };
	struct str found = STR_NONE;

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (!is_directory(usual[i]))
			continue;
		if (found.s) {
			args_error(args, "which one: %.*s or %s?", STR_ARG(found), usual[i]);
			return STR_NONE;
		}
		found = str_of(usual[i]);
	}
	if (!found.s)
		args_error(args, "no path given, and there is no migrations, db/migrations or db/migrate here");
	return found;
}

static int
open_histories(struct setup *s, const struct str *paths, size_t n)
{
	struct err err = { STR("") };
	struct history *list;

	if (history_open(s->arena, &s->config, paths, n, s->change, &s->diags, &list, &s->nhistories, &err) != 0) {
		cli_trouble("%.*s", STR_ARG(err.message));
		return -1;
	}
	s->histories = NEW_ARRAY(s->arena, struct history *, s->nhistories);
	for (size_t i = 0; i < s->nhistories; i++)
		s->histories[i] = &list[i];
	return 0;
}

static struct change *
new_change(struct setup *s, enum change_kind kind)
{
	struct change *c = NEW(s->arena, struct change);

	c->kind = kind;
	s->change = c;
	return c;
}

/* A name that starts with a dash would be an option of git; no revision does. */
static int
set_change(struct setup *s)
{
	struct str since = args_value(s->args, "since"), list = args_value(s->args, "changed-files");
	bool staged = args_has(s->args, "staged");
	struct err err = { STR("") };

	if ((since.s != NULL) + (list.s != NULL) + staged > 1)
		return args_error(s->args, "--since, --staged and --changed-files exclude each other");
	if (since.s != NULL && (since.n == 0 || since.s[0] == '-'))
		return args_error(s->args, "--since takes a revision, not '%.*s'", STR_ARG(since));
	if (since.s != NULL)
		new_change(s, CHANGE_SINCE)->revision = since;
	if (staged)
		new_change(s, CHANGE_STAGED);
	if (list.s != NULL && change_read(s->arena, list, new_change(s, CHANGE_LISTED), &err) != 0)
		return cli_trouble("%.*s", STR_ARG(err.message));
	return 0;
}

/* The roots that are configured here; *n is 0 when there are none. */
static const struct str *
configured_roots(struct setup *s, const struct args *args, size_t *n)
{
	struct str *paths;

	*s = (struct setup){ .arena = args->arena, .args = args };
	s->diags.arena = s->arena;
	load_config(s, STR("."));
	*n = s->config.roots.n;
	paths = NEW_ARRAY(s->arena, struct str, *n);
	for (size_t i = 0; i < *n; i++)
		paths[i] = s->config.roots.items[i].path;
	return paths;
}

int
setup_histories(struct setup *s, const struct args *args)
{
	const struct str *paths = args->operands;
	struct str usual;
	size_t n = args->noperands;

	if (n == 0)
		paths = configured_roots(s, args, &n);
	if (n == 0) {
		usual = usual_path(args);
		paths = &usual;
		n = 1;
	}
	if (!paths[0].s || setup_rules(s, args, str_is(paths[0], "-") ? STR(".") : paths[0]) != 0 || set_change(s) != 0)
		return -1;
	return open_histories(s, paths, n);
}

bool
setup_trouble(const struct setup *s)
{
	for (size_t i = 0; i < s->diags.list.n; i++)
		if (s->diags.list.items[i]->unchecked)
			return true;
	return s->invalid;
}

/* Of a history, the sources of what is reported; one that holds several migrations comes once. */
static void
add_files(struct setup_files *files, struct arena *arena, const struct history *h)
{
	for (size_t i = 0; i < h->migrations.n; i++) {
		const struct source *source = h->migrations.items[i].up.source;
		if (source && h->reported.items[i] && (files->n == 0 || files->items[files->n - 1] != source))
			*vec_push(arena, files) = source;
	}
}

struct report
setup_report(const struct setup *s, struct tally tally)
{
	struct setup_files files = { 0 };

	for (size_t i = 0; i < s->nhistories; i++)
		add_files(&files, s->arena, s->histories[i]);
	tally.error = tally.warning = tally.info = tally.unchecked = 0;
	for (size_t i = 0; i < s->diags.list.n; i++) {
		const struct diag *d = s->diags.list.items[i];
		tally.error += d->severity == SEVERITY_ERROR;
		tally.warning += d->severity == SEVERITY_WARNING;
		tally.info += d->severity == SEVERITY_INFO;
		tally.unchecked += d->unchecked;
	}
	return (struct report){ .arena = s->arena,
		.rules = s->rules,
		.diags = s->diags.list.items,
		.ndiags = s->diags.list.n,
		.files = files.items,
		.nfiles = files.n,
		.tally = tally,
		.version = cli_version(),
		.parser = sql_parser_version() };
}

int
setup_complain(struct setup *s)
{
	struct buf out = BUF(s->arena);
	struct tally none = { 0 };

	diags_finish(&s->diags);
	struct report report = setup_report(s, none);
	report.quiet = true;
	output_find(STR("human"))->write(&out, &report);
	fprintf(stderr, "%.*s", STR_ARG(buf_text(&out)));
	return setup_trouble(s) ? STATUS_TROUBLE : STATUS_CLEAN;
}

/* Returns 0 or errno; closes fd. */
static int
write_all(int fd, struct str text)
{
	int error = 0;

	while (text.n > 0 && error == 0) {
		ssize_t n = write(fd, text.s, text.n);
		if (n >= 0)
			text = str_slice(text, (size_t)n, text.n);
		else if (errno != EINTR)
			error = errno;
	}
	return close(fd) != 0 && error == 0 ? errno : error;
}

static mode_t
usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* Returns 0 or errno. */
static int
replace(struct arena *arena, const char *path, mode_t mode, struct str text)
{
	char *draft = str_c(arena, str_printf(arena, "%s.XXXXXX", path));
	int fd = mkstemp(draft), error;

	if (fd == -1)
		return errno;
	if (fchmod(fd, mode) != 0) {
		error = errno;
		close(fd);
	} else
		error = write_all(fd, text);
	if (error == 0 && rename(draft, path) != 0)
		error = errno;
	if (error != 0)
		unlink(draft);
	return error;
}

/* What a symbolic link leads to, so that it stays one; the path itself when it leads nowhere yet. */
static const char *
target(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *copy = real ? str_c(arena, str_of(real)) : path;

	free(real);
	return copy;
}

/*
 * The open file that the path stands for, or -1. It is not opened again: behind it there may be a regular file, which
 * others are writing to.
 */
static int
open_already(const char *path)
{
	int64_t n;

	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	if (strncmp(path, "/dev/fd/", 8) == 0 && str_to_int(str_of(path + 8), &n) && n >= 0 && n <= INT_MAX)
		return (int)n;
	return -1;
}

int
cli_write(struct arena *arena, const char *path, struct str text)
{
	struct stat st;
	int fd = open_already(path), error;
	bool exists = stat(path, &st) == 0;

	if (fd >= 0 || (exists && !S_ISREG(st.st_mode))) {
		fd = fd >= 0 ? dup(fd) : open(path, O_WRONLY | O_CLOEXEC);
		error = fd == -1 ? errno : write_all(fd, text);
	} else
		error = replace(arena, target(arena, path), exists ? st.st_mode & 07777 : usual_mode(), text);
	return error == 0 ? STATUS_CLEAN : cli_trouble("cannot write %s: %s", path, strerror(error));
}
