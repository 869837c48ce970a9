#include "adapter/liquibase_walk.h"

/* ---- SQL ---- */

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

/* One direction of a changeset while it is read: what runs in one mode is one part, whichever files it stands in. */
struct way_made {
	struct making made;
	struct part whole;              /* a file that is all of the part so far; source NULL: none is */
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
	part.source = liquibase_fill(&w->log, making_end(&m));
	part.span = span_of(0, part.source->text.n);
	liquibase_check_split(&w->log, w->tree->file, &part, &running);
	return liquibase_delimit(w->log.run->arena, part, &running);
}

static struct part
file_part(struct walk *w, const struct yaml *change, const struct yaml *set)
{
	struct str path = changelog_text(change, "path"), file = walk_resolve(w, path, changelog_says(change, "relativeToChangelogFile", false), false);
	struct running running = running_of(change, set);
	struct part part = { .tx = liquibase_mode(&running) };

	if (file.s == NULL) {
		walk_say(w, change->key_at, "missing-changelog-file", str_printf(w->log.run->arena, "%.*s is not among the files, so it was not checked", STR_ARG(path)));
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

static void
join_part(struct way_made *way, struct part part)
{
	struct place last;

	if (part.source == NULL || part.span.len == 0)
		return;
	last = place_in_file((struct place){ part.source, span_of(part.source->text.n - 1, part.source->text.n) });
	making_join(&way->made, part.source, part.span);
	making_put_at(&way->made, STR("\n;\n"), last);
}

/* More comes behind it. */
static void
join_whole(struct way_made *way)
{
	join_part(way, way->whole);
	way->whole = (struct part){ 0 };
}

/* What was written is a part of its own from now on. */
static void
close_part(struct walk *w, struct way_made *way)
{
	struct source *made;

	if (way->whole.source != NULL)
		*vec_push(w->log.run->arena, &way->parts) = way->whole;
	way->whole = (struct part){ 0 };
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
	join_whole(way);
	way->tx = tx;
}

/* writer: whose remarks stand in front of it; NULL: it has none */
static void
add_part(struct walk *w, struct way_made *way, struct part part, struct change_writer *writer)
{
	bool other;

	if (part.source == NULL)
		return;
	other = place_in_file((struct place){ part.source, { 0, 0 } }).source != w->tree->source;
	begin_part(w, way, part.tx);
	if (writer != NULL)
		liquibase_remarks(writer);
	if (other && way->made.pieces.n == 0)
		way->whole = part;
	else
		join_part(way, part);
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
	struct str file = walk_resolve(w, path, changelog_says(change, "relativeToChangelogFile", false), false);
	struct source *source;

	if (file.s == NULL) {
		walk_say(w, change->key_at, "missing-changelog-file", str_printf(w->log.run->arena, "%.*s is not among the files, so it was not checked", STR_ARG(path)));
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
		walk_say(w, change->key_at, "unread-data", STR("rows that changes such as this one load from files are not read"));
	else if (!data && !w->abstract)
		walk_say(w, change->key_at, "unreadable-changes", str_printf(w->log.run->arena,
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
		add_part(w, way, part, &s->writer);
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
		walk_each(w, change, read_change, s);
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
	walk_each(w, node, read_undo, s);
	if (text != NULL && !say_word(w, node, text))
		add_part(w, &s->down, inline_part(w, text, s->set), NULL);
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
	if (holds != UNKNOWN || s == NULL || !liquibase_leaves_out(fails))
		return holds != NO;
	if (mode_of(s) == TX_WRAPPED && set_fits_code(w, s->set)) {
		s->guard = sql;
		return true;
	}
	s->out.only_if = sql;
	s->out.only_if_at = (struct place){ w->tree->source, changelog_place(conditions) };
	return true;
}

static bool
is_only_here(struct walk *w, const struct yaml *node)
{
	const struct yaml *conditions = changelog_get(node, "preConditions");

	return conditions != NULL && !str_is_nocase(changelog_text(conditions, "onFail"), "warn") && liquibase_condition_excludes(w->log.run->arena, conditions);
}

bool
walk_conditions(struct walk *w, const struct yaml *node)
{
	return read_conditions(w, node, NULL);
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
		text = changelog_text(walk_log(w->tree), "objectQuotingStrategy");
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

bool
walk_runs(const struct yaml *node)
{
	return liquibase_context(changelog_text(node, "context")) && liquibase_context(changelog_text(node, "contextFilter"));
}

void
walk_set(struct walk *w, const struct yaml *set)
{
	struct arena *a = w->log.run->arena;
	struct assembly s = { .set = set, .up.made = making_of(a, w->tree->source), .down.made = making_of(a, w->tree->source) };

	if (set->kind != YAML_MAP || !liquibase_note_dbms(&w->log, changelog_text(set, "dbms")) || changelog_says(set, "ignore", false) || !walk_runs(set) ||
	    !read_conditions(w, set, &s))
		return;
	s.out.c = (struct candidate){ .version = changelog_text(set, "id"), .name = changelog_text(set, "author"), .up = w->tree->file };
	s.out.dbms = changelog_text(set, "dbms");
	s.out.only_here = is_only_here(w, set) || is_only_here(w, walk_log(w->tree));
	s.out.runs = liquibase_runs(changelog_says(set, "runAlways", false), changelog_says(set, "runOnChange", false));
	s.writer = (struct change_writer){ .log = &w->log, .quoting = quoting_of(w, set), .set = set, .read = read_named, .read_arg = w };
	s.up.tx = s.down.tx = mode_of(&s);
	s.up.set = s.down.set = set;
	s.down.back = true;
	write_guard(w, &s, true);
	walk_each(w, set, read_change, &s);
	write_guard(w, &s, false);
	close_part(w, &s.up);
	if (changelog_get(set, "rollback") == NULL)
		undo_by_itself(w, &s);
	else
		walk_each(w, set, read_rollback, &s);
	close_part(w, &s.down);
	s.out.one_way = s.out.one_way && s.down.parts.n == 0;
	add_set(w, &s);
}
