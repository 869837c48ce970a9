#include <string.h>

#include "op/op.h"

/*
 * What only a superuser may do, whatever else a role was granted; tried on 15, 17 and 18 by the owner of the database. Rights that can be granted one by one
 * (CREATEROLE, a predefined role, SET ON PARAMETER) are a superuser's to give, too.
 */

static const struct {
	const char *kind;
	const char *field;              /* NULL: the statement itself */
	const char *value;              /* of that field, in words */
	const char *words;
} reserved[] = {
	{ "alter_system", NULL, NULL, "ALTER SYSTEM" },
	{ "copy", "outside", "file", "COPY of a file on the server" },
	{ "copy", "outside", "program", "COPY of a PROGRAM on the server" },
	{ "create_access_method", NULL, NULL, "CREATE ACCESS METHOD" },
	{ "create_base_type", NULL, NULL, "CREATE TYPE of a base type" },
	{ "create_event_trigger", NULL, NULL, "CREATE EVENT TRIGGER" },
	{ "create_foreign_data_wrapper", NULL, NULL, "CREATE FOREIGN DATA WRAPPER" },
	{ "create_function", "language", "c", "a function in C" },
	{ "create_function", "language", "internal", "a function in language internal" },
	{ "create_function", "language", "plperlu", "a function in an untrusted language" },
	{ "create_function", "language", "plpython3u", "a function in an untrusted language" },
	{ "create_function", "language", "pltclu", "a function in an untrusted language" },
	{ "create_operator_class", NULL, NULL, "CREATE OPERATOR CLASS" },
	{ "create_operator_family", NULL, NULL, "CREATE OPERATOR FAMILY" },
	{ "create_publication", "all_tables", "true", "CREATE PUBLICATION FOR ALL TABLES" },
	{ "create_publication", "has_schemas", "true", "CREATE PUBLICATION FOR TABLES IN SCHEMA" },
	{ "create_role", "is_superuser", "true", "CREATE ROLE SUPERUSER" },
};

/* pg_available_extension_versions of 15 and 18: superuser and not trusted; and the untrusted languages. */
static const char untrusted[] = "adminpack amcheck autoinc bloom dblink dict_xsyn earthdistance file_fdw insert_username intagg moddatetime "
    "old_snapshot pageinspect pg_buffercache pg_freespacemap pg_logicalinspect pg_prewarm pg_stat_statements pg_surgery pg_visibility "
    "pg_walinspect pgrowlocks pgstattuple plperlu plpython3u pltclu postgres_fdw refint sslinfo xml2";

static bool
is_in(struct str words, struct str name)
{
	struct str word;

	while (str_cut(&words, ' ', &word))
		if (str_eq(word, name))
			return true;
	return false;
}

static struct str
field_words(const struct facts *f, const char *name)
{
	const struct field *field = field_find(f->op->kind, str_of(name));
	struct value v = field == NULL ? value_absent() : field->get(f);

	return v.state == VALUE_KNOWN ? value_words(f->arena, v) : STR_NONE;
}

struct str
op_needs_superuser(const struct facts *f)
{
	const char *kind = f->op->kind->name;

	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (strcmp(reserved[i].kind, kind) == 0 &&
		    (reserved[i].field == NULL || str_is_nocase(field_words(f, reserved[i].field), reserved[i].value)))
			return str_of(reserved[i].words);
	if (strcmp(kind, "create_extension") == 0 && is_in(str_of(untrusted), field_words(f, "object_name")))
		return str_printf(f->arena, "extension %.*s, which is not trusted,", STR_ARG(field_words(f, "object_name")));
	return STR_NONE;
}
