/*
 * Checks a migration from inside a program, here one that is about to run it.
 *
 *     cc embed.c -ldbopt_migrate -lpg_query -lyaml -lexpat -ljansson -lmd -pthread
 */
#include <dbopt_migrate.h>
#include <stdio.h>

static const char schema[] = "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n";
static const char migration[] = "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n";

static void
print(const struct dbm_diag *d)
{
	printf("%s:%u:%u: %s%s [%s]\n", dbm_diag_file(d), dbm_diag_line(d), dbm_diag_column(d),
		dbm_diag_possible(d) ? "perhaps: " : "", dbm_diag_message(d), dbm_diag_rule(d));
	if (*dbm_diag_safe(d))
		printf("instead:\n%s\n", dbm_diag_safe(d));
}

int
main(void)
{
	struct dbm_checker *c = dbm_checker_new();
	bool dangerous = false;

	if (!c || dbm_set_config(c, "pg_version: 16\n") || dbm_add_context(c, "schema.sql", schema) ||
		dbm_add_file(c, "migration.sql", migration) || dbm_check(c)) {
		fprintf(stderr, "cannot check: %s\n", c ? dbm_error(c) : "out of memory");
		dbm_checker_free(c);
		return 2;
	}
	for (size_t i = 0; i < dbm_count(c); i++) {
		print(dbm_diag(c, i));
		dangerous |= dbm_diag_severity(dbm_diag(c, i)) == DBM_ERROR;
	}
	dbm_checker_free(c);
	return dangerous;
}
