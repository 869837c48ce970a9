#include "dbopt_migrate.h"

#include <setjmp.h>
#include <stdlib.h>

#include "base/err.h"
#include "check/check.h"
#include "cli/cli.h"
#include "sql/parse.h"

struct dbm_diag {
	enum dbm_severity severity;
	bool possible, unchecked;
	const char *rule, *message, *why, *safe, *file;
	struct position from, to;
};

struct dbm_checker {
	struct arena arena;
	jmp_buf edge;
	struct config config;
	VEC(struct migration) migrations;
	VEC(bool) reported;
	struct dbm_diag *diags;
	size_t ndiags;
	const char *error;
	bool dead;                      /* out of memory: half done */
};

struct call {
	const char *name, *text;
	bool reported;
};

static void
out_of_memory(void *arg)
{
	struct dbm_checker *c = arg;

	longjmp(c->edge, 1);
}

/* The one way in for what allocates, and the only setjmp(). */
static enum dbm_status
enter(struct dbm_checker *c, enum dbm_status (*step)(struct dbm_checker *, const struct call *), const struct call *call)
{
	if (c->dead || setjmp(c->edge) != 0) {
		if (!c->dead)
			sql_parse_abandon();
		c->dead = true;
		c->ndiags = 0;
		c->error = "out of memory";
		return DBM_ENOMEM;
	}
	c->error = "";
	return step(c, call);
}

/* The error is the first of the diagnostics, in full only with its place. */
static enum dbm_status
refuse(struct dbm_checker *c, const struct diags *diags)
{
	const struct diag *d = diags->list.items[0];
	struct place at = diag_place(d);
	struct str text = d->message;

	if (place_shown(at)) {
		struct position p = source_position(at.source, at.span.off);
		text = str_printf(&c->arena, "%u:%u: %.*s", p.line, p.column, STR_ARG(d->message));
	}
	c->error = str_c(&c->arena, text);
	return DBM_EINVAL;
}

static struct rules *
load_rules(struct dbm_checker *c, const struct config *config, struct diags *diags)
{
	struct rules *rules = rules_new(&c->arena);

	rules_load_builtin(rules);
	for (size_t i = 0; i < config->rules_dirs.n; i++)
		rules_load_dir(rules, config->rules_dirs.items[i], diags);
	config_apply_rules(config, rules, diags);
	rules_ready(rules);
	return rules;
}

static enum dbm_status
set_config(struct dbm_checker *c, const struct call *call)
{
	struct diags diags = { .arena = &c->arena };
	struct str text = str_copy(&c->arena, str_of(call->text));
	struct config config;

	config_init(&config);
	config_parse(&c->arena, &config, source_new(&c->arena, STR("configuration"), text), &diags);
	if (diags.list.n == 0)
		load_rules(c, &config, &diags);
	if (diags.list.n > 0)
		return refuse(c, &diags);
	c->config = config;
	return DBM_OK;
}

static enum dbm_status
add_file(struct dbm_checker *c, const struct call *call)
{
	struct str name = str_copy(&c->arena, str_of(call->name)), text = str_of(call->text);
	struct migration m = { .version = name, .name = name };

	if (text.n >= UINT32_MAX) {
		c->error = "a file must be smaller than 4 GiB";
		return DBM_EINVAL;
	}
	m.up.source = source_new(&c->arena, name, str_copy(&c->arena, text));
	m.up.span = span_of(0, text.n);
	m.up.tx = c->config.transaction;
	*vec_push(&c->arena, &c->migrations) = m;
	*vec_push(&c->arena, &c->reported) = call->reported;
	return DBM_OK;
}

static const char *
text_of(struct dbm_checker *c, struct str s)
{
	return str_c(&c->arena, s);
}

static struct dbm_diag
exported(struct dbm_checker *c, const struct diag *d)
{
	struct place at = diag_place(d);
	struct dbm_diag out = { .severity = (enum dbm_severity)d->severity,
		.possible = d->possible,
		.unchecked = d->unchecked,
		.rule = text_of(c, d->rule),
		.message = text_of(c, d->message),
		.why = text_of(c, d->why),
		.safe = text_of(c, d->safe),
		.file = text_of(c, at.source ? at.source->path : STR("")) };

	if (place_shown(at)) {
		out.from = source_position(at.source, at.span.off);
		out.to = source_position(at.source, at.span.off + at.span.len);
	}
	return out;
}

static void
take_history(struct dbm_checker *c, struct history *h)
{
	*h = (struct history){ .root = STR(""), .config = &c->config };
	for (size_t i = 0; i < c->migrations.n; i++) {
		*vec_push(&c->arena, &h->migrations) = c->migrations.items[i];
		*vec_push(&c->arena, &h->reported) = c->reported.items[i];
	}
}

static enum dbm_status
check(struct dbm_checker *c, const struct call *call)
{
	struct diags diags = { .arena = &c->arena };
	struct history history, *list = &history;
	struct run run = { .arena = &c->arena, .config = &c->config, .diags = &diags };

	(void)call;
	c->ndiags = 0;
	run.rules = load_rules(c, &c->config, &diags);
	if (diags.list.n > 0)
		return refuse(c, &diags);
	take_history(c, &history);
	check_histories(&run, &list, 1);
	c->diags = NEW_ARRAY(&c->arena, struct dbm_diag, diags.list.n);
	for (size_t i = 0; i < diags.list.n; i++)
		c->diags[i] = exported(c, diags.list.items[i]);
	c->ndiags = diags.list.n;
	return DBM_OK;
}

struct dbm_checker *
dbm_checker_new(void)
{
	struct dbm_checker *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	arena_init(&c->arena, out_of_memory, c);
	config_init(&c->config);
	c->error = "";
	return c;
}

void
dbm_checker_free(struct dbm_checker *c)
{
	if (!c)
		return;
	arena_free(&c->arena);
	free(c);
}

enum dbm_status
dbm_set_config(struct dbm_checker *c, const char *yaml)
{
	return enter(c, set_config, &(struct call){ .text = yaml });
}

enum dbm_status
dbm_add_file(struct dbm_checker *c, const char *name, const char *sql)
{
	return enter(c, add_file, &(struct call){ name, sql, true });
}

enum dbm_status
dbm_add_context(struct dbm_checker *c, const char *name, const char *sql)
{
	return enter(c, add_file, &(struct call){ name, sql, false });
}

enum dbm_status
dbm_check(struct dbm_checker *c)
{
	return enter(c, check, NULL);
}

size_t
dbm_count(const struct dbm_checker *c)
{
	return c->ndiags;
}

const struct dbm_diag *
dbm_diag(const struct dbm_checker *c, size_t i)
{
	return &c->diags[i];
}

const char *
dbm_diag_rule(const struct dbm_diag *d)
{
	return d->rule;
}

enum dbm_severity
dbm_diag_severity(const struct dbm_diag *d)
{
	return d->severity;
}

bool
dbm_diag_possible(const struct dbm_diag *d)
{
	return d->possible;
}

bool
dbm_diag_unchecked(const struct dbm_diag *d)
{
	return d->unchecked;
}

const char *
dbm_diag_message(const struct dbm_diag *d)
{
	return d->message;
}

const char *
dbm_diag_why(const struct dbm_diag *d)
{
	return d->why;
}

const char *
dbm_diag_safe(const struct dbm_diag *d)
{
	return d->safe;
}

const char *
dbm_diag_file(const struct dbm_diag *d)
{
	return d->file;
}

unsigned
dbm_diag_line(const struct dbm_diag *d)
{
	return d->from.line;
}

unsigned
dbm_diag_column(const struct dbm_diag *d)
{
	return d->from.column;
}

unsigned
dbm_diag_end_line(const struct dbm_diag *d)
{
	return d->to.line;
}

unsigned
dbm_diag_end_column(const struct dbm_diag *d)
{
	return d->to.column;
}

const char *
dbm_error(const struct dbm_checker *c)
{
	return c->error;
}

const char *
dbm_version(void)
{
	return cli_version();
}
