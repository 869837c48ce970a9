#include <string.h>

#include "adapter/liquibase.h"

/* AbstractFormattedChangeLogParser, line by line */

bool
formatted_sql(struct str text)
{
	struct str line, rest;

	if (str_starts(text, "\xEF\xBB\xBF"))
		text = str_slice(text, 3, text.n);
	while (str_cut(&text, '\n', &line))
		if (str_trim(line).n > 0)
			return adapter_marker(line, "liquibase", &rest) && str_starts_nocase(rest, "formatted");
	return false;
}

/* ---- attributes ---- */

/* Behind the last "NAME:" of the line, in any case, up to white space or between quotes; STR_NONE: there is none. */
static struct str
attribute(struct str line, const char *name)
{
	size_t n = strlen(name), at;

	for (at = line.n; at > 0; at--) {
		struct str rest = str_slice(line, at - 1, line.n);
		if (rest.n <= n || rest.s[n] != ':' || !str_eq_nocase(str_slice(rest, 0, n), str_of(name)))
			continue;
		rest = str_slice(rest, n + 1, rest.n);
		if (rest.n > 0 && rest.s[0] == '"') {
			size_t end = str_find_char(str_slice(rest, 1, rest.n), '"');
			return str_slice(rest, 1, end == (size_t)-1 ? rest.n : 1 + end);
		}
		for (n = 0; n < rest.n && strchr(" \t\r", rest.s[n]) == NULL; n++)
			;
		return str_slice(rest, 0, n);
	}
	return STR_NONE;
}

static bool
says(struct str line, const char *name, bool standard)
{
	struct str value = attribute(line, name);

	return value.n > 0 ? str_is_nocase(value, "true") : standard;
}

static struct str
unquoted(struct str text)
{
	return text.n >= 2 && text.s[0] == '"' && text.s[text.n - 1] == '"' ? str_slice(text, 1, text.n - 1) : text;
}

/* AUTHOR:ID of what stands behind "--changeset"; false: it is no changeset. */
static bool
read_id(struct str rest, struct candidate *c)
{
	size_t colon = str_find_char(rest, ':'), end;
	struct str id;

	if (rest.n > 0 && rest.s[0] == '"') {
		end = str_find_char(str_slice(rest, 1, rest.n), '"');
		colon = end == (size_t)-1 || end + 2 >= rest.n || rest.s[end + 2] != ':' ? (size_t)-1 : end + 2;
	}
	if (colon == (size_t)-1 || colon == 0)
		return false;
	id = str_slice(rest, colon + 1, rest.n);
	end = id.n > 0 && id.s[0] == '"' ? str_find_char(str_slice(id, 1, id.n), '"') : (size_t)-1;
	if (end != (size_t)-1)
		id = str_slice(id, 1, end + 1);
	else
		for (end = 0; end < id.n; end++)
			if (strchr(" \t\r", id.s[end]) != NULL)
				id = str_slice(id, 0, end);
	c->name = unquoted(str_slice(rest, 0, colon));
	c->version = id;
	return id.n > 0;
}

/* ---- lines ---- */

struct reading {
	struct changelog *log;
	struct source *source;
	struct str file, text;
	size_t at;                      /* where the next line begins */
	struct str line;
	size_t from;                    /* where the line begins */
	/* the changeset that is read; found: there is one */
	bool found, first, skipped;
	struct changeset set;
	struct span head;               /* its first line */
	size_t begin;
	struct running running;
	bool may_be_left_out;           /* where its conditions do not hold */
	struct making up, down;
	size_t taken;                   /* what is in front is in up, or left out */
	bool cut;                       /* something was left out */
};

static bool
next_line(struct reading *r)
{
	size_t end;

	if (r->at >= r->text.n)
		return false;
	r->from = r->at;
	end = scan_line_end(r->text, r->at);
	r->line = str_slice(r->text, r->at, end);
	r->at = end < r->text.n ? end + 1 : end;
	return true;
}

static void
mistake(struct reading *r, const char *rule, const char *message)
{
	size_t n = str_trim(r->line).n;

	if (adapter_named(r->log->run, r->file))
		adapter_mistake(r->log->run, r->source, span_of(r->from, r->from + (n > 0 ? n : 1)), rule, str_of(message));
}

/* "not required" and "empty" say that nothing has to be undone; "changesetId:" names what to run. */
static struct part
way_back(struct reading *r)
{
	struct source *source = making_end(&r->down);
	struct str text = str_trim(source->text);

	r->set.one_way = text.n > 0 && (str_starts_nocase(text, "not required") || str_starts_nocase(text, "empty"));
	if (text.n == 0 || r->set.one_way || attribute(text, "changesetId").s != NULL)
		return (struct part){ 0 };
	return (struct part){ source, span_of(0, source->text.n), liquibase_mode(&r->running) };
}

static void
finish(struct reading *r, size_t end)
{
	struct part up = { r->source, span_of(r->begin, end), liquibase_mode(&r->running) };

	if (!r->found)
		return;
	r->found = false;
	if (r->cut) {
		making_take(&r->up, span_of(r->taken, end));
		up.source = making_end(&r->up);
		up.span = span_of(0, up.source->text.n);
	}
	if (r->skipped)
		return;
	liquibase_check_split(r->log, r->file, &up, &r->running);
	r->set.up = liquibase_delimit(r->log->run->arena, up, &r->running);
	r->set.down = way_back(r);
	liquibase_know(r->log, &r->set, (struct place){ r->source, r->head });
	liquibase_add(r->log, &r->set);
}

static void
leave_out(struct reading *r, size_t from, size_t to)
{
	if (!r->found)
		return;
	making_take(&r->up, span_of(r->taken, from));
	r->taken = to;
	r->cut = true;
}

/* "--ignoreLines:start" up to "--ignoreLines:end", or as many lines as it says */
static void
ignore_lines(struct reading *r, struct str what)
{
	size_t from = r->from;
	struct str rest;
	int64_t n;

	if (str_to_int(what, &n)) {
		while (n-- > 0 && next_line(r))
			;
	} else
		while (next_line(r) && !(adapter_marker(r->line, "ignoreLines", &rest) && str_starts_nocase(rest, ":end")))
			;
	leave_out(r, from, r->at);
}

/* From the line behind the comment's first to its end. */
static void
read_block(struct reading *r)
{
	size_t from = r->at;

	while (next_line(r))
		if (str_ends(str_trim(r->line), "*/")) {
			making_take(&r->down, span_of(from, r->from + str_find(r->line, STR("*/"))));
			return;
		}
	mistake(r, "unterminated-rollback", "the rollback block does not end: liquibase refuses the file");
}

static bool
opens_block(struct str line)
{
	struct str rest = str_trim(line);

	if (!str_starts(rest, "/*"))
		return false;
	rest = str_trim(str_slice(rest, 2, rest.n));
	if (!str_starts_nocase(rest, "liquibase"))
		return false;
	return str_is_nocase(str_trim(str_slice(rest, sizeof("liquibase") - 1, rest.n)), "rollback");
}

/* Comments of the head belong to the file: one of them may allow a rule for all of it. */
static size_t
head_begin(struct reading *r)
{
	struct scan s = { .text = str_slice(r->source->sql, 0, r->from) };

	if (!r->first)
		return r->from;
	if (!scan_next(&s))
		return 0;
	if (adapter_named(r->log->run, r->file))
		adapter_mistake(r->log->run, r->source, span_of(s.at - s.token.n, s.at), "statement-before-changeset",
		    STR("what stands before the first changeset never runs"));
	return r->from;
}

static void
start(struct reading *r, struct str rest)
{
	struct arena *a = r->log->run->arena;

	finish(r, r->from);
	r->set = (struct changeset){ .c = { .up = r->file } };
	if (!read_id(rest, &r->set.c)) {
		mistake(r, "invalid-changeset", "a changeset has an author and an id, as in --changeset ann:1: liquibase refuses the file, and this one was not checked");
		r->first = false;
		return;
	}
	r->running = (struct running){ says(rest, "runInTransaction", true), says(rest, "splitStatements", true),
		says(rest, "stripComments", true), attribute(rest, "endDelimiter") };
	r->set.runs = liquibase_runs(says(rest, "runAlways", false), says(rest, "runOnChange", false));
	r->set.dbms = attribute(rest, "dbms");
	r->skipped = !liquibase_note_dbms(r->log, r->set.dbms) || says(rest, "ignore", false) ||
	    !liquibase_context(attribute(rest, "context"));
	r->head = span_of(r->from, r->from + str_trim(r->line).n);
	r->begin = r->taken = head_begin(r);
	r->found = true;
	r->first = r->cut = r->may_be_left_out = false;
	r->up = making_of(a, r->source);
	r->down = making_of(a, r->source);
}

/* "sql-check expectedResult:0 SELECT ...", "table-exists table:x schema:y" and "view-exists view:x" of a line "--precondition-..." */
static struct str
condition_of(struct reading *r, struct str text)
{
	struct arena *a = r->log->run->arena;
	struct str kind, expected, rest = text;

	str_cut(&rest, ' ', &kind);
	rest = str_trim(rest);
	if (!str_is_nocase(kind, "sql-check"))
		return liquibase_exists(a, str_is_nocase(kind, "view-exists"), attribute(rest, "schema"), attribute(rest, str_is_nocase(kind, "view-exists") ? "view" : "table"));
	if (str_starts_nocase(rest, "expectedResult:"))
		rest = str_slice(rest, sizeof("expectedResult:") - 1, rest.n);
	str_cut(&rest, ' ', &expected);
	return liquibase_sql_check(a, rest, unquoted(expected));
}

/* All of them have to hold. */
static void
read_condition(struct reading *r, struct str text)
{
	struct str sql = condition_of(r, text), before = r->set.only_if;

	if (!r->found || !r->may_be_left_out)
		return;
	r->set.only_if = before.n > 0 ? str_printf(r->log->run->arena, "(%.*s) AND (%.*s)", STR_ARG(before), STR_ARG(sql)) : sql;
	r->set.only_if_at = (struct place){ r->source, span_of(r->from, r->from + str_trim(r->line).n) };
}

static void
read_line(struct reading *r)
{
	struct str rest, line = str_trim(r->line);

	if (adapter_marker(line, "changeset", &rest))
		start(r, rest);
	else if (adapter_marker(line, "property", &rest))
		liquibase_property(r->log, attribute(rest, "name"), attribute(rest, "value"));
	else if (adapter_marker(line, "ignoreLines", &rest) && str_starts(rest, ":"))
		ignore_lines(r, str_slice(rest, 1, rest.n));
	else if (adapter_marker(line, "preconditions", &rest))
		r->may_be_left_out = liquibase_leaves_out(attribute(rest, "onFail"));
	else if (adapter_marker(line, "precondition", &rest) && str_starts(rest, "-"))
		read_condition(r, str_slice(rest, 1, rest.n));
	else if (r->found && adapter_marker(line, "rollback", &rest) && rest.n > 0)
		making_take(&r->down, span_of((size_t)(rest.s - r->text.s), r->at));
	else if (r->found && opens_block(line))
		read_block(r);
}

void
formatted_sql_read(struct changelog *log, struct str file)
{
	struct reading r = { .log = log, .file = file, .source = liquibase_source(log, file), .first = true };

	if (r.source == NULL)
		return;
	r.text = r.source->text;
	while (next_line(&r))
		read_line(&r);
	finish(&r, r.text.n);
	if (r.first) {
		r.at = 0;
		if (next_line(&r))
			mistake(&r, "missing-changeset", "there is no line \"--changeset AUTHOR:ID\", so nothing of this file was checked");
	}
}
