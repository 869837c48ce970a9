#include "adapter/adapter.h"

/* ---- by the names of files and folders ---- */

static const struct {
	const char *word, *system;
} systems[] = {
	{ "mysql", "MySQL" },
	{ "mariadb", "MariaDB" },
	{ "sqlite", "SQLite" },
	{ "sqlite3", "SQLite" },
	{ "libsql", "SQLite" },
	{ "mssql", "SQL Server" },
	{ "sqlserver", "SQL Server" },
	{ "oracle", "Oracle" },
	{ "h2", "H2" },
	{ "hsqldb", "HSQLDB" },
	{ "hsql", "HSQLDB" },
	{ "derby", "Derby" },
	{ "db2", "Db2" },
	{ "cockroach", "CockroachDB" },
	{ "cockroachdb", "CockroachDB" },
	{ "crdb", "CockroachDB" },
	{ "clickhouse", "ClickHouse" },
	{ "cassandra", "Cassandra" },
	{ "snowflake", "Snowflake" },
	{ "redshift", "Redshift" },
	{ "sybase", "Sybase" },
	{ "tidb", "TiDB" },
	{ "spanner", "Spanner" },
};

struct str
dialect_of_word(struct str word)
{
	for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]); i++)
		if (str_is_nocase(word, systems[i].word))
			return str_of(systems[i].system);
	return STR_NONE;
}

bool
dialect_is_postgres(struct str word)
{
	static const char *const words[] = { "postgres", "postgresql", "pg", "pgsql", "psql", "pgx", "postgre" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_is_nocase(word, words[i]))
			return true;
	return false;
}

/* The next of "mysql", "mysql-persistence", "migrations_mysql". */
static bool
next_word(struct str *rest, struct str *word)
{
	size_t n = 0;

	if (rest->n == 0)
		return false;
	while (n < rest->n && rest->s[n] != '_' && rest->s[n] != '-')
		n++;
	*word = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n + 1, rest->n);
	return true;
}

static bool
folder_for_postgres(struct str folder)
{
	struct str word;

	while (next_word(&folder, &word))
		if (dialect_is_postgres(word))
			return true;
	return false;
}

static struct str
folder_system(struct str folder)
{
	struct str word, system = STR_NONE;

	while (system.s == NULL && next_word(&folder, &word))
		system = dialect_of_word(word);
	return system;
}

/* There is a folder for PostgreSQL beside the one that begins at that offset of the file's path. */
static bool
beside_postgres(const struct listing *l, struct str file, size_t at)
{
	struct str parent = str_slice(file, 0, at);

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str rest = l->files[i], folder;
		if (rest.n <= at || !str_eq(str_slice(rest, 0, at), parent))
			continue;
		rest = str_slice(rest, at, rest.n);
		if (str_cut(&rest, '/', &folder) && rest.n > 0 && folder_for_postgres(folder))
			return true;
	}
	return false;
}

struct str
dialect_of_path(const struct listing *l, struct str file)
{
	struct str rest = listing_base(file), piece, system = STR_NONE;

	while (l->root.n > 0 && str_cut(&rest, '.', &piece)) {
		if (dialect_is_postgres(piece))
			return STR_NONE;
		if (piece.s != listing_base(file).s && system.s == NULL)
			system = dialect_of_word(piece);
	}
	rest = l->root.n > 0 ? listing_dir(file) : STR("");
	while (system.s == NULL && str_cut(&rest, '/', &piece)) {
		system = folder_for_postgres(piece) ? STR_NONE : folder_system(piece);
		if (system.s != NULL && !beside_postgres(l, file, (size_t)(piece.s - file.s)))
			system = STR_NONE;
	}
	return system;
}

/* ---- by what is in the file ---- */

static bool
behind_type(struct str word)
{
	static const char *const words[] = { "key", "null", "int", "integer", "bigint", "smallint", "tinyint", "mediumint", "unsigned", ")" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_is_nocase(word, words[i]))
			return true;
	return false;
}

/* `name`: the sign is an operator to PostgreSQL, which no extension uses. */
static bool
quotes_back(const struct scan *s)
{
	size_t i = s->at;

	while (i < s->text.n && scan_is_name(s->text.s[i]))
		i++;
	return scan_is(s, "`") && i > s->at && i < s->text.n && s->text.s[i] == '`';
}

/* Behind it stands the name of a column or table, which may be AFTER. */
static bool
before_name(struct str word)
{
	static const char *const words[] = { "add", "alter", "column", "drop", "exists", "only", "rename", "table", "to", ".", "," };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_is_nocase(word, words[i]))
			return true;
	return false;
}

/* ALTER TABLE ... ADD c int AFTER b, MODIFY COLUMN, CHANGE COLUMN */
static bool
alters_for_mysql(const struct scan *s, const struct scan *next, struct str before)
{
	if (s->parens > 0 || next->kind == SCAN_SIGN)
		return false;
	if (scan_is(s, "AFTER"))
		return !before_name(before);
	return (scan_is(s, "MODIFY") || scan_is(s, "CHANGE")) && scan_is(next, "COLUMN");
}

/* "[dbo].[users]"; a line with GO alone */
static bool
is_transact(const struct scan *s, struct str before, bool first)
{
	if (scan_is(s, "GO") && first)
		return s->at == s->text.n || s->text.s[s->at] == '\n' || s->text.s[s->at] == '\r';
	return scan_is(s, ".") && str_is(before, "]") && s->at < s->text.n && s->text.s[s->at] == '[';
}

/* In a statement. */
struct statement_words {
	struct str before;              /* the word or sign in front; empty: it begins */
	bool alter, table;              /* it begins with ALTER TABLE */
};

static struct str
marked(const struct scan *s, const struct statement_words *words)
{
	struct str before = words->before;
	struct scan next = *s;
	bool first = before.n == 0;
	bool more = scan_next(&next);

	if (quotes_back(s))
		return STR("MySQL");
	if (is_transact(s, before, first))
		return STR("SQL Server");
	if (more && words->table && alters_for_mysql(s, &next, before))
		return STR("MySQL");
	if (s->kind != SCAN_WORD)
		return STR_NONE;
	if (scan_is(s, "AUTO_INCREMENT") && behind_type(before))
		return STR("MySQL");
	if (scan_is(s, "AUTOINCREMENT") && behind_type(before))
		return STR("SQLite");
	if (scan_is(s, "ENGINE") && str_is(before, ")") && more && scan_is(&next, "="))
		return STR("MySQL");
	if (scan_is(s, "PRAGMA") && first && more && next.kind == SCAN_WORD)
		return STR("SQLite");
	return STR_NONE;
}

struct str
dialect_of_text(struct str sql)
{
	struct scan s = { .text = sql };
	struct statement_words words = { .before = STR("") };
	struct str system = STR_NONE;

	while (system.s == NULL && scan_next(&s)) {
		bool first = words.before.n == 0, second = words.alter && !words.table;
		system = marked(&s, &words);
		words.table = (words.table || (second && scan_is(&s, "TABLE"))) && !scan_is(&s, ";");
		words.alter = first ? scan_is(&s, "ALTER") : words.table;
		words.before = scan_is(&s, ";") ? STR("") : s.token;
	}
	return system;
}
