#include "compare.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/schema.h"

static void
die(const char *what, const char *detail)
{
	printf("Bail out! %s: %s\n", what, detail);
	exit(1);
}

const char *
compare_query(struct arena *arena)
{
	FILE *f = fopen("tests/oracle/schema.sql", "r");
	struct buf b = BUF(arena);
	char piece[4096];
	size_t n;

	if (!f)
		die("tests/oracle/schema.sql", "cannot be read; is this the top directory?");
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_bytes(&b, piece, n);
	fclose(f);
	return str_c(arena, buf_text(&b));
}

/* ---- a document as lines of path and value ---- */

static void flatten(struct arena *, struct map *, struct str path, const json_t *);

static struct str
member(const json_t *o, const char *key)
{
	return str_of(json_string_value(json_object_get(o, key)));
}

/* What tells the elements of a list apart; STR_NONE: only their place. */
static struct str
key_of(struct arena *arena, const json_t *e)
{
	struct str schema = member(e, "schema"), table = member(e, "table"), name = member(e, "name");
	struct str arguments = member(e, "arguments");
	struct buf b = BUF(arena);

	if (name.s == NULL)
		return STR_NONE;
	if (schema.s != NULL)
		buf_printf(&b, "%.*s.", STR_ARG(schema));
	if (table.s != NULL)
		buf_printf(&b, "%.*s.", STR_ARG(table));
	buf_str(&b, name);
	if (arguments.s != NULL)
		buf_printf(&b, "(%.*s)", STR_ARG(arguments));
	return buf_text(&b);
}

/* null is as good as not there */
static void
put(struct arena *arena, struct map *lines, struct str path, const json_t *value)
{
	char *text = json_is_null(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY | JSON_SORT_KEYS);
	struct str *kept = NEW(arena, struct str);

	if (text == NULL)
		return;
	*kept = str_copy(arena, str_of(text));
	free(text);
	*map_at(lines, path) = kept;
}

static void
flatten_list(struct arena *arena, struct map *lines, struct str path, const json_t *list)
{
	json_t *order = json_array();
	const json_t *e;
	size_t i;

	json_array_foreach(list, i, e) {
		struct str key = key_of(arena, e);
		if (key.s == NULL)
			json_array_append(order, (json_t *)(uintptr_t)e);
		else
			flatten(arena, lines, str_printf(arena, "%.*s[%.*s]", STR_ARG(path), STR_ARG(key)), e);
		if (key.s != NULL && str_ends(path, ".columns"))
			json_array_append_new(order, json_stringn(key.s, key.n));
	}
	if (json_array_size(order) > 0)
		put(arena, lines, path, order);
	json_decref(order);
}

static void
flatten(struct arena *arena, struct map *lines, struct str path, const json_t *value)
{
	const char *key;
	json_t *e;

	if (json_is_array(value)) {
		flatten_list(arena, lines, path, value);
	} else if (json_is_object(value)) {
		json_object_foreach((json_t *)(uintptr_t)value, key, e)
			flatten(arena, lines, path.n == 0 ? str_copy(arena, str_of(key)) : str_printf(arena, "%.*s.%s", STR_ARG(path), key), e);
	} else {
		put(arena, lines, path, value);
	}
}

static struct map
lines_of(struct arena *arena, const char *text)
{
	struct map lines = MAP(arena);
	json_error_t error;
	json_t *root = json_loads(text, 0, &error);

	if (!root)
		die("no JSON", error.text);
	flatten(arena, &lines, STR(""), root);
	json_decref(root);
	return lines;
}

/* ---- comparing ---- */

/* Texts that the shadow has as the author wrote them: only whether there is one can be compared directly. */
static bool
is_text(struct str path)
{
	static const char *const ends[] = { "].definition", "].default", "].predicate", "].using", "].check", ".partition_bound",
		".partition_key", "].part" };

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (str_ends(path, ends[i]))
			return true;
	return false;
}

/* What stands in the script, but not in the document. */
static bool
is_in_script_only(struct str path)
{
	return str_ends(path, "].settings") || str_ends(path, "].identity_sequence");
}

/* Definitions that the shadow says it does not know, by path. */
static struct map
unknown_texts(struct arena *arena, const struct catalog *c)
{
	struct map unknown = MAP(arena);

	for (size_t i = 0; i < c->all.n; i++) {
		const struct relation *r = c->all.items[i];
		struct str path = str_printf(arena, "relations[%.*s.%.*s]", STR_ARG(r->schema), STR_ARG(r->name));
		for (size_t j = 0; !r->dropped && j < r->constraints.n; j++) {
			const struct constraint *k = r->constraints.items[j];
			if (k->respelled || (k->index != NULL && k->index->index->respelled))
				*map_at(&unknown, str_printf(arena, "%.*s.constraints[%.*s].definition", STR_ARG(path), STR_ARG(k->name))) = &unknown;
		}
		for (size_t j = 0; !r->dropped && j < r->indexes.n; j++) {
			struct str name = r->indexes.items[j]->name;
			if (!r->indexes.items[j]->index->respelled)
				continue;
			*map_at(&unknown, str_printf(arena, "%.*s.indexes[%.*s].definition", STR_ARG(path), STR_ARG(name))) = &unknown;
			*map_at(&unknown, str_printf(arena, "%.*s.indexes[%.*s].predicate", STR_ARG(path), STR_ARG(name))) = &unknown;
		}
	}
	return unknown;
}

static bool
same(struct str path, const struct str *a, const struct str *b, bool exact)
{
	if (!a || !b)
		return a == b;
	return (!exact && is_text(path)) || str_eq(*a, *b);
}

/* unknown: paths of texts that are not the server's; NULL: none are. */
static void
compare_lines(struct arena *arena, const struct map *server, const struct map *shadow, const struct map *unknown, struct mismatches *list)
{
	bool round_trip = unknown != NULL;

	for (size_t i = 0; i < server->n; i++) {
		struct str path = server->entries[i].key;
		const struct str *a = server->entries[i].value, *b = map_get(shadow, path);
		if (!round_trip && is_in_script_only(path))
			continue;
		if (!same(path, a, b, round_trip && !map_has(unknown, path)))
			*vec_push(arena, list) = (struct mismatch){ path, *a, b ? *b : STR_NONE, round_trip };
	}
	for (size_t i = 0; i < shadow->n; i++)
		if (!map_has(server, shadow->entries[i].key))
			*vec_push(arena, list) = (struct mismatch){ shadow->entries[i].key, STR_NONE,
				*(const struct str *)shadow->entries[i].value, round_trip };
}

/* Planning takes longer than the query, so it is prepared: once for each session, and after DISCARD ALL. */
static PGresult *
run_prepared(PGconn *c, const char *query)
{
	PGresult *known = PQexec(c, "SELECT FROM pg_prepared_statements WHERE name = 'schema'"), *r;
	bool prepared = PQntuples(known) > 0;

	PQclear(known);
	if (!prepared) {
		r = PQprepare(c, "schema", query, 0, NULL);
		if (PQresultStatus(r) != PGRES_COMMAND_OK)
			return r;
		PQclear(r);
	}
	return PQexecPrepared(c, "schema", 0, NULL, NULL, NULL, 0);
}

struct map
compare_read(struct arena *arena, PGconn *c, const char *query)
{
	PGresult *r = run_prepared(c, query);
	struct map lines;

	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		die("schema.sql", PQerrorMessage(c));
	lines = lines_of(arena, PQgetvalue(r, 0, 0));
	PQclear(r);
	return lines;
}

void
compare_read_maps(struct arena *arena, const struct map *server, const struct map *shadow, struct mismatches *list)
{
	struct map none = MAP(arena);

	compare_lines(arena, server, shadow, &none, list);
}

/* Each statement that the query gives, in a transaction of its own. */
static void
run_given(PGconn *c, const char *query)
{
	PGresult *given = PQexec(c, query), *r;

	if (PQresultStatus(given) != PGRES_TUPLES_OK)
		die(query, PQerrorMessage(c));
	for (int i = 0; i < PQntuples(given); i++) {
		r = PQexec(c, PQgetvalue(given, i, 0));
		if (PQresultStatus(r) != PGRES_COMMAND_OK)
			die(PQgetvalue(given, i, 0), PQerrorMessage(c));
		PQclear(r);
	}
	PQclear(given);
}

/* Those of a schema go with it. */
static void
reset_default_privileges(PGconn *c)
{
	run_given(c, "SELECT DISTINCT format('ALTER DEFAULT PRIVILEGES FOR ROLE %s REVOKE ALL ON %s FROM %s', defaclrole::regrole, "
		"CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' "
		"WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END) "
		"FROM pg_default_acl, aclexplode(defaclacl) WHERE grantee <> defaclrole AND (grantee <> 0 OR defaclobjtype NOT IN ('f', 'T'))");
	run_given(c, "SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT ALL ON %s TO PUBLIC', defaclrole::regrole, "
		"CASE defaclobjtype WHEN 'f' THEN 'FUNCTIONS' ELSE 'TYPES' END) FROM pg_default_acl WHERE defaclobjtype IN ('f', 'T')");
}

void
compare_empty(PGconn *c)
{
	PQclear(PQexec(c, "SET client_min_messages = error"));
	run_given(c, "SELECT format('DROP EVENT TRIGGER %I CASCADE', evtname) FROM pg_event_trigger");
	run_given(c, "SELECT format('DROP PUBLICATION %I', pubname) FROM pg_publication");
	run_given(c, "SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace WHERE nspname !~ '^pg_' "
		"AND nspname <> 'information_schema'");
	run_given(c, "SELECT format('DROP EXTENSION %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql'");
	run_given(c, "SELECT format('DROP FOREIGN DATA WRAPPER %I CASCADE', fdwname) FROM pg_foreign_data_wrapper");
	reset_default_privileges(c);
	run_given(c, "SELECT 'CREATE SCHEMA public'");
}

/* The statement of the script in which the server found the mistake. */
static struct str
statement_at(struct arena *arena, struct str script, const PGresult *r)
{
	const char *position = PQresultErrorField(r, PG_DIAG_STATEMENT_POSITION);
	size_t at = position ? (size_t)atol(position) : 0, from = at < script.n ? at : script.n, to = from;

	while (from > 0 && script.s[from - 1] != '\n')
		from--;
	while (to < script.n && script.s[to] != '\n')
		to++;
	return at == 0 ? STR_NONE : str_copy(arena, str_slice(script, from, to));
}

static bool
make_copy(const struct comparison_at *at, const struct catalog *c, struct mismatches *list)
{
	struct buf script = BUF(at->arena);
	PGresult *r;
	bool made;

	compare_empty(at->copy);
	schema_sql(&script, c, at->version);
	buf_char(&script, '\0');
	r = PQexec(at->copy, script.s);
	made = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
	if (!made)
		*vec_push(at->arena, list) = (struct mismatch){ STR("script"),
			str_copy(at->arena, str_of(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY))), statement_at(at->arena, buf_text(&script), r), true };
	PQclear(r);
	PQclear(PQexec(at->copy, "RESET ALL"));
	return made;
}

void
compare_catalog(const struct comparison_at *at, const struct catalog *c, struct mismatches *list)
{
	struct map server = compare_read(at->arena, at->server, at->query), unknown = unknown_texts(at->arena, c), other;
	struct buf json = BUF(at->arena);

	schema_json(&json, c, at->version);
	buf_char(&json, '\0');
	other = lines_of(at->arena, json.s);
	compare_lines(at->arena, &server, &other, NULL, list);
	if (at->copy && make_copy(at, c, list)) {
		other = compare_read(at->arena, at->copy, at->query);
		compare_lines(at->arena, &server, &other, &unknown, list);
	}
}
