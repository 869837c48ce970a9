#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>

#include "sql/ident.h"

/* ---- dice ---- */

void
dice_seed(struct dice *d, uint64_t seed)
{
	d->state = seed * 0x9e3779b97f4a7c15u + 0x1234567u;
	for (int i = 0; i < 8; i++)
		(void)dice_roll(d, 2);
}

/* xorshift64* */
unsigned
dice_roll(struct dice *d, unsigned n)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return n == 0 ? 0 : (unsigned)((d->state * 0x2545f4914f6cdd1du) >> 33) % n;
}

/* ---- what there is ---- */

/* kind, schema, name, part, extra; names of schemas are the only ones with an empty name */
static const char look[] =
	"WITH n AS (SELECT oid, nspname::text FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'), "
	"c AS (SELECT c.oid, relkind, relispartition, nspname, relname::text FROM pg_class c JOIN n ON n.oid = relnamespace "
	"      WHERE relkind IN ('r', 'p', 'v', 'm', 'S')) "
	"SELECT 'n', nspname, '', '', '' FROM n "
	"UNION ALL SELECT relkind::text, nspname, relname, CASE WHEN relispartition THEN 'partition' ELSE '' END, "
	"  CASE WHEN relkind = 'S' AND EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND deptype IN ('a', 'i')) THEN 'owned' "
	"  WHEN EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid) THEN 'child' ELSE '' END FROM c "
	"UNION ALL SELECT CASE WHEN relkind IN ('r', 'p') THEN 'c' ELSE 'w' END, nspname, relname, attname::text, format_type(atttypid, atttypmod) "
	"  FROM c JOIN pg_attribute ON attrelid = c.oid WHERE attnum > 0 AND NOT attisdropped AND relkind <> 'S' "
	"UNION ALL SELECT 'k', nspname, relname, conname::text, contype::text FROM c JOIN pg_constraint ON conrelid = c.oid WHERE contype <> 'n' "
	"UNION ALL SELECT CASE WHEN EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x')) THEN 'j' ELSE 'i' END, "
	"  n.nspname, x.relname::text, c.relname, CASE WHEN indisunique THEN 'unique' ELSE '' END "
	"  FROM pg_index JOIN pg_class x ON x.oid = indexrelid JOIN c ON c.oid = indrelid JOIN n ON n.oid = x.relnamespace "
	"UNION ALL SELECT typtype::text, nspname, typname::text, '', '' FROM pg_type t JOIN n ON n.oid = typnamespace WHERE typtype IN ('e', 'd') "
	"UNION ALL SELECT 'R', nspname, typname::text, '', '' FROM pg_type t JOIN n ON n.oid = typnamespace WHERE typtype = 'r' "
	"UNION ALL SELECT 'o', nspname, relname::text, '', '' FROM pg_class JOIN n ON n.oid = relnamespace WHERE relkind = 'c' "
	"UNION ALL SELECT 'l', nspname, typname::text, enumlabel::text, '' FROM pg_enum JOIN pg_type t ON t.oid = enumtypid JOIN n ON n.oid = typnamespace "
	"UNION ALL SELECT 'q', nspname, typname::text, conname::text, '' FROM pg_constraint k JOIN pg_type t ON t.oid = contypid JOIN n ON n.oid = typnamespace WHERE contype = 'c' "
	"UNION ALL SELECT CASE WHEN prorettype = 'trigger'::regtype THEN 'g' ELSE 'h' END, nspname, proname::text, "
	"  pg_get_function_identity_arguments(p.oid), CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END FROM pg_proc p JOIN n ON n.oid = pronamespace "
	"  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND deptype = 'i') "
	"UNION ALL SELECT 't', nspname, relname, tgname::text, '' FROM pg_trigger JOIN c ON c.oid = tgrelid WHERE NOT tgisinternal "
	"UNION ALL SELECT 'y', nspname, relname, polname::text, '' FROM pg_policy JOIN c ON c.oid = polrelid "
	"UNION ALL SELECT 'u', nspname, relname, rulename::text, '' FROM pg_rewrite JOIN c ON c.oid = ev_class WHERE rulename <> '_RETURN' "
	"UNION ALL SELECT 'b', '', pubname::text, '', '' FROM pg_publication "
	"UNION ALL SELECT 's', nspname, stxname::text, '', '' FROM pg_statistic_ext JOIN n ON n.oid = stxnamespace "
	"ORDER BY 1, 2, 3, 4, 5";

void
grammar_look(struct arena *arena, PGconn *c, struct things *all)
{
	PGresult *r = PQexec(c, look);

	if (PQresultStatus(r) != PGRES_TUPLES_OK) {
		printf("Bail out! %s\n", PQerrorMessage(c));
		exit(1);
	}
	*all = (struct things){ 0 };
	for (int i = 0; i < PQntuples(r); i++) {
		struct thing t = { .kind = PQgetvalue(r, i, 0)[0] };
		t.schema = str_copy(arena, str_of(PQgetvalue(r, i, 1)));
		t.name = str_copy(arena, str_of(PQgetvalue(r, i, 2)));
		t.part = str_copy(arena, str_of(PQgetvalue(r, i, 3)));
		t.extra = str_copy(arena, str_of(PQgetvalue(r, i, 4)));
		*vec_push(arena, all) = t;
	}
	PQclear(r);
}

/* ---- choosing ---- */

struct writer {
	struct arena *arena;
	struct dice *dice;
	const struct things *all;
	struct buf out;
};

static bool
one_in(struct writer *w, unsigned n)
{
	return dice_roll(w->dice, n) == 0;
}

static const char *
any_of(struct writer *w, const char *const *words, size_t n)
{
	return words[dice_roll(w->dice, (unsigned)n)];
}

#define ANY(w, ...) any_of((w), (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static bool
is_kind(const struct thing *t, const char *kinds)
{
	for (; *kinds; kinds++)
		if (t->kind == *kinds)
			return true;
	return false;
}

/* A thing of one of these kinds; of a table's parts only those of that table. NULL: there is none. */
static const struct thing *
pick_of(struct writer *w, const char *kinds, const struct thing *table)
{
	const struct thing *found = NULL;
	unsigned n = 0;

	for (size_t i = 0; i < w->all->n; i++) {
		const struct thing *t = &w->all->items[i];
		if (!is_kind(t, kinds) || (table != NULL && !(str_eq(t->schema, table->schema) && str_eq(t->name, table->name))))
			continue;
		if (one_in(w, ++n))
			found = t;
	}
	return found;
}

static const struct thing *
pick(struct writer *w, const char *kinds)
{
	return pick_of(w, kinds, NULL);
}

/* ---- names ---- */

static void
put(struct writer *w, const char *text)
{
	buf_c(&w->out, text);
}

static void
put_ident(struct writer *w, struct str name)
{
	sql_put_ident(&w->out, name);
}

static void
put_name(struct writer *w, const struct thing *t)
{
	if (!str_is(t->schema, "public") || one_in(w, 5)) {
		put_ident(w, t->schema);
		put(w, ".");
	}
	put_ident(w, t->name);
}

static struct str
new_name(struct writer *w)
{
	static const char *const words[] = { "users", "orders", "item", "Order", "user", "a b", "account_membership_invitations_by_external_identity_x",
		"z", "log", "état", "very_long_name_of_a_relation_that_is_cut_when_the_server_makes_x", "audit", "t1", "t2", "t3", "t4" };

	return str_of(any_of(w, words, sizeof words / sizeof words[0]));
}

static struct str
new_column(struct writer *w)
{
	static const char *const words[] = { "id", "a", "b", "c", "d", "name", "email", "Mixed", "select", "created_at",
		"identifier_of_the_external_system_that_sent_this_row", "x1", "x2", "x3", "x4", "x5" };

	return str_of(any_of(w, words, sizeof words / sizeof words[0]));
}

/* Sometimes a name that is taken, or not there. */
static void
put_new_name(struct writer *w)
{
	const struct thing *s = one_in(w, 4) ? pick(w, "n") : NULL;
	const struct thing *taken = one_in(w, 15) ? pick(w, "rpvmSi") : NULL;

	if (s != NULL) {
		put_ident(w, s->schema);
		put(w, ".");
	}
	put_ident(w, taken != NULL ? taken->name : new_name(w));
}

static void
put_relation(struct writer *w, const char *kinds)
{
	const struct thing *t = one_in(w, 25) ? NULL : pick(w, kinds);

	if (t == NULL)
		put(w, "nowhere");
	else
		put_name(w, t);
}

static void
put_column_of(struct writer *w, const struct thing *table)
{
	const struct thing *c = one_in(w, 30) ? NULL : pick_of(w, "cw", table);

	put_ident(w, c == NULL ? STR("nothing") : c->part);
}

static void
put_part_of(struct writer *w, const char *kinds, const struct thing *table)
{
	const struct thing *p = one_in(w, 30) ? NULL : pick_of(w, kinds, table);

	put_ident(w, p == NULL ? STR("none_such") : p->part);
}

/* ---- types and values ---- */

static void
put_type(struct writer *w)
{
	const struct thing *t = one_in(w, 5) ? pick(w, one_in(w, 3) ? "oR" : "ed") : NULL;

	if (t != NULL) {
		put_name(w, t);
		return;
	}
	put(w, ANY(w, "integer", "bigint", "smallint", "text", "varchar(20)", "varchar", "char(3)", "numeric", "numeric(10,2)", "boolean",
		"date", "timestamp", "timestamptz", "timestamptz(3)", "uuid", "jsonb", "integer[]", "text[]", "interval", "bytea", "real",
		"double precision", "time", "inet", "bit(4)", "int4", "pg_catalog.int8"));
}

static bool
has_prefix(const struct thing *c, const char *prefix)
{
	return str_starts(c->extra, prefix);
}

/* A value that fits the column. */
static void
put_value(struct writer *w, const struct thing *c)
{
	const struct thing *label = NULL;

	if (c == NULL || has_prefix(c, "integer") || has_prefix(c, "bigint") || has_prefix(c, "smallint") || has_prefix(c, "numeric"))
		put(w, ANY(w, "0", "1", "42", "-1", "(1 + 2)"));
	else if (has_prefix(c, "text") || has_prefix(c, "character"))
		put(w, ANY(w, "''", "'a'", "'it''s'", "lower('A')", "'x'::text"));
	else if (has_prefix(c, "boolean"))
		put(w, ANY(w, "true", "false", "NOT true"));
	else if (has_prefix(c, "timestamp") || has_prefix(c, "date"))
		put(w, ANY(w, "now()", "CURRENT_TIMESTAMP", "'2020-01-01'", "clock_timestamp()"));
	else if (has_prefix(c, "uuid"))
		put(w, "gen_random_uuid()");
	else if (has_prefix(c, "json"))
		put(w, ANY(w, "'{}'", "'[]'::jsonb"));
	else
		put(w, "NULL");
	(void)label;
}

static const char *
test_for(struct writer *w, const struct thing *c)
{
	if (has_prefix(c, "integer") || has_prefix(c, "bigint") || has_prefix(c, "smallint") || has_prefix(c, "numeric"))
		return ANY(w, " > 0", " IN (1, 2, 3)", " BETWEEN 1 AND 5", " <> 7", " IS NOT NULL");
	if (has_prefix(c, "text") || has_prefix(c, "character"))
		return ANY(w, " <> ''", " LIKE 'a%'", " IN ('a', 'b')", " IS NOT NULL", " ~ '^x'");
	if (has_prefix(c, "boolean"))
		return ANY(w, "", " IS TRUE", " = false");
	return ANY(w, " IS NOT NULL", " IS NULL");
}

static void
put_test(struct writer *w, const struct thing *table)
{
	const struct thing *c = pick_of(w, "cw", table);

	if (c == NULL) {
		put(w, "true");
		return;
	}
	put_ident(w, c->part);
	put(w, test_for(w, c));
	if (one_in(w, 4)) {
		put(w, " OR ");
		put_ident(w, c->part);
		put(w, " IS NULL");
	}
}

/* ---- tables ---- */

static void
put_actions(struct writer *w)
{
	if (one_in(w, 3))
		put(w, ANY(w, " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT ON UPDATE CASCADE", " ON UPDATE SET DEFAULT",
			" MATCH FULL ON DELETE NO ACTION"));
	if (one_in(w, 8))
		put(w, ANY(w, " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE"));
}

static void
put_constraint_name(struct writer *w)
{
	if (!one_in(w, 3))
		return;
	put(w, "CONSTRAINT ");
	put_ident(w, str_of(ANY(w, "k1", "k2", "k3", "K4", "users_pkey", "z_id_key", "very_long_name_of_a_constraint_that_is_cut_because_it_exceeds_63x")));
	put(w, " ");
}

static void
put_column_clauses(struct writer *w, const struct thing *column)
{
	const struct thing *other;

	if (one_in(w, 4)) {
		put(w, " DEFAULT ");
		put_value(w, column);
	}
	if (one_in(w, 3)) {
		put(w, " ");
		put(w, ANY(w, "NOT NULL", "NULL", "UNIQUE", "NOT NULL UNIQUE"));
	}
	if (one_in(w, 6)) {
		put(w, " ");
		put_constraint_name(w);
		put(w, "CHECK (");
		put_ident(w, column->part);
		put(w, test_for(w, column));
		put(w, ")");
	}
	other = one_in(w, 6) ? pick(w, "rp") : NULL;
	if (other != NULL) {
		put(w, " REFERENCES ");
		put_name(w, other);
		put_actions(w);
	}
}

/* Sets column to what is written. */
static void
put_new_column(struct writer *w, struct str name, struct thing *column)
{
	size_t from;

	put_ident(w, name);
	put(w, " ");
	from = w->out.n;
	column->part = name;
	if (one_in(w, 8)) {
		put(w, ANY(w, "serial", "bigserial", "smallserial", "integer GENERATED ALWAYS AS IDENTITY",
			"bigint GENERATED BY DEFAULT AS IDENTITY", "integer GENERATED BY DEFAULT AS IDENTITY (START WITH 10 INCREMENT BY 5)", "smallint GENERATED ALWAYS AS IDENTITY (MAXVALUE 99 CYCLE)",
			"bigint GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME own_seq INCREMENT BY -2)"));
		column->extra = STR("integer");
		return;
	}
	put_type(w);
	column->extra = str_copy(w->arena, str_slice(buf_text(&w->out), from, w->out.n));
	if (str_starts(column->extra, "varchar") || str_starts(column->extra, "char"))
		column->extra = STR("character");
	if (one_in(w, 12) && (has_prefix(column, "text") || has_prefix(column, "character")))
		put(w, " COLLATE \"C\"");
	put_column_clauses(w, column);
}

struct columns {
	struct thing list[8];
	size_t n;
};

static void
put_key_list(struct writer *w, const struct columns *columns)
{
	unsigned first = dice_roll(w->dice, (unsigned)columns->n), n = 1 + dice_roll(w->dice, 2);

	put(w, "(");
	for (unsigned i = 0; i < n && i < columns->n; i++) {
		put(w, i > 0 ? ", " : "");
		put_ident(w, columns->list[(first + i) % columns->n].part);
	}
	put(w, ")");
}

static void
put_table_constraint(struct writer *w, const struct columns *columns)
{
	const struct thing *c = &columns->list[dice_roll(w->dice, (unsigned)columns->n)], *other;

	put_constraint_name(w);
	switch (dice_roll(w->dice, 6)) {
	case 0:
	case 1:
		put(w, "PRIMARY KEY ");
		put_key_list(w, columns);
		break;
	case 2:
		put(w, "UNIQUE ");
		put(w, one_in(w, 8) ? "NULLS NOT DISTINCT " : "");
		put_key_list(w, columns);
		if (one_in(w, 6)) {
			put(w, " INCLUDE (");
			put_ident(w, c->part);
			put(w, ")");
		}
		put(w, one_in(w, 6) ? " DEFERRABLE" : "");
		break;
	case 3:
		put(w, "EXCLUDE USING btree (");
		put_ident(w, c->part);
		put(w, " WITH =)");
		if (one_in(w, 4)) {
			put(w, " WHERE (");
			put_ident(w, c->part);
			put(w, " IS NOT NULL)");
		}
		break;
	case 4:
		other = pick(w, "rp");
		if (other != NULL) {
			put(w, "FOREIGN KEY (");
			put_ident(w, c->part);
			put(w, ") REFERENCES ");
			put_name(w, other);
			put_actions(w);
			break;
		}
		/* fall through */
	default:
		put(w, "CHECK (");
		put_ident(w, c->part);
		put(w, test_for(w, c));
		if (one_in(w, 4)) {
			put(w, ANY(w, " AND ", " OR "));
			put_ident(w, columns->list[dice_roll(w->dice, (unsigned)columns->n)].part);
			put(w, " IS NOT NULL");
		}
		put(w, ")");
		put(w, one_in(w, 10) ? " NO INHERIT" : one_in(w, 15) ? " NOT ENFORCED" : "");
	}
}

/* Of a type that goes with every column it is made from. */
static void
put_generated(struct writer *w, struct str from)
{
	put(w, "gen boolean GENERATED ALWAYS AS (");
	put_ident(w, from);
	put(w, ANY(w, " IS NULL) STORED", " IS NOT NULL) STORED", " IS NULL) VIRTUAL"));
}

static void
put_columns(struct writer *w, struct columns *columns)
{
	unsigned n = 1 + dice_roll(w->dice, 5), k = dice_roll(w->dice, 3);
	static const char *const first[] = { "id", "a", "b", "c", "d", "Mixed", "created_at", "name" };

	for (unsigned i = 0; i < n; i++) {
		struct str name = str_of(first[(i + dice_roll(w->dice, 2)) % 8]);
		if (columns->n > 0 && str_eq(name, columns->list[columns->n - 1].part) && !one_in(w, 20))
			continue;
		put(w, columns->n > 0 ? ", " : "");
		columns->list[columns->n] = (struct thing){ .kind = 'c' };
		put_new_column(w, name, &columns->list[columns->n++]);
	}
	if (one_in(w, 8)) {
		put(w, ", ");
		put_generated(w, columns->list[dice_roll(w->dice, (unsigned)columns->n)].part);
	}
	for (unsigned i = 0; i < k; i++) {
		put(w, ", ");
		put_table_constraint(w, columns);
	}
}

static void
create_like(struct writer *w)
{
	put(w, "CREATE TABLE ");
	put_new_name(w);
	put(w, " (LIKE ");
	put_relation(w, "rp");
	put(w, ANY(w, "", " INCLUDING DEFAULTS", " INCLUDING ALL", " INCLUDING INDEXES", " INCLUDING CONSTRAINTS", " INCLUDING GENERATED",
		" INCLUDING IDENTITY", " INCLUDING ALL EXCLUDING INDEXES"));
	put(w, one_in(w, 3) ? ", own_column integer)" : ")");
}

static void
create_partitioned(struct writer *w)
{
	const char *key = ANY(w, "RANGE (a)", "LIST (a)", "HASH (a)", "RANGE (a, b)", "LIST ((a + 1))");

	put(w, "CREATE TABLE ");
	put_new_name(w);
	put(w, ANY(w, " (a integer, b text", " (a integer NOT NULL, b text DEFAULT 'x', c date", " (id serial, a integer, b text",
		" (a integer PRIMARY KEY, b text", " (a integer, b text, UNIQUE (a, b)", " (a integer CHECK (a > 0), b varchar(5)"));
	put(w, ") PARTITION BY ");
	put(w, key);
}

static void
create_partition(struct writer *w)
{
	const struct thing *parent = pick(w, "p");

	if (parent == NULL) {
		create_partitioned(w);
		return;
	}
	put(w, "CREATE TABLE ");
	put_new_name(w);
	put(w, " PARTITION OF ");
	put_name(w, parent);
	put(w, ANY(w, " DEFAULT", " FOR VALUES FROM (1) TO (10)", " FOR VALUES IN (1, 2)", " FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
		" FOR VALUES FROM (10) TO (MAXVALUE)", " FOR VALUES IN (3)", " FOR VALUES FROM (1, 'a') TO (2, 'b')"));
}

static void
create_table(struct writer *w)
{
	struct columns columns = { .n = 0 };
	unsigned kind = dice_roll(w->dice, 14);
	const struct thing *parent = kind == 2 ? pick(w, "r") : NULL, *type = kind > 11 ? pick(w, "o") : NULL;

	if (kind == 0) {
		create_like(w);
		return;
	}
	if (kind == 1 || kind == 3) {
		create_partition(w);
		return;
	}
	put(w, one_in(w, 15) ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ");
	put(w, one_in(w, 12) ? "IF NOT EXISTS " : "");
	put_new_name(w);
	if (type != NULL) {
		put(w, " OF ");
		put_name(w, type);
		put(w, ANY(w, "", "", " (a WITH OPTIONS NOT NULL)", " (PRIMARY KEY (a), b WITH OPTIONS DEFAULT 'x')", " (CHECK (a > 0))"));
		return;
	}
	put(w, " (");
	put_columns(w, &columns);
	put(w, ")");
	if (parent != NULL) {
		put(w, " INHERITS (");
		put_name(w, parent);
		if (one_in(w, 3)) {
			put(w, ", ");
			put_relation(w, "r");
		}
		put(w, ")");
	}
	put(w, one_in(w, 12) ? " WITH (fillfactor = 80)" : "");
}

/* ---- ALTER TABLE ---- */

/* 'x' || nextval('s') */
static void
put_drawn(struct writer *w)
{
	const struct thing *s = pick(w, "S");
	struct buf name = BUF(w->out.arena);

	if (s == NULL) {
		put(w, "NULL");
		return;
	}
	buf_c(&name, str_c(w->out.arena, sql_ident(w->out.arena, s->schema)));
	buf_c(&name, ".");
	buf_str(&name, sql_ident(w->out.arena, s->name));
	put(w, ANY(w, "'x' || nextval(", "nextval(", "1 + nextval("));
	sql_put_literal(&w->out, buf_text(&name));
	put(w, ANY(w, ")", "::regclass)"));
}

static void
alter_column(struct writer *w, const struct thing *t)
{
	const struct thing *c = pick_of(w, "c", t);

	put(w, "ALTER COLUMN ");
	if (c == NULL) {
		put(w, "nothing DROP DEFAULT");
		return;
	}
	put_ident(w, c->part);
	switch (dice_roll(w->dice, 12)) {
	case 0:
	case 1:
		put(w, " SET DEFAULT ");
		if (one_in(w, 4))
			put_drawn(w);
		else
			put_value(w, c);
		break;
	case 2: put(w, " DROP DEFAULT"); break;
	case 3:
	case 4: put(w, " SET NOT NULL"); break;
	case 5: put(w, " DROP NOT NULL"); break;
	case 6:
		put(w, ANY(w, " ADD GENERATED ALWAYS AS IDENTITY", " ADD GENERATED BY DEFAULT AS IDENTITY", " DROP IDENTITY", " DROP IDENTITY IF EXISTS",
			" SET GENERATED ALWAYS", " DROP EXPRESSION IF EXISTS", " SET GENERATED BY DEFAULT SET INCREMENT BY 3 RESTART WITH 4",
			" SET MAXVALUE 1000", " DROP EXPRESSION", " SET EXPRESSION AS (true)"));
		break;
	case 7: put(w, ANY(w, " SET STATISTICS 50", " SET STORAGE EXTERNAL", " SET (n_distinct = 5)", " RESET (n_distinct)", " SET COMPRESSION pglz",
		" SET STATISTICS -1"));  break;
	case 8:
		put(w, " TYPE ");
		put_type(w);
		put(w, " USING NULL");
		break;
	default:
		put(w, " TYPE ");
		put(w, ANY(w, "text", "bigint", "varchar(40)", "integer", "numeric(12,3)", "timestamptz", "date", "text COLLATE \"C\""));
		if (one_in(w, 3)) {
			put(w, " USING NULL");
		}
	}
}

static void
add_constraint(struct writer *w, const struct thing *t)
{
	const struct thing *index = pick(w, "i");
	struct columns columns = { .n = 0 };

	for (size_t i = 0; i < w->all->n && columns.n < 8; i++) {
		const struct thing *c = &w->all->items[i];
		if (c->kind == 'c' && str_eq(c->schema, t->schema) && str_eq(c->name, t->name))
			columns.list[columns.n++] = *c;
	}
	put(w, "ADD ");
	if (columns.n > 0 && one_in(w, 10)) {
		put_constraint_name(w);
		put(w, "NOT NULL ");
		put_ident(w, columns.list[dice_roll(w->dice, (unsigned)columns.n)].part);
		put(w, ANY(w, "", " NOT VALID", " NO INHERIT"));
	} else if (columns.n == 0) {
		put(w, "CHECK (true)");
	} else if (index != NULL && str_eq(index->part, t->name) && one_in(w, 2)) {
		put_constraint_name(w);
		put(w, ANY(w, "UNIQUE USING INDEX ", "PRIMARY KEY USING INDEX "));
		put_ident(w, index->name);
	} else {
		size_t from = w->out.n;
		put_table_constraint(w, &columns);
		struct str text = str_slice(buf_text(&w->out), from, w->out.n);
		if (one_in(w, 3) && (str_find(text, STR("CHECK (")) != (size_t)-1 || str_find(text, STR("FOREIGN KEY")) != (size_t)-1))
			put(w, " NOT VALID");
	}
}

static void
alter_membership(struct writer *w, const struct thing *t)
{
	if (t->kind == 'p') {
		bool attach = one_in(w, 2);
		put(w, attach ? "ATTACH PARTITION " : "DETACH PARTITION ");
		put_relation(w, "r");
		put(w, attach ? ANY(w, " DEFAULT", " FOR VALUES FROM (20) TO (30)", " FOR VALUES IN (7)", " FOR VALUES WITH (MODULUS 2, REMAINDER 1)") : "");
		return;
	}
	if (one_in(w, 4)) {
		put(w, ANY(w, "NOT OF", "OF "));
		if (str_ends(buf_text(&w->out), "OF ") && !str_ends(buf_text(&w->out), "NOT OF"))
			put_relation(w, "o");
		return;
	}
	put(w, ANY(w, "INHERIT ", "NO INHERIT "));
	put_relation(w, "r");
}

/* An index of the table. */
static void
put_index_of(struct writer *w, const struct thing *t)
{
	const struct thing *found = NULL;
	unsigned n = 0;

	for (size_t i = 0; i < w->all->n; i++) {
		const struct thing *x = &w->all->items[i];
		if (is_kind(x, "ij") && str_eq(x->schema, t->schema) && str_eq(x->part, t->name) && one_in(w, ++n))
			found = x;
	}
	put_ident(w, found != NULL ? found->name : STR("none_such"));
}

static void
put_named_property(struct writer *w, const struct thing *t)
{
	switch (dice_roll(w->dice, 4)) {
	case 0:
		put(w, "REPLICA IDENTITY USING INDEX ");
		put_index_of(w, t);
		break;
	case 1:
		put(w, "CLUSTER ON ");
		put_index_of(w, t);
		break;
	case 2: put(w, "SET WITHOUT CLUSTER"); break;
	default:
		put(w, "ALTER CONSTRAINT ");
		put_part_of(w, "k", t);
		put(w, ANY(w, " DEFERRABLE", " NOT DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"));
	}
}

static void
alter_table_property(struct writer *w, const struct thing *t)
{
	switch (dice_roll(w->dice, 10)) {
	case 0: put(w, ANY(w, "ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY")); break;
	case 1: put(w, ANY(w, "REPLICA IDENTITY FULL", "REPLICA IDENTITY NOTHING", "REPLICA IDENTITY DEFAULT")); break;
	case 2: put(w, ANY(w, "SET (fillfactor = 70)", "RESET (fillfactor)", "SET (autovacuum_enabled = off)")); break;
	case 3: put(w, ANY(w, "SET LOGGED", "SET UNLOGGED")); break;
	case 4:
		put(w, ANY(w, "DISABLE TRIGGER ", "ENABLE TRIGGER ", "ENABLE ALWAYS TRIGGER ", "ENABLE REPLICA TRIGGER "));
		put_part_of(w, "t", t);
		break;
	case 6: put_named_property(w, t); break;
	case 5: put(w, ANY(w, "DISABLE TRIGGER ALL", "ENABLE TRIGGER ALL", "DISABLE TRIGGER USER")); break;
	default: alter_membership(w, t); break;
	}
}

static void
alter_subcommand(struct writer *w, const struct thing *t)
{
	struct thing column = { .kind = 'c' };
	bool alter;

	switch (dice_roll(w->dice, 12)) {
	case 0:
	case 1:
	case 2:
		put(w, one_in(w, 6) ? "ADD COLUMN IF NOT EXISTS " : "ADD COLUMN ");
		if (one_in(w, 12) && pick_of(w, "c", t) != NULL)
			put_generated(w, pick_of(w, "c", t)->part);
		else
			put_new_column(w, new_column(w), &column);
		break;
	case 3:
		put(w, one_in(w, 6) ? "DROP COLUMN IF EXISTS " : "DROP COLUMN ");
		put_column_of(w, t);
		put(w, one_in(w, 3) ? " CASCADE" : "");
		break;
	case 4:
	case 5:
		add_constraint(w, t);
		break;
	case 6:
		put(w, one_in(w, 6) ? "DROP CONSTRAINT IF EXISTS " : "DROP CONSTRAINT ");
		put_part_of(w, "k", t);
		put(w, one_in(w, 3) ? " CASCADE" : "");
		break;
	case 7:
		alter = one_in(w, 3);
		put(w, alter ? "ALTER CONSTRAINT " : "VALIDATE CONSTRAINT ");
		put_part_of(w, "k", t);
		put(w, !alter ? "" : ANY(w, " NOT ENFORCED", " ENFORCED", " DEFERRABLE", " NOT DEFERRABLE", " NO INHERIT", " INHERIT"));
		break;
	default:
		alter_column(w, t);
	}
}

static void
rename_in_table(struct writer *w, const struct thing *t)
{
	switch (dice_roll(w->dice, 4)) {
	case 0:
		put(w, "RENAME TO ");
		put_ident(w, new_name(w));
		break;
	case 1:
		put(w, "RENAME CONSTRAINT ");
		put_part_of(w, "k", t);
		put(w, " TO ");
		put_ident(w, str_of(ANY(w, "k1", "k5", "k6", "K7")));
		break;
	default:
		put(w, "RENAME COLUMN ");
		put_column_of(w, t);
		put(w, " TO ");
		put_ident(w, new_column(w));
	}
}

static void
alter_table(struct writer *w)
{
	const struct thing *t = one_in(w, 40) ? NULL : pick(w, one_in(w, 4) ? "p" : "rp"), *s;
	unsigned n = one_in(w, 3) ? 2 : 1;

	put(w, one_in(w, 20) ? "ALTER TABLE IF EXISTS " : "ALTER TABLE ");
	if (t == NULL) {
		put(w, "nowhere ADD COLUMN a integer");
		return;
	}
	put(w, one_in(w, 15) ? "ONLY " : "");
	put_name(w, t);
	put(w, " ");
	switch (dice_roll(w->dice, 12)) {
	case 0:
	case 1:
		rename_in_table(w, t);
		return;
	case 2:
		s = pick(w, "n");
		put(w, "SET SCHEMA ");
		put_ident(w, s == NULL ? STR("nowhere") : s->schema);
		return;
	case 3:
	case 4:
		alter_table_property(w, t);
		return;
	default:
		for (unsigned i = 0; i < n; i++) {
			put(w, i > 0 ? ", " : "");
			alter_subcommand(w, t);
		}
	}
}

/* ---- indexes ---- */

static void
put_index_key(struct writer *w, const struct thing *t)
{
	const struct thing *c = pick_of(w, "cw", t);

	if (c == NULL)
		put(w, "nothing");
	else if (one_in(w, 6) && (has_prefix(c, "text") || has_prefix(c, "character"))) {
		put(w, ANY(w, "lower(", "upper(", "("));
		put_ident(w, c->part);
		put(w, w->out.s[w->out.n - 1] == ' ' ? "" : ")");
	} else {
		put_ident(w, c->part);
		if (one_in(w, 10) && has_prefix(c, "text"))
			put(w, ANY(w, " text_pattern_ops", " COLLATE \"C\""));
		put(w, one_in(w, 6) ? ANY(w, " DESC", " NULLS FIRST", " DESC NULLS LAST", " ASC") : "");
	}
}

static void
create_index(struct writer *w)
{
	const struct thing *t = pick(w, "rrrpm");
	unsigned n = 1 + dice_roll(w->dice, 2);

	put(w, one_in(w, 4) ? "CREATE UNIQUE INDEX " : one_in(w, 10) ? "CREATE INDEX CONCURRENTLY " : "CREATE INDEX ");
	if (!one_in(w, 3)) {
		put(w, one_in(w, 8) ? "IF NOT EXISTS " : "");
		put_ident(w, str_of(ANY(w, "i1", "i2", "i3", "i4", "Idx", "i5", "i6")));
	}
	put(w, " ON ");
	if (t == NULL) {
		put(w, "nowhere (a)");
		return;
	}
	put(w, t->kind == 'p' && one_in(w, 4) ? "ONLY " : "");
	put_name(w, t);
	put(w, one_in(w, 8) ? ANY(w, " USING hash", " USING brin", " USING btree", " USING gin", " USING gist") : "");
	put(w, " (");
	for (unsigned i = 0; i < n; i++) {
		put(w, i > 0 ? ", " : "");
		put_index_key(w, t);
	}
	put(w, ")");
	if (one_in(w, 8)) {
		put(w, " INCLUDE (");
		put_column_of(w, t);
		put(w, ")");
	}
	put(w, one_in(w, 15) ? " NULLS NOT DISTINCT" : "");
	put(w, one_in(w, 15) ? " WITH (fillfactor = 60)" : "");
	if (one_in(w, 6)) {
		put(w, " WHERE ");
		put_test(w, t);
	}
}

static void
alter_index(struct writer *w)
{
	const struct thing *i = pick(w, "ij"), *other = pick(w, "ij");

	if (i == NULL) {
		create_index(w);
		return;
	}
	put(w, "ALTER INDEX ");
	put_name(w, i);
	if (one_in(w, 3)) {
		put(w, " ATTACH PARTITION ");
		put_name(w, other);
	} else {
		put(w, ANY(w, " SET (fillfactor = 50)", " RESET (fillfactor)", " ALTER COLUMN 1 SET STATISTICS 40"));
	}
}

/* ---- views ---- */

static void
create_view(struct writer *w)
{
	const struct thing *t = pick(w, "rrrpvm"), *c;
	bool materialized = one_in(w, 4);
	const struct thing *old = !materialized && one_in(w, 6) ? pick(w, "v") : NULL;

	if (old != NULL && t != NULL && (t->kind == 'v' || t->kind == 'm'))
		old = NULL;

	put(w, materialized ? "CREATE MATERIALIZED VIEW " : old != NULL ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ");
	if (old != NULL)
		put_name(w, old);
	else
		put_new_name(w);
	if (t == NULL) {
		put(w, " AS SELECT 1 AS one, 'x'::text AS two");
		return;
	}
	c = pick_of(w, "cw", t);
	put(w, " AS SELECT ");
	switch (dice_roll(w->dice, 5)) {
	case 0: put(w, "*"); break;
	case 1: put(w, "count(*) AS n, max(now()) AS latest"); break;
	case 2: put(w, "q.*, 1 AS one_more"); break;
	case 3:
		put_ident(w, c == NULL ? STR("nothing") : c->part);
		put(w, ANY(w, " AS first, q.tableoid::regclass AS origin", " AS first, coalesce(NULL, 'x') AS second", " AS first, (SELECT 1) AS second",
			" AS first, NULL::date AS second, 1.5 AS third", " AS first, row_number() OVER () AS second", " AS first, array[1, 2] AS second"));
		break;
	default:
		put_ident(w, c == NULL ? STR("nothing") : c->part);
		put(w, ", now() AS at, 'x' || 'y' AS xy");
	}
	put(w, " FROM ");
	put_name(w, t);
	put(w, " q");
	if (one_in(w, 6))
		put(w, " CROSS JOIN (VALUES (1, 'x')) other (number, word)");
	if (one_in(w, 4)) {
		put(w, " WHERE ");
		put_test(w, t);
	}
	put(w, materialized ? one_in(w, 4) ? " WITH NO DATA" : "" : one_in(w, 12) ? " WITH LOCAL CHECK OPTION" : "");
}

static void
create_table_as(struct writer *w)
{
	const struct thing *t = pick(w, "rpvm");

	put(w, "CREATE TABLE ");
	put_new_name(w);
	put(w, " AS ");
	if (t == NULL) {
		put(w, "SELECT 1 AS one, 'x' AS two");
		return;
	}
	put(w, ANY(w, "SELECT * FROM ", "SELECT count(*), max(now()) FROM ", "SELECT q.*, false AS no FROM ", "TABLE "));
	put_name(w, t);
	put(w, w->out.s[w->out.n - 1] == ' ' ? "" : " q");
	put(w, one_in(w, 3) ? " WITH NO DATA" : "");
}

static void
alter_view(struct writer *w)
{
	const struct thing *v = pick(w, "v");

	if (v == NULL) {
		create_view(w);
		return;
	}
	put(w, "ALTER VIEW ");
	put_name(w, v);
	put(w, ANY(w, " SET (security_barrier = true)", " RESET (security_barrier)", " SET (security_invoker = on)"));
	if (one_in(w, 3)) {
		w->out.n = 0;
		put(w, "ALTER VIEW ");
		put_name(w, v);
		put(w, " ALTER COLUMN ");
		put_column_of(w, v);
		put(w, ANY(w, " SET DEFAULT NULL", " DROP DEFAULT"));
	}
}

/* ---- types ---- */

static void
create_type(struct writer *w)
{
	const struct thing *base = pick(w, "d");

	switch (dice_roll(w->dice, 4)) {
	case 0:
	case 1:
		put(w, "CREATE TYPE ");
		put_new_name(w);
		put(w, ANY(w, " AS ENUM ('a', 'b')", " AS ENUM ('new', 'paid', 'it''s')", " AS ENUM ()"));
		break;
	case 2:
		put(w, "CREATE TYPE ");
		put_new_name(w);
		put(w, ANY(w, " AS (a integer, b text)", " AS (\"X\" numeric(5,2))", " AS RANGE (subtype = integer)", " AS RANGE (subtype = date)"));
		break;
	default:
		put(w, "CREATE DOMAIN ");
		put_new_name(w);
		put(w, " AS ");
		if (base != NULL && one_in(w, 3))
			put_name(w, base);
		else
			put(w, ANY(w, "integer", "text", "varchar(10)"));
		put(w, ANY(w, "", " NOT NULL", " CHECK (VALUE IS NOT NULL)", " DEFAULT NULL", " CONSTRAINT dk CHECK (VALUE IS NOT NULL)"));
	}
}

static void
alter_composite(struct writer *w, const struct thing *o)
{
	put(w, "ALTER TYPE ");
	put_name(w, o);
	put(w, ANY(w, " ADD ATTRIBUTE c date CASCADE", " ALTER ATTRIBUTE b TYPE varchar(9) CASCADE", " RENAME ATTRIBUTE a TO x CASCADE", " ADD ATTRIBUTE c date", " DROP ATTRIBUTE a", " ALTER ATTRIBUTE b TYPE varchar(9)", " RENAME ATTRIBUTE a TO x",
		" ADD ATTRIBUTE d integer, DROP ATTRIBUTE IF EXISTS b", " DROP ATTRIBUTE c CASCADE"));
}

static void
alter_type(struct writer *w)
{
	const struct thing *e = pick(w, "e"), *d = pick(w, "d"), *o = pick(w, "o"), *label;

	if (o != NULL && one_in(w, 4)) {
		alter_composite(w, o);
		return;
	}
	if (d != NULL && one_in(w, 3)) {
		put(w, "ALTER DOMAIN ");
		put_name(w, d);
		put(w, " ");
		if (one_in(w, 3)) {
			put(w, "DROP CONSTRAINT ");
			put_part_of(w, "q", d);
			return;
		}
		put(w, ANY(w, "SET NOT NULL", "DROP NOT NULL", "DROP DEFAULT", "SET DEFAULT '1'", "ADD CHECK (VALUE IS NOT NULL)",
			"ADD CONSTRAINT dk2 CHECK (VALUE IS NOT NULL) NOT VALID", "VALIDATE CONSTRAINT dk2", "RENAME CONSTRAINT dk TO dk3"));
		return;
	}
	put(w, "ALTER TYPE ");
	if (e == NULL) {
		put(w, "nowhere ADD VALUE 'x'");
		return;
	}
	put_name(w, e);
	label = pick_of(w, "l", e);
	if (label != NULL && one_in(w, 3)) {
		put(w, " RENAME VALUE ");
		sql_put_literal(&w->out, label->part);
		put(w, " TO ");
		put(w, ANY(w, "'renamed'", "'other'", "'a'"));
		return;
	}
	put(w, one_in(w, 4) ? " ADD VALUE IF NOT EXISTS " : " ADD VALUE ");
	put(w, ANY(w, "'c'", "'d'", "'sent'", "'a'"));
	if (label != NULL && one_in(w, 2)) {
		put(w, ANY(w, " BEFORE ", " AFTER "));
		sql_put_literal(&w->out, label->part);
	}
}

/* ---- sequences, functions, triggers, policies ---- */

static void
sequence(struct writer *w)
{
	const struct thing *s = pick(w, "S"), *c;

	if (s == NULL || one_in(w, 2)) {
		put(w, "CREATE SEQUENCE ");
		put_new_name(w);
		put(w, ANY(w, "", " AS integer", " START WITH 100", " INCREMENT BY -1", " MINVALUE 5 MAXVALUE 50 CYCLE CACHE 3", " AS smallint INCREMENT BY -3"));
		c = one_in(w, 4) ? pick(w, "c") : NULL;
		if (c != NULL) {
			put(w, " OWNED BY ");
			put_name(w, c);
			put(w, ".");
			put_ident(w, c->part);
		}
		return;
	}
	put(w, "ALTER SEQUENCE ");
	put_name(w, s);
	c = pick(w, "c");
	if (c != NULL && one_in(w, 3)) {
		put(w, " OWNED BY ");
		put_name(w, c);
		put(w, ".");
		put_ident(w, c->part);
	} else {
		put(w, ANY(w, " INCREMENT BY 2", " OWNED BY NONE", " AS bigint", " RESTART WITH 7", " CYCLE", " CACHE 9", " NO MAXVALUE",
			" AS integer MINVALUE -10 START WITH 3", " NO MINVALUE NO CYCLE", " MAXVALUE 500", " SET UNLOGGED"));
	}
}

/* Functions of one name, and what calls them. */
static void
call_in_query(struct writer *w)
{
	put(w, "CREATE VIEW ");
	put_new_name(w);
	put(w, ANY(w, " AS SELECT half(count(*)) AS x, (SELECT half('x')) AS y FROM ", " AS WITH q AS (SELECT half(1) AS x) SELECT half(q.x, 'x') AS x FROM q, ",
		" AS SELECT half(1) AS x UNION SELECT half('x') FROM ", " AS SELECT half(n => 1) AS x, half(1, b => 'x') AS y FROM ",
		" AS SELECT half(1, 2, 3) AS x, half(1::smallint) AS y FROM ", " AS SELECT half(1, VARIADIC ARRAY[2]) AS x, s1.half(1) AS y FROM ",
		" AS SELECT half(half(now()::date)) AS x FROM "));
	put_relation(w, "rpvm");
}

static void
call_on_table(struct writer *w)
{
	const struct thing *t = pick(w, "rp"), *f = pick(w, "g");

	if (t == NULL || f == NULL) {
		call_in_query(w);
		return;
	}
	switch (dice_roll(w->dice, 6)) {
	case 0: put(w, "CREATE INDEX ON "); break;
	case 1: put(w, "CREATE POLICY p9 ON "); break;
	case 2: put(w, "CREATE TRIGGER g8 BEFORE UPDATE ON "); break;
	case 3: put(w, "DELETE FROM "); break;
	default: put(w, "ALTER TABLE ");
	}
	put_name(w, t);
	if (str_starts(buf_text(&w->out), "ALTER")) {
		put(w, ANY(w, " ADD CHECK (half(", " ADD CONSTRAINT kh CHECK (half(1, "));
	} else if (str_starts(buf_text(&w->out), "CREATE T")) {
		put(w, " FOR EACH ROW WHEN (half(NEW.");
	} else {
		put(w, str_starts(buf_text(&w->out), "CREATE I") ? " ((half(" : str_starts(buf_text(&w->out), "DELETE") ? " WHERE (half(" : " USING (half(");
	}
	put_column_of(w, t);
	put(w, ") > 0)");
	put(w, str_starts(buf_text(&w->out), "CREATE I") ? ")" : "");
	if (!str_starts(buf_text(&w->out), "CREATE T"))
		return;
	put(w, " EXECUTE FUNCTION ");
	put_name(w, f);
	put(w, "()");
}

static void
put_type_reference(struct writer *w)
{
	const struct thing *t = pick(w, "rpvm");

	if (t == NULL) {
		put(w, "nowhere.id%TYPE");
		return;
	}
	put_name(w, t);
	put(w, ".");
	put_column_of(w, t);
	put(w, "%TYPE");
}

static void
refer_to_types(struct writer *w)
{
	bool drops = one_in(w, 4);

	put(w, drops ? "DROP FUNCTION " : ANY(w, "CREATE OR REPLACE FUNCTION ", "CREATE FUNCTION "));
	put(w, drops && one_in(w, 4) ? "IF EXISTS half(" : "half(");
	put(w, drops ? "" : ANY(w, "", "a ", "INOUT a "));
	put_type_reference(w);
	put(w, ANY(w, "", ", integer"));
	put(w, ")");
	if (drops)
		return;
	put(w, str_find(buf_text(&w->out), STR("INOUT")) != (size_t)-1 ? "" : one_in(w, 2) ? " RETURNS integer" : ANY(w, " RETURNS ", " RETURNS SETOF "));
	if (str_ends(buf_text(&w->out), " "))
		put_type_reference(w);
	put(w, " LANGUAGE plpgsql AS 'BEGIN END'");
}

static void
create_overload(struct writer *w)
{
	if (one_in(w, 2)) {
		put(w, "CREATE OR REPLACE FUNCTION half");
		put(w, ANY(w, "(integer)", "(text)", "(bigint)", "()", "(integer, text)", "(n integer)", "(a integer, b text DEFAULT 'x')", "(a integer, VARIADIC n integer[])",
			"(numeric)", "(date)"));
		put(w, " RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'");
		return;
	}
	if (one_in(w, 3)) {
		put(w, "CREATE FUNCTION ");
		put_new_name(w);
		put(w, ANY(w, "(n integer, text) RETURNS integer RETURN half(n) + half($2)", "() RETURNS integer RETURN half() - half('x')",
			"(n bigint) RETURNS integer BEGIN ATOMIC SELECT half(n) WHERE EXISTS (SELECT half(x) FROM (SELECT 1 AS x) q); END",
			"(n smallint) RETURNS integer RETURN half(n, b => 'x')"));
		return;
	}
	if (one_in(w, 2))
		call_in_query(w);
	else
		call_on_table(w);
}

/* A condition on the table: of a column, a parameter, or a query within the query. */
static void
put_condition(struct writer *w, const struct thing *t)
{
	if (one_in(w, 4)) {
		put(w, "EXISTS (SELECT 1 FROM ");
		put_relation(w, "rpvm");
		put(w, " q WHERE q.");
		put_column_of(w, t);
		put(w, " IS NOT NULL)");
	} else if (one_in(w, 3)) {
		put_column_of(w, t);
		put(w, ANY(w, " IS NOT NULL AND a > 0", " IS NULL OR $1 = 1", " IS NOT NULL AND b <> ''", " IS NULL AND $2 = 'x'"));
	} else {
		put_test(w, t);
	}
}

static void
put_change(struct writer *w, const struct thing *t)
{
	const struct thing *c = pick_of(w, "c", t);

	switch (dice_roll(w->dice, 3)) {
	case 0:
		put(w, "INSERT INTO ");
		put_name(w, t);
		put(w, " (");
		put_column_of(w, t);
		put(w, ") VALUES (");
		if (one_in(w, 2))
			put(w, ANY(w, "a", "b", "$1", "$2", "nothing", "a + 1"));
		else
			put_value(w, c);
		put(w, ")");
		break;
	case 1:
		put(w, "UPDATE ");
		put_name(w, t);
		put(w, " SET ");
		put_column_of(w, t);
		put(w, one_in(w, 3) ? " = DEFAULT" : one_in(w, 2) ? " = a" : " = b");
		put(w, " WHERE ");
		put_condition(w, t);
		break;
	default:
		put(w, "DELETE FROM ");
		put_name(w, t);
		put(w, " WHERE ");
		put_condition(w, t);
	}
	if (one_in(w, 2)) {
		put(w, " RETURNING ");
		put_column_of(w, t);
	}
}

static void
put_body(struct writer *w, const struct thing *t, bool row)
{
	if (is_kind(t, "rp") && one_in(w, row ? 8 : 3)) {
		put_change(w, t);
		return;
	}
	put(w, "SELECT ");
	if (row && !one_in(w, 4))
		put(w, ANY(w, "*", "q.*"));
	else if (one_in(w, 8))
		put(w, ANY(w, "*", "count(*)", "'x'", "NULL", "1, 2"));
	else
		put_column_of(w, t);
	put(w, " FROM ");
	put_name(w, t);
	put(w, row ? " q" : "");
	if (!one_in(w, 3))
		return;
	put(w, " WHERE ");
	put_condition(w, t);
}

/* Also what does not fit: the server looks at the body. */
static void
query_function(struct writer *w)
{
	const struct thing *t = pick(w, "rpvm");
	bool standard = one_in(w, 2), row = one_in(w, 3), nothing = one_in(w, 2);

	if (t == NULL)
		return;
	put(w, one_in(w, 2) ? "CREATE OR REPLACE FUNCTION " : "CREATE FUNCTION ");
	put_new_name(w);
	put(w, "(a integer, b ");
	put_type(w);
	put(w, row ? ") RETURNS SETOF " : nothing ? ") RETURNS void" : one_in(w, 3) ? ", OUT x integer)" : ") RETURNS ");
	if (row)
		put_name(w, t);
	else if (str_ends(buf_text(&w->out), "RETURNS "))
		put_type(w);
	put(w, " LANGUAGE sql ");
	put(w, standard ? "BEGIN ATOMIC " : one_in(w, 6) ? "SET search_path = public, pg_temp AS $$ " : "AS $$ ");
	if (one_in(w, 6)) {
		put_body(w, t, false);
		put(w, "; ");
	}
	put_body(w, t, row);
	put(w, standard ? "; END" : " $$");
}

static void
create_function(struct writer *w)
{
	const struct thing *old = one_in(w, 4) ? pick(w, "g") : NULL;

	if (one_in(w, 3)) {
		query_function(w);
		return;
	}
	if (one_in(w, 3)) {
		if (one_in(w, 3))
			refer_to_types(w);
		else
			create_overload(w);
		return;
	}
	put(w, one_in(w, 2) ? "CREATE OR REPLACE FUNCTION " : "CREATE FUNCTION ");
	if (one_in(w, 5)) {
		put_new_name(w);
		put(w, ANY(w, "() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM ", "() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) + 1 FROM "));
		put_relation(w, "rpvm");
		put(w, "; END");
		return;
	}
	if (one_in(w, 6)) {
		put_new_name(w);
		put(w, "(r ");
		put_relation(w, "redo");
		put(w, ") RETURNS integer LANGUAGE sql AS 'SELECT 1'");
		return;
	}
	if (old != NULL)
		put_name(w, old);
	else
		put_new_name(w);
	put(w, old != NULL ? "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
		: ANY(w, "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
		"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
		"(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS 'SELECT a'",
		"(integer) RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $f$ SELECT 1 $f$",
		"(a integer) RETURNS TABLE (x integer, y text) LANGUAGE sql AS $$ SELECT 1, 'y' $$",
		"(IN a integer, OUT b integer) LANGUAGE sql AS 'SELECT a'"));
}

static void
alter_function(struct writer *w)
{
	const struct thing *f = pick(w, "h");

	if (f == NULL) {
		create_function(w);
		return;
	}
	put(w, "ALTER FUNCTION ");
	put_name(w, f);
	put(w, "(");
	buf_str(&w->out, f->part);
	put(w, ANY(w, ") IMMUTABLE", ") STRICT", ") SECURITY DEFINER", ") COST 5", ") RENAME TO renamed", ") VOLATILE CALLED ON NULL INPUT", ") SET search_path = pg_catalog",
		") RESET ALL", ") SET SCHEMA s1", ") PARALLEL SAFE LEAKPROOF", ") SECURITY INVOKER STABLE"));
}

static void
create_trigger(struct writer *w)
{
	const struct thing *f = pick(w, "g"), *t = pick(w, "rrrpv");

	if (f == NULL || t == NULL) {
		create_function(w);
		return;
	}
	put(w, one_in(w, 8) ? "CREATE OR REPLACE TRIGGER " : "CREATE TRIGGER ");
	put_ident(w, str_of(ANY(w, "g1", "g2", "G3")));
	if (t->kind != 'v' && one_in(w, 4) && pick_of(w, "c", t) != NULL) {
		put(w, ANY(w, " BEFORE UPDATE OF ", " AFTER INSERT OR UPDATE OF "));
		put_ident(w, pick_of(w, "c", t)->part);
	} else
		put(w, t->kind == 'v' ? " INSTEAD OF INSERT" : ANY(w, " BEFORE UPDATE", " AFTER INSERT OR DELETE", " BEFORE INSERT", " AFTER TRUNCATE"));
	put(w, " ON ");
	put_name(w, t);
	put(w, t->kind == 'v' || one_in(w, 2) ? " FOR EACH ROW" : "");
	put(w, one_in(w, 8) ? " WHEN (pg_trigger_depth() = 0)" : "");
	put(w, " EXECUTE FUNCTION ");
	put_name(w, f);
	put(w, one_in(w, 4) ? "('x', 1)" : "()");
}

static void
policy(struct writer *w)
{
	const struct thing *t = pick(w, "rp"), *p = pick(w, "y");

	if (p != NULL && one_in(w, 3)) {
		put(w, "ALTER POLICY ");
		put_ident(w, p->part);
		put(w, " ON ");
		put_name(w, p);
		put(w, ANY(w, " RENAME TO p9", " USING (true)", " TO PUBLIC"));
		return;
	}
	put(w, "CREATE POLICY ");
	put_ident(w, str_of(ANY(w, "p1", "p2", "P3")));
	put(w, " ON ");
	if (t == NULL) {
		put(w, "nowhere");
		return;
	}
	put_name(w, t);
	put(w, ANY(w, "", " AS RESTRICTIVE", " FOR SELECT", " FOR INSERT WITH CHECK (true)", " FOR UPDATE TO PUBLIC", " FOR DELETE TO pg_monitor, pg_read_all_stats", " FOR ALL"));
	if (!str_ends(buf_text(&w->out), "(true)")) {
		put(w, " USING (");
		put_test(w, t);
		put(w, ")");
	}
}

/* ---- names, dropping, words ---- */

static const char *
word_for(char kind)
{
	switch (kind) {
	case 'v': return "VIEW";
	case 'm': return "MATERIALIZED VIEW";
	case 'S': return "SEQUENCE";
	case 'i':
	case 'j': return "INDEX";
	case 'e':
	case 'R':
	case 'o': return "TYPE";
	case 'd': return "DOMAIN";
	default: return "TABLE";
	}
}

static void
rename_object(struct writer *w)
{
	const struct thing *t = pick(w, "vmSijeodRv"), *s = pick(w, "n");

	if (t == NULL) {
		put(w, "ALTER VIEW nowhere RENAME TO somewhere");
		return;
	}
	put(w, "ALTER ");
	put(w, word_for(t->kind));
	put(w, " ");
	put_name(w, t);
	if (s != NULL && t->kind != 'i' && t->kind != 'j' && one_in(w, 3)) {
		put(w, " SET SCHEMA ");
		put_ident(w, s->schema);
	} else if ((t->kind == 'v' || t->kind == 'm') && one_in(w, 3)) {
		put(w, " RENAME COLUMN ");
		put_column_of(w, t);
		put(w, " TO ");
		put_ident(w, new_column(w));
	} else {
		put(w, " RENAME TO ");
		put_ident(w, new_name(w));
	}
}

static void
rename_part(struct writer *w)
{
	const struct thing *t = pick(w, "t");

	if (t == NULL) {
		rename_object(w);
		return;
	}
	put(w, "ALTER TRIGGER ");
	put_ident(w, t->part);
	put(w, " ON ");
	put_name(w, t);
	put(w, " RENAME TO g9");
}

static void
drop_part(struct writer *w, const struct thing *t)
{
	put(w, t->kind == 't' ? "DROP TRIGGER " : t->kind == 'y' ? "DROP POLICY " : "DROP RULE ");
	put_ident(w, t->part);
	put(w, " ON ");
	put_name(w, t);
}

static void
drop(struct writer *w)
{
	const struct thing *t = pick(w, one_in(w, 3) ? "rp" : "vmSijeodRghtyub"), *other;

	if (t == NULL) {
		put(w, "DROP TABLE nowhere");
		return;
	}
	if (t->kind == 't' || t->kind == 'y' || t->kind == 'u') {
		drop_part(w, t);
		return;
	}
	if (t->kind == 'b') {
		put(w, "DROP PUBLICATION ");
		put_ident(w, t->name);
		return;
	}
	put(w, "DROP ");
	put(w, t->kind == 'g' || t->kind == 'h' ? "FUNCTION" : word_for(t->kind));
	put(w, one_in(w, 8) ? " IF EXISTS " : " ");
	put_name(w, t);
	if (t->kind == 'g' || t->kind == 'h') {
		put(w, "(");
		buf_str(&w->out, t->part);
		put(w, ")");
	}
	other = is_kind(t, "rpvmSijeodR") && one_in(w, 6) ? pick(w, (const char[]){ t->kind, '\0' }) : NULL;
	if (other != NULL) {
		put(w, ", ");
		put_name(w, other);
	}
	put(w, one_in(w, 2) ? " CASCADE" : "");
}

static void
schema(struct writer *w)
{
	const struct thing *s = pick(w, "n");

	if (s != NULL && !str_is(s->schema, "public") && one_in(w, 3)) {
		put(w, ANY(w, "DROP SCHEMA ", "ALTER SCHEMA "));
		bool alter = w->out.s[0] == 'A';
		put_ident(w, s->schema);
		put(w, alter ? " RENAME TO s9" : one_in(w, 2) ? " CASCADE" : "");
		return;
	}
	put(w, "CREATE SCHEMA ");
	put_ident(w, str_of(ANY(w, "s1", "s2", "S3", "s1")));
}

/* COMMENT ON COLUMN, CONSTRAINT, TRIGGER, POLICY, RULE */
static void
put_commented_part(struct writer *w, const struct thing *p)
{
	if (p->kind == 'c' || p->kind == 'w') {
		put(w, "COLUMN ");
		put_name(w, p);
		put(w, ".");
		put_ident(w, p->part);
		return;
	}
	put(w, p->kind == 'k' ? "CONSTRAINT " : p->kind == 't' ? "TRIGGER " : p->kind == 'y' ? "POLICY " : "RULE ");
	put_ident(w, p->part);
	put(w, " ON ");
	put_name(w, p);
}

static void
comment(struct writer *w)
{
	const struct thing *p = one_in(w, 2) ? pick(w, ANY(w, "cw", "k", "tyu")) : NULL, *t = pick(w, "rpvmSije");

	put(w, "COMMENT ON ");
	if (p != NULL) {
		put_commented_part(w, p);
	} else if (t == NULL) {
		put(w, "TABLE nowhere");
	} else {
		put(w, word_for(t->kind));
		put(w, " ");
		put_name(w, t);
	}
	put(w, ANY(w, " IS 'a word'", " IS 'another'", " IS NULL"));
}

static void
privilege(struct writer *w)
{
	const struct thing *t = pick(w, "rpvmS");
	bool grant = !one_in(w, 3), column = t != NULL && t->kind != 'S' && one_in(w, 3);

	put(w, grant ? "GRANT " : one_in(w, 4) ? "REVOKE GRANT OPTION FOR " : "REVOKE ");
	if (column) {
		put(w, ANY(w, "SELECT (", "UPDATE (", "REFERENCES (", "ALL ("));
		put_column_of(w, t);
		put(w, ")");
	} else {
		put(w, t != NULL && t->kind == 'S' ? ANY(w, "USAGE", "SELECT, UPDATE", "ALL") : ANY(w, "SELECT", "INSERT, UPDATE", "ALL", "TRUNCATE, TRIGGER"));
	}
	put(w, t != NULL && t->kind == 'S' ? " ON SEQUENCE " : " ON ");
	if (t == NULL)
		put(w, "nowhere");
	else
		put_name(w, t);
	put(w, grant ? " TO " : " FROM ");
	put(w, ANY(w, "pg_monitor", "PUBLIC", "pg_read_all_stats, pg_monitor"));
	put(w, grant && one_in(w, 5) ? " WITH GRANT OPTION" : "");
}

static void
rule(struct writer *w)
{
	const struct thing *t = pick(w, "rpv"), *r = pick(w, "u");

	if (r != NULL && one_in(w, 2)) {
		bool rename = one_in(w, 2);
		put(w, rename ? "ALTER RULE " : "ALTER TABLE ");
		if (rename) {
			put_ident(w, r->part);
			put(w, " ON ");
			put_name(w, r);
			put(w, ANY(w, " RENAME TO r1", " RENAME TO r9"));
			return;
		}
		put_name(w, r);
		put(w, ANY(w, " DISABLE RULE ", " ENABLE RULE ", " ENABLE ALWAYS RULE ", " ENABLE REPLICA RULE "));
		put_ident(w, r->part);
		return;
	}
	put(w, one_in(w, 4) ? "CREATE OR REPLACE RULE " : "CREATE RULE ");
	put(w, ANY(w, "r1", "r2", "\"R3\""));
	put(w, ANY(w, " AS ON INSERT TO ", " AS ON UPDATE TO ", " AS ON DELETE TO "));
	if (t == NULL)
		put(w, "nowhere");
	else
		put_name(w, t);
	put(w, ANY(w, " DO INSTEAD NOTHING", " DO ALSO NOTHING", " DO ALSO NOTIFY changed"));
}

static void
publication(struct writer *w)
{
	const struct thing *p = pick(w, "b"), *s = pick(w, "n");

	if (p != NULL && one_in(w, 2)) {
		put(w, "ALTER PUBLICATION ");
		put_ident(w, p->name);
		put(w, ANY(w, " ADD TABLE ", " SET TABLE ", " DROP TABLE ", " ADD TABLE ONLY "));
		put_relation(w, "rp");
		return;
	}
	put(w, "CREATE PUBLICATION ");
	put(w, ANY(w, "b1", "b2"));
	if (one_in(w, 4) && s != NULL) {
		put(w, " FOR TABLES IN SCHEMA ");
		put_ident(w, s->schema);
		return;
	}
	put(w, ANY(w, " FOR TABLE ", " FOR TABLE ONLY "));
	put_relation(w, "rp");
	put(w, one_in(w, 4) ? " WITH (publish = 'insert')" : "");
}

static void
statistics(struct writer *w)
{
	const struct thing *t = pick(w, "rp"), *s = pick(w, "s");

	if (s != NULL && one_in(w, 2)) {
		bool alter = one_in(w, 2);
		put(w, alter ? "ALTER STATISTICS " : "DROP STATISTICS ");
		put_name(w, s);
		put(w, alter ? ANY(w, " RENAME TO x1", " RENAME TO x3") : "");
		return;
	}
	put(w, "CREATE STATISTICS ");
	put(w, ANY(w, "x1", "x2"));
	put(w, ANY(w, " ON ", " (mcv) ON "));
	if (t == NULL) {
		put(w, "a, b FROM nowhere");
		return;
	}
	put_column_of(w, t);
	put(w, ", ");
	put_column_of(w, t);
	put(w, " FROM ");
	put_name(w, t);
}

/* ---- aggregates, collations, operators ---- */

static void
use_named(struct writer *w)
{
	const struct thing *t = pick(w, "rp");

	if (t == NULL)
		return;
	put(w, one_in(w, 3) ? "CREATE INDEX ON " : "ALTER TABLE ");
	put_name(w, t);
	put(w, str_starts(buf_text(&w->out), "ALTER") ? " ADD CHECK ((" : " (a) WHERE ((");
	put_column_of(w, t);
	put(w, ANY(w, ") = 1)", ") === 1)", ") = 'x'::text)", ") OPERATOR(s1.=) 1)", "::text) = 1 AND 'x'::text = 2)", "::text) COLLATE own > 'x')",
		"::text) COLLATE s1.own > 'x')"));
}

static void
named_object(struct writer *w)
{
	const char *schema = ANY(w, "", "", "s1.", "public.");
	unsigned what = dice_roll(w->dice, 3);
	const char *kind = what == 0 ? "AGGREGATE " : what == 1 ? "COLLATION " : "OPERATOR ";
	const char *name = what == 0 ? "total" : what == 1 ? "own" : ANY(w, "=", "===");
	/* = of two integers is the server's, which would be moved */
	const char *arguments = what == 0 ? "(integer)" : what == 1 ? "" : name[1] == '\0' ? "(text, integer)" : ANY(w, "(text, integer)", "(integer, integer)");
	unsigned roll = dice_roll(w->dice, 8);

	if (roll < 2) {
		use_named(w);
		if (w->out.n > 0)
			return;
	}
	put(w, roll < 5 ? "CREATE " : roll == 5 ? "ALTER " : "DROP ");
	put(w, kind);
	put(w, roll > 5 ? ANY(w, "", "", "IF EXISTS ") : "");
	put(w, schema);
	put(w, name);
	if (roll < 5)
		put(w, what == 0 ? "(integer) (sfunc = int4pl, stype = integer)" : what == 1 ? " (locale = 'C')" : ANY(w, " (leftarg = text, rightarg = integer, function = repeat)",
			" (leftarg = integer, rightarg = integer, function = int4eq)"));
	else
		put(w, arguments);
	if (roll == 5)
		put(w, what == 2 || one_in(w, 2) ? ANY(w, " SET SCHEMA s1", " SET SCHEMA public") : ANY(w, " RENAME TO own", " RENAME TO total"));
	else if (roll > 5)
		put(w, ANY(w, "", " CASCADE"));
}

struct str
grammar_statement(struct arena *arena, struct dice *dice, const struct things *all)
{
	static const struct {
		void (*write)(struct writer *);
		unsigned weight;
	} kinds[] = { { create_table, 16 }, { alter_table, 40 }, { create_index, 10 }, { alter_index, 2 }, { create_view, 8 }, { create_table_as, 2 }, { alter_view, 1 },
		{ create_type, 6 },
		{ alter_type, 5 }, { sequence, 5 }, { create_function, 4 }, { alter_function, 2 }, { create_trigger, 4 }, { policy, 4 },
		{ rename_object, 6 }, { rename_part, 1 }, { drop, 8 }, { schema, 3 }, { comment, 2 },
		{ privilege, 3 }, { rule, 2 }, { publication, 1 }, { statistics, 1 }, { named_object, 2 } };
	struct writer w = { .arena = arena, .dice = dice, .all = all, .out = BUF(arena) };
	unsigned total = 0, roll;
	size_t i = 0;

	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
		total += kinds[k].weight;
	for (roll = dice_roll(dice, total); roll >= kinds[i].weight; i++)
		roll -= kinds[i].weight;
	kinds[i].write(&w);
	return buf_text(&w.out);
}
