/*
 * A whole check through the public interface in which one thing fails: the n-th allocation of ours, the n-th of
 * libpg_query, the n-th step of libyaml, the n-th read. It must end in an error that says so, and a check after it, on
 * the same thread, must find what it always finds. Sanitizers see to it that nothing is lost or touched again.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <pg_query.h>
#include <yaml.h>

#include "dbopt_migrate.h"

enum fault { OURS, PARSER, YAML, READ, READ_LITTLE, FAULTS };

static const char *const names[] = { "an allocation", "an allocation of libpg_query", "libyaml", "a read", "no read, each gets a byte" };

/* Counts calls of each kind; the one numbered fail fails, and with from_then every later one. */
static struct {
	enum fault kind;
	unsigned long seen[FAULTS], fail;
	int from_then;
} now;

static int
fails(enum fault kind)
{
	now.seen[kind]++;
	if (kind != now.kind || now.fail == 0)
		return 0;
	return now.from_then ? now.seen[kind] >= now.fail : now.seen[kind] == now.fail;
}

void *__real_calloc(size_t, size_t);
void *__real_malloc(size_t);
void *__real_realloc(void *, size_t);
ssize_t __real_read(int, void *, size_t);
int __real_yaml_parser_parse(yaml_parser_t *, yaml_event_t *);
void *__wrap_calloc(size_t, size_t);
void *__wrap_malloc(size_t);
void *__wrap_realloc(void *, size_t);
ssize_t __wrap_read(int, void *, size_t);
int __wrap_yaml_parser_parse(yaml_parser_t *, yaml_event_t *);

/* Only our own code, the arena and api.c, calls calloc(); libpg_query calls the others, and nothing of ours does. */
void *
__wrap_calloc(size_t n, size_t size)
{
	return fails(OURS) ? NULL : __real_calloc(n, size);
}

/* libpg_query uses the PgQueryError that it allocates without a look at it: no caller can help that. */
void *
__wrap_malloc(size_t size)
{
	return size != sizeof(PgQueryError) && fails(PARSER) ? NULL : __real_malloc(size);
}

void *
__wrap_realloc(void *p, size_t size)
{
	return fails(PARSER) ? NULL : __real_realloc(p, size);
}

ssize_t
__wrap_read(int fd, void *p, size_t n)
{
	if (now.kind == READ_LITTLE && now.fail != 0)
		return __real_read(fd, p, n > 0 ? 1 : 0);
	if (!fails(READ))
		return __real_read(fd, p, n);
	errno = EIO;
	return -1;
}

int
__wrap_yaml_parser_parse(yaml_parser_t *parser, yaml_event_t *event)
{
	if (!fails(YAML))
		return __real_yaml_parser_parse(parser, event);
	parser->error = YAML_MEMORY_ERROR;
	memset(event, 0, sizeof *event);
	return 0;
}

static const char context[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
    "CREATE TABLE r (id int PRIMARY KEY);\n"
    "CREATE TABLE t (id serial PRIMARY KEY, a int REFERENCES r, b text DEFAULT lower('X'), m mood);\n"
    "CREATE VIEW v AS SELECT id, a FROM t;\n"
    "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d);\n";
static const char changes[] =
    "-- dbopt-migrate: allow no-such-rule because it is a test\n"
    "ALTER TABLE t ALTER COLUMN a SET NOT NULL, ADD COLUMN u uuid DEFAULT gen_random_uuid();\n"
    "ALTER TABL t broken;\n"
    "SELECT 'unterminated;\n"
    "CREATE INDEX ON t (b) WHERE a > 1 AND lower(b) <> '';\n"
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END;\n"
    "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL AND b IN ('x', 'y')), ALTER COLUMN b TYPE varchar(10);\n"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');\n"
    "ALTER TABLE t RENAME COLUMN a TO z; DROP TABLE r CASCADE; ROLLBACK;\n"
    "'";
static const char config[] = "pg_version: 16\nsession: { lock_timeout: 1s }\n";
static const char config_with_rules[] = "rules_dirs: [build/tests/fault-rules]\n";

/* A statement that the parser cannot read in the memory that it keeps from one to the next. */
static const char *
large(void)
{
	static char text[40000];
	size_t n = (size_t)snprintf(text, sizeof text, "ALTER TABLE t ADD CHECK (a IN (0");

	for (int i = 1; i < 3000; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, ", %d", i);
	snprintf(text + n, sizeof text - n, "));");
	return text;
}

/* The first status that is not DBM_OK. `sum` tells what was found. */
static enum dbm_status
steps(struct dbm_checker *c, const char *yaml, unsigned long *sum)
{
	enum dbm_status status;

	if ((status = dbm_set_config(c, yaml)) != DBM_OK || (status = dbm_add_context(c, "1.sql", context)) != DBM_OK ||
	    (status = dbm_add_file(c, "2.sql", changes)) != DBM_OK ||
	    (status = dbm_add_file(c, "3.sql", large())) != DBM_OK || (status = dbm_check(c)) != DBM_OK)
		return status;
	*sum = dbm_count(c);
	for (size_t i = 0; i < dbm_count(c); i++) {
		const char *texts[] = { dbm_diag_rule(dbm_diag(c, i)), dbm_diag_message(dbm_diag(c, i)), dbm_diag_safe(dbm_diag(c, i)) };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			for (const char *s = texts[k]; *s != '\0'; s++)
				*sum = *sum * 31 + (unsigned char)*s;
	}
	return DBM_OK;
}

static const char *yaml_text = config;
static char error[300];

static enum dbm_status
check_with(enum fault kind, unsigned long fail, int from_then, unsigned long *sum)
{
	struct dbm_checker *c;
	enum dbm_status status = DBM_ENOMEM;

	memset(&now, 0, sizeof now);
	now.kind = kind;
	now.fail = fail;
	now.from_then = from_then;
	strcpy(error, "out of memory");
	if ((c = dbm_checker_new()) != NULL) {
		status = steps(c, yaml_text, sum);
		snprintf(error, sizeof error, "%s", dbm_error(c));
	}
	dbm_checker_free(c);
	now.fail = 0;
	return status;
}

static unsigned long expected;

/* What is wrong with a check in which that failed, or NULL. */
static const char *
verdict(enum fault kind, unsigned long fail, int from_then)
{
	unsigned long sum = 0;
	enum dbm_status status = check_with(kind, fail, from_then, &sum);

	if (status == DBM_OK)
		return sum == expected ? NULL : "found something else";
	if (status != (kind == READ ? DBM_EINVAL : DBM_ENOMEM))
		return "the wrong status";
	if (strstr(error, kind == READ ? "cannot read" : "out of memory") == NULL)
		return error;
	sum = 0;
	if (check_with(kind, 0, 0, &sum) != DBM_OK || sum != expected)
		return "the next check found something else";
	return NULL;
}

static int failed, number;

static void
result(int ok, const char *what, const char *why, unsigned long n)
{
	failed |= !ok;
	printf("%sok %d - one check, what fails is %s\n", ok ? "" : "not ", ++number, what);
	if (!ok)
		printf("# %s when number %lu fails\n", why, n);
	fflush(stdout);
}

/* Every step-th from first up to end, each alone and as the first of many. */
static int
sample(enum fault kind, unsigned long first, unsigned long end, unsigned long samples)
{
	unsigned long step = end - first > samples ? (end - first) / samples : 1;

	for (unsigned long n = first; n <= end; n += step)
		for (int from_then = 0; from_then < 2; from_then++) {
			const char *why = verdict(kind, n, from_then);
			if (why != NULL) {
				result(0, names[kind], why, n);
				return 0;
			}
		}
	return 1;
}

/* Most of the allocations read the rules, early; as many samples are taken of those that follow. */
static void
try_kind(enum fault kind, unsigned long samples)
{
	unsigned long count;

	if (check_with(kind, 0, 0, &expected) != DBM_OK) {
		result(0, names[kind], error, 0);
		return;
	}
	count = now.seen[kind];
	if (sample(kind, 1, count < 20 ? count : 20, 20) && sample(kind, 1, count, samples) &&
	    sample(kind, count - count / 20, count, samples))
		result(count > 0, names[kind], "nothing was counted", 0);
}

static int
write_rule(void)
{
	FILE *f;

	if (system("mkdir -p build/tests/fault-rules/mine") != 0 || (f = fopen("build/tests/fault-rules/mine/my-rule.yaml", "w")) == NULL)
		return 0;
	fputs("id: my-rule\ntitle: A view\nseverity: error\nop: create_index\nmessage: an index on {table}\n", f);
	return fclose(f) == 0;
}

int
main(int argc, char **argv)
{
	unsigned long samples = argc > 1 ? strtoul(argv[1], NULL, 10) : 60;

	puts("1..5");
	try_kind(OURS, samples);
	try_kind(PARSER, samples);
	try_kind(YAML, samples);
	yaml_text = config_with_rules;
	if (!write_rule())
		result(0, names[READ], "cannot write the rule", 0);
	else
		try_kind(READ, samples);
	if (check_with(READ, 0, 0, &expected) != DBM_OK)
		result(0, names[READ_LITTLE], error, 0);
	else
		result(verdict(READ_LITTLE, 1, 1) == NULL, names[READ_LITTLE], "found something else", 1);
	return failed;
}
