#include <stdlib.h>
#include <string.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_flyway;

/* ---- its configuration ---- */

struct settings {
	struct str versioned, repeatable, undo, baseline;       /* what names begin with */
	struct str separator, suffixes; /* suffixes with commas */
	struct str prefix, suffix;      /* of placeholders */
	bool replaces, mixed, transaction;
	bool locks;                     /* in a transaction that stays open */
	bool known;                     /* there is a configuration of its own */
	struct str schema, schemas;     /* empty: that of the connection */
	struct str_list locations;      /* empty: not said */
	struct map placeholders;
};

static struct settings
standard(struct arena *a)
{
	return (struct settings){ STR("V"), STR("R"), STR("U"), STR("B"), STR("__"), STR(".sql"), STR("${"), STR("}"), true, false, true,
		true, false, STR(""), STR(""), { 0 }, MAP(a) };
}

static void
set_text(struct settings *s, struct str key, struct str value)
{
	struct {
		const char *key;
		struct str *slot;
	} texts[] = {
		{ "sqlMigrationPrefix", &s->versioned },
		{ "repeatableSqlMigrationPrefix", &s->repeatable },
		{ "undoSqlMigrationPrefix", &s->undo },
		{ "baselineMigrationPrefix", &s->baseline },
		{ "sqlMigrationSeparator", &s->separator },
		{ "sqlMigrationSuffixes", &s->suffixes },
		{ "placeholderPrefix", &s->prefix },
		{ "placeholderSuffix", &s->suffix },
		{ "defaultSchema", &s->schema },
		{ "schemas", &s->schemas },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (str_is(key, texts[i].key))
			*texts[i].slot = value;
}

/* A list in YAML has a key for each, "locations.0", as it may in properties: "locations[0]". */
static void
set_location(struct settings *s, struct arena *a, struct str key, struct str value)
{
	if (key.n == 0 || str_is(key, ".0") || str_is(key, "[0]"))
		s->locations.n = 0;
	locations_add(a, &s->locations, value);
}

/* "${NAME}" of the environment, which alone knows the value. */
static bool
has_variable(struct str value)
{
	size_t at = str_find(value, STR("${"));

	return at != (size_t)-1 && str_find_char(str_slice(value, at, value.n), '}') != (size_t)-1;
}

/* "flyway.mixed" of the properties, "mixed" of the TOML's section flyway. */
static void
set(struct settings *s, struct arena *a, struct str key, struct str value)
{
	static const char space[] = "flyway.", replaced[] = "placeholders.";

	if (!str_starts(key, space))
		return;
	key = str_slice(key, sizeof(space) - 1, key.n);
	if (has_variable(value) && !str_starts(key, "locations"))
		return;
	set_text(s, key, value);
	if (str_is(key, "placeholderReplacement"))
		s->replaces = !str_is(value, "false");
	else if (str_is(key, "mixed"))
		s->mixed = str_is(value, "true");
	else if (str_is(key, "executeInTransaction"))
		s->transaction = !str_is(value, "false");
	else if (str_is(key, "postgresql.transactional.lock") || str_is(key, "postgresql.transactionalLock"))
		s->locks = !str_is(value, "false");
	else if (str_starts(key, "locations"))
		set_location(s, a, str_slice(key, sizeof("locations") - 1, key.n), value);
	else if (str_starts(key, replaced)) {
		struct str *text = NEW(a, struct str);
		*text = value;
		*map_at(&s->placeholders, str_slice(key, sizeof(replaced) - 1, key.n)) = text;
	}
}

static void
read_settings(const struct listing *l, struct str file, struct settings *s)
{
	struct source *source = listing_source(l->arena, l, file, NULL);

	if (source == NULL)
		return;
	s->known = true;
	for (struct ini ini = ini_of(l->arena, source->text); ini_next(&ini);)
		set(s, l->arena, ini.key, ini.value);
}

/* "flyway.sqlMigrationPrefix" of "flyway.sql-migration-prefix"; the names of placeholders stay. */
static struct str
camel_case(struct arena *a, struct str key)
{
	char *s = str_c(a, key);
	size_t n = 0;

	for (size_t i = 0; i < key.n; i++) {
		bool dash = s[i] == '-' && i + 1 < key.n && s[i + 1] >= 'a' && s[i + 1] <= 'z';
		if (str_is((struct str){ s, n }, "flyway.placeholders."))
			return key;
		s[n++] = dash ? (char)(s[++i] & ~0x20) : s[i];
	}
	return (struct str){ s, n };
}

static void
read_application(const struct listing *l, struct settings *s)
{
	struct properties list = application_properties(l);

	for (size_t i = 0; i < list.n; i++)
		if (str_starts(list.items[i].key, "flyway."))
			set(s, l->arena, camel_case(l->arena, list.items[i].key), list.items[i].value);
}

/* AbstractConfiguration: the first of the schemas, unless one is the default; the search path begins with it. */
static struct str
schema_of(const struct settings *s)
{
	struct str rest = s->schemas, first = STR("");

	str_cut(&rest, ',', &first);
	return s->schema.n > 0 ? s->schema : str_trim(first);
}

/* The configuration lies among the files, or above them; an application around them may have it, too. */
static struct settings
settings_of(const struct listing *l)
{
	static const char *const above[] = { "../../flyway.conf", "../../flyway.toml", "../flyway.conf", "../flyway.toml", "../conf/flyway.conf",
		"../conf/flyway.toml" };
	struct settings s = standard(l->arena);

	read_application(l, &s);
	for (size_t i = 0; l->root.n > 0 && i < sizeof(above) / sizeof(above[0]); i++)
		read_settings(l, str_of(above[i]), &s);
	for (size_t i = 0; i < l->nfiles; i++)
		if (str_is(listing_base(l->files[i]), "flyway.conf") || str_is(listing_base(l->files[i]), "flyway.toml"))
			read_settings(l, l->files[i], &s);
	return s;
}

/* ---- names ---- */

/* When it runs, of those that run. */
enum phase { BEFORE, BASELINE, VERSIONED, BEHIND_VERSIONED, REPEATABLE, BEHIND, UNDO, NEVER, UNREAD };

struct script {
	enum phase phase;
	struct str location;
	struct str version, name;
	struct str file, undo;
	struct str beside;              /* of code: where it would lie as SQL; of SQL the file */
	bool code;
};

VEC_TYPE(scripts, struct script);

/* Events of callbacks (Event.java) that come with every migrate; that behind each migration is told once, behind the last. */
static const struct {
	const char *id;
	enum phase phase;
} events[] = {
	{ "beforeMigrate", BEFORE },
	{ "afterEachMigrate", BEHIND_VERSIONED },
	{ "afterVersioned", BEHIND_VERSIONED },
	{ "beforeRepeatables", BEHIND_VERSIONED },
	{ "afterMigrateApplied", BEHIND },
	{ "afterMigrate", BEHIND },
};

/* stripSuffix() of ResourceNameParser; STR_NONE: it has none. */
static struct str
stem_of(const struct settings *s, struct str base)
{
	struct str rest = s->suffixes, suffix;

	while (str_cut(&rest, ',', &suffix)) {
		while (suffix.n > 0 && strchr(" []\"'", suffix.s[0]) != NULL)
			suffix = str_slice(suffix, 1, suffix.n);
		while (suffix.n > 0 && strchr(" []\"'", suffix.s[suffix.n - 1]) != NULL)
			suffix.n--;
		if (base.n > suffix.n && str_eq_nocase(str_slice(base, base.n - suffix.n, base.n), suffix))
			return str_slice(base, 0, base.n - suffix.n);
	}
	return STR_NONE;
}

/* MigrationVersion: integers with "." or "_" between them. Returned with dots; STR_NONE: it is none. */
static struct str
version_of(struct arena *a, struct str text)
{
	char *s = str_c(a, text);
	bool digit = false;

	for (size_t i = 0; i < text.n; i++) {
		bool dot = s[i] == '.' || s[i] == '_';
		if (dot ? !digit : s[i] < '0' || s[i] > '9')
			return STR_NONE;
		digit = !dot;
		s[i] = dot ? '.' : s[i];
	}
	return digit ? (struct str){ s, text.n } : STR_NONE;
}

static struct str
words(struct arena *a, struct str name)
{
	char *s = str_c(a, name);

	for (size_t i = 0; i < name.n; i++)
		s[i] = s[i] == '_' ? ' ' : s[i];
	return (struct str){ s, name.n };
}

/* Fills phase, version and name of the script with that prefix. false: it is not named so. */
static bool
name_script(const struct settings *s, struct arena *a, struct str stem, struct str prefix, enum phase phase, struct script *script)
{
	bool versioned = phase == VERSIONED || phase == UNDO || phase == BASELINE;
	struct str rest;
	size_t at;

	if (prefix.n > stem.n || !str_eq(str_slice(stem, 0, prefix.n), prefix))
		return false;
	rest = str_slice(stem, prefix.n, stem.n);
	at = str_find(rest, s->separator);
	if (at == (size_t)-1)
		at = rest.n;
	script->version = versioned ? version_of(a, str_slice(rest, 0, at)) : STR("");
	script->name = words(a, str_slice(rest, at + s->separator.n, rest.n));
	script->phase = phase;
	return versioned ? script->version.s != NULL : at == 0;
}

/* The longest prefix that fits, as the callbacks' names may begin with that of migrations. */
static bool
callback(const struct settings *s, struct arena *a, struct str stem, struct script *script)
{
	static const char *const others[] = { "before", "after", "create" };

	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		struct str id = str_of(events[i].id);
		if (str_eq(stem, id) || name_script(s, a, stem, id, events[i].phase, script)) {
			script->phase = events[i].phase;
			script->version = STR("");
			script->name = stem;
			return true;
		}
	}
	script->phase = NEVER;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (str_starts(stem, others[i]) && stem.n > strlen(others[i]) && stem.s[strlen(others[i])] >= 'A' &&
		    stem.s[strlen(others[i])] <= 'Z')
			return true;
	return false;
}

/* false: it is no script of flyway's. */
static bool
read_name(const struct settings *s, struct arena *a, struct str file, struct script *script)
{
	struct str stem = stem_of(s, listing_base(file));

	script->file = script->beside = file;
	if (stem.s == NULL)
		return false;
	return callback(s, a, stem, script) || name_script(s, a, stem, s->versioned, VERSIONED, script) ||
	    name_script(s, a, stem, s->repeatable, REPEATABLE, script) || name_script(s, a, stem, s->undo, UNDO, script) ||
	    name_script(s, a, stem, s->baseline, BASELINE, script);
}

static int
detect(const struct listing *l, struct str *why)
{
	struct settings s = standard(l->arena);
	size_t scripts = 0, versioned = 0, repeatable = 0;

	read_application(l, &s);
	for (size_t i = 0; i < l->nfiles; i++)
		if (str_is(listing_base(l->files[i]), "flyway.conf") || str_is(listing_base(l->files[i]), "flyway.toml"))
			read_settings(l, l->files[i], &s);
	for (size_t i = 0; i < l->nfiles; i++) {
		struct script script = { .phase = NEVER };
		bool named = read_name(&s, l->arena, l->files[i], &script);
		scripts += named;
		versioned += named && (script.phase == VERSIONED || script.phase == BASELINE);
		repeatable += named && script.phase == REPEATABLE;
	}
	*why = STR("files are named V1__name.sql");
	if (versioned == 0)
		return repeatable > 0 && repeatable == listing_count(l, "") ? 60 : 0;
	return 2 * scripts > listing_count(l, "") ? 90 : s.known ? 85 : 30;
}

/* ---- order ---- */

static struct str
part_of(struct str *version)
{
	struct str part = STR("");

	str_cut(version, '.', &part);
	return part;
}

static struct str
without_zeros(struct str digits)
{
	while (digits.n > 0 && digits.s[0] == '0')
		digits = str_slice(digits, 1, digits.n);
	return digits;
}

/* MigrationVersion.compareTo(): a part that is missing is 0. */
static int
compare_versions(struct str a, struct str b)
{
	while (a.n > 0 || b.n > 0) {
		struct str x = without_zeros(part_of(&a)), y = without_zeros(part_of(&b));
		int order = x.n != y.n ? (x.n > y.n) - (x.n < y.n) : str_cmp(x, y);
		if (order != 0)
			return order;
	}
	return 0;
}

/* ResolvedMigrationComparator */
static int
compare(const void *first, const void *second)
{
	const struct script *a = first, *b = second;
	int order = str_cmp_natural(a->location, b->location);

	if (order == 0)
		order = (int)a->phase - (int)b->phase;
	if (order == 0)
		order = compare_versions(a->version, b->version);
	if (order == 0)
		order = str_cmp(a->name, b->name);
	return order != 0 ? order : str_cmp(a->file, b->file);
}

/* Up to db/migration, or to where folders named after it end; empty: nothing tells. */
static struct str
location_of(struct str file)
{
	struct str dir = listing_dir(file), rest = dir, piece;
	size_t end = 0;

	while (str_cut(&rest, '/', &piece))
		if (str_is(piece, "migration") || str_is(piece, "migrations"))
			end = (size_t)(piece.s - dir.s) + piece.n;
	return str_slice(dir, 0, end);
}

/* One folder of migrations, and others that go on with its versions. */
static bool
one_location(const struct scripts *all)
{
	struct str one = STR("");

	for (size_t i = 0; i < all->n; i++) {
		struct str location = all->items[i].location;
		if (location.n > 0 && one.n > 0 && !str_eq(location, one))
			return false;
		one = location.n > 0 ? location : one;
	}
	return true;
}

/* Where a version is used twice the folders hold histories of their own, as those of several services do. */
static void
tell_locations(struct arena *a, struct scripts *all)
{
	struct map seen = MAP(a);
	bool twice = false;

	for (size_t i = 0; i < all->n; i++) {
		struct script *s = &all->items[i];
		struct script **at = (struct script **)map_at(&seen, s->version);
		s->location = location_of(s->beside);
		if (s->phase != VERSIONED)
			continue;
		if (*at != NULL && str_eq((*at)->location, s->location) && !str_eq(listing_dir((*at)->beside), listing_dir(s->beside)))
			twice = true;
		*at = s;
	}
	bool one = one_location(all);
	for (size_t i = 0; i < all->n; i++)
		if (twice)
			all->items[i].location = listing_dir(all->items[i].beside);
		else if (one)
			all->items[i].location = STR("");
}

static struct script *
find_version(struct scripts *all, enum phase phase, const struct script *of)
{
	for (size_t i = 0; i < all->n; i++) {
		struct script *s = &all->items[i];
		if (s->phase == phase && compare_versions(s->version, of->version) == 0 && str_eq(s->location, of->location))
			return s;
	}
	return NULL;
}

static void
pair_undo(struct scripts *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct script *s = &all->items[i], *forward = s->phase == UNDO ? find_version(all, VERSIONED, s) : NULL;
		if (forward == NULL)
			continue;
		forward->undo = s->file;
		s->phase = NEVER;
	}
}

static bool
has_older(const struct scripts *all, const struct script *baseline)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct script *s = &all->items[i];
		if (s->phase == VERSIONED && str_eq(s->location, baseline->location) && compare_versions(s->version, baseline->version) <= 0)
			return true;
	}
	return false;
}

/*
 * On an empty database the last baseline runs instead of what has its version or a smaller one, elsewhere it never runs:
 * where those are there, too, they are the history.
 */
static void
choose_baseline(struct scripts *all)
{
	struct script *last = NULL;

	for (size_t i = 0; i < all->n; i++) {
		struct script *s = &all->items[i];
		if (s->phase != BASELINE)
			continue;
		if (last != NULL && str_eq(last->location, s->location))
			last->phase = UNREAD;
		last = s;
		if (has_older(all, s))
			s->phase = UNREAD;
	}
}

/* ---- transactions ---- */

/* The words that a statement begins with; detectCanExecuteInTransaction() of PostgreSQLParser, which knows no others. */
static bool
runs_alone(struct str words)
{
	static const char *const starts[] = { "CREATE DATABASE", "DROP DATABASE", "CREATE TABLESPACE", "DROP TABLESPACE",
		"CREATE SUBSCRIPTION", "DROP SUBSCRIPTION", "ALTER SYSTEM", "CREATE INDEX CONCURRENTLY", "CREATE UNIQUE INDEX CONCURRENTLY",
		"DROP INDEX CONCURRENTLY", "REINDEX SCHEMA", "REINDEX DATABASE", "REINDEX SYSTEM", "REINDEX VERBOSE SCHEMA",
		"REINDEX VERBOSE DATABASE", "REINDEX VERBOSE SYSTEM", "VACUUM", "DISCARD ALL" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (str_is_nocase(words, starts[i]))
			return true;
	return false;
}

/* What a script holds; length 0: none of them. */
struct contents {
	struct span alone, ordinary;    /* the first statement that cannot run in a transaction, and the first that can */
	struct span concurrent;         /* the first with CONCURRENTLY of those */
};

/* A statement while it is read. */
struct reading {
	struct buf words;
	struct span first;              /* its first token; length 0: there is none yet */
	bool alone, concurrent;
};

static void
end_statement(struct reading *r, struct contents *c)
{
	struct span *slot = r->alone ? &c->alone : &c->ordinary;

	if (r->first.len > 0 && slot->len == 0)
		*slot = r->first;
	if (r->concurrent && c->concurrent.len == 0)
		c->concurrent = r->first;
	r->first.len = 0;
	r->alone = r->concurrent = false;
	r->words.n = 0;
}

static void
read_word(struct reading *r, struct str word)
{
	if (r->words.n > 64)
		return;
	if (r->words.n > 0)
		buf_char(&r->words, ' ');
	buf_str(&r->words, word);
	if (r->alone || !runs_alone(buf_text(&r->words)))
		return;
	r->alone = true;
	r->concurrent = str_is_nocase(word, "concurrently");
}

static struct contents
read_contents(struct arena *a, struct str sql)
{
	struct contents c = { 0 };
	struct reading r = { .words = BUF(a) };
	struct scan s = { .text = sql };

	while (scan_next(&s)) {
		if (s.parens == 0 && scan_is(&s, ";")) {
			end_statement(&r, &c);
			continue;
		}
		if (r.first.len == 0)
			r.first = span_of(s.at - s.token.n, s.at);
		if (s.parens == 0 && s.kind == SCAN_WORD)
			read_word(&r, s.token);
	}
	end_statement(&r, &c);
	return c;
}

/* The script's own configuration: the whole name with .conf behind it (SqlScriptMetadata.getMetadataResource()). */
struct own {
	bool says;                      /* about the transaction */
	bool transaction, replaces, runs;
};

static struct own
read_own(struct adapter_run *run, const struct settings *s, struct str file)
{
	struct str name = str_printf(run->arena, "%.*s.conf", STR_ARG(file));
	struct own own = { .transaction = s->transaction, .replaces = s->replaces, .runs = true };
	struct source *source = listing_has(run->listing, name) ? adapter_source(run, name) : NULL;

	if (source == NULL)
		return own;
	for (struct ini ini = ini_of(run->arena, source->text); ini_next(&ini);) {
		if (str_is(ini.key, "executeInTransaction")) {
			own.says = true;
			own.transaction = str_is(ini.value, "true");
		} else if (str_is(ini.key, "placeholderReplacement"))
			own.replaces = str_is(ini.value, "true");
		else if (str_is(ini.key, "shouldExecute"))
			own.runs = !str_is(ini.value, "false");
	}
	return own;
}

static void
say(struct adapter_run *run, enum severity severity, struct source *source, struct span at, const char *rule, struct str message)
{
	diag_add(run->diags, severity, STR("input"), str_of(rule), (struct place){ source, at }, message);
}

/* ParserSqlScript.parse(): without `mixed` a script is of one kind. */
static void
say_mixed(struct adapter_run *run, const struct settings *s, struct source *source, const struct contents *c)
{
	struct diag *d = diag_add(run->diags, SEVERITY_ERROR, STR("input"), STR("mixed-transactions"), (struct place){ source, c->alone },
	    STR("this statement cannot run in a transaction, others of the file can: flyway refuses the file unless it is told to mix them"));

	d->possible = !s->known;
	diag_label(run->diags, d, (struct place){ source, c->ordinary }, STR("runs in a transaction"));
	diag_note(run->diags, d, STR("move it to a file of its own, or set executeInTransaction=false in a file NAME.sql.conf"));
}

/* Not "flyway" alone, which is part of the names of people's own images, with versions of their own. */
static bool
knows_lock(const struct listing *l)
{
	static const char *const names[] = { "flyway/flyway", "flyway-core", "org.flywaydb.flyway", "flyway-maven-plugin", "flyway.version", NULL };

	return !tool_is_older(l, names, 9, 1);
}

/* Its manual says so of flyway.postgresql.transactional.lock, which came with 9.1; PostgreSQLAdvisoryLockTemplate. */
static void
say_lock(struct adapter_run *run, const struct settings *s, struct source *source, struct span at)
{
	struct diag *d = diag_add(run->diags, s->known ? SEVERITY_WARNING : SEVERITY_INFO, STR("input"), STR("flyway-lock"), (struct place){ source, at },
	    STR("flyway keeps, from 9.1 on, a transaction open for its lock while this runs, and CONCURRENTLY may wait for that for ever"));

	d->possible = !s->known;
	diag_note(run->diags, d, STR("set flyway.postgresql.transactional.lock=false"));
}

/* ParserSqlScript.executeInTransaction() */
static enum tx_mode
mode(struct adapter_run *run, const struct settings *s, const struct own *own, struct source *source, bool named)
{
	bool asked = own->says || !own->transaction;
	struct contents c = read_contents(run->arena, source->sql);
	enum tx_mode tx = (asked ? own->transaction : c.alone.len == 0) ? TX_WRAPPED : TX_NONE;

	if (!asked && c.alone.len > 0 && c.ordinary.len > 0 && !s->mixed && named)
		say_mixed(run, s, source, &c);
	if (tx == TX_NONE && c.concurrent.len > 0 && s->locks && named && knows_lock(run->listing))
		say_lock(run, s, source, c.concurrent);
	return tx;
}

/* People expect that a comment is read, or NAME.conf. */
static void
say_unread(struct adapter_run *run, struct source *source, struct str file)
{
	size_t at = str_find(source->text, STR("flyway:executeInTransaction"));
	struct str conf = str_printf(run->arena, "%.*s.conf", STR_ARG(str_slice(file, 0, file.n > 4 ? file.n - 4 : 0)));

	if (at != (size_t)-1)
		say(run, SEVERITY_INFO, source, span_of(at, at + sizeof("flyway:executeInTransaction") - 1), "unread-directive",
		    STR("flyway reads no comments: executeInTransaction stands in a file of the same name with .conf behind it"));
	if (listing_has(run->listing, conf) && (source = adapter_source(run, conf)) != NULL)
		say(run, SEVERITY_INFO, source, source_head(source, span_of(0, source->text.n)), "unread-directive",
		    str_printf(run->arena, "flyway does not read this file: its name has to be %.*s.conf", STR_ARG(listing_base(file))));
}

static struct source *
fill(struct adapter_run *run, const struct settings *s, struct source *source)
{
	struct placeholder list[] = { { str_c(run->arena, s->prefix), str_c(run->arena, s->suffix), false, false },
		{ NULL, NULL, false, false } };

	return placeholders_fill(run, source, list, &s->placeholders);
}

/* readToken() of Parser skips no-break spaces, which are part of a word to PostgreSQL. */
static void
blank_hard_spaces(struct arena *a, struct source *source)
{
	struct scan s = { .text = source->sql };
	bool first = true;
	char *sql = NULL;

	if (str_find(source->sql, STR("\xC2\xA0")) == (size_t)-1)
		return;
	while (scan_next(&s)) {
		struct str rest = s.token;
		while (first && str_starts(rest, "\xC2\xA0"))
			rest = str_slice(rest, 2, rest.n);
		if (rest.n == 0) {
			sql = sql != NULL ? sql : str_c(a, source->sql);
			memset(sql + s.at - s.token.n, ' ', s.token.n);
		} else
			first = s.parens == 0 && scan_is(&s, ";");
	}
	if (sql != NULL)
		source->sql.s = sql;
}

static struct part
read_script(struct adapter_run *run, const struct settings *s, struct str file, bool named)
{
	struct own own = read_own(run, s, file);
	struct part part = own.runs ? adapter_part(run, file, TX_WRAPPED) : (struct part){ 0 };

	if (part.source == NULL)
		return part;
	blank_hard_spaces(run->arena, part.source);
	if (named)
		say_unread(run, part.source, file);
	if (own.replaces && s->prefix.n > 0)
		part.source = fill(run, s, part.source);
	part.span = span_of(0, part.source->text.n);
	part.tx = mode(run, s, &own, part.source, named);
	return part;
}

/* ---- the list ---- */

/* "V8_name.sql", which flyway passes over without a word (validateMigrationNaming). */
static bool
nearly(const struct settings *s, struct str base)
{
	struct str stem = stem_of(s, base), rest = str_slice(stem, s->versioned.n, stem.n);

	return stem.s != NULL && str_eq(str_slice(stem, 0, s->versioned.n), s->versioned) && rest.n > 0 && rest.s[0] >= '0' && rest.s[0] <= '9';
}

static void
add_script(struct adapter_run *run, const struct settings *s, struct scripts *all, struct str file)
{
	struct script script = { .phase = NEVER };

	if (!read_name(s, run->arena, file, &script)) {
		if (nearly(s, listing_base(file)))
			adapter_note_file(run, FILE_STRAY, file, (struct place){ 0 }, STR(""), STR("flyway wants VERSION__NAME"));
	} else if (script.phase != NEVER && !adapter_other_database(run, file))
		*vec_push(run->arena, all) = script;
}

/* BaseJavaMigration: the name of the class, whatever prefixes are configured */
static void
add_code(struct adapter_run *run, struct scripts *all, const struct code_file *code)
{
	struct settings s = standard(run->arena);
	struct script script = { .file = code->file, .beside = code->beside, .code = true };
	struct str base = listing_base(code->file), stem = str_slice(base, 0, str_find_char(base, '.'));

	if (dialect_of_path(run->listing, code->beside).s == NULL &&
	    (name_script(&s, run->arena, stem, s.versioned, VERSIONED, &script) || name_script(&s, run->arena, stem, s.repeatable, REPEATABLE, &script)))
		*vec_push(run->arena, all) = script;
}

static void
say_baseline(struct adapter_run *run, const struct script *s)
{
	struct source *source = adapter_source(run, s->file);

	if (source != NULL)
		say(run, SEVERITY_INFO, source, source_head(source, span_of(0, source->text.n)), "unread-baseline",
		    STR("only the last baseline runs, and only where the migrations it stands for have not run: this one was not read"));
}

static void
say_outside(struct adapter_run *run, size_t n)
{
	if (n > 0)
		adapter_unread(run, str_printf(run->arena, "%zu SQL file%s outside of the locations that flyway's configuration names, and %s not read",
		    n, n == 1 ? " lies" : "s lie", n == 1 ? "was" : "were"));
}

/* All locations together are one history (CompositeMigrationResolver); what lies elsewhere never runs. */
static struct scripts
find(struct adapter_run *run, const struct settings *s)
{
	const struct listing *l = run->listing;
	struct found_locations locations = locations_find(l, &s->locations);
	struct code_files code = code_files_find(l, &s->locations);
	struct scripts all = { 0 };
	size_t outside = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		if (locations.n == 0 || locations.holds[i])
			add_script(run, s, &all, l->files[i]);
		else
			outside += listing_sql(l, l->files[i]) && adapter_named(run, l->files[i]);
	say_outside(run, outside);
	for (size_t i = 0; all.n > 0 && i < code.n; i++)
		add_code(run, &all, &code.items[i]);
	if (locations.n == 0 || locations.twice)
		tell_locations(run->arena, &all);
	pair_undo(&all);
	if (all.n > 0)
		qsort(all.items, all.n, sizeof(*all.items), compare);
	choose_baseline(&all);
	return all;
}

/* The time in a text makes it another one whenever it is read, as Flyway's manual advises for what has to run each time. */
static enum rerun
runs_of(const struct adapter_run *run, const struct settings *s, const struct script *script)
{
	struct str now = str_printf(run->arena, "%.*sflyway:timestamp%.*s", STR_ARG(s->prefix), STR_ARG(s->suffix));
	struct source *source = script->phase == REPEATABLE && !script->code ? listing_source(run->arena, run->listing, script->file, NULL) : NULL;

	if (script->phase == BEHIND_VERSIONED || script->phase == BEHIND)
		return RUNS_EACH_TIME;
	if (source != NULL && s->replaces && str_find(source->text, now) != (size_t)-1)
		return RUNS_EACH_TIME;
	return script->phase == REPEATABLE ? RUNS_WHEN_CHANGED : RUNS_ONCE;
}

static struct candidate
candidate_of(const struct script *s)
{
	bool undo = s->phase == UNDO;

	return (struct candidate){ .version = s->version, .name = s->name, .up = undo ? STR("") : s->file, .down = undo ? s->file : s->undo,
		.code_up = s->code };
}

static void
add_migration(struct adapter_run *run, const struct settings *s, const struct script *script)
{
	struct candidate c = candidate_of(script);
	bool named = candidate_named(run, &c);
	size_t n = run->migrations.n;
	struct migration *m;

	if (c.code_up)
		adapter_add_code(run, &c);
	else
		adapter_add(run, &c, c.up.n > 0 ? read_script(run, s, c.up, named) : (struct part){ 0 },
		    named && c.down.n > 0 ? read_script(run, s, c.down, named) : (struct part){ 0 });
	if (run->migrations.n == n)
		return;
	m = vec_last(&run->migrations);
	m->editable = c.version.n == 0;
	m->runs = runs_of(run, s, script);
}

static void
add_behind(struct adapter_run *run, const struct settings *s, const struct script *script)
{
	enum rerun runs = runs_of(run, s, script);

	if (!script->code && runs != RUNS_ONCE)
		*vec_push(run->arena, &run->behind) = (struct migration){ .name = script->name, .up = read_script(run, s, script->file, false), .runs = runs };
}

static struct scripts
those_that_run(struct adapter_run *run, const struct scripts *all)
{
	struct scripts some = { 0 };

	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].phase < NEVER)
			*vec_push(run->arena, &some) = all->items[i];
		else if (all->items[i].phase == UNREAD)
			say_baseline(run, &all->items[i]);
	return some;
}

static void
list(struct adapter_run *run)
{
	struct settings settings = settings_of(run->listing);
	struct scripts all = find(run, &settings), some = those_that_run(run, &all);
	struct candidates found = { 0 };
	size_t code = 0;

	run->schema = schema_of(&settings);
	for (size_t i = 0; i < some.n; i++)
		*vec_push(run->arena, &found) = candidate_of(&some.items[i]);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		code += found.items[i].code_up;
		add_migration(run, &settings, &some.items[i]);
	}
	for (size_t i = found.n; i < some.n; i++)
		add_behind(run, &settings, &some.items[i]);
	adapter_note_code(run, code);
}

bool
flyway_joins(const struct listing *l)
{
	struct settings settings = settings_of(l);
	struct found_locations found = locations_find(l, &settings.locations);

	return found.n > 1 && !found.twice;
}

const struct adapter adapter_flyway = {
	.name = "flyway",
	.doc = "Flyway; each script runs in a transaction, unless it or its .conf cannot",
	.layout = "V1__NAME.sql, R__NAME.sql, U1__NAME.sql, B1__NAME.sql",
	.versions = VERSIONS_ARE_NUMBERS | VERSIONS_DIFFER,
	.alone = true,
	.detect = detect,
	.list = list,
};
