#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapter/adapter.h"
#include "base/buf.h"
#include "base/err.h"

/* tests/adapters/NAME: migrations, and expected, which says what its adapter makes of them; maybe SQL that the framework was seen to run. */
#define TREES "tests/adapters"

/* The path below the tree's root. */
static struct str
shown(const struct listing *l, struct str path)
{
	return str_slice(path, l->root.n + 1, path.n);
}

static void
show_part(struct buf *b, const struct listing *l, const char *name, const struct part *p)
{
	static const char *const modes[] = { "?", "none", "wrapped", "string" };

	if (p->source == NULL)
		return;
	buf_printf(b, ", %s %.*s:", name, STR_ARG(shown(l, p->source->path)));
	if (p->span.len > 0)
		buf_printf(b, "%u-%u", source_position(p->source, p->span.off).line,
		    source_position(p->source, p->span.off + p->span.len - 1).line);
	buf_printf(b, " %s", modes[p->tx]);
}

static void
show(struct buf *b, const struct adapter_run *run)
{
	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		buf_printf(b, "%.*s %.*s", STR_ARG(m->version), STR_ARG(m->name));
		show_part(b, run->listing, "up", &m->up);
		show_part(b, run->listing, "down", &m->down);
		buf_printf(b, "%s\n", m->one_way ? ", one way" : "");
	}
	for (size_t i = 0; i < run->notes.n; i++) {
		const struct file_note *n = &run->notes.items[i];
		buf_printf(b, "note %s: %.*s", file_problem_word(n->problem), STR_ARG(shown(run->listing, n->at.source->path)));
		if (n->other.source != NULL)
			buf_printf(b, ", %.*s", STR_ARG(shown(run->listing, n->other.source->path)));
		buf_printf(b, "%s%.*s", n->detail.n > 0 ? ": " : "", STR_ARG(n->detail));
		if (n->more > 0)
			buf_printf(b, ", and %zu more", n->more);
		buf_char(b, '\n');
	}
	for (size_t i = 0; i < run->diags->list.n; i++) {
		const struct diag *d = run->diags->list.items[i];
		struct place at = d->labels[0].at;
		buf_printf(b, "%s %.*s %.*s:%u %.*s\n", severity_name(d->severity), STR_ARG(d->rule),
		    STR_ARG(shown(run->listing, at.source->path)), source_position(at.source, at.span.off).line,
		    STR_ARG(d->message));
	}
}

static size_t
differences(struct str want, struct str got)
{
	struct str w, g;
	size_t n = 0;

	for (;;) {
		bool more_want = str_cut(&want, '\n', &w), more_got = str_cut(&got, '\n', &g);
		if (!more_want && !more_got)
			return n;
		if (more_want && more_got && str_eq(w, g))
			continue;
		n++;
		if (more_want)
			printf("# -%.*s\n", STR_ARG(w));
		if (more_got)
			printf("# +%.*s\n", STR_ARG(g));
	}
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* Where the token ends that begins there: a quoted text, a word, one sign. */
static size_t
token_end(struct str sql, size_t at)
{
	size_t end = at + 1;

	if (sql.s[at] == '\'' || sql.s[at] == '"')
		return end + str_find_char(str_slice(sql, end, sql.n), sql.s[at]) + 1;
	while (is_word(sql.s[at]) && end < sql.n && is_word(sql.s[end]))
		end++;
	return end;
}

/* A statement a line, in small letters outside of quotes, with one space between tokens and without comments. */
static void
fold(struct buf *b, struct str sql)
{
	bool begun = false;

	for (size_t at = 0, end; at < sql.n; at = end) {
		end = token_end(sql, at);
		if (strchr(" \t\r\n", sql.s[at]) != NULL)
			continue;
		if (str_starts(str_slice(sql, at, sql.n), "--")) {
			end = at + str_find_char(str_slice(sql, at, sql.n), '\n');
			continue;
		}
		if (sql.s[at] == ';' && begun)
			buf_char(b, '\n');
		for (size_t i = at; sql.s[at] != ';' && i < end; i++)
			buf_char(b, sql.s[at] == '\'' || sql.s[at] == '"' || sql.s[i] < 'A' || sql.s[i] > 'Z' ? sql.s[i] : (char)(sql.s[i] | 0x20));
		begun = sql.s[at] != ';';
		if (begun)
			buf_char(b, ' ');
	}
}

/* The SQL of one way, and what the framework itself printed for it, which tests/adapters/NAME/FILE recorded. */
static size_t
check_sql(struct arena *a, const char *name, const char *file, const struct adapter_run *run, bool down)
{
	struct source *recorded = source_read(a, str_printf(a, TREES "/%s/%s", name, file), NULL);
	struct buf want = BUF(a), got = BUF(a);
	size_t n;

	if (recorded == NULL)
		return 0;
	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[down ? run->migrations.n - 1 - i : i];
		const struct part *p = down ? &m->down : &m->up;
		if (p->source != NULL)
			fold(&got, source_text(p->source, p->span));
	}
	fold(&want, recorded->text);
	n = differences(buf_text(&want), buf_text(&got));
	if (n > 0)
		printf("# %s/%s: -recorded +got\n", name, file);
	return n;
}

static size_t
check_tree(struct arena *a, const char *name)
{
	struct buf got = BUF(a);
	struct listing listing;
	struct str why = STR("");
	struct diags diags = { .arena = a };
	struct adapter_run run = { .arena = a, .listing = &listing, .diags = &diags };
	struct source *expected = source_read(a, str_printf(a, TREES "/%s/expected", name), NULL);

	assert_non_null(expected);
	assert_int_equal(listing_read(a, str_printf(a, TREES "/%s/migrations/", name), &listing, NULL), 0);
	const struct adapter *adapter = adapter_detect(&listing, &why);
	assert_non_null(adapter);
	adapter_list(adapter, &run);
	buf_printf(&got, "%s: %.*s\n", adapter->name, STR_ARG(why));
	show(&got, &run);
	if (run.schema.n > 0)
		buf_printf(&got, "schema %.*s\n", STR_ARG(run.schema));
	size_t n = differences(expected->text, buf_text(&got));
	if (n > 0)
		printf("# %s: -expected +got\n", name);
	return n + check_sql(a, name, "recorded.sql", &run, false) + check_sql(a, name, "recorded-back.sql", &run, true);
}

static void
trees(void **state)
{
	DIR *d = opendir(TREES);
	struct dirent *entry;
	size_t wrong = 0, n = 0;

	(void)state;
	assert_non_null(d);
	while ((entry = readdir(d)) != NULL) {
		struct arena a;
		if (entry->d_name[0] == '.')
			continue;
		arena_init(&a, NULL, NULL);
		wrong += check_tree(&a, entry->d_name);
		arena_free(&a);
		n++;
	}
	closedir(d);
	assert_int_not_equal(n, 0);
	assert_int_equal(wrong, 0);
}

static void
names(void **state)
{
	(void)state;
	assert_string_equal(adapter_find(STR("diesel"))->name, "up-down-dirs");
	assert_string_equal(adapter_find(STR("golang-migrate"))->name, "golang-migrate");
	assert_null(adapter_find(STR("")));
	assert_string_equal(adapter_find(STR("evolutions"))->name, "play");
	assert_null(adapter_find(STR("gooze")));
}

/* What cannot be read is said; the rest goes on. */
static void
unreadable(void **state)
{
	struct arena a;
	struct err err = { STR("") };
	struct diags diags = { .arena = &a };
	struct str files[] = { STR("1_gone.up.sql"), STR("2_a.up.sql") };
	struct listing l = { .root = STR(TREES "/mixed/migrations"), .files = files, .nfiles = 2 };
	struct adapter_run run = { .arena = &a, .listing = &l, .diags = &diags };

	(void)state;
	arena_init(&a, NULL, NULL);
	l.arena = &a;
	files[1] = STR("3_c.up.sql");
	adapter_find(STR("golang-migrate"))->list(&run);
	assert_int_equal(run.migrations.n, 1);
	assert_int_equal(diags.list.n, 1);
	assert_true(str_is(diags.list.items[0]->rule, "unreadable-file"));
	assert_true(diags.list.items[0]->unchecked);
	assert_int_equal(listing_read(&a, STR(TREES "/none"), &l, &err), -1);
	assert_string_equal(str_c(&a, err.message), "cannot read " TREES "/none: No such file or directory");
	arena_free(&a);
}

/* What a framework replaces, and what is data. */
static void
placeholders(void **state)
{
	static const struct placeholder dollar[] = { { "${", "}", false, false }, { NULL, NULL, false, false } },
	    capitals[] = { { ":", "", true, false }, { NULL, NULL, false, false } };
	static const struct {
		const struct placeholder *list;
		const char *text, *sql;
	} cases[] = {
		{ dollar, "SELECT 1", "SELECT 1" },
		{ dollar, "ALTER TABLE ${schema}.t SET (x = '${other.one}')", "ALTER TABLE app.t SET (x = 'other_one_')" },
		{ dollar, "SELECT $${\"a\": 1}$$, $1, ${}", "SELECT $${\"a\": 1}$$, $1, ${}" },
		{ capitals, "GRANT x TO :DATABASE_OWNER; SELECT a::TEXT, :lower, '[:alpha:]'",
		    "GRANT x TO database_owner_; SELECT a::TEXT, :lower, '[:alpha:]'" },
		{ capitals, "SELECT ARRAY[x]:::SCHEMA_NAME.t[]", "SELECT ARRAY[x]::schema_name_.t[]" },
	};
	struct str value = STR("app");
	struct adapter_settings settings;
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	settings.placeholders = MAP(&a);
	*map_at(&settings.placeholders, STR("schema")) = &value;
	struct adapter_run run = { .arena = &a, .settings = &settings };
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct source *file = source_new(&a, STR("x.sql"), str_of(cases[i].text));
		assert_string_equal(str_c(&a, placeholders_replace(&run, file, cases[i].list)->sql), cases[i].sql);
	}
	arena_free(&a);
}

/* A place in the text that was made is one in the file. */
static void
made_places(void **state)
{
	struct arena a;
	struct diags diags = { .arena = &a };
	struct adapter_run run = { .arena = &a, .diags = &diags };

	(void)state;
	arena_init(&a, NULL, NULL);
	struct source *file = source_new(&a, STR("x.sql"), STR("{{/* head */}}\nDROP TABLE \"{{ index .Options \"Schema\" }}\".users;\nSELECT {{ .n }};"));
	struct source *made = go_template_fill(&run, file);
	assert_string_equal(str_c(&a, made->sql), "\nDROP TABLE \"schema_\".users;\nSELECT n_;");
	assert_int_equal(source_position(made, 22).line, 2);
	assert_int_equal(source_position(made, 22).column, 44);
	assert_int_equal(source_position(made, 36).line, 3);
	file = source_new(&a, STR("z.sql"), STR("{{ if or .sqlite .mysql }}{{ end_of }}{{ if .x }}2{{ end }}{{ else }}SELECT{{ end }} 1"));
	assert_string_equal(str_c(&a, go_template_fill(&run, file)->sql), "SELECT 1");
	file = source_new(&a, STR("y.sql"), STR("SELECT 1;\n{{ if .plugin }}SELECT 2;{{ end }}"));
	assert_null(go_template_fill(&run, file));
	assert_int_equal(diags.list.n, 1);
	assert_int_equal(source_position(file, diags.list.items[0]->labels[0].at.span.off).line, 2);
	arena_free(&a);
}

/* A comment is a name where nothing else can be one in front of the dot. */
static void
comment_names(void **state)
{
	static const struct {
		const char *text, *sql;         /* sql NULL: it stays as it is */
	} cases[] = {
		{ "CREATE INDEX i ON /* X */.\"User\" (a)", "CREATE INDEX i ON x_.\"User\" (a)" },
		{ "SELECT 1 FROM a, /*my schema*/.b JOIN /* X */.c USING (d)", "SELECT 1 FROM a, my_schema_.b JOIN x_.c USING (d)" },
		{ "UPDATE /* X */.a SET b = /* X */.f() WHERE c IN (/* X */.g())", "UPDATE x_.a SET b = x_.f() WHERE c IN (x_.g())" },
		{ "SELECT '1'::/* X */.mood, -- one\n/* two *//* X */.f()", "SELECT '1'::x_.mood, -- one\n/* two */x_.f()" },
		{ "DROP TABLE a/* 1 */;DROP TABLE IF EXISTS /* X */.b", "DROP TABLE a/* 1 */;DROP TABLE IF EXISTS x_.b" },
		{ "DO $a$ BEGIN PERFORM /* X */.f(); EXECUTE $b$DROP TABLE /* X */.t$b$; END $a$; TABLE /* X */.t",
		    "DO $a$ BEGIN PERFORM x_.f(); EXECUTE $b$DROP TABLE x_.t$b$; END $a$; TABLE x_.t" },
		{ "SELECT a/* x */.b, a /* x */.b, \"a\"/* x */.b, (a)/* x */.b, (a[1])/* x */.b, a[1]/* x */.b FROM a", NULL },
		{ "SELECT $1/* x */.b, 1/* x */.b, 'a'/* x */.b, a.*/* x */.b, a.on/* x */.b, update/* x */.b FROM a", NULL },
		{ "SELECT 1 +/* x */.5, '/* x */.a', E'\\'/* x */.a', \"/* x */.a\", $$ 1 +/* x */.5 $$ -- /* x */.a", NULL },
		{ "SELECT 1 FROM /* x */ .a, /* x */. b, /**/.c, /* two\nlines */.d", NULL },
	};
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct adapter_run run = { .arena = &a };
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct source *file = source_new(&a, STR("x.sql"), str_of(cases[i].text));
		struct part part = { .source = file, .span = span_of(0, file->text.n) };
		assert_int_equal(comment_names_fill(&run, &part), cases[i].sql != NULL);
		assert_string_equal(str_c(&a, source_text(part.source, part.span)), cases[i].sql != NULL ? cases[i].sql : cases[i].text);
	}
	arena_free(&a);
}

/* Of a part nothing else is read, and its places are those of the file. */
static void
comment_places(void **state)
{
	static const struct placeholder dollar[] = { { "${", "}", false, false }, { NULL, NULL, false, false } };
	struct arena a;
	struct adapter_run run = { .arena = &a };

	(void)state;
	arena_init(&a, NULL, NULL);
	struct source *file = source_new(&a, STR("x.sql"), STR("TABLE /* X */.a;\n-- down\nTABLE ${schema}.b; TABLE\n/* X */.c; TABLE d;"));
	struct source *made = placeholders_replace(&run, file, dollar);
	size_t from = str_find(made->text, STR("-- down"));
	struct part part = { .source = made, .span = span_of(from, made->text.n) };
	assert_true(comment_names_fill(&run, &part));
	assert_string_equal(str_c(&a, part.source->sql), "-- down\nTABLE schema_.b; TABLE\nx_.c; TABLE d;");
	struct position c = source_position(part.source, (uint32_t)str_find(part.source->sql, STR("c;")));
	struct position d = source_position(part.source, (uint32_t)str_find(part.source->sql, STR("d;")));
	assert_int_equal(c.line, 4);
	assert_int_equal(c.column, 9);
	assert_int_equal(d.line, 4);
	assert_int_equal(d.column, 18);
	arena_free(&a);
}

static void
dialects(void **state)
{
	static const struct {
		const char *sql, *system;       /* NULL: PostgreSQL reads it */
	} cases[] = {
		{ "INSERT OR IGNORE INTO a (b) VALUES (1)", "SQLite" },
		{ "CREATE VIRTUAL TABLE a USING fts5 (b)", "SQLite" },
		{ "CREATE TABLE a (b integer PRIMARY KEY) WITHOUT ROWID", "SQLite" },
		{ "CREATE TABLE a (b integer PRIMARY KEY AUTOINCREMENT)", "SQLite" },
		{ "CREATE TABLE a (b integer PRIMARY KEY) STRICT", "SQLite" },
		{ "CREATE TABLE a (b integer) STRICT, WITHOUT ROWID", "SQLite" },
		{ "PRAGMA foreign_keys = ON", "SQLite" },
		{ "REPLACE INTO a (b) VALUES (1)", "MySQL or SQLite" },
		{ "CREATE TABLE `a` (b int)", "MySQL" },
		{ "CREATE TABLE a (b int(10) unsigned)", "MySQL" },
		{ "CREATE TEMPORARY TABLE a (b int UNSIGNED NOT NULL)", "MySQL" },
		{ "CREATE TABLE a (b int AUTO_INCREMENT)", "MySQL" },
		{ "CREATE TABLE a (b int) ENGINE=InnoDB", "MySQL" },
		{ "CREATE TABLE a (b int) COMMENT='c'", "MySQL" },
		{ "CREATE TABLE a (b int) DEFAULT CHARSET=utf8", "MySQL" },
		{ "CREATE TABLE a (b int) CHARSET = utf8", "MySQL" },
		{ "CREATE TABLE a (b varchar(9) CHARACTER SET utf8mb4)", "MySQL" },
		{ "CREATE TABLE a (b int, UNIQUE KEY c (b))", "MySQL" },
		{ "ALTER TABLE a ADD UNIQUE INDEX c (b)", "MySQL" },
		{ "CREATE TABLE a (b timestamp DEFAULT now() ON UPDATE CURRENT_TIMESTAMP)", "MySQL" },
		{ "ALTER TABLE a MODIFY b text", "MySQL" },
		{ "ALTER TABLE s.a ADD COLUMN c int, MODIFY b text", "MySQL" },
		{ "ALTER TABLE a CHANGE b c text", "MySQL" },
		{ "ALTER TABLE a MODIFY COLUMN b text", "MySQL" },
		{ "ALTER TABLE a ADD c int AFTER b", "MySQL" },
		{ "ALTER TABLE a DROP FOREIGN KEY c", "MySQL" },
		{ "ALTER TABLE a DROP PRIMARY KEY", "MySQL" },
		{ "INSERT IGNORE INTO a (b) VALUES (1)", "MySQL" },
		{ "INSERT INTO a (b) VALUES (1) ON DUPLICATE KEY UPDATE b = 2", "MySQL" },
		{ "DELIMITER //", "MySQL" },
		{ "SET FOREIGN_KEY_CHECKS = 0", "MySQL" },
		{ "UNLOCK TABLES", "MySQL" },
		{ "CREATE TABLE a (b int IDENTITY(1, 1))", "SQL Server" },
		{ "CREATE TABLE [a] (b int)", "SQL Server" },
		{ "ALTER TABLE dbo.[a] ADD c int; SELECT [dbo].[a]", "SQL Server" },
		{ "CREATE TABLE a (b int)\nGO\n", "SQL Server" },
		{ "DECLARE @a int", "SQL Server" },
		{ "CREATE TABLE a (b varchar2(9 CHAR))", "Oracle" },
		{ "CREATE TABLE a (\"B\" NUMBER (1, 0) DEFAULT 0)", "Oracle" }, { "CREATE TABLE a (b int, c nvarchar2(9))", "Oracle" },
		{ "CREATE TABLE a (b int CHECK (number(b) > 0), number varchar(9), UNIQUE (number))", NULL },
		{ "CREATE TABLE strict (modify int, change text, unsigned int, comment text, charset text, engine text, key text, virtual int, after int)", NULL },
		{ "CREATE FUNCTION f() RETURNS TABLE (a int) STRICT LANGUAGE sql AS 'SELECT 1'", NULL },
		{ "CREATE TABLE a AS SELECT count(*) strict FROM b", NULL },
		{ "CREATE TABLE a AS SELECT b::int unsigned FROM c", NULL },
		{ "CREATE TABLE a (character int); ALTER TABLE a ALTER COLUMN character SET NOT NULL, ALTER character SET DEFAULT 1", NULL },
		{ "ALTER TABLE a ADD modify text, ADD COLUMN change text, DROP COLUMN modify, ALTER modify TYPE text", NULL },
		{ "ALTER TABLE modify RENAME TO change", NULL },
		{ "ALTER TABLE a RENAME COLUMN modify TO change", NULL },
		{ "ALTER TABLE a DROP CONSTRAINT modify, VALIDATE CONSTRAINT change", NULL },
		{ "ALTER INDEX modify RENAME TO change", NULL },
		{ "CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE a ENABLE TRIGGER t", NULL },
		{ "ALTER TABLE a ADD COLUMN before jsonb, ADD after jsonb; ALTER TABLE a ALTER after SET NOT NULL, RENAME after TO b", NULL },
		{ "ALTER TABLE a ALTER b ADD GENERATED ALWAYS AS IDENTITY (START 1)", NULL },
		{ "CREATE TABLE a (b int REFERENCES c ON UPDATE CASCADE, UNIQUE (b))", NULL },
		{ "INSERT INTO a (b) VALUES (1) ON CONFLICT DO NOTHING", NULL },
		{ "SELECT 1 FROM a JOIN b ON duplicate; SELECT (a) go FROM b", NULL },
		{ "COPY a FROM '/x' WITH DELIMITER ','", NULL },
		{ "CREATE TABLE a (b time WITHOUT TIME ZONE, c \"char\", d char(9) DEFAULT 'UNSIGNED')", NULL },
		{ "UPDATE a SET b[1] = c[2]; SELECT ARRAY[1] FROM a", NULL },
		{ "DECLARE a CURSOR FOR SELECT 1", NULL },
		{ "CREATE OR REPLACE VIEW a AS SELECT replace(b, 'into', 'x') FROM c", NULL },
		{ "-- REPLACE INTO a\nSELECT '`a`', $$ INSERT IGNORE $$", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str system = dialect_of_text(str_of(cases[i].sql));
		if (cases[i].system == NULL ? system.s != NULL : !str_is(system, cases[i].system))
			fail_msg("%s: %.*s", cases[i].sql, STR_ARG(system));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(trees), cmocka_unit_test(names), cmocka_unit_test(unreadable),
		cmocka_unit_test(placeholders), cmocka_unit_test(made_places), cmocka_unit_test(comment_names), cmocka_unit_test(comment_places),
		cmocka_unit_test(dialects) };
	const char *root = getenv("ROOT");

	if (root != NULL && chdir(root) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
