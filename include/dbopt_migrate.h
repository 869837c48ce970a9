#ifndef DBOPT_MIGRATE_H
#define DBOPT_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Checks PostgreSQL migrations that are in memory.
 *
 *     struct dbm_checker *c = dbm_checker_new();
 *     dbm_add_file(c, "1.sql", "CREATE TABLE t (a int);");
 *     dbm_add_file(c, "2.sql", "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
 *     if (dbm_check(c) == DBM_OK)
 *             for (size_t i = 0; i < dbm_count(c); i++)
 *                     puts(dbm_diag_message(dbm_diag(c, i)));
 *     dbm_checker_free(c);
 *
 * A checker is used by one thread at a time; checkers share nothing. All text is UTF-8 and ends in NUL. What is given
 * is copied; what is returned is never NULL unless said, and lives until dbm_checker_free().
 */
struct dbm_checker;
struct dbm_diag;

enum dbm_status {
	DBM_OK = 0,
	DBM_EINVAL = -1,                /* what was given is wrong: dbm_error() says how */
	DBM_ENOMEM = -2                 /* the checker can only be freed now */
};

enum dbm_severity { DBM_INFO = 1, DBM_WARNING, DBM_ERROR };

/* NULL: out of memory. */
struct dbm_checker *dbm_checker_new(void);
/* NULL is allowed. */
void dbm_checker_free(struct dbm_checker *);

/*
 * The text of a .dbopt-migrate.yaml; it takes the place of an earlier one. Paths in it are relative to the working
 * directory. DBM_EINVAL: the earlier one stays in force.
 */
enum dbm_status dbm_set_config(struct dbm_checker *, const char *yaml);
/* A migration, to be run after those added before it. name: what diagnostics call it; it is not opened. */
enum dbm_status dbm_add_file(struct dbm_checker *, const char *name, const char *sql);
/* The same, but nothing in it is reported: it only says what the schema is. */
enum dbm_status dbm_add_context(struct dbm_checker *, const char *name, const char *sql);
/* Runs all that was added, from the first on. Finding something is DBM_OK. */
enum dbm_status dbm_check(struct dbm_checker *);

/* What the last dbm_check() found, sorted by file name and place. */
size_t dbm_count(const struct dbm_checker *);
/* i must be less than dbm_count(). */
const struct dbm_diag *dbm_diag(const struct dbm_checker *, size_t i);

const char *dbm_diag_rule(const struct dbm_diag *);     /* "set-not-null-scan" */
enum dbm_severity dbm_diag_severity(const struct dbm_diag *);
/* It depends on something the files do not say. */
bool dbm_diag_possible(const struct dbm_diag *);
/* Part of a file could not be checked; the message says why. */
bool dbm_diag_unchecked(const struct dbm_diag *);
const char *dbm_diag_message(const struct dbm_diag *);
const char *dbm_diag_why(const struct dbm_diag *);      /* may be empty */
const char *dbm_diag_safe(const struct dbm_diag *);     /* the SQL to write instead; may be empty */
const char *dbm_diag_file(const struct dbm_diag *);     /* the name of dbm_add_file(); empty: about none */
/* From 1, columns in characters, the end exclusive; 0: about the whole file. */
unsigned dbm_diag_line(const struct dbm_diag *);
unsigned dbm_diag_column(const struct dbm_diag *);
unsigned dbm_diag_end_line(const struct dbm_diag *);
unsigned dbm_diag_end_column(const struct dbm_diag *);

/* Why the last call returned something else than DBM_OK: one sentence; empty when it did not. */
const char *dbm_error(const struct dbm_checker *);
const char *dbm_version(void);                          /* "0.1.0" */

#endif
