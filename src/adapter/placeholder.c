#include <string.h>

#include "adapter/adapter.h"
#include "base/tri.h"
#include "text/stand_in.h"

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return is_upper(c) || (c >= 'a' && c <= 'z') || is_digit(c) || c == '_';
}

/* A placeholder in a text. */
struct hole {
	struct span span;
	struct str name;
};

/* ---- what a framework replaces by itself ---- */

/* Names of variables as shells and PostgreSQL's own tools have them; between delimiters dots, colons and dashes, too. */
static size_t
name_end(const struct placeholder *p, struct str text, size_t at)
{
	bool closed = p->suffix[0] != '\0';
	size_t from = at;

	while (at < text.n && (is_word(text.s[at]) || (closed && strchr(".:-", text.s[at]) != NULL)))
		at++;
	if (!closed && at > from && (p->upper ? !is_upper(text.s[from]) : is_digit(text.s[from])))
		return from;
	for (size_t i = from; p->upper && i < at; i++)
		if (!is_upper(text.s[i]) && !is_digit(text.s[i]) && text.s[i] != '_')
			return from;
	return at;
}

/* "::NAME" is one; ":::NAME" is one to a placeholder. */
static bool
is_cast(struct str text, size_t at)
{
	size_t colons = 0;

	while (colons < at && text.s[at - colons - 1] == ':')
		colons++;
	return colons % 2 == 1;
}

static bool
match(const struct placeholder *p, struct str text, size_t at, struct hole *hole)
{
	size_t from = at + strlen(p->prefix), end;

	if (!str_starts(str_slice(text, at, text.n), p->prefix))
		return false;
	if (p->prefix[0] == ':' && is_cast(text, at))
		return false;
	while (p->spaced && from < text.n && text.s[from] == ' ')
		from++;
	end = name_end(p, text, from);
	hole->name = str_slice(text, from, end);
	while (p->spaced && end < text.n && text.s[end] == ' ')
		end++;
	if (hole->name.n == 0 || !str_starts(str_slice(text, end, text.n), p->suffix))
		return false;
	hole->span = span_of(at, end + strlen(p->suffix));
	return true;
}

static struct str
neutral(struct arena *arena, struct str name)
{
	char *s = str_c(arena, str_printf(arena, "%s%.*s_", name.n > 0 && is_digit(name.s[0]) ? "_" : "", STR_ARG(name)));

	for (char *c = s; *c != '\0'; c++)
		*c = is_upper(*c) ? (char)(*c | 0x20) : is_word(*c) ? *c : '_';
	return str_of(s);
}

struct str
placeholder_value(const struct adapter_run *run, struct str name, struct str written)
{
	const struct str *value = run->settings != NULL ? map_get(&run->settings->placeholders, name) : NULL;
	struct str made_up = value == NULL ? neutral(run->arena, name) : STR_NONE;

	if (value != NULL)
		return *value;
	if (run->stand_ins != NULL)
		stand_in_add(run->stand_ins, made_up, written);
	return made_up;
}

static bool
find(const struct placeholder *list, struct str text, size_t at, struct hole *hole)
{
	for (; list->prefix != NULL; list++)
		if (match(list, text, at, hole))
			return true;
	return false;
}

struct source *
placeholders_replace(const struct adapter_run *run, struct source *file, const struct placeholder *list)
{
	struct making m = making_of(run->arena, file);
	size_t done = 0;

	for (size_t at = 0; at < file->text.n;) {
		struct hole hole;
		if (is_word(file->text.s[at]) || !find(list, file->text, at, &hole)) {
			at++;
			continue;
		}
		making_take(&m, span_of(done, at));
		making_put(&m, placeholder_value(run, hole.name, source_text(file, hole.span)), hole.span);
		done = at = (size_t)hole.span.off + hole.span.len;
	}
	if (done == 0)
		return file;
	making_take(&m, span_of(done, file->text.n));
	return making_end(&m);
}

struct source *
placeholders_fill(const struct adapter_run *run, struct source *file, const struct placeholder *list, const struct map *own)
{
	struct adapter_settings settings = { .placeholders = MAP(run->arena) };
	struct adapter_run with = *run;

	for (size_t i = 0; i < own->n; i++)
		*map_at(&settings.placeholders, own->entries[i].key) = own->entries[i].value;
	for (size_t i = 0; run->settings != NULL && i < run->settings->placeholders.n; i++)
		*map_at(&settings.placeholders, run->settings->placeholders.entries[i].key) = run->settings->placeholders.entries[i].value;
	with.settings = &settings;
	return placeholders_replace(&with, file, list);
}

/* ---- text/template of Go ---- */

/* What stands between "{{" and "}}", without the signs that trim white space. */
static struct str
action_of(struct str inner)
{
	if (str_starts(inner, "-"))
		inner = str_slice(inner, 1, inner.n);
	if (str_ends(inner, "-"))
		inner = str_slice(inner, 0, inner.n - 1);
	return str_trim(inner);
}

/* "Name" of .Name, .Some.Name, $name and of index .Map "Name"; empty: the action does something else. */
static struct str
action_name(struct str action)
{
	size_t from = action.n;

	if (str_starts(action, "index ") && str_ends(action, "\"")) {
		action.n--;
		from = action.n;
		while (from > 0 && action.s[from - 1] != '"')
			from--;
		return str_slice(action, from, action.n);
	}
	if (action.n < 2 || (action.s[0] != '.' && action.s[0] != '$'))
		return STR("");
	while (from > 0 && is_word(action.s[from - 1]))
		from--;
	for (size_t i = 1; i < from; i++)
		if (!is_word(action.s[i]) && action.s[i] != '.')
			return STR("");
	return str_slice(action, from, action.n);
}

/* "name" in {{name}}.relation, schema.{{name}} and "{{name}}": an identifier, whatever gives it. */
static struct str
part_of_name(struct str text, struct span at, struct str action)
{
	char before = at.off > 0 ? text.s[at.off - 1] : '\0', behind = at.off + at.len < text.n ? text.s[at.off + at.len] : '\0';
	size_t i = 0;

	while (i < action.n && is_word(action.s[i]))
		i++;
	if (i < action.n || i == 0 || !(before == '.' || behind == '.' || (before == '"' && behind == '"')))
		return STR("");
	return action;
}

static void
say_unreadable(struct adapter_run *run, struct source *file, struct span at)
{
	struct place place = { file, at };

	diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("unreadable-template"), place,
	    STR("the SQL of this file is made by a template, so nothing of it was checked: check what the template gives instead"));
}

enum { BLOCKS = 16 };

struct template {
	struct making made;
	bool active;                    /* what stands here is put out */
	size_t depth;
	struct block {
		bool around;            /* active in front of it */
		bool taken;             /* one of its branches was put out */
	} blocks[BLOCKS];
};

/* ".postgres", ".mysql": which database it runs on is known. */
static enum tri
names_database(struct str word)
{
	struct str name = action_name(word);

	if (dialect_is_postgres(name))
		return YES;
	return dialect_of_word(name).s != NULL ? NO : UNKNOWN;
}

/* One word, or several behind "or" or "and"; of these one that is `decides` is enough. */
static enum tri
any_or_all(struct str words, enum tri decides)
{
	enum tri all = tri_not(decides);
	struct str word;

	while (all != decides && str_cut(&words, ' ', &word)) {
		enum tri one = word.n > 0 ? names_database(word) : all;
		if (one == decides || one == UNKNOWN)
			all = one;
	}
	return all;
}

static enum tri
condition(struct str test)
{
	if (str_starts(test, "not "))
		return tri_not(names_database(str_trim(str_slice(test, 4, test.n))));
	if (str_starts(test, "or "))
		return any_or_all(str_slice(test, 3, test.n), YES);
	if (str_starts(test, "and "))
		return any_or_all(str_slice(test, 4, test.n), NO);
	return names_database(str_trim(test));
}

static bool
begins_block(struct str action)
{
	static const char *const words[] = { "if ", "range ", "with ", "define ", "block " };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts(action, words[i]))
			return true;
	return false;
}

/* false: what the block puts out is not known. */
static bool
begin_block(struct template *t, struct str action)
{
	enum tri yes = str_starts(action, "if ") ? condition(str_trim(str_slice(action, 3, action.n))) : UNKNOWN;

	if (t->depth == BLOCKS || (t->active && yes == UNKNOWN))
		return false;
	t->blocks[t->depth++] = (struct block){ t->active, yes == YES };
	t->active = t->active && yes == YES;
	return true;
}

/* "else", "else if .sqlite" */
static bool
next_branch(struct template *t, struct str action)
{
	struct block *block = t->depth > 0 ? &t->blocks[t->depth - 1] : NULL;
	struct str test = str_trim(str_slice(action, 4, action.n));
	enum tri yes = test.n == 0 ? YES : str_starts(test, "if ") ? condition(str_slice(test, 3, test.n)) : UNKNOWN;

	if (block == NULL || (block->around && !block->taken && yes == UNKNOWN))
		return false;
	t->active = block->around && !block->taken && yes == YES;
	block->taken = block->taken || t->active;
	return true;
}

/* false: what the action puts out is not known. */
static bool
run_action(const struct adapter_run *run, struct template *t, struct str action, struct span span)
{
	if (str_starts(action, "/*"))
		return true;
	if (begins_block(action))
		return begin_block(t, action);
	if (str_is(action, "else") || str_starts(action, "else "))
		return next_branch(t, action);
	if (str_is(action, "end")) {
		t->active = t->depth > 0 && t->blocks[t->depth - 1].around;
		return t->depth-- > 0;
	}
	if (!t->active)
		return true;
	struct str name = action_name(action);
	if (name.n == 0)
		name = part_of_name(t->made.file->text, span, action);
	if (name.n > 0)
		making_put(&t->made, placeholder_value(run, name, source_text(t->made.file, span)), span);
	return name.n > 0;
}

struct source *
go_template_fill(struct adapter_run *run, struct source *file)
{
	struct template t = { .made = making_of(run->arena, file), .active = true };
	struct str text = file->text;
	size_t done = 0, at;

	while ((at = str_find(str_slice(text, done, text.n), STR("{{"))) != (size_t)-1) {
		size_t from = done + at, inner = str_find(str_slice(text, from, text.n), STR("}}"));
		size_t end = inner == (size_t)-1 ? text.n : from + inner + 2;
		struct str action = inner == (size_t)-1 ? STR("") : action_of(str_slice(text, from + 2, end - 2));
		if (t.active)
			making_take(&t.made, span_of(done, from));
		done = end;
		if (!run_action(run, &t, action, span_of(from, end))) {
			say_unreadable(run, file, span_of(from, end));
			return NULL;
		}
	}
	if (done == 0)
		return file;
	making_take(&t.made, span_of(done, text.n));
	return making_end(&t.made);
}

/* Braces stand nowhere in SQL but inside quotes: "{{" begins an action, "{%" one of Jinja. */
static struct span
find_action(struct str sql, bool *jinja)
{
	struct scan s = { .text = sql };
	size_t brace = sql.n;

	while (scan_next(&s)) {
		*jinja = scan_is(&s, "%");
		if (s.at == brace + 2 && (scan_is(&s, "{") || *jinja))
			return span_of(brace, s.at);
		if (scan_is(&s, "{"))
			brace = s.at - 1;
	}
	return (struct span){ 0, 0 };
}

struct source *
template_fill(struct adapter_run *run, struct source *file)
{
	bool jinja;
	struct span at = find_action(file->sql, &jinja);

	if (at.len == 0)
		return file;
	if (!jinja)
		return go_template_fill(run, file);
	say_unreadable(run, file, at);
	return NULL;
}
