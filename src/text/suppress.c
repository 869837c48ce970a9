#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "text/suppress.h"

#define NOWHERE ((size_t)-1)            /* no statement */
#define WHOLE_FILE ((size_t)-2)
#define OPEN ((size_t)-3)               /* the semicolon of the statement before is still to come */

/* A name that a comment lists. */
struct name {
	struct span at;
	struct str text;
	size_t comment;
	bool file;                      /* for the whole file */
	bool heads;                     /* so, too, when it is in the head of the file */
	bool ours;
	bool used;
};

/* One rule id that a name stands for, where it is allowed; no id: every rule. */
struct allowance {
	struct str rule;
	size_t statement;               /* or WHOLE_FILE */
	size_t name;                    /* index */
	bool used;
};

/* Where a comment belongs. */
struct home {
	size_t statement;               /* or NOWHERE */
	bool head;                      /* in the head of the file */
};

struct job {
	const struct suppress_input *in;
	struct diags *diags;
	struct arena *arena;
	VEC(struct name) names;
	VEC(struct allowance) allowances;
	struct home *homes;             /* of each comment */
	bool made;                      /* the text is put together from pieces of the file */
};

/* ---- what the comments say ---- */

struct cursor {
	const char *s;                  /* the source's text */
	size_t at, end;
};

VEC_TYPE(spans, struct span);

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct str
rest(const struct cursor *c)
{
	return str_trim((struct str){ c->s + c->at, c->end - c->at });
}

static void
skip_blanks(struct cursor *c)
{
	while (c->at < c->end && is_blank(c->s[c->at]))
		c->at++;
}

static bool
take(struct cursor *c, char wanted)
{
	skip_blanks(c);
	if (c->at == c->end || c->s[c->at] != wanted)
		return false;
	c->at++;
	return true;
}

static struct span
take_word(struct cursor *c)
{
	size_t from;

	skip_blanks(c);
	for (from = c->at; c->at < c->end && !is_blank(c->s[c->at]) && c->s[c->at] != ','; c->at++)
		;
	return span_of(from, c->at);
}

static struct str
text_of(const struct cursor *c, struct span span)
{
	return (struct str){ c->s + span.off, span.len };
}

static bool
is_because(struct str word)
{
	return str_is_nocase(word, "because") || str_is_nocase(word, "because:");
}

/* NAME[, NAME...], up to "because", "--" or what does not follow a comma. */
static struct spans
take_names(struct arena *arena, struct cursor *c)
{
	struct spans names = { 0 };

	do {
		struct cursor before;
		struct span word;

		while (take(c, ','))
			;
		before = *c;
		word = take_word(c);
		if (!word.len || is_because(text_of(c, word)) || str_starts(text_of(c, word), "--")) {
			*c = before;
			break;
		}
		*vec_push(arena, &names) = word;
	} while (take(c, ','));
	return names;
}

static struct diag *
warn(struct job *job, const char *rule, struct span at, struct str message)
{
	struct place place = { job->in->source, at };

	return diag_add(job->diags, SEVERITY_WARNING, STR("suppression"), str_of(rule), place, message);
}

static void
malformed(struct job *job, struct span at, struct str what)
{
	struct diag *d = warn(job, "suppression-malformed", at,
	    str_printf(job->arena, "cannot understand this suppression: %.*s", STR_ARG(what)));

	diag_note(job->diags, d, STR("write: -- dbopt-migrate: allow RULE because REASON"));
}

static void
unreasoned(struct job *job, struct cursor *c, const struct spans *names)
{
	struct span first = names->items[0], last = *vec_last(names);
	struct str name = text_of(c, first);
	struct diag *d = warn(job, "suppression-without-reason", span_of(first.off, last.off + last.len),
	    str_printf(job->arena, "the suppression of %.*s has no effect, because it gives no reason", STR_ARG(name)));

	diag_note(job->diags, d,
	    str_printf(job->arena, "write: -- dbopt-migrate: allow %.*s because REASON", STR_ARG(name)));
}

static void
unknown(struct job *job, const struct name *name, struct str closest)
{
	struct buf message = BUF(job->arena);

	buf_printf(&message, "the suppression names %.*s, which is not a rule", STR_ARG(name->text));
	if (closest.n)
		buf_printf(&message, "; did you mean %.*s?", STR_ARG(closest));
	warn(job, "suppression-unknown-rule", name->at, buf_text(&message));
}

/* Every rule that the name stands for is allowed, unless the name has no effect. */
static void
add_name(struct job *job, struct name name, const char *prefix, bool effective)
{
	struct str full = *prefix ? str_printf(job->arena, "%s%.*s", prefix, STR_ARG(name.text)) : name.text;
	struct rule_name found = job->in->lookup(job->in->arg, full, 0);
	size_t index = 0;

	if (!found.id.n && name.ours)
		unknown(job, &name, found.closest);
	if (!found.id.n || !effective)
		return;
	for (; found.id.n; found = job->in->lookup(job->in->arg, full, ++index))
		*vec_push(job->arena, &job->allowances) =
		    (struct allowance){ .rule = found.id, .name = job->names.n };
	*vec_push(job->arena, &job->names) = name;
}

/* allow RULE[, RULE...] because REASON, after the mark */
static void
read_ours(struct job *job, size_t comment, struct span mark, struct cursor c)
{
	struct span verb = take_word(&c), word;
	bool file = str_is_nocase(text_of(&c, verb), "allow-file"), reason;
	struct spans names;
	size_t i;

	if (!file && !str_is_nocase(text_of(&c, verb), "allow")) {
		malformed(job, verb.len ? verb : mark, STR("expected \"allow\" or \"allow-file\""));
		return;
	}
	names = take_names(job->arena, &c);
	if (!names.n) {
		malformed(job, verb, STR("it names no rule"));
		return;
	}
	word = take_word(&c);
	if (word.len && !is_because(text_of(&c, word))) {
		malformed(job, word, STR("expected a comma or \"because\" here"));
		return;
	}
	reason = rest(&c).n > 0;
	if (!reason)
		unreasoned(job, &c, &names);
	for (i = 0; i < names.n; i++) {
		struct name name = { .at = names.items[i], .comment = comment, .file = file, .heads = true, .ours = true };

		name.text = text_of(&c, name.at);
		add_name(job, name, "", reason);
	}
}

static const struct tool {
	const char *mark, *prefix;      /* the prefix of its names among the rules' aliases */
	bool file;
	bool all;                       /* without a name it means every rule */
	bool words;                     /* names are separated by white space alone */
	bool heads;                     /* in the head of the file it is for the file */
} tools[] = {
	/* squawk: crates/squawk_linter/src/ignore.rs */
	{ "squawk-ignore-file", "squawk:", true, true, false, false },
	{ "squawk-ignore", "squawk:", false, true, false, false },
	{ "pgsafe:ignore", "pgsafe:", false, false, false, false },
	/* https://atlasgo.io/versioned/lint#nolint-directive */
	{ "atlas:nolint", "atlas:", false, true, true, true },
};

static void
read_tool(struct job *job, const struct tool *tool, size_t comment, struct cursor c)
{
	struct name name = { .comment = comment, .file = tool->file, .heads = tool->heads };
	struct spans names;
	size_t i;

	take(&c, ':');
	if (tool->all && (!rest(&c).n || str_starts(rest(&c), "--"))) {
		*vec_push(job->arena, &job->allowances) = (struct allowance){ .name = job->names.n };
		*vec_push(job->arena, &job->names) = name;
		return;
	}
	do {
		names = take_names(job->arena, &c);
		for (i = 0; i < names.n; i++) {
			name.at = names.items[i];
			name.text = text_of(&c, name.at);
			add_name(job, name, tool->prefix, true);
		}
	} while (tool->words && names.n);
}

/* The text goes on with a mark that ends there. */
static bool
take_mark(struct cursor *c, const char *mark)
{
	size_t after = c->at + strlen(mark);

	if (!str_starts_nocase(rest(c), mark))
		return false;
	if (after < c->end && !is_blank(c->s[after]) && c->s[after] != ':')
		return false;
	c->at = after;
	return true;
}

static void
read_line(struct job *job, size_t comment, struct cursor c)
{
	size_t i;

	while (c.at < c.end && (is_blank(c.s[c.at]) || strchr("-/*#", c.s[c.at])))
		c.at++;
	if (take_mark(&c, "dbopt-migrate")) {
		struct span mark = span_of(c.at - strlen("dbopt-migrate"), c.at);

		if (take(&c, ':'))
			read_ours(job, comment, mark, c);
		else if (str_starts_nocase(text_of(&c, take_word(&c)), "allow"))
			malformed(job, mark, STR("expected a colon after dbopt-migrate"));
		return;
	}
	for (i = 0; i < sizeof(tools) / sizeof(*tools); i++) {
		if (take_mark(&c, tools[i].mark)) {
			read_tool(job, &tools[i], comment, c);
			return;
		}
	}
}

static size_t
span_end(struct span span)
{
	return (size_t)span.off + span.len;
}

static void
read_comment(struct job *job, size_t comment)
{
	struct str whole = source_text(job->in->source, job->in->comments[comment].span), line;
	size_t from = job->in->comments[comment].span.off;

	if (str_starts(whole, "/*") && str_ends(whole, "*/"))
		whole.n -= 2;
	while (str_cut(&whole, '\n', &line)) {
		read_line(job, comment, (struct cursor){ job->in->source->text.s, from, from + line.n });
		from += line.n + 1;
	}
}

/* ---- where they belong ---- */

static size_t
comment_end(const struct job *job, size_t i)
{
	struct str text = str_trim(source_text(job->in->source, job->in->comments[i].span));

	return job->in->comments[i].span.off + text.n;
}

static bool
has_empty_line(struct str s)
{
	bool blank = false;             /* since the last line feed */
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.s[i] == '\n' && blank)
			return true;
		blank = s.s[i] == '\n' || (blank && is_blank(s.s[i]));
	}
	return false;
}

/* What lies between two statements, or before the first or behind the last. */
struct gap {
	size_t from, to;
	size_t next;                    /* statement, or the number of statements */
	size_t first, last;             /* comments, last not included */
};

/* Backwards: a comment belongs to the next statement when nothing but white space and comments lies between. */
static void
look_ahead(struct job *job, const struct gap *gap)
{
	const struct source *source = job->in->source;
	bool attached = gap->next < job->in->nstatements, semicolon = false;
	bool head = !job->in->nstatements;
	size_t i = gap->last, to = gap->to;

	for (; i-- > gap->first; to = job->in->comments[i].span.off) {
		size_t end = comment_end(job, i);
		struct str between = str_slice(source->sql, end, to);

		attached = attached && !str_trim(between).n;
		semicolon = semicolon || str_find_char(between, ';') != (size_t)-1;
		head = head || has_empty_line(str_slice(source->text, end, to));
		job->homes[i].statement = attached ? gap->next : semicolon ? OPEN : NOWHERE;
		job->homes[i].head = head && !gap->next && !job->in->inside;
	}
}

/*
 * Forwards: to the statement before belong comments ahead of its semicolon, and those that end the line it ends on.
 */
static void
look_back(struct job *job, const struct gap *gap)
{
	const struct source *source = job->in->source;
	size_t line_end = str_find_char(str_slice(source->text, gap->from, gap->to), '\n');
	size_t i = gap->first, from = gap->from;
	bool semicolon = false;

	line_end = line_end == (size_t)-1 ? gap->to : gap->from + line_end;
	for (; i < gap->last; from = comment_end(job, i++)) {
		struct home *home = &job->homes[i];
		size_t off = job->in->comments[i].span.off;
		bool ends_line = line_end < gap->to || gap->next == job->in->nstatements;

		semicolon = semicolon || str_find_char(str_slice(source->sql, from, off), ';') != (size_t)-1;
		if ((home->statement == OPEN && !semicolon) || (off < line_end && ends_line))
			home->statement = gap->next ? gap->next - 1 : home->statement;
		if (home->statement == OPEN)
			home->statement = NOWHERE;
	}
}

static void
find_homes(struct job *job)
{
	const struct suppress_input *in = job->in;
	struct gap gap = { 0 };
	size_t c = 0;

	job->homes = NEW_ARRAY(job->arena, struct home, in->ncomments);
	for (; gap.next <= in->nstatements; gap.next++) {
		bool more = gap.next < in->nstatements;

		gap.to = more ? in->statements[gap.next].off : in->source->text.n;
		for (gap.first = c; c < in->ncomments && (!more || in->comments[c].span.off < gap.to); c++)
			;
		gap.last = c;
		look_ahead(job, &gap);
		look_back(job, &gap);
		if (!more)
			break;
		gap.from = span_end(in->statements[gap.next]);
		for (; c < in->ncomments && in->comments[c].span.off < gap.from; c++)
			job->homes[c].statement = gap.next;
	}
}

/* ---- what they silence ---- */

static int
compare(struct str rule, size_t statement, const struct allowance *a)
{
	int c = str_cmp(rule, a->rule);

	return c ? c : (statement > a->statement) - (statement < a->statement);
}

static int
compare_allowances(const void *x, const void *y)
{
	const struct allowance *a = x, *b = y;
	int c = compare(a->rule, a->statement, b);

	return c ? c : (a->name > b->name) - (a->name < b->name);
}

static void
place_allowances(struct job *job)
{
	size_t i;

	for (i = 0; i < job->allowances.n; i++) {
		struct allowance *a = &job->allowances.items[i];
		struct name *name = &job->names.items[a->name];
		const struct home *home = &job->homes[name->comment];

		name->file = name->file || (name->heads && home->head);
		a->statement = name->file ? WHOLE_FILE : home->statement;
	}
	qsort(job->allowances.items, job->allowances.n, sizeof(struct allowance), compare_allowances);
}

/* Marks the first of those that allow the rule there. */
static bool
use(struct job *job, struct str rule, size_t statement)
{
	size_t low = 0, high = job->allowances.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(rule, statement, &job->allowances.items[middle]) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == job->allowances.n || compare(rule, statement, &job->allowances.items[low]))
		return false;
	job->allowances.items[low].used = true;
	return true;
}

static bool
use_any(struct job *job, struct str rule, size_t statement)
{
	bool named = use(job, rule, statement), all = use(job, STR(""), statement);

	return named || all;
}

/* Of a text that was made, whose statements may stand anywhere in the file, the last one that begins before. */
static size_t
statement_around(const struct suppress_input *in, struct span span)
{
	size_t found = NOWHERE;

	for (size_t i = 0; span.len && i < in->nstatements; i++)
		if (in->statements[i].off <= span.off && span.off < span_end(in->statements[i]) &&
		    (found == NOWHERE || in->statements[i].off >= in->statements[found].off))
			found = i;
	return found;
}

static size_t
statement_at(const struct suppress_input *in, struct span span)
{
	size_t low = 0, high = in->nstatements;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (in->statements[middle].off <= span.off)
			low = middle + 1;
		else
			high = middle;
	}
	return span.len && low && span.off < span_end(in->statements[low - 1]) ? low - 1 : NOWHERE;
}

static bool
allowed_at(struct job *job, const struct diag *d, struct place at)
{
	size_t statement;
	bool file, here;

	if (at.source != job->in->source)
		return false;
	statement = job->made ? statement_around(job->in, at.span) : statement_at(job->in, at.span);
	here = statement != NOWHERE && use_any(job, d->rule, statement);
	file = use_any(job, d->rule, WHOLE_FILE);
	return here || file;
}

static bool
allowed(struct job *job, const struct diag *d)
{
	if (!d->nlabels || str_is(d->category, "input") || str_is(d->category, "suppression"))
		return false;
	return allowed_at(job, d, d->labels[0].at) || allowed_at(job, d, d->within);
}

static void
drop_allowed(struct job *job)
{
	struct diag **items = job->diags->list.items;
	size_t i, n = 0;

	for (i = 0; i < job->diags->list.n; i++)
		if (!allowed(job, items[i]))
			items[n++] = items[i];
	job->diags->list.n = n;
}

/* One comment of the file may stand in front of several statements that were made. */
static bool
is_used(const struct job *job, const struct name *name)
{
	bool used = name->used;

	for (size_t i = 0; !used && i < job->names.n; i++)
		used = job->names.items[i].used && job->names.items[i].at.off == name->at.off;
	return used;
}

static void
report_unused(struct job *job)
{
	size_t i;

	for (i = 0; i < job->allowances.n; i++) {
		struct allowance *a = &job->allowances.items[i];

		if (i && !compare(a->rule, a->statement, a - 1))
			a->used = a->used || a[-1].used;
		if (a->used)
			job->names.items[a->name].used = true;
	}
	for (i = 0; i < job->names.n; i++) {
		const struct name *name = &job->names.items[i];
		const char *why = name->file ? "nothing in this file is reported by it" :
		    job->homes[name->comment].statement == NOWHERE ? "no statement belongs to this comment" :
		    "this statement is not reported by it";

		if (name->ours && !is_used(job, name))
			warn(job, "unused-suppression", name->at,
			    str_printf(job->arena, "the suppression of %.*s is unused: %s", STR_ARG(name->text), why));
	}
}

/* Where that is in the file; in another one: nowhere. */
static struct span
span_in(const struct source *file, const struct source *made, struct span span)
{
	struct place at = place_in_file((struct place){ made, span });

	return at.source == file ? at.span : (struct span){ 0, 0 };
}

/* The same in that file, where diagnostics point. */
static struct suppress_input
in_file(struct arena *arena, const struct suppress_input *in, const struct source *file)
{
	struct comment *comments = NEW_ARRAY(arena, struct comment, in->ncomments);
	struct span *statements = NEW_ARRAY(arena, struct span, in->nstatements);
	struct suppress_input out = *in;

	for (size_t i = 0; i < in->ncomments; i++)
		comments[i].span = span_in(file, in->source, in->comments[i].span);
	for (size_t i = 0; i < in->nstatements; i++)
		statements[i] = span_in(file, in->source, in->statements[i]);
	out.source = file;
	out.comments = comments;
	out.statements = statements;
	return out;
}

static void
apply_in(struct diags *diags, const struct suppress_input *given, const struct source *file)
{
	struct suppress_input in = *given;
	struct job job = { .in = &in, .diags = diags, .arena = diags->arena };

	job.made = in.source->outer != NULL;
	find_homes(&job);
	if (job.made)
		in = in_file(job.arena, given, file);
	for (size_t i = 0; i < in.ncomments; i++)
		read_comment(&job, i);
	if (!job.names.n)
		return;
	place_allowances(&job);
	drop_allowed(&job);
	if (in.report_unused)
		report_unused(&job);
}

void
suppress_apply(struct diags *diags, const struct suppress_input *in)
{
	VEC(const struct source *) files = { 0 };

	for (size_t i = 0; i < in->ncomments; i++) {
		const struct source *file = place_in_file((struct place){ in->source, in->comments[i].span }).source;
		bool done = false;
		for (size_t k = 0; k < files.n; k++)
			done = done || files.items[k] == file;
		if (done)
			continue;
		*vec_push(diags->arena, &files) = file;
		apply_in(diags, in, file);
	}
}
