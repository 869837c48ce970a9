#include <stdlib.h>
#include <string.h>

#include "adapter/liquibase_change.h"
#include "text/xml.h"

extern const struct adapter adapter_liquibase;

/* How many changelogs the detection looks for; how deep they include each other. */
enum { SAMPLES = 6, NESTED = 64 };

/* ---- how a changeset runs ---- */

/* DatabaseList.definitionMatches() */
bool
liquibase_dbms(struct str list)
{
	bool wanted = false, any = false;
	struct str name;

	while (str_cut(&list, ',', &name)) {
		name = str_trim(name);
		if (str_is_nocase(name, "all"))
			return true;
		if (str_is_nocase(name, "none") || str_is_nocase(name, "!postgresql"))
			return false;
		any = any || (name.n > 0 && name.s[0] != '!');
		wanted = wanted || str_is_nocase(name, "postgresql");
	}
	return wanted || !any;
}

/* Some use the names of databases as contexts. */
bool
liquibase_context(struct str context)
{
	return dialect_of_word(str_trim(context)).s == NULL;
}

static bool
own_delimiter(const struct running *r)
{
	return r->delimiter.n > 0 && str_find(r->delimiter, STR(";")) == (size_t)-1;
}

/*
 * A statement is what stands between two delimiters (StringUtil.processMultiLineSQL). Comments are taken out first, so
 * that one of them cannot be a delimiter.
 */
enum tx_mode
liquibase_mode(const struct running *r)
{
	if (r->transaction)
		return TX_WRAPPED;
	if (!r->splits || (own_delimiter(r) && str_starts(r->delimiter, "--") && r->strips))
		return TX_STRING;
	return TX_NONE;
}

/* The delimiter may be written as a regular expression: "\n/", "/\s*$". */
static struct str
bare_delimiter(struct str text)
{
	while (str_starts(text, "\\n") || str_starts(text, "\\s") || str_starts(text, "\\r"))
		text = str_slice(text, text.n > 2 && strchr("*+?", text.s[2]) != NULL ? 3 : 2, text.n);
	while (str_ends(text, "$") || str_ends(text, "*") || str_ends(text, "\\s") || str_ends(text, "\\n"))
		text.n -= str_ends(text, "$") || str_ends(text, "*") ? 1 : 2;
	return text;
}

static bool
alone_on_line(struct str text, size_t from, size_t to)
{
	while (from > 0 && (text.s[from - 1] == ' ' || text.s[from - 1] == '\t'))
		from--;
	while (to < text.n && strchr(" \t\r", text.s[to]) != NULL)
		to++;
	return (from == 0 || text.s[from - 1] == '\n') && (to == text.n || text.s[to] == '\n');
}

/* Of the delimiter at or behind that place, outside of quotes; text.n: there is none. */
static size_t
find_delimiter(struct str text, size_t at, struct str delimiter)
{
	struct scan s = { .text = text, .at = at };

	if (str_starts(delimiter, "--")) {
		for (; at < text.n; at = scan_line_end(text, at) + 1) {
			struct str line = str_trim(str_slice(text, at, scan_line_end(text, at)));
			if (str_eq(line, delimiter))
				return (size_t)(line.s - text.s);
		}
		return text.n;
	}
	while (scan_next(&s)) {
		size_t from = s.at - s.token.n, to = from + delimiter.n;
		if (!str_eq_nocase(str_slice(text, from, to), delimiter))
			continue;
		if ((delimiter.n > 1 && !scan_is_name(delimiter.s[0])) || alone_on_line(text, from, to))
			return from;
	}
	return text.n;
}

struct part
liquibase_delimit(struct arena *a, struct part part, const struct running *running)
{
	struct str delimiter = bare_delimiter(running->delimiter), text = source_text(part.source, part.span);
	struct making m = making_of(a, part.source);
	size_t done = 0, at;

	if (!own_delimiter(running) || delimiter.n == 0)
		return part;
	while ((at = find_delimiter(text, done, delimiter)) < text.n) {
		making_take(&m, span_of(part.span.off + done, part.span.off + at));
		making_put(&m, STR(";"), span_of(part.span.off + at, part.span.off + at + delimiter.n));
		done = at + delimiter.n;
	}
	if (done == 0)
		return part;
	making_take(&m, span_of(part.span.off + done, part.span.off + text.n));
	part.source = making_end(&m);
	part.span = span_of(0, part.source->text.n);
	return part;
}

/* Where processMultiLineSQL() ends a statement: at a ";" that does not stand between BEGIN and END. text.n: nowhere. */
static size_t
find_split(struct str text)
{
	struct scan s = { .text = text };
	unsigned blocks = 0;

	while (scan_next(&s)) {
		struct scan next = s;
		bool word = scan_next(&next) && (scan_is(&next, "transaction") || scan_is(&next, "trans") || scan_is(&next, "tran"));
		if (scan_is(&s, "begin") && !word)
			blocks++;
		else if (scan_is(&s, "end") && !word && blocks > 0)
			blocks--;
		else if (scan_is(&s, ";") && blocks == 0)
			return s.at - 1;
	}
	return text.n;
}

static struct str
inside_quotes(struct str quoted)
{
	size_t tag = 1 + str_find_char(str_slice(quoted, 1, quoted.n), '$') + 1;

	return str_slice(quoted, tag, quoted.n > 2 * tag ? quoted.n - tag : tag);
}

void
liquibase_check_split(struct changelog *log, struct str file, const struct part *part, const struct running *running)
{
	struct scan s = { .text = source_text(part->source, part->span) };

	if (!running->splits || own_delimiter(running) || !adapter_named(log->run, file))
		return;
	while (scan_next(&s)) {
		if (s.kind != SCAN_TEXT || s.token.n < 4 || s.token.s[0] != '$')
			continue;
		struct str inner = inside_quotes(s.token);
		size_t at = find_split(inner);
		if (at == inner.n)
			continue;
		at += (size_t)(inner.s - part->source->text.s);
		adapter_mistake(log->run, part->source, span_of(at, at + 1), "split-quoted-text",
		    STR("liquibase ends the statement at this ';', as it knows no dollar quotes: set splitStatements:false or an endDelimiter"));
		return;
	}
}

void
liquibase_property(struct changelog *log, struct str name, struct str value)
{
	void **at;

	if (name.n == 0 || value.s == NULL || map_has(&log->properties, name))
		return;
	at = map_at(&log->properties, name);
	*at = NEW(log->run->arena, struct str);
	*(struct str *)*at = value;
}

static struct source *
fill(struct changelog *log, struct source *source)
{
	static const struct placeholder list[] = { { "${", "}", false, false }, { NULL, NULL, false, false } };
	struct map values = MAP(log->run->arena);

	for (size_t i = 0; i < log->properties.n; i++) {
		struct str *value = NEW(log->run->arena, struct str);
		*value = liquibase_value(log, *(const struct str *)log->properties.entries[i].value);
		*map_at(&values, log->properties.entries[i].key) = value;
	}
	return placeholders_fill(log->run, source, list, &values);
}

struct source *
liquibase_source(struct changelog *log, struct str file)
{
	struct source *source = adapter_source(log->run, file);

	return source != NULL ? fill(log, source) : NULL;
}

void
liquibase_add(struct changelog *log, const struct changeset *set)
{
	*vec_push(log->run->arena, &log->sets) = *set;
}

void
liquibase_know(struct changelog *log, const struct changeset *set, struct place at)
{
	struct arena *a = log->run->arena;
	struct str id = str_printf(a, "%.*s %.*s:%.*s", STR_ARG(set->c.up), STR_ARG(set->c.name), STR_ARG(set->c.version));
	void **seen = map_at(&log->ids, id);
	struct place *place = NEW(a, struct place);

	*place = place_in_file(at);
	if (*seen == NULL)
		*seen = place;
	else if (adapter_named(log->run, set->c.up))
		adapter_note(log->run, FILE_SAME_VERSION, *place, *(struct place *)*seen, set->c.version, STR(""));
}

/* ---- the tree of changelogs ---- */

/* A file that is read as a tree. */
struct tree {
	struct str file;
	struct source *source;
	struct yaml *root;
	bool included, done;
};

struct walk {
	struct changelog log;
	VEC(struct tree *) trees;
	struct map by_file;             /* of trees */
	struct map done;                /* SQL files */
	struct map folders;             /* with formatted SQL */
	struct tree *tree;              /* that is read */
	unsigned depth;
	bool abstract;                  /* said so of this tree */
	bool data_said;                 /* of the whole run */
	size_t read;                    /* up to where the tree was read for remarks */
	bool unread;                    /* some changelog could not be read, which may name any file */
};

static bool
has_ending(struct str file, const char *endings)
{
	struct str rest = str_of(endings), ending;

	while (str_cut(&rest, ' ', &ending))
		if (file.n > ending.n && str_eq_nocase(str_slice(file, file.n - ending.n, file.n), ending))
			return true;
	return false;
}

static bool
is_tree(struct str file)
{
	return has_ending(file, ".yaml .yml .json .xml");
}

static struct str
without_scheme(struct str path)
{
	if (str_starts(path, "classpath:"))
		path = str_slice(path, sizeof("classpath:") - 1, path.n);
	while (path.n > 0 && path.s[0] == '/')
		path = str_slice(path, 1, path.n);
	return path;
}

static bool
below(struct str file, struct str dir)
{
	return dir.n == 0 || (file.n > dir.n && file.s[dir.n] == '/' && str_eq(str_slice(file, 0, dir.n), dir));
}

/* The file, or with `folder` a file in that folder, is listed. */
static bool
listed(const struct listing *l, struct str path, bool folder)
{
	if (!folder)
		return listing_has(l, path);
	for (size_t i = 0; i < l->nfiles; i++)
		if (below(l->files[i], path))
			return true;
	return false;
}

/*
 * The listed file or folder that a changelog names: paths begin where the search path does, which is somewhere above or
 * below the root of the listing. STR_NONE: it is not there.
 */
static struct str
resolve(const struct walk *w, struct str path, bool relative, bool folder)
{
	const struct listing *l = w->log.run->listing;
	struct arena *a = w->log.run->arena;
	struct str found = listing_path(a, listing_dir(w->tree->file), path), piece, root = l->root;

	if (listed(l, found, folder) && (relative || !listed(l, path, folder)))
		return found;
	path = listing_path(a, STR(""), without_scheme(path));
	if (listed(l, path, folder))
		return path;
	for (size_t i = 0; i < l->nfiles; i++) {
		struct str file = folder ? listing_dir(l->files[i]) : l->files[i];
		size_t n = file.n - (file.n > path.n ? path.n : file.n);
		if (n > 0 && file.s[n - 1] == '/' && str_eq(str_slice(file, n, file.n), path))
			return file;
	}
	for (struct str rest = path; rest.n > 0; str_cut(&rest, '/', &piece))
		if (listed(l, rest, folder))
			return rest;
	while (root.n > 0 && root.s[root.n - 1] == '/')
		root.n--;
	return folder && (str_eq(root, path) || str_ends(root, str_c(a, str_printf(a, "/%.*s", STR_ARG(path))))) ? STR("") : STR_NONE;
}

/* Calls fn with each of the children. */
static void
each(struct walk *w, const struct yaml *node, void (*fn)(struct walk *, const struct yaml *, void *), void *arg)
{
	struct changelog_items items = changelog_items(w->log.run->arena, node);

	for (size_t i = 0; i < items.n; i++)
		fn(w, items.items[i], arg);
}

static void
say(struct walk *w, struct place at, const char *rule, struct str message)
{
	if (adapter_named(w->log.run, w->tree->file))
		diag_add(w->log.run->diags, SEVERITY_INFO, STR("input"), str_of(rule), at, message)->labels[0].text = STR("not read");
}

/* What is below databaseChangeLog, which is the root of XML and the root's only key of YAML. */
static const struct yaml *
log_of(const struct tree *t)
{
	if (t->root == NULL || t->root->kind != YAML_MAP)
		return NULL;
	return str_is(t->root->key, "databaseChangeLog") ? t->root : yaml_get(t->root, "databaseChangeLog");
}

/* ---- SQL in a tree ---- */

static struct running
running_of(const struct yaml *change, const struct yaml *set)
{
	return (struct running){ changelog_says(set, "runInTransaction", true), changelog_says(change, "splitStatements", true),
		changelog_says(change, "stripComments", true), changelog_text(change, "endDelimiter") };
}

static const struct yaml *
sql_text(const struct yaml *change)
{
	return changelog_text_node(change, changelog_get(change, "sql") != NULL ? "sql" : NULL);
}

/* One direction of a changeset while it is read: what stands in the changelog is one part, what stands in other files are parts of their own. */
struct way_made {
	struct making made;
	VEC(struct part) parts;
	enum tx_mode tx;
	const struct yaml *set;
	bool back;
};

/* A changeset while it is read. */
struct assembly {
	const struct yaml *set;
	struct changeset out;
	struct change_writer writer;
	struct way_made up, down;
	struct str guard;               /* SQL: it runs only where that is true; empty: always */
	VEC(const struct yaml *) changes;       /* that were written */
};

static struct part
inline_part(struct walk *w, const struct yaml *change, const struct yaml *set)
{
	const struct yaml *text = sql_text(change);
	struct making m = making_of(w->log.run->arena, w->tree->source);
	struct running running = running_of(change, set);
	struct part part = { .tx = liquibase_mode(&running) };

	if (text == NULL || str_trim(text->text).n == 0)
		return part;
	changelog_take(&m, text);
	part.source = fill(&w->log, making_end(&m));
	part.span = span_of(0, part.source->text.n);
	liquibase_check_split(&w->log, w->tree->file, &part, &running);
	return liquibase_delimit(w->log.run->arena, part, &running);
}

static struct part
file_part(struct walk *w, const struct yaml *change, const struct yaml *set)
{
	struct str path = changelog_text(change, "path"), file = resolve(w, path, changelog_says(change, "relativeToChangelogFile", false), false);
	struct running running = running_of(change, set);
	struct part part = { .tx = liquibase_mode(&running) };

	if (file.s == NULL) {
		say(w, change->key_at, "missing-changelog-file", str_printf(w->log.run->arena, "%.*s is not among the files, so it was not checked", STR_ARG(path)));
		return part;
	}
	*map_at(&w->done, file) = w;
	part.source = liquibase_source(&w->log, file);
	if (part.source == NULL)
		return part;
	part.span = span_of(0, part.source->text.n);
	liquibase_check_split(&w->log, w->tree->file, &part, &running);
	return liquibase_delimit(w->log.run->arena, part, &running);
}

/* false: it is no change that holds SQL. */
static bool
change_part(struct walk *w, const struct yaml *change, const struct yaml *set, struct part *part)
{
	if (!str_is(change->key, "sql") && !str_is(change->key, "sqlFile"))
		return false;
	*part = (struct part){ 0 };
	if (liquibase_dbms(changelog_text(change, "dbms")))
		*part = str_is(change->key, "sql") ? inline_part(w, change, set) : file_part(w, change, set);
	return true;
}

/* ---- changes ---- */

static enum tx_mode
mode_of(const struct assembly *s)
{
	return changelog_says(s->set, "runInTransaction", true) ? TX_WRAPPED : TX_NONE;
}

static struct source *
replaced(struct arena *a, struct source *source, struct str what, struct str with)
{
	struct making m = making_of(a, source);
	size_t done = 0, at;

	while (what.n > 0 && (at = str_find(str_slice(source->text, done, source->text.n), what)) != (size_t)-1) {
		making_take(&m, span_of(done, done + at));
		making_put(&m, with, span_of(done + at, done + at + what.n));
		done += at + what.n;
	}
	if (done == 0)
		return source;
	making_take(&m, span_of(done, source->text.n));
	return making_end(&m);
}

/* <modifySql> with <replace>, of all that the set runs. */
static struct source *
modified(struct walk *w, const struct way_made *way, struct source *made)
{
	struct changelog_items parts = changelog_items(w->log.run->arena, way->set);

	for (size_t i = 0; i < parts.n; i++) {
		struct changelog_items all = { 0 };
		if (liquibase_modifies(parts.items[i], way->back))
			all = changelog_named(w->log.run->arena, parts.items[i], "replace", "");
		for (size_t k = 0; k < all.n; k++)
			made = replaced(w->log.run->arena, made, changelog_text(all.items[k], "replace"), changelog_text(all.items[k], "with"));
	}
	return made;
}

/* What was written is a part of its own from now on. */
static void
close_part(struct walk *w, struct way_made *way)
{
	struct source *made;

	if (way->made.pieces.n == 0)
		return;
	made = modified(w, way, making_end(&way->made));
	*vec_push(w->log.run->arena, &way->parts) = (struct part){ made, span_of(0, made->text.n), way->tx };
	way->made = making_of(w->log.run->arena, w->tree->source);
}

/* The next SQL of the way runs in that mode. */
static void
begin_part(struct walk *w, struct way_made *way, enum tx_mode tx)
{
	if (way->tx != tx || tx == TX_STRING)
		close_part(w, way);
	way->tx = tx;
}

static void
add_part(struct walk *w, struct way_made *way, struct part part)
{
	if (part.source == NULL)
		return;
	if (place_in_file((struct place){ part.source, { 0, 0 } }).source != w->tree->source) {
		close_part(w, way);
		*vec_push(w->log.run->arena, &way->parts) = part;
		return;
	}
	begin_part(w, way, part.tx);
	if (part.span.len == 0)
		return;
	making_join(&way->made, part.source, part.span);
	making_put(&way->made, STR("\n;\n"), place_in_file((struct place){ part.source, span_of(part.source->text.n - 1, part.source->text.n) }).span);
}

/* "dbopt-migrate:" in a comment of the changelog in front of a change is one in front of its SQL. */
static void
take_remarks(struct walk *w, struct assembly *s, const struct yaml *change)
{
	struct str text = w->tree->source->text, rest = str_slice(text, w->read, change->key_at.span.off), line;

	s->writer.remarks.n = 0;
	while (str_cut(&rest, '\n', &line)) {
		size_t at = str_find(line, STR("dbopt-migrate:")), end = str_find(line, STR("-->"));
		if (at == (size_t)-1)
			continue;
		line = str_trim(str_slice(line, at, end != (size_t)-1 && end > at ? end : line.n));
		*vec_push(w->log.run->arena, &s->writer.remarks) = span_of((size_t)(line.s - text.s), (size_t)(line.s - text.s) + line.n);
	}
	w->read = change->key_at.span.off;
}

/* What a file holds that a change names. */
static struct str
read_named(void *arg, const struct yaml *change, struct str path)
{
	struct walk *w = arg;
	struct str file = resolve(w, path, changelog_says(change, "relativeToChangelogFile", false), false);
	struct source *source;

	if (file.s == NULL) {
		say(w, change->key_at, "missing-changelog-file", str_printf(w->log.run->arena, "%.*s is not among the files, so it was not checked", STR_ARG(path)));
		return STR("");
	}
	*map_at(&w->done, file) = w;
	source = liquibase_source(&w->log, file);
	return source != NULL ? source->sql : STR("");
}

/* A pattern of Java. */
static bool
is_pattern(const struct yaml *node)
{
	return str_is(node->key, "modifySql") && liquibase_dbms(changelog_text(node, "dbms")) && changelog_get(node, "regExpReplace") != NULL;
}

static bool
is_change(const struct yaml *node)
{
	static const char *const others[] = { "preConditions", "comment", "comments", "validCheckSum", "modifySql", "rollback", "changes", "", NULL };

	for (size_t i = 0; others[i] != NULL; i++)
		if (str_is(node->key, others[i]))
			return false;
	return node->kind != YAML_TEXT || str_is(node->key, "sql");
}

static void
say_unread(struct walk *w, const struct yaml *change)
{
	bool data = str_is(change->key, "loadData") || str_is(change->key, "loadUpdateData");

	if (data && !w->data_said)
		say(w, change->key_at, "unread-data", STR("rows that changes such as this one load from files are not read"));
	else if (!data && !w->abstract)
		say(w, change->key_at, "unreadable-changes", str_printf(w->log.run->arena,
		    "%.*s is no SQL: what this file says in such changes is not known, so check what liquibase update-sql prints, too", STR_ARG(change->key)));
	w->data_said = w->data_said || data;
	w->abstract = w->abstract || !data;
}

/* Writes a change of either way. */
static void
write_change(struct walk *w, struct assembly *s, struct way_made *way, const struct yaml *change)
{
	struct part part;

	s->writer.out = &way->made;
	take_remarks(w, s, change);
	if (change_part(w, change, s->set, &part)) {
		if (part.source != NULL)
			liquibase_remarks(&s->writer);
		add_part(w, way, part);
		return;
	}
	begin_part(w, way, mode_of(s));
	if (liquibase_change(&s->writer, change) == CHANGE_WRITTEN && !str_is(change->key, "executeCommand") && !str_starts(change->key, "load"))
		return;
	say_unread(w, change);
	if (way == &s->up && !str_starts(change->key, "load") && !str_is(change->key, "executeCommand"))
		s->out.unread = true;
}

static void
read_change(struct walk *w, const struct yaml *change, void *arg)
{
	struct assembly *s = arg;

	if (str_is(change->key, "changes"))
		each(w, change, read_change, s);
	if (is_pattern(change))
		say_unread(w, changelog_get(change, "regExpReplace"));
	if (!is_change(change))
		return;
	*vec_push(w->log.run->arena, &s->changes) = change;
	write_change(w, s, &s->up, change);
}

static void
read_undo(struct walk *w, const struct yaml *change, void *arg)
{
	struct assembly *s = arg;

	if (is_change(change))
		write_change(w, s, &s->down, change);
}

/* What formatted SQL has for a way back that has nothing to do. */
static bool
say_word(struct walk *w, const struct yaml *node, const struct yaml *text)
{
	static const char *const words[] = { "empty", "not required" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!str_is_nocase(str_trim(text->text), words[i]))
			continue;
		if (adapter_named(w->log.run, w->tree->file))
			adapter_mistake(w->log.run, w->tree->source, text->at.span.len > 0 ? text->at.span : node->key_at.span, "rollback-word",
			    STR("liquibase runs this text as SQL, and the way back fails: a rollback that is empty itself says that nothing has to be undone"));
		return true;
	}
	return false;
}

/* A text, maybe an empty one, or changes (ChangeSet.handleRollbackNode()). What undoes it may be no SQL, or nothing has to. */
static void
read_rollback(struct walk *w, const struct yaml *node, void *arg)
{
	struct assembly *s = arg;
	const struct yaml *text = changelog_text_node(node, NULL);

	if (!str_is(node->key, "rollback"))
		return;
	s->out.one_way = true;
	each(w, node, read_undo, s);
	if (text != NULL && !say_word(w, node, text))
		add_part(w, &s->down, inline_part(w, text, s->set));
}

/*
 * AbstractChange.generateRollbackStatements(): the changes of a set are undone last first, and if one of them cannot be, none is. What may not have
 * run is not judged by that.
 */
static void
undo_by_itself(struct walk *w, struct assembly *s)
{
	enum change_state state = CHANGE_WRITTEN;

	s->out.one_way = s->guard.n > 0;
	if (s->out.one_way)
		return;
	s->writer.out = &s->down.made;
	s->writer.undoing = true;
	s->writer.remarks.n = 0;
	begin_part(w, &s->down, mode_of(s));
	for (size_t i = s->changes.n; state == CHANGE_WRITTEN && i > 0; i--)
		state = liquibase_undo(&s->writer, s->changes.items[i - 1]);
	s->writer.undoing = false;
	if (state != CHANGE_WRITTEN)
		s->down.made = making_of(w->log.run->arena, w->tree->source);
	else
		s->out.one_way = s->down.made.pieces.n == 0;
	s->out.derived = s->down.made.pieces.n > 0;
}

/* ---- preconditions ---- */

/* Without INTO a SELECT cannot stand in PL/pgSQL; a transaction cannot end there, and what runs outside of one cannot begin. */
static bool
fits_code(const struct yaml *change)
{
	static const char *const first[] = { "alter", "create", "drop", "insert", "update", "delete", "comment", "grant", "revoke", NULL };
	const struct yaml *text = str_is(change->key, "sql") ? sql_text(change) : NULL;
	struct scan s = { .text = text != NULL ? text->text : STR("") };
	bool begins = true;

	if (str_is(change->key, "sqlFile"))
		return false;
	while (text != NULL && scan_next(&s)) {
		if ((begins && !str_among(s.token, first)) || scan_is(&s, "concurrently"))
			return false;
		begins = scan_is(&s, ";");
	}
	return true;
}

static bool
set_fits_code(struct walk *w, const struct yaml *node)
{
	struct changelog_items items = changelog_items(w->log.run->arena, node);

	for (size_t i = 0; i < items.n; i++)
		if (str_is(items.items[i]->key, "changes") ? !set_fits_code(w, items.items[i]) : is_change(items.items[i]) && !fits_code(items.items[i]))
			return false;
	return true;
}

/* PreconditionContainer: unless something else is said a set whose conditions do not hold stops the run. false: it never runs. */
static bool
read_conditions(struct walk *w, const struct yaml *node, struct assembly *s)
{
	const struct yaml *conditions = changelog_get(node, "preConditions");
	struct str fails = changelog_text(conditions, "onFail"), sql;
	enum tri holds;

	if (conditions == NULL || str_is_nocase(fails, "warn"))
		return true;
	holds = liquibase_condition(&w->log, conditions, &sql);
	if (holds == UNKNOWN && s != NULL && (str_is_nocase(fails, "mark_ran") || str_is_nocase(fails, "continue")) && mode_of(s) == TX_WRAPPED && set_fits_code(w, s->set))
		s->guard = sql;
	return holds != NO;
}

static void
write_guard(struct walk *w, struct assembly *s, bool begins)
{
	const struct yaml *conditions = changelog_get(s->set, "preConditions");
	struct str text = STR("END IF; END $liquibase$;\n");

	if (s->guard.n == 0)
		return;
	if (begins)
		text = str_printf(w->log.run->arena, "DO $liquibase$ BEGIN IF %.*s THEN\n", STR_ARG(s->guard));
	making_put(&s->up.made, text, changelog_place(conditions));
}

/* ---- the changeset ---- */

static enum quoting
quoting_of(struct walk *w, const struct yaml *set)
{
	struct str text = changelog_text(set, "objectQuotingStrategy");

	if (text.n == 0)
		text = changelog_text(log_of(w->tree), "objectQuotingStrategy");
	return str_is_nocase(text, "QUOTE_ALL_OBJECTS") ? QUOTE_ALL : str_is_nocase(text, "QUOTE_ONLY_RESERVED_WORDS") ? QUOTE_RESERVED : QUOTE_MIXED_CASE;
}

/* Ways back are undone last first, so only one that is alone is the whole way. */
static void
add_set(struct walk *w, struct assembly *s)
{
	liquibase_know(&w->log, &s->out, s->set->key_at);
	if (s->out.unread && s->up.parts.n == 0)
		*vec_push(w->log.run->arena, &s->up.parts) = (struct part){ .source = source_new(w->log.run->arena, w->tree->source->path, STR("")) };
	for (size_t i = 0; i < s->up.parts.n; i++) {
		s->out.up = s->up.parts.items[i];
		s->out.down = i + 1 == s->up.parts.n && s->up.parts.n == 1 && s->down.parts.n == 1 ? s->down.parts.items[0] : (struct part){ 0 };
		liquibase_add(&w->log, &s->out);
	}
}

static bool
runs_in(const struct yaml *node)
{
	return liquibase_context(changelog_text(node, "context")) && liquibase_context(changelog_text(node, "contextFilter"));
}

static void
read_set(struct walk *w, const struct yaml *set)
{
	struct arena *a = w->log.run->arena;
	struct assembly s = { .set = set, .up.made = making_of(a, w->tree->source), .down.made = making_of(a, w->tree->source) };

	if (set->kind != YAML_MAP || !liquibase_dbms(changelog_text(set, "dbms")) || changelog_says(set, "ignore", false) || !runs_in(set) ||
	    !read_conditions(w, set, &s))
		return;
	s.out.c = (struct candidate){ .version = changelog_text(set, "id"), .name = changelog_text(set, "author"), .up = w->tree->file };
	s.writer = (struct change_writer){ .log = &w->log, .quoting = quoting_of(w, set), .set = set, .read = read_named, .read_arg = w };
	s.up.tx = s.down.tx = mode_of(&s);
	s.up.set = s.down.set = set;
	s.down.back = true;
	write_guard(w, &s, true);
	each(w, set, read_change, &s);
	write_guard(w, &s, false);
	close_part(w, &s.up);
	if (changelog_get(set, "rollback") == NULL)
		undo_by_itself(w, &s);
	else
		each(w, set, read_rollback, &s);
	close_part(w, &s.down);
	s.out.one_way = s.out.one_way && s.down.parts.n == 0;
	add_set(w, &s);
}

/* ---- include ---- */

static void read_file(struct walk *, struct str file);
static bool say_late_header(struct walk *, struct source *, struct str file);

/* SqlChangeLogParser: a file that is not formatted is one changeset, and one string. */
static void
read_raw(struct walk *w, struct str file)
{
	struct changeset set = { .c = { .version = STR("raw"), .name = STR("includeAll"), .up = file } };

	/* Nothing is replaced in it. */
	set.up.source = adapter_source(w->log.run, file);
	if (set.up.source == NULL)
		return;
	say_late_header(w, set.up.source, file);
	set.up.tx = TX_WRAPPED;
	set.up.span = span_of(0, set.up.source->text.n);
	liquibase_add(&w->log, &set);
}

static void
read_sql(struct walk *w, struct str file)
{
	struct source *source;

	if (map_has(&w->done, file) || adapter_other_database(w->log.run, file))
		return;
	*map_at(&w->done, file) = w;
	source = listing_source(w->log.run->arena, w->log.run->listing, file, NULL);
	if (source == NULL || formatted_sql(source->text))
		formatted_sql_read(&w->log, file);
	else
		read_raw(w, file);
}

/* Who names a changelog means what it includes, unless git does. */
static void
name_included(struct walk *w, struct str file)
{
	struct adapter_run *run = w->log.run;
	struct named_file *named;

	if (run->named == NULL || run->whole || !adapter_named(run, w->tree->file) || adapter_named(run, file))
		return;
	named = NEW(run->arena, struct named_file);
	*named = (struct named_file){ .path = adapter_path(run->arena, run->listing, file), .taken = true };
	*map_at(run->named, file) = named;
}

static void
include(struct walk *w, const struct yaml *node)
{
	struct str path = changelog_text(node, "file"), file = resolve(w, path, changelog_says(node, "relativeToChangelogFile", false), false);

	w->unread = w->unread || (file.s == NULL && (!has_ending(path, ".sql") || str_find(path, STR("${")) != (size_t)-1));
	if (file.s != NULL) {
		name_included(w, file);
		read_file(w, file);
	} else
		say(w, node->key_at, "missing-changelog-file",
		    str_printf(w->log.run->arena, "%.*s is not among the files, so it was not checked", STR_ARG(path)));
}

/* In the order of their paths, those of subfolders, too. */
static void
include_all(struct walk *w, const struct yaml *node)
{
	const struct listing *l = w->log.run->listing;
	struct str path = changelog_text(node, "path"), dir, ending = changelog_text(node, "endsWithFilter");

	while (path.n > 1 && path.s[path.n - 1] == '/')
		path.n--;
	dir = resolve(w, path, changelog_says(node, "relativeToChangelogFile", false), true);
	if (dir.s == NULL) {
		w->unread = true;
		say(w, node->key_at, "missing-changelog-file",
		    str_printf(w->log.run->arena, "nothing of %.*s is among the files, so it was not checked", STR_ARG(path)));
		return;
	}
	for (size_t i = 0; i < l->nfiles; i++)
		if (below(l->files[i], dir) && (ending.n == 0 || has_ending(l->files[i], str_c(l->arena, ending)))) {
			name_included(w, l->files[i]);
			read_file(w, l->files[i]);
		}
}

/* <property file="db.properties"/> */
static void
read_properties(struct walk *w, const struct yaml *item)
{
	struct arena *a = w->log.run->arena;
	struct str file = resolve(w, changelog_text(item, "file"), changelog_says(item, "relativeToChangelogFile", false), false);
	struct source *source = file.s != NULL ? listing_source(a, w->log.run->listing, file, NULL) : NULL;
	struct ini ini;

	if (source == NULL)
		return;
	ini = ini_of(a, source->text);
	while (ini_next(&ini))
		liquibase_property(&w->log, ini.key, ini.value);
}

static void
read_item(struct walk *w, const struct yaml *item, void *arg)
{
	(void)arg;
	if (item->kind == YAML_TEXT || !runs_in(item))
		return;
	if (str_is(item->key, "changeSet"))
		read_set(w, item);
	else if (str_is(item->key, "include"))
		include(w, item);
	else if (str_is(item->key, "includeAll"))
		include_all(w, item);
	else if (str_is(item->key, "modifyChangeSets"))
		each(w, item, read_item, NULL);
	else if (str_is(item->key, "property") && liquibase_dbms(changelog_text(item, "dbms")) && changelog_text(item, "file").n > 0)
		read_properties(w, item);
	else if (str_is(item->key, "property") && liquibase_dbms(changelog_text(item, "dbms")))
		liquibase_property(&w->log, changelog_text(item, "name"), changelog_text(item, "value"));
}

static void
read_tree(struct walk *w, struct tree *tree)
{
	struct tree *outer = w->tree;
	bool abstract = w->abstract;
	size_t read = w->read;

	if (tree->done || w->depth == NESTED)
		return;
	tree->done = true;
	w->tree = tree;
	w->abstract = false;
	w->read = 0;
	w->depth++;
	if (log_of(tree) != NULL && read_conditions(w, log_of(tree), NULL))
		each(w, log_of(tree), read_item, NULL);
	w->depth--;
	w->tree = outer;
	w->abstract = abstract;
	w->read = read;
}

static void
read_file(struct walk *w, struct str file)
{
	struct tree *tree = map_get(&w->by_file, file);

	if (tree != NULL)
		read_tree(w, tree);
	else if (has_ending(file, ".sql"))
		read_sql(w, file);
}

/* ---- where it begins ---- */

/* YamlParser.createLoaderOptions(): anchors, and of a key that is given twice the last value (SnakeYAML's default) */
static struct yaml *
parse_tree(struct adapter_run *run, struct str file, struct source *source)
{
	struct yaml_file f = { .arena = run->arena, .source = source, .diags = run->diags, .rule = STR("invalid-changelog"),
		.lenient = true };

	return has_ending(file, ".xml") ? xml_read(&f) : yaml_read(&f);
}

/* Nothing but blanks is in front of that place on its line. */
static bool
begins_line(struct str text, size_t at)
{
	while (at > 0 && (text.s[at - 1] == ' ' || text.s[at - 1] == '\t'))
		at--;
	return at == 0 || text.s[at - 1] == '\n';
}

/* As the element of XML, maybe with a namespace, or as a key. */
static bool
holds_changelog(struct str text)
{
	struct str word = STR("databaseChangeLog");
	size_t at = 0, found;

	while ((found = str_find(str_slice(text, at, text.n), word)) != (size_t)-1) {
		size_t from = at + found;
		at = from + word.n;
		if ((begins_line(text, from) || strchr("<:\"'", text.s[from - 1]) != NULL) && !(at < text.n && scan_is_name(text.s[at])))
			return true;
	}
	return false;
}

static void
find_trees(struct walk *w)
{
	const struct listing *l = w->log.run->listing;
	struct arena *a = w->log.run->arena;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct source *source = is_tree(l->files[i]) ? listing_source(a, l, l->files[i], NULL) : NULL;
		if (source == NULL || !holds_changelog(source->text))
			continue;
		struct tree *t = NEW(a, struct tree);
		*t = (struct tree){ .file = l->files[i], .source = source, .root = parse_tree(w->log.run, l->files[i], source) };
		w->unread = w->unread || t->root == NULL;
		*vec_push(a, &w->trees) = t;
		*map_at(&w->by_file, t->file) = t;
		adapter_take(w->log.run, t->file);
	}
}

/* Groovy is a language, and not read. */
static void
say_scripts(struct walk *w)
{
	struct adapter_run *run = w->log.run;
	const struct listing *l = run->listing;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct source *source = has_ending(l->files[i], ".groovy") ? listing_source(run->arena, l, l->files[i], NULL) : NULL;
		if (source == NULL || !holds_changelog(source->text))
			continue;
		w->unread = true;
		if (adapter_named(run, l->files[i]))
			diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("unread-changelog"), (struct place){ source, { 0, 0 } },
			    STR("changelogs in Groovy are not read: which files this one runs is not known"));
	}
}

static void
mark_included(struct walk *w, const struct yaml *item, void *arg)
{
	const struct listing *l = w->log.run->listing;
	struct str found;
	struct tree *t;

	(void)arg;
	if (str_is(item->key, "modifyChangeSets")) {
		each(w, item, mark_included, NULL);
	} else if (str_is(item->key, "include")) {
		found = resolve(w, changelog_text(item, "file"), changelog_says(item, "relativeToChangelogFile", false), false);
		t = found.s != NULL ? map_get(&w->by_file, found) : NULL;
		if (t != NULL && t != w->tree)
			t->included = true;
	} else if (str_is(item->key, "includeAll")) {
		found = resolve(w, changelog_text(item, "path"), changelog_says(item, "relativeToChangelogFile", false), true);
		for (size_t i = 0; found.s != NULL && i < l->nfiles; i++) {
			t = below(l->files[i], found) ? map_get(&w->by_file, l->files[i]) : NULL;
			if (t != NULL && t != w->tree)
				t->included = true;
		}
	}
}

/* A tree that no other one includes. What makes the same tables as another one is another history, as that of another version or system. */
static void
read_root(struct walk *w, struct tree *tree)
{
	struct adapter_run *run = w->log.run;
	size_t before = w->log.sets.n;
	bool wanted = run->named != NULL && !run->whole && adapter_named(run, tree->file);

	w->log.root = tree;
	w->log.made = w->log.made_before = 0;
	read_tree(w, tree);
	if (wanted || 2 * w->log.made_before <= w->log.made)
		return;
	w->log.sets.n = before;
	if (adapter_named(run, tree->file))
		diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("other-history"), (struct place){ tree->source, { 0, 0 } },
		    STR("this makes tables that another changelog makes, too, and was left out as a history of its own: name it alone to check it"));
}

static void
read_roots(struct walk *w)
{
	for (size_t i = 0; i < w->trees.n; i++) {
		w->tree = w->trees.items[i];
		if (log_of(w->tree) != NULL)
			each(w, log_of(w->tree), mark_included, NULL);
	}
	for (size_t i = 0; i < w->trees.n; i++)
		if (!w->trees.items[i]->included && str_find(listing_base(w->trees.items[i]->file), STR("master")) != (size_t)-1)
			read_root(w, w->trees.items[i]);
	for (size_t i = 0; i < w->trees.n; i++)
		if (!w->trees.items[i]->included && !w->trees.items[i]->done)
			read_root(w, w->trees.items[i]);
}

/* The header counts on the first line only (AbstractFormattedChangeLogParser.supports()). */
static bool
say_late_header(struct walk *w, struct source *source, struct str file)
{
	struct str rest = source->text, line, words;

	while (str_cut(&rest, '\n', &line)) {
		size_t from = (size_t)(line.s - source->text.s);
		if (!adapter_marker(line, "liquibase", &words) || !str_starts_nocase(words, "formatted"))
			continue;
		if (adapter_named(w->log.run, file))
			adapter_mistake(w->log.run, source, span_of(from, from + str_trim(line).n), "late-header",
			    STR("this is not the first line, so liquibase does not see changesets in this file"));
		return true;
	}
	return false;
}

static void
say_stray(struct walk *w, struct source *source, struct str file)
{
	if (!say_late_header(w, source, file) && !w->unread && adapter_named(w->log.run, file) && map_has(&w->folders, listing_dir(file)))
		adapter_note_file(w->log.run, FILE_STRAY, file, (struct place){ 0 }, STR(""), STR(""));
}

static void
find_folders(struct walk *w)
{
	const struct listing *l = w->log.run->listing;

	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]) && listing_passes(l, l->files[i], formatted_sql))
			*map_at(&w->folders, listing_dir(l->files[i])) = w;
}

/* Formatted files that no tree has: all of them when there is no tree, or one that could not be read may have them. */
static void
read_rest(struct walk *w, bool all)
{
	const struct listing *l = w->log.run->listing;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct source *source;
		if (!listing_sql(l, l->files[i]) || map_has(&w->done, l->files[i]))
			continue;
		source = listing_source(w->log.run->arena, l, l->files[i], NULL);
		if (source == NULL || !formatted_sql(source->text)) {
			if (source != NULL && all)
				say_stray(w, source, l->files[i]);
			continue;
		}
		if (all)
			read_sql(w, l->files[i]);
		else if (adapter_named(w->log.run, l->files[i]))
			adapter_note_file(w->log.run, FILE_NOT_LISTED, l->files[i], (struct place){ w->trees.items[0]->source, { 0, 0 } }, STR(""), STR("it never runs"));
	}
}

static const char *
outside_of(struct str file)
{
	if (has_ending(file, ".xml"))
		return "in <sql> of a changeSet of its own with runInTransaction=\"false\"";
	return is_tree(file) ? "in sql of a changeSet of its own with runInTransaction: false" : NULL;
}

static void
list(struct adapter_run *run)
{
	struct walk w = { .log = { .run = run, .properties = MAP(run->arena), .ids = MAP(run->arena), .keys = MAP(run->arena), .tables = MAP(run->arena) }, .by_file = MAP(run->arena), .done = MAP(run->arena),
		.folders = MAP(run->arena) };
	struct candidates found = { 0 };

	find_trees(&w);
	say_scripts(&w);
	read_roots(&w);
	find_folders(&w);
	read_rest(&w, w.done.n == 0 || w.unread);
	for (size_t i = 0; i < w.log.sets.n; i++)
		*vec_push(run->arena, &found) = w.log.sets.items[i].c;
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct changeset *set = &w.log.sets.items[i];
		bool named = candidate_named(run, &set->c);
		adapter_add(run, &set->c, set->up, named ? set->down : (struct part){ 0 });
		if (run->migrations.n == 0)
			continue;
		vec_last(&run->migrations)->editable = true;
		vec_last(&run->migrations)->one_way = set->one_way;
		vec_last(&run->migrations)->derived = set->derived;
		vec_last(&run->migrations)->outside = outside_of(set->c.up);
		vec_last(&run->migrations)->unread = vec_last(&run->migrations)->unread || set->unread;
	}
}

/* What a changelog is called is free. These are the ways to find one, best first: */
enum likely { BY_CHANGE, BY_USUAL_NAME, BY_PLACE, UNLIKELY };

static bool
in_tests(struct str file)
{
	struct str dir = listing_dir(file), piece;

	while (str_cut(&dir, '/', &piece))
		if (str_is(piece, "test") || str_is(piece, "tests"))
			return true;
	return false;
}

static enum likely
likely_changelog(struct str file, const struct map *folders)
{
	static const char *const usual[] = { "migration", "master", "schema", "liquibase" };
	struct str base = listing_base(file), dir = listing_dir(file);

	if (!is_tree(file) || in_tests(file))
		return UNLIKELY;
	if (str_find(file, STR("change")) != (size_t)-1)
		return BY_CHANGE;
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (str_find(base, str_of(usual[i])) != (size_t)-1)
			return BY_USUAL_NAME;
	if (str_find(dir, STR("liquibase")) != (size_t)-1)
		return BY_USUAL_NAME;
	return dir.n == 0 || map_has(folders, dir) ? BY_PLACE : UNLIKELY;
}

/* Of each way a few are looked into. STR_NONE: there is none. */
static struct str
find_changelog(const struct listing *l, enum likely *way)
{
	struct map folders = MAP(l->arena);

	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]))
			*map_at(&folders, listing_dir(l->files[i])) = &folders;
	for (*way = BY_CHANGE; *way < UNLIKELY; ++*way) {
		size_t trees = 0;
		for (size_t i = 0; i < l->nfiles && trees < SAMPLES; i++) {
			if (likely_changelog(l->files[i], &folders) != *way)
				continue;
			trees++;
			if (listing_passes(l, l->files[i], holds_changelog))
				return l->files[i];
		}
	}
	return STR_NONE;
}

/* Far below, and not called so, it may be one of several histories. */
static int
detect(const struct listing *l, struct str *why)
{
	enum likely way;
	struct str file = find_changelog(l, &way);

	*why = STR("there is a changelog");
	if (file.s != NULL && (way == BY_CHANGE || listing_dir(file).n == 0))
		return 94;
	if (file.s != NULL && !listing_mostly(l, formatted_sql))
		return 75;
	*why = STR("most files begin with \"--liquibase formatted sql\"");
	return listing_mostly(l, formatted_sql) ? 95 : 0;
}

const struct adapter adapter_liquibase = {
	.name = "liquibase",
	.doc = "Liquibase; each changeset runs in a transaction, unless it says runInTransaction:false",
	.layout = "changelogs, SQL with --liquibase formatted sql",
	.includes = true,
	.detect = detect,
	.list = list,
};
