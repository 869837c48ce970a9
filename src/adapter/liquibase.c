#include <stdlib.h>
#include <string.h>

#include "adapter/liquibase_walk.h"
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

/* excluded: "!h2" tells that there is H2, too. */
static bool
names_other_system(struct str list, bool excluded)
{
	static const char *const not_other[] = { "postgresql", "edb", "cockroachdb", "all", "none", NULL };
	struct str name;

	while (str_cut(&list, ',', &name)) {
		name = str_trim(name);
		if (excluded && str_starts(name, "!"))
			name = str_slice(name, 1, name.n);
		bool other = name.n > 0 && name.s[0] != '!';
		for (size_t i = 0; not_other[i] != NULL; i++)
			other = other && !str_is_nocase(name, not_other[i]);
		if (other)
			return true;
	}
	return false;
}

bool
liquibase_only_here(struct str list)
{
	return list.n > 0 && list.s[0] != '!' && liquibase_dbms(list) && !str_is_nocase(list, "all") && !names_other_system(list, false);
}

bool
liquibase_note_dbms(struct changelog *log, struct str list)
{
	log->other_systems = log->other_systems || names_other_system(list, true);
	return liquibase_dbms(list);
}

enum rerun
liquibase_runs(bool always, bool on_change)
{
	return always ? RUNS_EACH_TIME : on_change ? RUNS_WHEN_CHANGED : RUNS_ONCE;
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

struct source *
liquibase_fill(struct changelog *log, struct source *source)
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

	return source != NULL ? liquibase_fill(log, source) : NULL;
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

struct str
walk_resolve(const struct walk *w, struct str path, bool relative, bool folder)
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

void
walk_each(struct walk *w, const struct yaml *node, void (*fn)(struct walk *, const struct yaml *, void *), void *arg)
{
	struct changelog_items items = changelog_items(w->log.run->arena, node);

	for (size_t i = 0; i < items.n; i++)
		fn(w, items.items[i], arg);
}

void
walk_say(struct walk *w, struct place at, const char *rule, struct str message)
{
	if (adapter_named(w->log.run, w->tree->file))
		diag_add(w->log.run->diags, SEVERITY_INFO, STR("input"), str_of(rule), at, message)->labels[0].text = STR("not read");
}

const struct yaml *
walk_log(const struct tree *t)
{
	if (t->root == NULL || t->root->kind != YAML_MAP)
		return NULL;
	return str_is(t->root->key, "databaseChangeLog") ? t->root : yaml_get(t->root, "databaseChangeLog");
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
	struct str path = changelog_text(node, "file"), file = walk_resolve(w, path, changelog_says(node, "relativeToChangelogFile", false), false);

	w->unread = w->unread || (file.s == NULL && (!has_ending(path, ".sql") || str_find(path, STR("${")) != (size_t)-1));
	if (file.s != NULL) {
		name_included(w, file);
		read_file(w, file);
	} else
		walk_say(w, node->key_at, "missing-changelog-file",
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
	dir = walk_resolve(w, path, changelog_says(node, "relativeToChangelogFile", false), true);
	if (dir.s == NULL) {
		w->unread = true;
		if (!changelog_says(node, "errorIfMissingOrEmpty", true))
			return;
		walk_say(w, node->key_at, "missing-changelog-file",
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
	struct str file = walk_resolve(w, changelog_text(item, "file"), changelog_says(item, "relativeToChangelogFile", false), false);
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
	if (item->kind == YAML_TEXT || !walk_runs(item))
		return;
	if (str_is(item->key, "changeSet"))
		walk_set(w, item);
	else if (str_is(item->key, "include"))
		include(w, item);
	else if (str_is(item->key, "includeAll"))
		include_all(w, item);
	else if (str_is(item->key, "modifyChangeSets"))
		walk_each(w, item, read_item, NULL);
	else if (str_is(item->key, "property") && liquibase_note_dbms(&w->log, changelog_text(item, "dbms")) && changelog_text(item, "file").n > 0)
		read_properties(w, item);
	else if (str_is(item->key, "property") && liquibase_note_dbms(&w->log, changelog_text(item, "dbms")))
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
	if (walk_log(tree) != NULL && walk_conditions(w, walk_log(tree)))
		walk_each(w, walk_log(tree), read_item, NULL);
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
collect_dropped_keys(struct walk *w, const struct yaml *node)
{
	struct arena *a = w->log.run->arena;
	struct str name = node != NULL && str_is(node->key, "dropPrimaryKey") ? changelog_text(node, "constraintName") : STR_NONE;

	if (name.n > 0)
		*map_at(&w->log.dropped_keys, liquibase_stored_name(a, name, QUOTE_MIXED_CASE)) = w;
	for (size_t i = 0; node != NULL && node->kind != YAML_TEXT && i < node->items.n; i++)
		collect_dropped_keys(w, node->items.items[i]);
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
		collect_dropped_keys(w, t->root);
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
note_included(struct walk *w, struct tree *t)
{
	if (t != NULL && t != w->tree)
		t->included = true;
}

static void
mark_included(struct walk *w, const struct yaml *item, void *arg)
{
	const struct listing *l = w->log.run->listing;
	struct str found;

	(void)arg;
	if (str_is(item->key, "modifyChangeSets")) {
		walk_each(w, item, mark_included, NULL);
	} else if (str_is(item->key, "include")) {
		w->tree->includes = true;
		found = walk_resolve(w, changelog_text(item, "file"), changelog_says(item, "relativeToChangelogFile", false), false);
		note_included(w, found.s != NULL ? map_get(&w->by_file, found) : NULL);
	} else if (str_is(item->key, "includeAll")) {
		w->tree->includes = true;
		found = walk_resolve(w, changelog_text(item, "path"), changelog_says(item, "relativeToChangelogFile", false), true);
		for (size_t i = 0; found.s != NULL && i < l->nfiles; i++)
			if (below(l->files[i], found))
				note_included(w, map_get(&w->by_file, l->files[i]));
	}
}

static bool
is_wanted(const struct walk *w, const struct tree *tree)
{
	const struct adapter_run *run = w->log.run;

	return run->named != NULL && !run->whole && adapter_named(run, tree->file);
}

/* A tree that no other one includes. What makes the same tables as another one is another history, as that of another version or system. */
static void
read_root(struct walk *w, struct tree *tree)
{
	struct adapter_run *run = w->log.run;
	size_t before = w->log.sets.n, first = before;

	w->log.root = tree;
	w->log.made = w->log.made_before = 0;
	read_tree(w, tree);
	for (; first < w->log.sets.n; first++)
		w->log.sets.items[first].root = !tree->includes;
	if (is_wanted(w, tree) || 2 * w->log.made_before <= w->log.made)
		return;
	w->log.sets.n = before;
	if (adapter_named(run, tree->file))
		diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("other-history"), (struct place){ tree->source, { 0, 0 } },
		    STR("this makes tables that another changelog makes, too, and was left out as a history of its own: name it alone to check it"));
}

enum { FEW = 5 };

/* Nearly all that lie beside it are included, one by one, and it is not: it has been forgotten there, or is no part of the history. */
static bool
is_left_out(const struct walk *w, const struct tree *tree)
{
	struct str home = listing_dir(tree->file);
	size_t included = 0, others = 0;

	for (size_t i = 0; i < w->trees.n; i++) {
		const struct tree *t = w->trees.items[i];
		if (!str_eq(listing_dir(t->file), home) || t->includes)
			continue;
		included += t->included;
		others += !t->included;
	}
	return !tree->includes && included >= FEW && included >= 9 * others;
}

static void
say_left_out(struct walk *w, struct tree *tree)
{
	struct adapter_run *run = w->log.run;

	tree->done = true;
	if (adapter_named(run, tree->file))
		diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("other-history"), (struct place){ tree->source, { 0, 0 } },
		    STR("no changelog includes this, as they include those beside it, and it was left out: name it alone to check it"));
}

static bool
is_called_master(const struct tree *t)
{
	return str_find(listing_base(t->file), STR("master")) != (size_t)-1;
}

static bool
includes_others(const struct tree *t)
{
	return t->includes;
}

static bool
is_any(const struct tree *t)
{
	(void)t;
	return true;
}

static void
read_roots_that(struct walk *w, bool (*are)(const struct tree *))
{
	for (size_t i = 0; i < w->trees.n; i++)
		if (!w->trees.items[i]->included && !w->trees.items[i]->done && are(w->trees.items[i])) {
			if (is_left_out(w, w->trees.items[i]) && !is_wanted(w, w->trees.items[i]))
				say_left_out(w, w->trees.items[i]);
			else
				read_root(w, w->trees.items[i]);
		}
}

/* One that nothing includes, and that includes nothing, is more likely left over than what all others build on. */
static void
read_roots(struct walk *w)
{
	for (size_t i = 0; i < w->trees.n; i++) {
		w->tree = w->trees.items[i];
		if (walk_log(w->tree) != NULL)
			walk_each(w, walk_log(w->tree), mark_included, NULL);
	}
	read_roots_that(w, is_called_master);
	read_roots_that(w, includes_others);
	read_roots_that(w, is_any);
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
		size_t first = w->log.sets.n;
		if (all)
			read_sql(w, l->files[i]);
		for (; first < w->log.sets.n; first++)
			w->log.sets.items[first].root = true;
		if (all)
			continue;
		if (adapter_named(w->log.run, l->files[i]))
			adapter_note_file(w->log.run, FILE_NOT_LISTED, l->files[i], (struct place){ w->trees.items[0]->source, { 0, 0 } }, STR(""), STR("it never runs"));
	}
}

/* Its name, or that of a folder, has no number. */
static bool
is_unnumbered(struct str file)
{
	for (size_t i = 0; i < file.n; i++)
		if (file.s[i] >= '0' && file.s[i] <= '9')
			return false;
	return true;
}

/* Such files are read in the order of their names, which is not how they run. */
static bool
has_no_place(const struct walk *w, const struct changeset *set)
{
	if (!set->root || !is_unnumbered(set->c.up))
		return false;
	for (size_t i = 0; i < w->log.sets.n; i++)
		if (!str_eq(w->log.sets.items[i].c.up, set->c.up))
			return true;
	return false;
}

/* What was run last is undone first (ReverseChangeLogIterator). */
static const char *
outside_back_of(struct str file)
{
	if (has_ending(file, ".xml"))
		return "in the <rollback> of a changeSet of its own with runInTransaction=\"false\": one behind this is undone before it";
	return is_tree(file) ? "in the rollback of a changeSet of its own with runInTransaction: false: one behind this is undone before it" : NULL;
}

static const char *
outside_of(struct str file)
{
	if (has_ending(file, ".xml"))
		return "in <sql> of a changeSet of its own with runInTransaction=\"false\"";
	return is_tree(file) ? "in sql of a changeSet of its own with runInTransaction: false" : NULL;
}

/* ChangeLogParameters() gives it without a property: what is named with it is what is named without a schema. */
static void
learn_default_schema(struct adapter_run *run)
{
	static const char written[] = "${database.defaultSchemaName}";

	for (size_t i = 0; run->stand_ins != NULL && run->schema.n == 0 && i < run->stand_ins->n; i++) {
		if (str_is(*(const struct str *)run->stand_ins->entries[i].value, written))
			run->schema = run->stand_ins->entries[i].key;
	}
}

/* DiffToChangeLog.generateId(): "1635283637021-12", the milliseconds at which all of them were made. */
static struct str
generated_at(const struct changeset *set)
{
	struct str id = set->c.version;
	size_t dash = str_find_char(id, '-');
	bool numbers = dash == 13 && dash + 1 < id.n;

	for (size_t i = 0; numbers && i < id.n; i++)
		numbers = i == dash || (id.s[i] >= '0' && id.s[i] <= '9');
	return numbers ? str_slice(id, 0, dash) : STR_NONE;
}

static bool
was_made_with(const struct changeset *set, const struct changeset *other)
{
	return generated_at(set).s != NULL && str_eq(generated_at(set), generated_at(other)) && str_eq(set->c.up, other->c.up);
}

static bool
runs_elsewhere(const struct walk *w, const struct changeset *set)
{
	struct str text = set->up.source != NULL ? source_text(set->up.source, set->up.span) : STR("");

	if (set->only_here || str_find(text, STR("$$")) != (size_t)-1 || str_find(text, STR("plpgsql")) != (size_t)-1)
		return false;
	return set->dbms.n > 0 ? names_other_system(set->dbms, false) : w->log.other_systems;
}

static void
list(struct adapter_run *run)
{
	struct walk w = { .log = { .run = run, .properties = MAP(run->arena), .ids = MAP(run->arena), .keys = MAP(run->arena), .dropped_keys = MAP(run->arena), .tables = MAP(run->arena) }, .by_file = MAP(run->arena), .done = MAP(run->arena),
		.folders = MAP(run->arena) };
	struct candidates found = { 0 };
	unsigned generated = 0;

	find_trees(&w);
	say_scripts(&w);
	read_roots(&w);
	find_folders(&w);
	read_rest(&w, w.done.n == 0 || w.unread);
	learn_default_schema(run);
	for (size_t i = 0; i < w.log.sets.n; i++)
		*vec_push(run->arena, &found) = w.log.sets.items[i].c;
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct changeset *set = &w.log.sets.items[i];
		bool named = candidate_named(run, &set->c);
		generated += i == 0 || !was_made_with(set, set - 1);
		adapter_add(run, &set->c, set->up, named ? set->down : (struct part){ 0 });
		if (run->migrations.n == 0)
			continue;
		vec_last(&run->migrations)->editable = true;
		vec_last(&run->migrations)->generated = generated;
		vec_last(&run->migrations)->one_way = set->one_way;
		vec_last(&run->migrations)->derived = set->derived;
		vec_last(&run->migrations)->file = set->c.up;
		vec_last(&run->migrations)->runs = set->runs;
		if (runs_elsewhere(&w, set))
			vec_last(&run->migrations)->elsewhere = "the changeset runs on other databases, too: what they do not know, as CONCURRENTLY or SET, goes into one for dbms postgresql";
		if (has_no_place(&w, set))
			vec_last(&run->migrations)->unplaced = "which of the other files run before this, as no changelog that is read includes it, and its name has no number";
		vec_last(&run->migrations)->only_if = set->only_if;
		vec_last(&run->migrations)->only_if_at = set->only_if_at;
		vec_last(&run->migrations)->outside = outside_of(set->c.up);
		vec_last(&run->migrations)->outside_back = outside_back_of(set->c.up);
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
	.versions = VERSIONS_ARE_NAMES,
	.includes = true,
	.detect = detect,
	.list = list,
};
