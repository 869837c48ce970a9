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

/* Where a statement has come to. */
struct statement_words {
	struct str before, before_that; /* the words or signs in front; empty: it begins */
	bool head;                      /* CREATE TEMP or ALTER, so far */
	bool table;                     /* CREATE TABLE or ALTER TABLE */
	bool alter;
	bool query;                     /* a SELECT is part of it, where a word may be an alias */
};

/* Behind the name of the table, or behind a comma. */
static bool
begins_action(const struct statement_words *words)
{
	return str_is(words->before, ",") || str_is_nocase(words->before_that, "table") || str_is_nocase(words->before_that, "exists") ||
	    str_is_nocase(words->before_that, "only") || str_is(words->before_that, ".");
}

/* ALTER TABLE ... ADD c int AFTER b, MODIFY c int, CHANGE COLUMN c d int */
static bool
alters_for_mysql(const struct scan *s, const struct scan *next, const struct statement_words *words)
{
	if (!words->table || !words->alter || s->parens > 0 || next->kind == SCAN_SIGN)
		return false;
	if (scan_is(s, "AFTER"))
		return !before_name(words->before);
	if (!scan_is(s, "MODIFY") && !scan_is(s, "CHANGE"))
		return false;
	return scan_is(next, "COLUMN") || (begins_action(words) && (next->kind == SCAN_WORD || next->kind == SCAN_NAME));
}

static bool
before_relation(struct str word)
{
	static const char *const words[] = { "table", "into", "from", "update", "join", "references" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_is_nocase(word, words[i]))
			return true;
	return false;
}

/* "[dbo].[users]", INTO [users]; int IDENTITY(1, 1); a line with GO alone */
static bool
is_transact(const struct scan *s, const struct scan *next, const struct statement_words *words)
{
	bool ended = words->before.n == 0 || (words->table && !words->query && s->parens == 0 && str_is(words->before, ")"));

	if (scan_is(s, "GO") && ended)
		return s->at == s->text.n || s->text.s[s->at] == '\n' || s->text.s[s->at] == '\r';
	if (scan_is(s, "IDENTITY"))
		return words->table && !words->query && behind_type(words->before) && scan_is(next, "(");
	if (scan_is(s, "["))
		return before_relation(words->before);
	return scan_is(s, ".") && str_is(words->before, "]") && s->at < s->text.n && s->text.s[s->at] == '[';
}

/* Two neighbours that PostgreSQL's grammar has nowhere. */
enum where { BEGINS, IN_TABLE, ANYWHERE };

static const struct {
	const char *before;             /* NULL: anything */
	const char *word, *next;
	enum where where;
	const char *system;
} neighbours[] = {
	{ NULL, "INSERT", "OR", BEGINS, "SQLite" },
	{ NULL, "CREATE", "VIRTUAL", BEGINS, "SQLite" },
	{ ")", "WITHOUT", "ROWID", IN_TABLE, "SQLite" },
	{ NULL, "REPLACE", "INTO", BEGINS, "MySQL or SQLite" },
	{ NULL, "INSERT", "IGNORE", BEGINS, "MySQL" },
	{ NULL, "UNLOCK", "TABLES", BEGINS, "MySQL" },
	{ NULL, "SET", "FOREIGN_KEY_CHECKS", BEGINS, "MySQL" },
	{ "ON", "DUPLICATE", "KEY", ANYWHERE, "MySQL" },
	{ "ON", "UPDATE", "CURRENT_TIMESTAMP", IN_TABLE, "MySQL" },
	{ NULL, "UNIQUE", "KEY", IN_TABLE, "MySQL" },
	{ NULL, "UNIQUE", "INDEX", IN_TABLE, "MySQL" },
	{ NULL, "DROP", "FOREIGN", IN_TABLE, "MySQL" },
	{ NULL, "DROP", "PRIMARY", IN_TABLE, "MySQL" },
	{ NULL, "COLLATE", "=", IN_TABLE, "MySQL" },
	{ ")", "ENGINE", "=", ANYWHERE, "MySQL" },
	{ ")", "CHARSET", "=", IN_TABLE, "MySQL" },
	{ ")", "COMMENT", "=", IN_TABLE, "MySQL" },
	{ ")", "DEFAULT", "CHARSET", IN_TABLE, "MySQL" },
	{ NULL, "DECLARE", "@", BEGINS, "SQL Server" },
};

static bool
may_stand(enum where where, const struct statement_words *words)
{
	return where == ANYWHERE || (where == BEGINS ? words->before.n == 0 : words->table);
}

static struct str
by_neighbours(const struct scan *s, const struct scan *next, const struct statement_words *words)
{
	for (size_t i = 0; i < sizeof(neighbours) / sizeof(neighbours[0]); i++) {
		if (!may_stand(neighbours[i].where, words) || !scan_is(s, neighbours[i].word) || !scan_is(next, neighbours[i].next))
			continue;
		if (neighbours[i].before == NULL || str_is_nocase(words->before, neighbours[i].before))
			return str_of(neighbours[i].system);
	}
	return STR_NONE;
}

static bool
is_number(struct str word)
{
	return word.n > 0 && word.s[0] >= '0' && word.s[0] <= '9';
}

/* A name that begins an element of the table, so that its type comes next. */
static bool
follows_column(const struct statement_words *words)
{
	return words->before.n > 0 && (str_is(words->before_that, "(") || str_is(words->before_that, ",")) && (scan_is_name(words->before.s[0]) || words->before.s[0] == '"');
}

/* Of a column or a table. */
static struct str
by_option(const struct scan *s, const struct scan *next, const struct statement_words *words)
{
	if (scan_is(s, "AUTO_INCREMENT") && behind_type(words->before))
		return STR("MySQL");
	if (scan_is(s, "AUTOINCREMENT") && behind_type(words->before))
		return STR("SQLite");
	if (!words->table || words->query)
		return STR_NONE;
	if ((scan_is(s, "UNSIGNED") && behind_type(words->before)) ||
	    (scan_is(s, "CHARACTER") && scan_is(next, "SET") && !before_name(words->before)))
		return STR("MySQL");
	if ((scan_is(s, "CHAR") || scan_is(s, "BYTE")) && is_number(words->before) && scan_is(next, ")"))
		return STR("Oracle");
	if ((scan_is(s, "NVARCHAR2") || scan_is(s, "NUMBER")) && scan_is(next, "(") && s->parens == 1 && follows_column(words))
		return STR("Oracle");
	if (scan_is(s, "STRICT") && s->parens == 0 && str_is(words->before, ")") && next->token.n <= 1)
		return STR("SQLite");
	return STR_NONE;
}

static struct str
marked(const struct scan *s, const struct statement_words *words)
{
	struct scan next = *s;
	bool first = words->before.n == 0, more = scan_next(&next);
	struct str system;

	if (!more)
		next = (struct scan){ .token = STR(""), .kind = SCAN_SIGN };
	if (quotes_back(s) || alters_for_mysql(s, &next, words))
		return STR("MySQL");
	if (is_transact(s, &next, words))
		return STR("SQL Server");
	if (s->kind != SCAN_WORD)
		return STR_NONE;
	if (first && scan_is(s, "DELIMITER"))
		return STR("MySQL");
	if (first && scan_is(s, "PRAGMA") && next.kind == SCAN_WORD)
		return STR("SQLite");
	system = by_neighbours(s, &next, words);
	return system.s != NULL ? system : by_option(s, &next, words);
}

static bool
in_head(struct str word)
{
	static const char *const words[] = { "create", "alter", "temp", "temporary", "unlogged", "global", "local", "foreign" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_is_nocase(word, words[i]))
			return true;
	return false;
}

static void
go_on(struct statement_words *words, const struct scan *s)
{
	bool first = words->before.n == 0;

	if (scan_is(s, ";")) {
		*words = (struct statement_words){ .before = STR(""), .before_that = STR("") };
		return;
	}
	if (words->head && scan_is(s, "TABLE"))
		words->table = true;
	words->alter = first ? scan_is(s, "ALTER") : words->alter;
	words->head = (first || words->head) && s->kind == SCAN_WORD && in_head(s->token);
	words->query |= scan_is(s, "SELECT");
	words->before_that = words->before;
	words->before = s->token;
}

struct str
dialect_of_text(struct str sql)
{
	struct scan s = { .text = sql };
	struct statement_words words = { .before = STR(""), .before_that = STR("") };
	struct str system = STR_NONE;

	while (system.s == NULL && scan_next(&s)) {
		system = marked(&s, &words);
		go_on(&words, &s);
	}
	return system;
}

bool
dialect_says_postgres(struct str sql)
{
	static const char *const words[] = { "bigserial", "jsonb", "timestamptz", "bytea", "tsvector", "regclass", "concurrently", "plpgsql" };
	struct scan s = { .text = sql };
	bool quotes = false;

	while (scan_next(&s)) {
		if (quotes && str_starts(s.token, "$") && s.token.n > 3)
			return true;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (scan_is(&s, words[i]))
				return true;
		quotes = scan_is(&s, "as") || scan_is(&s, "do");
	}
	return false;
}
